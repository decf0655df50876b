"""The network: embeddings summed, residual convolutions, eight classes; its file; and it in plain numpy.

x0 = sum of the rows of a token's ids, zero before and after the text. Layer k has n taps (odd) and a dilation d; h = (n - 1) / 2, and at place t
  full       y = sum over i of W[i] x[t + (i - h) d]
  separable  y = W (sum over i of D[i] * x[t + (i - h) d]), where * multiplies element by element
x' = x + relu(y + b). Scores = V x of the last layer + c.

File, little-endian: "PHITAG2\\0"; u32 rows, width, layers, classes; of each layer u32 taps, dilation, kind (0 full, 1 separable); then float16: embeddings
[rows][width]; of each layer, full: W [taps][in][out], separable: D [taps][width] and W [in][out]; and b [out]; V [in][classes] and c [classes].
"""

import struct
from pathlib import Path

import numpy as np

WIDTH = 48
FULL, SEPARABLE = range(2)
LAYERS = ((7, 1, SEPARABLE), (5, 1, SEPARABLE), (5, 2, SEPARABLE), (5, 4, SEPARABLE))
MAGIC = b"PHITAG2\0"


def shapes(rows, width, classes, layers):
    """Names and shapes of the parameters, in the order of the file."""
    yield "e", (rows, width)
    for k, (taps, _, kind) in enumerate(layers):
        if kind == SEPARABLE:
            yield f"d{k}", (taps, width)
        yield f"w{k}", (taps, width, width) if kind == FULL else (width, width)
        yield f"b{k}", (width,)
    yield "v", (width, classes)
    yield "c", (classes,)


def write(path, p, layers=LAYERS):
    rows, width = p["e"].shape
    classes = len(p["c"])
    head = struct.pack(f"<4I{3 * len(layers)}I", rows, width, len(layers), classes, *(n for layer in layers for n in layer))
    Path(path).write_bytes(MAGIC + head + b"".join(np.asarray(p[name]).astype("<f2").tobytes() for name, _ in shapes(rows, width, classes, layers)))


def read(path):
    """Parameters by name; "layers" is a tuple, the others are arrays."""
    data = Path(path).read_bytes()
    if data[:8] != MAGIC:
        raise ValueError("model: not a file of this kind (expected: PHITAG2)")
    rows, width, n, classes = struct.unpack_from("<4I", data, 8)
    layers = tuple(struct.unpack_from("<3I", data, 24 + 12 * k) for k in range(n))
    p, at = {"layers": layers}, 24 + 12 * n
    for name, shape in shapes(rows, width, classes, layers):
        size = int(np.prod(shape))
        p[name] = np.frombuffer(data, "<f2", size, at).reshape(shape).astype(np.float32)
        at += 2 * size
    return p


def probabilities(p, ids):
    """Class probabilities of the tokens of one text."""
    x = p["e"][ids].sum(1)
    n = len(x)
    for k, (taps, dilation, kind) in enumerate(p["layers"]):
        side = taps // 2 * dilation
        padded = np.zeros((n + 2 * side, x.shape[1]), np.float32)
        padded[side:side + n] = x
        seen = [padded[i * dilation:i * dilation + n] for i in range(taps)]
        w = p[f"w{k}"]
        y = sum(s @ w[i] for i, s in enumerate(seen)) if kind == FULL else sum(s * p[f"d{k}"][i] for i, s in enumerate(seen)) @ w
        x = x + np.maximum(y + p[f"b{k}"], 0)
    s = x @ p["v"] + p["c"]
    s = np.exp(s - s.max(1, keepdims=True))
    return s / s.sum(1, keepdims=True)
