"""The folder of public data, parted into what may be learnt from and what is measured on. Nothing of it is copied here."""

import bz2
import csv
import importlib.util
import json
import pickle
import pkgutil
import re
import sys
from functools import cached_property
from pathlib import Path

import faker.providers.address
import faker.providers.person

csv.field_size_limit(sys.maxsize)


FOLDS = 5


def fold_of(item):
    """Which fifth an item belongs to: 64-bit FNV-1a of the stripped lower-case item, folded, modulo 5. Fold 0 is what HeldOut.java of evaluation holds out."""
    h = 0xCBF29CE484222325
    for byte in item.strip().lower().encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (h ^ (h >> 32)) % FOLDS


def title_case(capitals):
    text = re.sub(r"(^|[ -])([a-z])", lambda m: m[1] + m[2].upper(), capitals.lower())
    return text.replace(" Of ", " of ").replace(" The ", " the ").replace(" And ", " and ")


WORDINGS = ("INTRO", "MID", "NEG", "STRUCT", "STRUCTNEG")


def sections(path):
    """Lines of a file by the first word of their "== HEADING"; of sections of words, what stands between "; "."""
    found, section, words = {}, [], False
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name = re.split("[: ]", line[3:])[0]
            section, words = found.setdefault(name, []), name not in (*WORDINGS, "OPEN")
        elif line.strip() and not line.startswith("#"):
            section.extend(line.split("; ") if words else [line])
    return found


def families(path, section):
    """Wordings of a section by what stands after "== SECTION: "."""
    found, some = {}, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name, _, family = line[3:].partition(": ")
            some = found.setdefault(family, []) if name == section else []
        elif line.strip() and not line.startswith("#"):
            some.append(line)
    return found


class Data:
    """One part of the folder. Of the five folds, fold 0 is the evaluation split, which nothing is learnt from or chosen on; `fold` is the one that is
    held out now: 0 for the figures that are reported, another for development. The part for learning is what lies in neither, or, where `fold` is held
    out `alone`, in all but that one."""

    def __init__(self, root, evaluation, fold=0, own="frames", names="parted", only=(), without=(), alone=False, judged=None):
        """`names`: "parted", or "all" for the names of people, places and facilities of every fold, so that wordings alone are held out. `only` and `without`
        name styles (files of the folder own, or "shared"; or families of them, as "lookalikes/very short") whose wordings are taken alone or left out; with
        `only`, wordings of all folds but 0 are taken, for measuring on a style that was left out whole. With fold None, the part for learning is everything.
        `judged` is a file of wordings that are measured on in place of parted ones, all of them; nothing else is changed."""
        self.root, self.own = Path(root), Path(own)
        self.judged = judged and Path(judged)
        self.evaluation, self.fold = evaluation, fold
        self.all_names = names == "all" or fold is None
        self.only, self.without = only, without
        self.held_out = {fold} if alone else {0, fold}

    def has(self, item):
        """Whether a wording, a template or an encounter is in this part."""
        fold = fold_of(item)
        return self.fold is None or (fold == self.fold if self.evaluation else fold not in self.held_out)

    def has_name(self, item):
        return self.all_names or self.has(item)

    def mine(self, items):
        return [item for item in items if self.has(item)]

    def my_names(self, items):
        return [item for item in items if self.has_name(item)]

    def lines(self, file):
        return (self.root / file).read_text(encoding="utf-8").splitlines()

    def records(self, file):
        with open(self.root / file, encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))[1:]

    @cached_property
    def given(self):
        """Given names, most frequent first."""
        return self.my_names(self.lines("ssa-names/allnames.txt"))

    @cached_property
    def family(self):
        """Family names with counts, most frequent first."""
        return [(name, int(count)) for name, count in self.records("gecko-data/last-name.csv") if self.has_name(name)]

    @cached_property
    def cities(self):
        return self.my_names(dict.fromkeys(row[3].strip() for row in self.records("us-cities/us_cities.csv")))

    @cached_property
    def counties(self):
        return self.my_names(dict.fromkeys(self.lines("phileas-lists/counties.txt")))

    @cached_property
    def states(self):
        return self.lines("phileas-lists/states.txt")

    @cached_property
    def facilities(self):
        listed = [title_case(row[0]) for row in self.records("cms-hospitals/hospitals.csv")]
        return self.my_names(dict.fromkeys(listed + self.lines("phileas-lists/hospitals.txt")))

    @cached_property
    def diseases(self):
        return self.mine(row[1] for row in self.records("icd-10/categories.csv") if len(row) > 1)

    @cached_property
    def origins(self):
        """Given and family names of many countries, in Latin letters, by locale (the lists of the package Faker)."""
        found = {}
        for module in pkgutil.iter_modules(faker.providers.person.__path__):
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            kinds = []
            for keys in (("first_names", "first_names_male", "first_names_female", "first_romanized_names"), ("last_names", "last_romanized_names")):
                lists = [getattr(provider, key, None) for key in keys]
                names = sorted({str(name) for some in lists if isinstance(some, (tuple, list, dict, set)) for name in some})
                kinds.append(self.my_names(name for name in names if re.fullmatch(r"[A-ZÀ-ÞĀ-Ž][a-zß-ÿĀ-žA-Z'’ -]+", name)))
            if min(map(len, kinds)) >= 5:
                found[module.name] = kinds
        return found

    def _abroad(self, keys):
        """Lists of addresses of many countries, in Latin letters, at most some hundred of each (the package Faker)."""
        found = set()
        for module in pkgutil.iter_modules(faker.providers.address.__path__):
            provider = importlib.import_module(f"faker.providers.address.{module.name}").Provider
            some = sorted({name.strip() for key in keys for name in getattr(provider, key, ()) if isinstance(name, str) and re.fullmatch(r"[A-ZÀ-ÞĀ-Ž][A-Za-zß-ÿĀ-ž'’ .-]+", name.strip())})
            found.update(some[::len(some) // 400 + 1])
        return self.my_names(sorted(found))

    @cached_property
    def cities_abroad(self):
        return self._abroad(("cities", "city_names", "real_city_names"))

    @cached_property
    def streets_abroad(self):
        return self._abroad(("streets", "street_names", "street_titles", "frequent_street_names", "street_proceres"))

    @cached_property
    def frequent(self):
        """The most frequent words of English."""
        return {line.split(" ")[0] for line in self.lines("word-frequency/en_50k.txt")[:6000]}

    @cached_property
    def drugs(self):
        """Words of names of drugs (the dictionary of the package drug-named-entity-recognition)."""
        folder = Path(importlib.util.find_spec("drug_named_entity_recognition").submodule_search_locations[0])
        found = set()
        for name in pickle.loads(bz2.decompress((folder / "drug_ner_dictionary.pkl.bz2").read_bytes()))["drug_variant_to_canonical"]:
            found.update(word for word in re.findall(r"[a-z]+", name) if len(word) > 3)
        return self.my_names(sorted(found))

    @cached_property
    def words(self):
        """Fillers, shared and own: not parted, as they identify nobody."""
        found = {name: list(some) for name, some in sections(self.root / "frames/words.txt").items()}
        for name, some in sections(self.own / "words.txt").items():
            found[name] = list(dict.fromkeys(found.get(name, []) + some))
        for path in sorted(self.own.glob("*.txt")):
            if path.stem != "words":
                for name, some in sections(path).items():
                    if name not in WORDINGS:
                        found[name] = found.get(name, []) + self.my_names(some)
        return found

    @cached_property
    def same(self):
        """Groups of phrases that may stand for each other: not parted, as they identify nobody."""
        return [line.split(" | ") for line in (self.own / "same.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]

    def frames(self, section, styles=None):
        """Wordings of a section of the shared frames and of the files of the folder own, or of some of these styles."""
        if self.judged:
            return [frame for some in families(self.judged, section).values() for frame in some]
        found = []
        for path in [self.root / "frames/frames.txt", *sorted(self.own.glob("*.txt"))]:
            style = "shared" if path.parent != self.own else path.stem
            for family, some in families(path, section).items():
                here = {style, f"{style}/{family}"}
                if styles and not here & set(styles):
                    continue
                if self.only:
                    found += [frame for frame in some if here & set(self.only) and fold_of(frame) != 0]
                elif not here & set(self.without):
                    found += self.mine(some)
        return found

    @cached_property
    def openings(self):
        return sections(self.root / "frames/frames.txt")["OPEN"]

    def _encounters(self, file, key, column):
        name = file.split("/")[0]
        return [row[column] for row in self.records(file) if self.has(f"{name}/{row[key]}")]

    @cached_property
    def notes(self):
        texts = self._encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 2) + self._encounters("aci-bench/train.csv", 1, 3)
        for i, row in enumerate(self.records("mtsamples/test.csv")):
            if len(row) > 2 and self.has(f"mtsamples/{i + 1}"):
                texts.append(re.sub(r"\s*,(?=[A-Z])", ", ", row[2]))
        return texts

    @cached_property
    def dialogues(self):
        return self._encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 3) + self._encounters("aci-bench/train.csv", 1, 2)

    @cached_property
    def _lines(self):
        """Sentences of clinical texts, and whether a word of them may be a name."""
        safe = self.safe
        names = {n.lower() for n in self.lines("ssa-names/allnames.txt")[:5000]}
        names |= {row[0].lower() for row in self.records("gecko-data/last-name.csv")[:20000]}
        known = {w for kind in ("EPONYM", "EPO", "DRUG", "COND", "PROC", "ORG") for item in self.words[kind] for w in re.findall(r"[A-Za-z]+", item) if w[0].isupper()}
        known |= {form for word in self.words["SAID"] for form in (word, word[0].upper() + word[1:])}
        known |= {d + "day" for d in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}
        found = {}
        for text in self.notes + self.dialogues:
            for line in re.split(r"(?<=[.?!])\s+|\n+", text):
                line = re.sub(r"^(?:\[[a-z_]+\]|[A-Z][a-z_]+:)\s*", "", line).strip()
                if not 20 < len(line) < 300 or line in found or _PLACEHOLDER.search(_MEASURE.sub("", line)):
                    continue
                words = re.findall(r"[A-Za-z]+", _TITLED.sub(r"\1", line))
                suspect = any(w.lower() in names and w.lower() not in safe and w not in known for w in words)
                suspect |= any(w[0].isupper() and w[1:].islower() and w.lower() in names and w not in known for w in words[1:])
                found[line] = suspect
        return [line for line, suspect in found.items() if not suspect]

    @cached_property
    def sentences(self):
        """Clinical sentences that very likely name nobody: no titles, dates, placeholders, nor words known as names alone."""
        return [line for line in self._lines if not _TITLE.search(line)]

    @cached_property
    def titled(self):
        """Clinical sentences in which titles stand before names, as lists of (string, slot or None): the names are to be replaced."""
        found = []
        for line in self._lines:
            pieces, at = [], 0
            for m in _TITLED.finditer(line):
                pieces += [(line[at:m.start(2)], None), (m[2], "last")]
                at = m.end()
            if pieces and not _TITLE.search(_TITLED.sub("", line)):
                found.append(pieces + [(line[at:], None)])
        return found

    @cached_property
    def safe(self):
        return set(json.loads((self.root / "philter-words/whitelist_plus_fps_091718_nonames.json").read_text(encoding="utf-8")))

    def gold(self):
        """Labelled texts of others as lists of (string, label); None is neither asked for nor held against anybody."""
        for file, key in (("presidio-research/synth_dataset_v2.json", None), ("presidio-research/generated_large.json", None),
                          ("pediatric-handoff/synthetic_handoffs.json", "handoffs")):
            items = json.loads((self.root / file).read_text(encoding="utf-8"))
            for item in items[key] if key else items:
                if not self.has(f"{file.split('/')[0]}/{item['template_id']}"):
                    continue
                text = item.get("full_text") or item.get("text")
                pieces, at = [], 0
                for span in sorted(item.get("spans") or item.get("phi_spans") or [], key=lambda s: s.get("start_position", s.get("start"))):
                    start, end = span.get("start_position", span.get("start")), span.get("end_position", span.get("end"))
                    if start < at or end <= start:
                        continue
                    pieces += [(text[at:start], "O"), (text[start:end], gold_label(span["entity_type"], text[start:end]))]
                    at = end
                yield file.split("/")[0], pieces + [(text[at:], "O")]


_PLACEHOLDER = re.compile(r"\b(?:XYZ|ABC|ABCD|MD|January|February|March|April|May(?= \d)|June|July|August|September|October|November|December|january|february|april"
                          r"|june|july|august|september|october|november|december)\b|\d\d?/\d|\d{5}|\d{3}-\d|@|www|_")
_MEASURE = re.compile(r"\b(?:\d/(?:5|6|10)|1?\d/10|(?:[4-9]|1\d|2[0-4])\d/(?:[3-9]|1[0-4])\d|2/6|3/6|20/\d\d)\b")
_TITLE = re.compile(r"\b(?:Drs?|Mrs?|Ms|Miss|[Dd]octor [A-Z]\w*|dr|mr|mrs|ms)\b")
_TITLED = re.compile(r"\b((?:Dr|Mr|Mrs|Ms|Miss|Doctor)\.? )([A-Z][a-z]+)\b")
_FINE_DATE = re.compile(r"\d[/.-]\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)


def gold_label(label, value):
    fixed = {"PERSON": "NAME", "STREET_ADDRESS": "LOCATION", "ADDRESS": "LOCATION", "LOCATION": "LOCATION", "ZIP_CODE": "LOCATION",
             "PHONE_NUMBER": "CONTACT", "EMAIL_ADDRESS": "CONTACT", "IP_ADDRESS": "CONTACT", "DOMAIN_NAME": "CONTACT", "US_SSN": "ID",
             "MEDICAL_RECORD_NUMBER": "ID", "CREDIT_CARD": "ID", "IBAN_CODE": "ID", "US_DRIVER_LICENSE": "ID", "PEDIATRIC_AGE": "O"}
    if label == "DATE_TIME":
        return "DATE" if _FINE_DATE.search(value) else None
    if label == "AGE":
        return "AGE" if re.fullmatch(r"\D*(?:9\d|1[01]\d)\D*", value) else "O"
    return fixed.get(label)
