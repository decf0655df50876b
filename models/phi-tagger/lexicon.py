"""Learns the lexical classes of words: python3 lexicon.py --data FOLDER [--all] OUT.

Of each word only a 32-bit hash and eight two-bit bins are kept. Names, places, facilities and encounters that are held out for measuring are
left out unless --all is given; then figures on the held-out part say nothing any more.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from data import Data
from features import Lexicon, fnv, lower, units

WORD = re.compile(r"[A-Za-zÀ-ʯͰ-ԯḀ-ỿ]+")
CLASSES = ("given", "family", "city", "county", "facility", "general", "safe", "clinical")


def words(text):
    return WORD.findall(text.lower())


def bins_of(counts, two, three):
    return {word: 3 if n >= three else 2 if n >= two else 1 for word, n in counts.items()}


def learn(data):
    """Bins of each class from one part of the data."""
    classes = [dict() for _ in CLASSES]

    def merge(i, bins):
        for word, value in bins.items():
            classes[i][word] = max(value, classes[i].get(word, 0))

    given = {}
    for name in json.loads((data.root / "philter-words/firstnames_minus_fps.json").read_text()):
        given[name] = 1
    for name in data.lines("phileas-lists/first-names.txt"):
        given[name.lower()] = 1
    given = {name: 1 for name in data.my_names(given) if name.isalpha()}
    for rank, name in enumerate(data.lines("ssa-names/allnames.txt")):
        given[name.lower()] = 3 if rank < 1000 else 2 if rank < 10000 else 1
    mine = set(data.my_names(given))
    merge(0, {name: value for name, value in given.items() if name in mine})
    for some, _ in data.origins.values():
        merge(0, {word: 1 for name in some for word in words(name)})
    family = {name: 1 for name in data.my_names(json.loads((data.root / "philter-words/lastnames_minus_fps.json").read_text())) if name.isalpha()}
    for name, count in data.family:
        family[name.lower()] = 3 if count >= 20000 else 2 if count >= 1000 else 1
    merge(1, family)
    for _, some in data.origins.values():
        merge(1, {word: 1 for name in some for word in words(name) if len(word) > 2})
    merge(2, {w: 1 for city in data.cities_abroad for w in words(city) if len(w) > 3})
    merge(2, bins_of(Counter(w for city in data.cities for w in words(city)), 3, 20))
    merge(3, bins_of(Counter(w for county in data.counties for w in words(county)), 2, 5))
    merge(4, bins_of(Counter(w for name in data.facilities for w in words(name)), 10, 100))
    general = {}
    for rank, line in enumerate(data.lines("word-frequency/en_50k.txt")):
        word = line.split(" ")[0]
        if word.isalpha():
            general[word] = 3 if rank < 2000 else 2 if rank < 10000 else 1
    merge(5, general)
    medical = {w for title in data.diseases for w in words(title)} | set(data.drugs)
    medical |= {w for kind in ("EPONYM", "DRUG", "COND", "PROC", "EPO") for item in data.my_names(data.words[kind]) for w in words(item) if len(w) > 2}
    safe = {word for word in data.safe if word.isalpha()}
    merge(6, {word: (1 if word in safe else 0) + (2 if word in medical else 0) for word in safe | medical})
    clinical = Counter(w for text in data.notes for w in re.findall(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])", text))
    merge(7, bins_of(clinical, 5, 50))
    entries = {}
    for i, bins in enumerate(classes):
        for word, value in bins.items():
            h = fnv(0, [lower(unit) for unit in units(word)])
            entries[h] = entries.get(h, 0) | value << (2 * i)
    return Lexicon(entries), [len(bins) for bins in classes]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--fold", type=int, default=0, help="what is held out beside fold 0: for development")
    parser.add_argument("--alone", action="store_true", help="hold out that fold alone, and learn from fold 0")
    parser.add_argument("out")
    args = parser.parse_args()
    lexicon, counts = learn(Data(args.data, False, None if args.all else args.fold, alone=args.alone))
    lexicon.write(args.out)
    print(f"{len(lexicon.entries)} words, {Path(args.out).stat().st_size} bytes:", dict(zip(CLASSES, counts)))
