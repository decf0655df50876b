"""The network: embeddings summed, residual layers over neighbouring tokens, eight classes; its file; and it in plain numpy.

x0 = sum of the rows of a token's ids, zero before and after the text. Layer k has n taps (odd) and a dilation d; h = (n - 1) / 2, and at place t
  pointwise  y = W x[t], n = 1
  separable  y = W (sum over i of D[i] * x[t + (i - h) d]), where * multiplies element by element
  mixed      y = sum over i of D[i] * (W x[t + (i - h) d])
x' = x + relu(y + b), zero before and after the text. Scores = V x of the last layer + c. First come pointwise layers, then one mixed one at most: they, and W of the
mixed one, see no other token, so what they make of a word can be remembered with it.

File, little-endian: "PHITAG2\\0"; u32 rows, width, layers, classes; of each layer u32 taps, dilation, kind (0 pointwise, 1 separable, 2 mixed); then float16: embeddings
[rows][width]; of each layer D [taps][width] unless it is pointwise, W [in][out], b [out]; V [in][classes] and c [classes].
"""

import struct
from pathlib import Path

import numpy as np

WIDTH = 48
POINTWISE, SEPARABLE, MIXED = range(3)
LAYERS = ((1, 1, POINTWISE), (1, 1, POINTWISE), (7, 1, MIXED), (7, 2, SEPARABLE), (5, 4, SEPARABLE))
MAGIC = b"PHITAG2\0"


def shapes(rows, width, classes, layers):
    """Names and shapes of the parameters, in the order of the file."""
    yield "e", (rows, width)
    for k, (taps, _, kind) in enumerate(layers):
        if kind != POINTWISE:
            yield f"d{k}", (taps, width)
        yield f"w{k}", (width, width)
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


def shifted(x, taps, dilation):
    """What each tap sees of the places of x, its last axis but one."""
    side, n = taps // 2 * dilation, x.shape[-2]
    padded = np.zeros((*x.shape[:-2], n + 2 * side, x.shape[-1]), np.float32)
    padded[..., side:side + n, :] = x
    return [padded[..., i * dilation:i * dilation + n, :] for i in range(taps)]


def probabilities(p, ids):
    """Class probabilities of the tokens of one text."""
    x = p["e"][ids].sum(1)
    for k, (taps, dilation, kind) in enumerate(p["layers"]):
        w = p[f"w{k}"]
        y = x if kind == SEPARABLE else x @ w
        if kind != POINTWISE:
            y = sum(s * d for s, d in zip(shifted(y, taps, dilation), p[f"d{k}"]))
        if kind == SEPARABLE:
            y = y @ w
        x = x + np.maximum(y + p[f"b{k}"], 0)
    s = x @ p["v"] + p["c"]
    s = np.exp(s - s.max(1, keepdims=True))
    return s / s.sum(1, keepdims=True)
