"""Trains the tagger: python3 train.py --data FOLDER --lexicon FILE OUT."""

import argparse
import time

import numpy as np
from scipy.sparse import csr_matrix

import model
from data import Data
from features import NOTHING, OFFSETS, ROWS, TRIGRAM_ID, Features, Lexicon, units
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


def drop(ids, labels, text, random, unlisted):
    """Drop-out on what is told of a word, so that wording and shape must do as well; unlisted: the shares of values' tokens, and of others, that no list has."""
    n = len(ids)
    value = labels > 0
    half = random.random(text.max() + 1) < 0.3
    unknown = value & (random.random(n) < unlisted[0]) | ~value & (random.random(n) < unlisted[1])
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
    # The letters of a word tell the word; those of a name that nobody listed are what is left to go by.
    spelling = words & ~unknown & (random.random(n) < 0.6) | (random.random(n) < 0.03)
    ids[spelling, TRIGRAM_ID:] = NOTHING
    # Names that no list has may still stand among the frequent words.
    common = unknown & (random.random(n) < 0.5)
    for column in range(5, 13):
        ids[lexicon & ~common if column >= 10 else lexicon, column] = OFFSETS[column]
    return ids


def gradients(p, x, target, weight, mask):
    """Loss and its gradients, of the embedding sums x too, by hand: a step is then twice as fast as what a compiler makes of the loss."""
    m = mask[..., None]
    rows, n, width = x.shape
    kept = []
    for k, (taps, dilation, kind) in enumerate(model.LAYERS):
        w, seen = p[f"w{k}"], ()
        # What is multiplied, and what comes of it.
        h = y = x.reshape(rows * n, width)
        if kind != model.SEPARABLE:
            y = h @ w
        if kind != model.POINTWISE:
            seen = model.shifted(y.reshape(x.shape), taps, dilation)
            y = seen[0] * p[f"d{k}"][0]
            for s, d in zip(seen[1:], p[f"d{k}"][1:]):
                y += s * d
            y = y.reshape(rows * n, width)
        if kind == model.SEPARABLE:
            h, y = y, y @ w
        y += p[f"b{k}"]
        y = np.maximum(y, 0, out=y).reshape(x.shape)
        kept.append((seen, h, y > 0))
        x = (x + y) * m
    flat = x.reshape(rows * n, width)
    s = flat @ p["v"] + p["c"]
    s -= s.max(1, keepdims=True)
    s -= np.log(np.exp(s).sum(1, keepdims=True))
    value = -((s * target).sum(1) * weight).sum()
    gs = np.exp(s)
    gs -= target
    gs *= weight[:, None]
    g = {"v": flat.T @ gs, "c": gs.sum(0)}
    gx = (gs @ p["v"].T).reshape(x.shape) * m
    for k in reversed(range(len(model.LAYERS))):
        taps, dilation, kind = model.LAYERS[k]
        seen, h, on = kept[k]
        w, back = p[f"w{k}"], (gx * on).reshape(rows * n, width)
        g[f"b{k}"] = back.sum(0)
        if kind == model.SEPARABLE:
            g[f"w{k}"], back = h.T @ back, back @ w.T
        if kind != model.POINTWISE:
            gy, side = back.reshape(x.shape), taps // 2 * dilation
            g[f"d{k}"] = np.stack([np.einsum("rnw,rnw->w", s, gy) for s in seen])
            back = np.zeros((rows, n + 2 * side, width), np.float32)
            for i, d in enumerate(p[f"d{k}"]):
                back[:, i * dilation:i * dilation + n] += gy * d
            back = back[:, side:side + n].reshape(rows * n, width)
        if kind != model.SEPARABLE:
            g[f"w{k}"], back = h.T @ back, back @ w.T
        gx += back.reshape(x.shape)
        gx *= m
    return value, g, gx


class Adam:
    """Parameters that follow their gradients, and the running average of them."""

    def __init__(self, p):
        self.p, self.m, self.v = p, *({name: np.zeros_like(some) for name, some in p.items()} for _ in range(2))
        self.mean = {name: some.copy() for name, some in p.items()}
        self.t = 0

    def step(self, g, rate):
        self.t += 1
        rate, scale = rate / (1 - 0.9 ** self.t), 1 / (1 - 0.99 ** self.t)
        keep = min(AVERAGE, (1 + self.t) / (10 + self.t))
        for name, p in self.p.items():
            m, v, mean, d = self.m[name], self.v[name], self.mean[name], g[name]
            m *= 0.9
            m += 0.1 * d
            v *= 0.99
            d *= d
            d *= 0.01
            v += d
            np.multiply(v, scale, out=d)
            np.sqrt(d, out=d)
            d += 1e-8
            np.divide(m, d, out=d)
            d *= rate
            p -= d
            mean *= keep
            np.multiply(p, 1 - keep, out=d)
            mean += d


def wanted(labels, clean_weight):
    """The probabilities that the places should have, and what each place counts."""
    labels = labels.reshape(-1)
    target = np.zeros((len(labels), len(LABELS)), np.float32)
    target[np.arange(len(labels)), np.maximum(labels, 0)] = 1
    weight = np.where(labels < 0, 0, np.where(labels == 0, clean_weight, 1)).astype(np.float32)
    return target, weight / (weight.sum() + 1)


def step(adam, rate, ids, labels, mask, clean_weight):
    """The sums of embeddings and their gradient are products with a sparse matrix: many times faster than gathering and scattering."""
    flat = ids.reshape(-1, ids.shape[-1])
    which = csr_matrix((np.ones(flat.size, np.float32), flat.ravel(), np.arange(0, flat.size + 1, flat.shape[1])), (len(flat), ROWS))
    x = (which @ adam.p["e"]).reshape(*mask.shape, -1) * mask[..., None]
    value, g, gx = gradients(adam.p, x, *wanted(labels, clean_weight), mask)
    g["e"] = which.T @ gx.reshape(len(flat), -1)
    g["e"][NOTHING] = 0
    adam.step(g, rate)
    return value


def initial(random):
    p = {}
    for name, shape in model.shapes(ROWS, model.WIDTH, len(LABELS), model.LAYERS):
        if name[0] in "bc":
            p[name] = np.zeros(shape)
        elif name[0] == "w":
            p[name] = random.normal(0, 0.7 * (2 / shape[0]) ** 0.5, shape)
        elif name[0] == "d":
            p[name] = random.normal(0, 0.2, shape) + 0.7 * (np.arange(shape[0]) == shape[0] // 2)[:, None]
        else:
            p[name] = random.normal(0, 0.1, shape)
    p["e"][NOTHING] = 0
    return {name: value.astype(np.float32) for name, value in p.items()}


def train(examples, epochs, seed, clean_weight, unlisted, start=None, top=4e-3, batch=16):
    """The running average of the weights: over the last thousand steps or so, over fewer in a short training."""
    random = np.random.default_rng(seed)
    adam = Adam(start or initial(random))
    t, total = 0, None
    for epoch in range(epochs):
        ids, labels, mask, text = stream(examples, random.permutation(len(examples)))
        ids = drop(ids, labels, text, random, unlisted).reshape(-1, LENGTH, ids.shape[1])
        labels, mask = labels.reshape(-1, LENGTH), mask.reshape(-1, LENGTH)
        steps = len(ids) // batch
        total = total or steps * epochs
        order, losses = random.permutation(len(ids)), []
        for i in range(steps):
            pick = order[i * batch:(i + 1) * batch]
            done = min(1.0, t / total)
            rate = top * (done / 0.15 if done < 0.15 else 0.5 * (1 + np.cos(np.pi * (done - 0.15) / 0.85)))
            t += 1
            losses.append(step(adam, max(rate, 1e-5), ids[pick], labels[pick], mask[pick], np.float32(clean_weight)))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.process_time():.0f} s of processor", flush=True)
    return adam.mean


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--count", type=int, default=120000)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--start", help="model to go on from")
    parser.add_argument("--rate", type=float, default=4e-3, help="the highest rate")
    parser.add_argument("--clean-weight", type=float, default=0.6, help="weight of tokens that identify nobody")
    parser.add_argument("--unlisted", type=float, nargs=2, default=(0.25, 0.03), metavar=("VALUES", "OTHERS"), help="shares of tokens of which no list says anything")
    parser.add_argument("--fold", type=int, default=0, help="what is held out beside fold 0: for development")
    parser.add_argument("--alone", action="store_true", help="hold out that fold alone, and learn from fold 0")
    parser.add_argument("--names", default="parted", choices=("parted", "all"), help="all: hold out wordings, but no names")
    parser.add_argument("--all", action="store_true", help="hold out nothing: the model that is shipped")
    parser.add_argument("--without-style", nargs="*", default=[], help="files of wordings to leave out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without", nargs="*", default=[], help="kinds of text to leave out")
    parser.add_argument("out")
    args = parser.parse_args()
    features = Features(Lexicon.read(args.lexicon))
    generator = Generator(Data(args.data, False, None if args.all else args.fold, names=args.names, without=args.without_style, alone=args.alone), args.seed)
    examples = [encode(features, pieces) for _, pieces in texts(generator, args.count, args.without)]
    print(f"{len(examples)} texts, {sum(len(e[1]) for e in examples)} tokens, {time.process_time():.0f} s of processor", flush=True)
    start = model.read(args.start) if args.start else None
    if start and start.pop("layers") != model.LAYERS:
        raise SystemExit(f"{args.start}: its layers are others (expected: {model.LAYERS})")
    model.write(args.out, train(examples, args.epochs, args.seed, args.clean_weight, args.unlisted, start, args.rate))
