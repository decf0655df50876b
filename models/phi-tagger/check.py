"""Checks what lies here: python3 check.py. The golden features come out again, digests in SHA256SUMS hold, and the model gives the golden scores.

With --write, writes golden files and digests anew (after training).
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

import model
from features import Features, Lexicon

HERE = Path(__file__).parent
GOLDEN = HERE / "features-golden.jsonl"
SUMS = HERE / "SHA256SUMS"
FILES = ("tagger.bin", "lexicon.bin", "body.onnx", "features-golden.jsonl")
TEXTS = (
    "",
    " \n",
    "Pt Wilhelmina Okafor, 93 y/o, MRN 00-48213, seen 03/14/2024 at St. Brendan's Hospital.",
    "JOSÉ NÚÑEZ-O'Dell\r\n\tşebnem İpek  straße",
    "dob 7.4.61 tel (303) 555-0142 a.b@c-d.org 1234567890123456",
    "Ωmega Жанна Ḋara ×2 ÷3 “x” – 1\u00a0mg\u2009b",
    "19 1899 1900 2099 2100 007 089 100 119 120 12 13 31 32 89 90 99 0",
    "Aa aA AA A a McB \u200bX\u0085Y 😀z",
    "{\"a\":[1,\"b\"]}|<c>\\~`^_$%&*+=#@!?",
)


def golden(tagger, features):
    """One line a text: its tokens (start, end, ids) and, for each, the probability of every class, rounded."""
    lines = []
    for text in TEXTS:
        found, ids = features.of(text)
        scores = model.probabilities(tagger, ids) if found else np.zeros((0, 8))
        lines.append(json.dumps({"text": text, "tokens": [[start, end, *map(int, row)] for (start, end, _, _), row in zip(found, ids)],
                                 "probabilities": [[round(float(x), 4) for x in row] for row in scores]}))
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lines = golden(model.read(HERE / "tagger.bin"), Features(Lexicon.read(HERE / "lexicon.bin")))
    if args.write:
        GOLDEN.write_text("\n".join(lines) + "\n")
        SUMS.write_text("".join(f"{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES if (HERE / name).exists()))
    for line in SUMS.read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((HERE / name).read_bytes()).hexdigest() == digest, f"{name} is not the file whose digest is in SHA256SUMS"
    for mine, stored in zip(map(json.loads, lines), map(json.loads, GOLDEN.read_text().splitlines()), strict=True):
        assert mine["text"] == stored["text"] and mine["tokens"] == stored["tokens"], f"features differ: {stored['text']!r}"
        if mine["tokens"]:
            assert np.abs(np.array(mine["probabilities"]) - np.array(stored["probabilities"])).max() < 2e-3, "scores differ"
    print("features, scores and digests hold")
