"""Measures a model on the held-out part: python3 evaluate.py --data FOLDER --lexicon FILE MODEL.

Only the model and the joining of join() are measured, without the gateway's structural rules. The core of a value and what counts as a leak follow
evaluation's Core.java and LeakRule.java (without its search of the whole output); wordings, names, places, facilities and encounters are held out.
"""

import argparse
import random
import re
from collections import Counter, defaultdict

import numpy as np

import model
from data import Data
from features import OTHER, Features, Lexicon, units
from generate import Generator

I = re.I
CORE = {
    "DATE": re.compile(r"(?<![0-9])(?:19|18|20)\d\d(?![0-9])|\b(?:of|the|on|at)\b|(?<=\d)(?:st|nd|rd|th)|\b[01]?\d:\d\d\b", I),
    "AGE": re.compile(r"[^0-9]+"),
    "FACILITY": re.compile(r"\b(?:hospitals?|medical|cent(?:er|re)|clinics?|health(?:care)?|care|general|regional|memorial|community|county|university|of|the|and|at|for"
                           r"|system|street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|way|place|circle|city|north|south|east|west|children|inc|llc"
                           r"|united|states|children's|system|apt|suite|unit)\b", I),
    "CONTACT": re.compile(r"^(?:https?://)?(?:www\.)?", I),
}
CORE["LOCATION"] = CORE["FACILITY"]
ZIP = re.compile(r"\d{5}(?:-\d{4})?")


def core(label, value):
    marks = np.array([c.isalnum() for c in value])
    all_marks = marks.copy()
    if label in CORE:
        for m in CORE[label].finditer(value):
            marks[m.start():m.end()] = False
    if label == "LOCATION" and ZIP.fullmatch(value):
        marks[:3] = False
    return marks if marks.any() else all_marks


def leaked(value, marks, hidden):
    if not (marks & hidden).any():
        return True
    letters = digits = 0
    for c, mark, gone in zip(value, marks, hidden):
        if gone:
            letters = digits = 0
        elif mark:
            letters += c.isalpha()
            digits += c.isdigit()
            if letters >= 4 or digits >= 3:
                return True
    return False


CONNECT = set("-'’.,/@#&+()_:\"")


WITHIN = set("-./@_:#+~?&=%'’*")


def join(text, found, labels):
    """Hides signs between two hidden tokens of the same class, or of a run without white space; and the whole of a run of letters, digits and the signs
    WITHIN of which a part was found to be an identifier or a contact."""
    labels = labels.copy()
    hidden = np.flatnonzero(labels)
    for a, b in zip(hidden, hidden[1:]):
        if 1 < b - a <= 3 and all(text[found[i][0]] in CONNECT and found[i][2] == OTHER for i in range(a + 1, b)) \
                and (labels[a] == labels[b] or all(found[i][3] == 0 for i in range(a + 1, b + 1))):
            labels[a + 1:b] = labels[a]
    start = 0
    for i in range(1, len(found) + 1):
        if i < len(found) and found[i][3] == 0 and all(found[k][2] != OTHER or text[found[k][0]] in WITHIN for k in (i - 1, i)):
            continue
        run = labels[start:i]
        if run.any() and not run.all() and (strong := run[np.flatnonzero(run)[0]]) in (5, 6):  # ID, CONTACT
            inside = [k for k in range(start, i) if found[k][2] != OTHER]
            if inside:
                labels[inside[0]:inside[-1] + 1] = strong
        start = i
    return labels


class Tagger:
    def __init__(self, parameters, features, threshold=0.5):
        self.p, self.features, self.threshold = parameters, features, threshold

    def hidden(self, text):
        """Which characters of a text are hidden (texts here lie in the basic plane: units are characters)."""
        found, ids = self.features.of(text)
        marks = np.zeros(len(text), bool)
        if not found:
            return marks
        p = model.probabilities(self.p, ids)
        labels = np.where(1 - p[:, 0] > self.threshold, p[:, 1:].argmax(1) + 1, 0)
        labels = join(text, found, labels)
        at, last = 0, None
        for (start, end, _, _), label in zip(found, labels):
            if label:
                marks[start:end] = True
                if last == label and not text[at:start].strip():
                    marks[at:start] = True
                at = end
            last = label
        return marks


class Score:
    def __init__(self):
        self.values = self.leaks = self.core = self.core_hidden = self.other = self.lost = self.texts = self.changed = 0
        self.by_label = defaultdict(lambda: [0, 0])
        self.leaked = []
        self.wrong = Counter()

    def add(self, tagger, pieces):
        text = "".join(t for t, _ in pieces)
        if len(units(text)) != len(text):
            return
        hidden, at, clean = tagger.hidden(text), 0, True
        for piece, label in pieces:
            part = hidden[at:at + len(piece)]
            if label == "O":
                letters = np.array([not c.isspace() for c in piece], bool) if piece else np.zeros(0, bool)
                self.other += int(letters.sum())
                self.lost += int((letters & part).sum())
                if (letters & part).any():
                    self.changed += clean
                    clean = False
                    for m in re.finditer(r"\w+", piece):
                        if part[m.start():m.end()].any():
                            self.wrong[piece[max(0, m.start() - 22):m.start()].replace("\n", "/") + "<" + m[0] + ">" + piece[m.end():m.end() + 12].replace("\n", "/")] += 1
            elif label and any(c.isalnum() for c in piece):
                marks = core(label, piece)
                self.values += 1
                self.core += int(marks.sum())
                self.core_hidden += int((marks & part).sum())
                gone = leaked(piece, marks, part)
                self.leaks += gone
                self.by_label[label][0] += 1
                self.by_label[label][1] += gone
                if gone:
                    self.leaked.append((label, text[max(0, at - 25):at].replace("\n", "/") + "⟦" + piece + "⟧" + text[at + len(piece):at + len(piece) + 20].replace("\n", "/")))
            at += len(piece)
        self.texts += 1

    def row(self, style):
        chars = f"{100 * self.core_hidden / self.core:6.2f}" if self.core else "     -"
        values = f"{100 * (1 - self.leaks / self.values):6.2f}" if self.values else "     -"
        return f"| {style:26} | {self.texts:5} | {self.values:6} | {chars} | {values} | {100 * self.changed / self.texts:6.1f} | {100 * self.lost / max(1, self.other):5.2f} |"


QUERIES = ("shared", "identifiers", "queries", "formal", "intents")
KNOWLEDGE = ("shared", "formal", "intents", "grammar", "registers", "lookalikes/questions about knowledge", "lookalikes/single look-alikes in plain sentences")
STYLES = ("notes", "spoken", "letters", "brief", "registers", "grammar", "bare")


def labelled_sets(data, count, seed):
    g = Generator(data, seed)

    def drawn(section, styles, n):
        frames = data.frames(section, styles)
        return [g.fill(g.one(frames)) for _ in range(n)] if frames else []

    plain = drawn("INTRO", QUERIES, count) or drawn("INTRO", None, count)
    sets = {"query": plain}
    for style in ("lower", "upper", "bare", "barelower", "breaks", "ocr", "typos"):
        sets[f"query, {style}"] = [g.change(pieces, style) for pieces in plain]
    g.usual = True
    sets["query, usual names"] = drawn("INTRO", QUERIES, count)
    sets["query, usual names, lower"] = [g.change(pieces, "lower") for pieces in sets["query, usual names"]]
    g.usual = False
    for style in STYLES:
        sets[style] = drawn("INTRO", (style,), count // 2)
        sets[f"{style}, lower"] = [g.change(pieces, "lower") for pieces in sets[style]]
    sets["long note"] = [g.note() for _ in range(count // 8)]
    sets["form or message"] = drawn("STRUCT", None, count // 2)
    sets["form, lower"] = [g.change(pieces, "lower") for pieces in sets["form or message"]]
    sets["inserted"] = [g.inserted() for _ in range(count // 2)]
    for name, pieces in data.gold():
        sets.setdefault(name, []).append(pieces)
    return {name: texts for name, texts in sets.items() if texts}


def clean_sets(data, seed):
    g = Generator(data, seed)
    looks = [pieces for _ in range(5) for frame in g.frames["NEG"] + g.frames["STRUCTNEG"] for pieces in [g.fill(frame)] if all(label == "O" for _, label in pieces)]
    sets = {"look-alikes": looks, "look-alikes, lower": [g.change(p, "lower") for p in looks], "look-alikes, upper": [g.change(p, "upper") for p in looks]} if looks else {}
    plain = [frame for frame in data.frames("NEG", KNOWLEDGE) if "\\n" not in frame]
    if plain:
        sets["clean queries"] = [g.fill(g.one(plain)) for _ in range(1000)]
        sets["clean queries"] = [pieces for pieces in sets["clean queries"] if all(label == "O" for _, label in pieces)]
        sets["clean queries, lower"] = [g.change(pieces, "lower") for pieces in sets["clean queries"]]
    sets["diseases"] = [[(g.one(data.diseases), "O")] for _ in range(800)]
    sets["clinical sentences"] = [[(g.one(data.sentences), "O")] for _ in range(1500)]
    return sets


def wordings_of(data, count, seed):
    """The wordings of the styles that the data is confined to."""
    g = Generator(data, seed)
    sets = {}
    for section, name in (("INTRO", "with identifiers"), ("STRUCT", "forms with identifiers"), ("NEG", "without identifiers"), ("STRUCTNEG", "forms without identifiers")):
        if some := g.frames[section]:
            sets[name] = [g.fill(g.one(some)) for _ in range(count)]
            sets[f"{name}, lower"] = [g.change(pieces, "lower") for pieces in sets[name]]
    return sets


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lexicon", required=True)
    parser.add_argument("--fold", type=int, default=0, help="the fold that was held out: 0 for figures to report, another for development")
    parser.add_argument("--only-style", nargs="*", default=[], help="measure on the wordings of a style that was left out of training")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--rows", default="all", choices=("all", "wordings"), help="wordings: only the wordings of the style, plain and in lower case")
    parser.add_argument("--show", type=int, default=0, help="errors to show of each set")
    parser.add_argument("model")
    args = parser.parse_args()
    tagger = Tagger(model.read(args.model), Features(Lexicon.read(args.lexicon)), args.threshold)
    data = Data(args.data, True, args.fold, only=args.only_style)
    print("| set                        | texts | values |  chars | values % | changed | lost |")
    print("|---|---|---|---|---|---|---|")
    labels = defaultdict(lambda: [0, 0])
    measured = wordings_of(data, args.count, args.seed) if args.rows == "wordings" else {**labelled_sets(data, args.count, args.seed), **clean_sets(data, args.seed)}
    for style, texts in measured.items():
        score = Score()
        for pieces in texts:
            score.add(tagger, pieces)
        print(score.row(style), flush=True)
        for label, (n, leaks) in score.by_label.items():
            if style == "query":
                labels[label][0] += n
                labels[label][1] += leaks
        if args.show:
            for label, shown in random.Random(1).sample(score.leaked, min(args.show, len(score.leaked))):
                print("   leak", label, shown)
            for shown, n in score.wrong.most_common(args.show):
                print("   lost", n, shown)
    if labels:
        print("\nqueries, leaks by kind:", ", ".join(f"{label} {leaks} of {n}" for label, (n, leaks) in sorted(labels.items())))
