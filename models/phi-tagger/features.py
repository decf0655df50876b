"""Tokens and their feature ids: what another implementation must repeat bit for bit.

A text is read as UTF-16 units. A token is a run of letters, a run of ASCII digits, or one other unit; white space is no token.
Letters are the units A-Z, a-z, U+00C0-U+02AF but for U+00D7 and U+00F7, U+0370-U+03FF, U+0400-U+052F and U+1E00-U+1EFF.
White space is U+0009-U+000D, U+0020, U+0085, U+00A0, U+2000-U+200A, U+2028, U+2029, U+202F, U+205F and U+3000.

The *form* of a token is: letters, each in lower case on its own (Java's Character.toLowerCase(char)); a run of one or two digits, "#" and the
digits; four digits that begin with 19 or 20, "#" and those two and "yy"; any other run of digits, "#" and as many "0" as digits, twelve
at most; any other unit, itself.

hash(salt, units): h = 0x811C9DC5 xor salt; for each unit h = (h xor unit) * 16777619, modulo 2^32. (FNV-1a over units, not bytes.)
slot(h, size): 1 + (h xor (h >>> 16)) unsigned modulo (size - 1). Row 0 of a table means "not told" and is what drop-out puts in.

The ids of a token, each with the offset of its table added (see TABLES):
 0 word       slot(hash(0, form), 8192)
 1 prefix     slot(hash(1, first three units of the form, or all), 2048)
 2 suffix3    slot(hash(2, last three, or all), 2048)
 3 suffix2    slot(hash(3, last two, or all), 512)
 4 shape      see shape()
 5-12 lexicon the eight two-bit bins of the word (0 for tokens that are no letters), one table of 4 rows each
 13 space     0 nothing before, 1 white space without a line break, 2 white space with a line break, 3 first token of the text
 14-21 trigrams of letter runs, all from one table: of "^", the form and "$" the runs of three units, from the left; of more than eight only the first
              four and the last four; slot(hash(4, three units), 4096). What is left over, and all eight of other tokens, is 0, whose row is zero.
"""

import re
import struct
from pathlib import Path

import numpy as np

TABLES = (("word", 8192), ("prefix", 2048), ("suffix3", 2048), ("suffix2", 512), ("shape", 96)) + tuple(
    (f"lexicon{i}", 4) for i in range(8)) + (("space", 4), ("trigrams", 4096))
OFFSETS = tuple(sum(size for _, size in TABLES[:i]) for i in range(len(TABLES)))
ROWS = sum(size for _, size in TABLES)
SPACE_ID = 13
TRIGRAM_ID = 14
TRIGRAMS = 8
IDS = TRIGRAM_ID + TRIGRAMS
NOTHING = OFFSETS[TRIGRAM_ID]

LETTER, DIGIT, SPACE, OTHER = range(4)
_SPACES = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
_BREAKS = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}


_TOKEN = re.compile("([A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02AF\u0370-\u052F\u1E00-\u1EFF]+)|([0-9]+)|([" + "".join(map(chr, sorted(_SPACES))) + "]+)|(.)", re.S)
_BREAK = re.compile("[" + "".join(map(chr, sorted(_BREAKS))) + "]")


def units(text):
    """The UTF-16 units of a text; offsets of tokens count these."""
    return list(struct.unpack(f"<{len(text.encode('utf-16-le', 'surrogatepass')) // 2}H", text.encode("utf-16-le", "surrogatepass")))


def lower(unit):
    """Lower case of one unit, as Java's Character.toLowerCase(char) has it."""
    if unit < 0x80:
        return unit + 32 if 0x41 <= unit <= 0x5A else unit
    return ord(chr(unit).lower()[0]) if not 0xD800 <= unit <= 0xDFFF else unit


def fnv(salt, some):
    h = 0x811C9DC5 ^ salt
    for unit in some:
        h = ((h ^ unit) * 16777619) & 0xFFFFFFFF
    return h


def slot(h, size):
    return 1 + (h ^ (h >> 16)) % (size - 1)


def tokens(some):
    """(start, end, kind, space id) of each token of the units."""
    found, space = [], 3
    for m in _TOKEN.finditer("".join(map(chr, some))):
        what = m.lastindex - 1
        if what == SPACE:
            if space != 3:
                space = 2 if _BREAK.search(m[0]) else 1
        else:
            found.append((m.start(), m.end(), what, space))
            space = 0
    return found


def form(some, what):
    if what == LETTER:
        return [lower(unit) for unit in some]
    if what == OTHER:
        return list(some)
    n = len(some)
    if n <= 2:
        return [0x23, *some]
    if n == 4 and (some[0], some[1]) in ((0x31, 0x39), (0x32, 0x30)):
        return [0x23, some[0], some[1], 0x79, 0x79]
    return [0x23] + [0x30] * min(n, 12)


def shape(some, what):
    """0 never; letters 1-40: case times length; digits 41-59: length and range; other 60-93: which sign."""
    n = len(some)
    if what == LETTER:
        first = lower(some[0]) != some[0]
        rest = sum(lower(unit) != unit for unit in some[1:])
        case = 3 if first and n == 1 else 2 if first and rest == n - 1 else 1 if first and rest == 0 else 0 if not first and rest == 0 else 4
        length = n - 1 if n <= 4 else 4 if n <= 6 else 5 if n <= 9 else 6 if n <= 13 else 7
        return 1 + case * 8 + length
    if what == DIGIT:
        if n == 1:
            return 41
        if n <= 4:
            value = int("".join(map(chr, some)))
            if n == 2:
                return 42 if value <= 12 else 43 if value <= 31 else 44 if value <= 89 else 45
            if n == 3:
                return 46 if value < 100 else 47 if value < 120 else 48
            return 49 if 1900 <= value <= 2099 else 50
        return 50 + min(n - 4, 9)
    unit = some[0]
    if 0x21 <= unit <= 0x2F:
        return 60 + unit - 0x21
    if 0x3A <= unit <= 0x40:
        return 75 + unit - 0x3A
    if 0x5B <= unit <= 0x60:
        return 82 + unit - 0x5B
    if 0x7B <= unit <= 0x7E:
        return 88 + unit - 0x7B
    return 92 if unit < 0x2000 else 93


def trigrams(f):
    padded = [0x5E, *f, 0x24]
    found = [slot(fnv(4, padded[i:i + 3]), 4096) for i in range(len(f))]
    if len(found) > TRIGRAMS:
        found = found[:TRIGRAMS // 2] + found[-(TRIGRAMS // 2):]
    return found + [0] * (TRIGRAMS - len(found))


class Lexicon:
    """Hash of a lower-case word to sixteen bits, two for each of eight classes. File: "PHILEX1\\0", count (u32), then count hashes in
    unsigned order (u32), then count values (u16), little-endian; class i is (value >>> 2 i) & 3."""

    MAGIC = b"PHILEX1\0"

    def __init__(self, entries):
        self.entries = entries

    @classmethod
    def read(cls, path):
        data = Path(path).read_bytes()
        if data[:8] != cls.MAGIC:
            raise ValueError("lexicon: not a file of this kind (expected: PHILEX1)")
        (count,) = struct.unpack_from("<I", data, 8)
        hashes = np.frombuffer(data, "<u4", count, 12)
        values = np.frombuffer(data, "<u2", count, 12 + 4 * count)
        return cls(dict(zip(hashes.tolist(), values.tolist())))

    def write(self, path):
        order = sorted(self.entries)
        Path(path).write_bytes(self.MAGIC + struct.pack("<I", len(order)) + np.array(order, "<u4").tobytes()
                               + np.array([self.entries[h] for h in order], "<u2").tobytes())

    def bins(self, h):
        value = self.entries.get(h, 0)
        return [(value >> (2 * i)) & 3 for i in range(8)]


class Features:
    """Ids of tokens, words remembered. Not thread-safe."""

    def __init__(self, lexicon):
        self.lexicon = lexicon
        self.known = {}
        self.table = np.empty((1024, IDS), np.int32)

    def _word(self, some, what):
        f = form(some, what)
        h = fnv(0, f)
        bins = self.lexicon.bins(h) if what == LETTER else [0] * 8
        ids = [slot(h, 8192), slot(fnv(1, f[:3]), 2048), slot(fnv(2, f[-3:]), 2048), slot(fnv(3, f[-2:]), 512), shape(some, what), *bins, 0]
        return [i + offset for i, offset in zip(ids, OFFSETS)] + [NOTHING + i for i in (trigrams(f) if what == LETTER else [0] * TRIGRAMS)]

    def of(self, text):
        """Tokens as (start, end, kind, space id) in UTF-16 units, and an array of tokens by ids."""
        some = units(text)
        found = tokens(some)
        rows = []
        for start, end, what, _ in found:
            key = tuple(some[start:end])
            row = self.known.get(key)
            if row is None:
                row = self.known[key] = len(self.known)
                if row == len(self.table):
                    self.table = np.concatenate([self.table, np.empty_like(self.table)])
                self.table[row] = self._word(key, what)
            rows.append(row)
        ids = self.table[rows]
        ids[:, SPACE_ID] += np.array([space for *_, space in found], np.int32)
        return found, ids
