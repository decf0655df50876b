"""Writes the mean of the weights of models that were learnt from one start: mean.py OUT MODEL..."""

import sys

import numpy as np

import model

if __name__ == "__main__":
    out, *paths = sys.argv[1:]
    models = [model.read(path) for path in paths]
    model.write(out, {name: np.mean([one[name] for one in models], axis=0).astype(np.float32) for name in models[0] if name != "layers"})
