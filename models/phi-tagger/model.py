"""The network: embeddings summed, residual convolutions, eight classes; its file; and it in plain numpy.

x0 = sum of the fourteen rows of a token, zero before and after the text. Layer k of n, with dilation d = DILATIONS[k]:
x[k+1][t] = x[k][t] + relu(b + W[0] x[k][t-d] + W[1] x[k][t] + W[2] x[k][t+d]). Scores = V x[n] + c.

File, little-endian: "PHITAG1\\0"; u32 rows, width, layers, classes; u32 dilation of each layer; then float16: embeddings [rows][width]; per layer
W [3][in][out] and b [out]; V [in][classes] and c [classes].
"""

import struct
from pathlib import Path

import numpy as np

WIDTH = 64
DILATIONS = (1, 1, 2, 4, 8)
MAGIC = b"PHITAG1\0"


def write(path, p, dilations=DILATIONS):
    rows, width = p["e"].shape
    parts = [MAGIC, struct.pack(f"<4I{len(dilations)}I", rows, width, len(dilations), p["v"].shape[1], *dilations), p["e"]]
    for k in range(len(dilations)):
        parts += [p[f"w{k}"], p[f"b{k}"]]
    parts += [p["v"], p["c"]]
    Path(path).write_bytes(b"".join(x if isinstance(x, bytes) else np.asarray(x).astype("<f2").tobytes() for x in parts))


def read(path):
    """Parameters by name; "dilations" is a tuple, the others are arrays."""
    data = Path(path).read_bytes()
    if data[:8] != MAGIC:
        raise ValueError("model: not a file of this kind (expected: PHITAG1)")
    rows, width, layers, classes = struct.unpack_from("<4I", data, 8)
    at = 24 + 4 * layers
    p = {"dilations": struct.unpack_from(f"<{layers}I", data, 24)}

    def take(name, *shape):
        nonlocal at
        n = int(np.prod(shape))
        p[name] = np.frombuffer(data, "<f2", n, at).reshape(shape).astype(np.float32)
        at += 2 * n

    take("e", rows, width)
    for k in range(layers):
        take(f"w{k}", 3, width, width)
        take(f"b{k}", width)
    take("v", width, classes)
    take("c", classes)
    return p


def probabilities(p, ids):
    """Class probabilities of the tokens of one text."""
    x = p["e"][ids].sum(1)
    n = len(x)
    for k, d in enumerate(p["dilations"]):
        padded = np.zeros((n + 2 * d, x.shape[1]), np.float32)
        padded[d:d + n] = x
        w = p[f"w{k}"]
        x = x + np.maximum(padded[:n] @ w[0] + x @ w[1] + padded[2 * d:] @ w[2] + p[f"b{k}"], 0)
    s = x @ p["v"] + p["c"]
    s = np.exp(s - s.max(1, keepdims=True))
    return s / s.sum(1, keepdims=True)
