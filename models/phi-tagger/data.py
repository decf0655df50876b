"""The folder of public data, parted into what may be learnt from and what is measured on. Nothing of it is copied here."""

import csv
import json
import re
import sys
from functools import cached_property
from pathlib import Path

csv.field_size_limit(sys.maxsize)


def held_out(item):
    """The rule of evaluation's HeldOut.java, byte for byte: 64-bit FNV-1a of the stripped lower-case item, folded, modulo 5."""
    h = 0xCBF29CE484222325
    for byte in item.strip().lower().encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (h ^ (h >> 32)) % 5 == 0


def title_case(capitals):
    text = re.sub(r"(^|[ -])([a-z])", lambda m: m[1] + m[2].upper(), capitals.lower())
    return text.replace(" Of ", " of ").replace(" The ", " the ").replace(" And ", " and ")


def sections(path):
    """Lines of a file by the first word of their "== HEADING"."""
    found, section = {}, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = found.setdefault(re.split("[: ]", line[3:])[0], [])
        elif line.strip() and not line.startswith("#"):
            section.append(line)
    return found


class Data:
    """One part of the folder: the held-out one for measuring, the other for learning."""

    def __init__(self, root, evaluation):
        self.root = Path(root)
        self.evaluation = evaluation

    def mine(self, items):
        return [item for item in items if held_out(item) == self.evaluation]

    def lines(self, file):
        return (self.root / file).read_text(encoding="utf-8").splitlines()

    def records(self, file):
        with open(self.root / file, encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))[1:]

    @cached_property
    def given(self):
        """Given names, most frequent first."""
        return self.mine(self.lines("ssa-names/allnames.txt"))

    @cached_property
    def family(self):
        """Family names with counts, most frequent first."""
        return [(name, int(count)) for name, count in self.records("gecko-data/last-name.csv") if held_out(name) == self.evaluation]

    @cached_property
    def cities(self):
        return self.mine(dict.fromkeys(row[3].strip() for row in self.records("us-cities/us_cities.csv")))

    @cached_property
    def counties(self):
        return self.mine(dict.fromkeys(self.lines("phileas-lists/counties.txt")))

    @cached_property
    def states(self):
        return self.lines("phileas-lists/states.txt")

    @cached_property
    def facilities(self):
        listed = [title_case(row[0]) for row in self.records("cms-hospitals/hospitals.csv")]
        return self.mine(dict.fromkeys(listed + self.lines("phileas-lists/hospitals.txt")))

    @cached_property
    def diseases(self):
        return self.mine(row[1] for row in self.records("icd-10/categories.csv") if len(row) > 1)

    @cached_property
    def words(self):
        return sections(self.root / "frames/words.txt")

    def frames(self, section, own):
        """Wordings of a section of the shared frames and of the files of the folder own."""
        found = list(sections(self.root / "frames/frames.txt").get(section, []))
        for path in sorted(Path(own).glob("*.txt")):
            found += sections(path).get(section, [])
        return self.mine(found)

    @cached_property
    def openings(self):
        return sections(self.root / "frames/frames.txt")["OPEN"]

    def _encounters(self, file, key, column):
        name = file.split("/")[0]
        return [row[column] for row in self.records(file) if held_out(f"{name}/{row[key]}") == self.evaluation]

    @cached_property
    def notes(self):
        texts = self._encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 2) + self._encounters("aci-bench/train.csv", 1, 3)
        for i, row in enumerate(self.records("mtsamples/test.csv")):
            if len(row) > 2 and held_out(f"mtsamples/{i + 1}") == self.evaluation:
                texts.append(re.sub(r"\s*,(?=[A-Z])", ", ", row[2]))
        return texts

    @cached_property
    def dialogues(self):
        return self._encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 3) + self._encounters("aci-bench/train.csv", 1, 2)

    @cached_property
    def sentences(self):
        """Clinical sentences that very likely name nobody: no titles, dates, placeholders, nor words known as names alone."""
        safe = self.safe
        names = {n.lower() for n in self.lines("ssa-names/allnames.txt")[:5000]}
        names |= {row[0].lower() for row in self.records("gecko-data/last-name.csv")[:20000]}
        weekdays = {d + "day" for d in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}
        bad = re.compile(r"\b(?:Drs?|Mrs?|Ms|Miss|doctor [A-Z]|dr|mr|mrs|ms|XYZ|ABC|ABCD|MD|January|February|March|April|June|July|August|September"
                         r"|October|November|December|january|february|april|june|july|august|september|october|november|december)\b|\d\d?/\d"
                         r"|\d{5}|\d{3}-\d|@|www|_")
        found = []
        for text in self.notes + self.dialogues:
            for line in re.split(r"(?<=[.?!])\s+|\n+", text):
                line = re.sub(r"^(?:\[[a-z_]+\]|[A-Z][a-z_]+:)\s*", "", line).strip()
                if not 20 < len(line) < 300 or bad.search(line):
                    continue
                words = re.findall(r"[A-Za-z]+", line)
                if any(w.lower() in names and w.lower() not in safe for w in words):
                    continue
                if any(w[0].isupper() and w[1:].islower() and w.lower() in names and w not in weekdays for w in words[1:]):
                    continue
                found.append(line)
        return list(dict.fromkeys(found))

    @cached_property
    def safe(self):
        return set(json.loads((self.root / "philter-words/whitelist_plus_fps_091718_nonames.json").read_text(encoding="utf-8")))

    def gold(self):
        """Labelled texts of others as lists of (string, label); None is neither asked for nor held against anybody."""
        for file, key in (("presidio-research/synth_dataset_v2.json", None), ("presidio-research/generated_large.json", None),
                          ("pediatric-handoff/synthetic_handoffs.json", "handoffs")):
            items = json.loads((self.root / file).read_text(encoding="utf-8"))
            for item in items[key] if key else items:
                if held_out(f"{file.split('/')[0]}/{item['template_id']}") != self.evaluation:
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
