"""Writes a token classifier for tests, in the form that Hugging Face uses: python3 make.py. It needs nothing but Python.

The model looks one row of scores up for each token, so what it says of a text can be read off SCORES; "nan" gets a score that is no number.
"""

import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
LABELS = ("O", "B-PATIENT", "I-PATIENT", "B-HOSPITAL")
SCORES = {"john": (0, 6, 0, 0), "miller": (0, 0, 6, 0), "##s": (0, 0, 1, 0), "maybe": (0.5, 1, 0, 0), "mary": (0, 0, 0, 6), "hospital": (0, 0, 0, 6),
          "nan": (float("nan"), 0, 0, 0)}
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *SCORES, "pt", "seen", "by", "dr", "at", "st", ".", ",", "the", "\U0001f600")


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def number(field, n):
    return varint(field << 3) + varint(n)


def block(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def value(name, kind, *dims):
    """ValueInfoProto; a dimension is a number or a name."""
    shape = b"".join(block(1, number(1, d) if isinstance(d, int) else block(2, d)) for d in dims)
    return block(1, name) + block(2, block(1, number(1, kind) + block(2, shape)))


def model():
    """ModelProto of onnx.proto: Gather over a table of float32 [words][labels], with int64 [batch][tokens]."""
    rows = [SCORES.get(word, (6, 0, 0, 0)) for word in WORDS]
    table = number(1, len(WORDS)) + number(1, len(LABELS)) + number(2, 1) + block(8, "table") + block(
        9, b"".join(struct.pack("<4f", *row) for row in rows))
    node = block(1, "table") + block(1, "input_ids") + block(2, "logits") + block(4, "Gather")
    graph = (block(1, node) + block(2, "classifier-fixture") + block(5, table)
             + block(11, value("input_ids", 7, "batch", "tokens")) + block(11, value("attention_mask", 7, "batch", "tokens"))
             + block(12, value("logits", 1, "batch", "tokens", len(LABELS))))
    return number(1, 9) + block(7, graph) + block(8, number(2, 17))


def tokenizer():
    special = [{"id": i, "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
               for i, word in enumerate(WORDS[:4])]
    around = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "TemplateProcessing", "single": around, "pair": around + [{"Sequence": {"id": "B", "type_id": 1}}],
                               "special_tokens": {w: {"id": w, "ids": [WORDS.index(w)], "tokens": [w]} for w in ("[CLS]", "[SEP]")}},
            "decoder": None,
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                      "vocab": {word: i for i, word in enumerate(WORDS)}}}


if __name__ == "__main__":
    (HERE / "model.onnx").write_bytes(model())
    (HERE / "tokenizer.json").write_text(json.dumps(tokenizer(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "config.json").write_text(json.dumps({"model_type": "fixture", "id2label": dict(enumerate(LABELS)), "max_position_embeddings": 66}) + "\n")
