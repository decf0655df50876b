"""Trains the tagger: python3 train.py --data FOLDER --lexicon FILE OUT."""

import argparse
import os
import time
from functools import partial

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")

import jax
import jax.numpy as jnp
import numpy as np

import model
from data import Data
from features import OFFSETS, ROWS, Features, Lexicon, units
from generate import LABELS, Generator, texts

GAP = 8
LENGTH = 256
IGNORE = -1
AVERAGE = 0.998


def encode(features, pieces):
    """Ids and labels of the tokens of a text; a token has the label of the piece in which it starts."""
    found, ids = features.of("".join(text for text, _ in pieces))
    owner = np.concatenate([np.full(len(units(text)), IGNORE if label is None else LABELS.index(label), np.int8) for text, label in pieces if text] or [np.zeros(0, np.int8)])
    return ids, owner[[start for start, *_ in found]].astype(np.int8)


def stream(examples, order):
    """All texts in a row with gaps between, which the mask keeps at zero, cut into rows of one length."""
    size = sum(len(examples[i][1]) + GAP for i in order)
    rows = -(-size // LENGTH)
    ids = np.zeros((rows * LENGTH, examples[0][0].shape[1]), np.int32)
    labels = np.full(rows * LENGTH, IGNORE, np.int8)
    mask = np.zeros(rows * LENGTH, np.float32)
    text = np.zeros(rows * LENGTH, np.int32)
    at = 0
    for number, i in enumerate(order):
        some, label = examples[i]
        ids[at:at + len(label)], labels[at:at + len(label)], mask[at:at + len(label)], text[at:at + len(label)] = some, label, 1, number
        at += len(label) + GAP
    return ids, labels, mask, text


def drop(ids, labels, text, random):
    """Drop-out on what is told of a word, so that wording and shape must do as well."""
    n = len(ids)
    value = labels > 0
    half = random.random(text.max() + 1) < 0.3
    unknown = value & (random.random(n) < 0.25) | ~value & (random.random(n) < 0.03)
    words = (random.random(n) < 0.5) & half[text] | value & (random.random(n) < 0.15) | (random.random(n) < 0.05) | unknown
    affixes = value & (random.random(n) < 0.07) | (random.random(n) < 0.03) | words & ~unknown & (random.random(n) < 0.3)
    lexicon = unknown | value & (random.random(n) < 0.05) | (random.random(n) < 0.03)
    ids = ids.copy()
    ids[words, 0] = OFFSETS[0]
    # A word that training never saw shares its row with others.
    strange = unknown & (random.random(n) < 0.6)
    ids[strange, 0] = random.integers(1, 8192, strange.sum())
    for column in (1, 2, 3):
        ids[affixes, column] = OFFSETS[column]
    # Names that no list has may still stand among the frequent words.
    common = unknown & (random.random(n) < 0.5)
    for column in range(5, 13):
        ids[lexicon & ~common if column >= 10 else lexicon, column] = OFFSETS[column]
    return ids


def loss(p, ids, labels, mask, clean_weight):
    m = mask[..., None]
    x = p["e"][ids].sum(2) * m
    for k, d in enumerate(model.DILATIONS):
        padded = jnp.pad(x, ((0, 0), (d, d), (0, 0)))
        n = x.shape[1]
        w = p[f"w{k}"]
        x = (x + jax.nn.relu(padded[:, :n] @ w[0] + x @ w[1] + padded[:, 2 * d:] @ w[2] + p[f"b{k}"])) * m
    s = jax.nn.log_softmax(x @ p["v"] + p["c"])
    weight = jnp.where(labels < 0, 0.0, jnp.where(labels == 0, clean_weight, 1.0))
    picked = jnp.take_along_axis(s, jnp.maximum(labels, 0)[..., None].astype(jnp.int32), 2)[..., 0]
    return -(picked * weight).sum() / (weight.sum() + 1)


@partial(jax.jit, donate_argnums=(0, 1, 2, 3))
def step(p, m, v, mean, t, rate, ids, labels, mask, clean_weight):
    value, g = jax.value_and_grad(loss)(p, ids, labels, mask, clean_weight)
    m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
    v = jax.tree.map(lambda a, b: 0.99 * a + 0.01 * b * b, v, g)
    p = jax.tree.map(lambda a, b, c: a - rate * (b / (1 - 0.9 ** t)) / (jnp.sqrt(c / (1 - 0.99 ** t)) + 1e-8), p, m, v)
    keep = jnp.minimum(AVERAGE, (1 + t) / (10 + t))
    mean = jax.tree.map(lambda a, b: keep * a + (1 - keep) * b, mean, p)
    return p, m, v, mean, value


def initial(random):
    p = {"e": random.normal(0, 0.1, (ROWS, model.WIDTH)), "v": random.normal(0, 0.1, (model.WIDTH, len(LABELS))), "c": np.zeros(len(LABELS))}
    for k in range(len(model.DILATIONS)):
        p[f"w{k}"], p[f"b{k}"] = random.normal(0, (2 / (3 * model.WIDTH)) ** 0.5 * 0.7, (3, model.WIDTH, model.WIDTH)), np.zeros(model.WIDTH)
    return {name: jnp.asarray(value, jnp.float32) for name, value in p.items()}


def train(examples, epochs, seed, clean_weight, batch=16, top=4e-3):
    """The running average of the weights: over the last thousand steps or so, over fewer in a short training."""
    random = np.random.default_rng(seed)
    p = initial(random)
    m, mean = jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.copy, p)
    v = jax.tree.map(jnp.zeros_like, p)
    t, total = 0, None
    for epoch in range(epochs):
        ids, labels, mask, text = stream(examples, random.permutation(len(examples)))
        ids = drop(ids, labels, text, random).reshape(-1, LENGTH, ids.shape[1])
        labels, mask = labels.reshape(-1, LENGTH), mask.reshape(-1, LENGTH)
        steps = len(ids) // batch
        total = total or steps * epochs
        order, losses = random.permutation(len(ids)), []
        for i in range(steps):
            pick = order[i * batch:(i + 1) * batch]
            done = min(1.0, t / total)
            rate = top * (done / 0.15 if done < 0.15 else 0.5 * (1 + np.cos(np.pi * (done - 0.15) / 0.85)))
            t += 1
            p, m, v, mean, value = step(p, m, v, mean, jnp.float32(t), jnp.float32(max(rate, 1e-5)), ids[pick], labels[pick], mask[pick], clean_weight)
            losses.append(value)
        print(f"epoch {epoch + 1}: loss {float(jnp.mean(jnp.stack(losses))):.4f}, {time.process_time():.0f} s of processor", flush=True)
    return {name: np.asarray(value) for name, value in mean.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--count", type=int, default=160000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--clean-weight", type=float, default=0.6, help="weight of tokens that identify nobody")
    parser.add_argument("--fold", type=int, default=0, help="what is held out beside fold 0: for development")
    parser.add_argument("--names", default="parted", choices=("parted", "all"), help="all: hold out wordings, but no names")
    parser.add_argument("--all", action="store_true", help="hold out nothing: the model that is shipped")
    parser.add_argument("--without-style", nargs="*", default=[], help="files of wordings to leave out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without", nargs="*", default=[], help="kinds of text to leave out")
    parser.add_argument("out")
    args = parser.parse_args()
    features = Features(Lexicon.read(args.lexicon))
    generator = Generator(Data(args.data, False, None if args.all else args.fold, names=args.names, without=args.without_style), args.seed)
    examples = [encode(features, pieces) for _, pieces in texts(generator, args.count, args.without)]
    print(f"{len(examples)} texts, {sum(len(e[1]) for e in examples)} tokens, {time.process_time():.0f} s of processor", flush=True)
    model.write(args.out, train(examples, args.epochs, args.seed, args.clean_weight))
