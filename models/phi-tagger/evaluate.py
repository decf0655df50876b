"""Measures a model on the held-out part: python3 evaluate.py --data FOLDER --lexicon FILE MODEL.

Only the model and the joining of join() are measured, without the gateway's structural rules. The core of a value and what counts as a leak follow
evaluation's Core.java and LeakRule.java (without its search of the whole output); wordings, names, places, facilities and encounters are held out.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

import model
from data import Data
from features import OTHER, Features, Lexicon, fnv, lower, units
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
    """Texts here lie in the basic plane: units are characters."""

    def __init__(self, parameters, features):
        self.p, self.features = parameters, features

    def read(self, text):
        """Tokens of a text and their class probabilities."""
        found, ids = self.features.of(text)
        return text, found, model.probabilities(self.p, ids) if found else None

    @staticmethod
    def hidden(read, threshold):
        """Which characters are hidden."""
        text, found, p = read
        marks = np.zeros(len(text), bool)
        if not found:
            return marks
        labels = join(text, found, np.where(1 - p[:, 0] > threshold, p[:, 1:].argmax(1) + 1, 0))
        at, last = 0, None
        for (start, end, _, _), label in zip(found, labels):
            if label:
                marks[start:end] = True
                if last == label and not text[at:start].strip():
                    marks[at:start] = True
                at = end
            last = label
        return marks


CAUSES = ("found in part", "damaged by reading or typing", "number or date without a cue", "initials and short forms", "also an eponym, a drug or a medical word", "also an ordinary word",
          "on a list, but the surroundings say too little", "on no list")


def cause(style, label, value, partly, features):
    """Which of CAUSES a leak is told by: the first that holds, from what lists say of the rarest word of the value."""
    words = [word for word in re.findall(r"[^\W\d_]+", value) if len(word) > 1]
    if partly:
        return CAUSES[0]
    if style.endswith((", ocr", ", typos")):
        return CAUSES[1]
    if label in ("DATE", "ID", "CONTACT", "AGE") or any(c.isdigit() for c in value):
        return CAUSES[2]
    if all(len(word) < 3 or word.isupper() and len(word) < 6 for word in words):
        return CAUSES[3]
    bins = [features.lexicon.bins(fnv(0, [lower(unit) for unit in units(word)])) for word in words]
    if any(not any(some[:5]) and not any(some[5:]) for some in bins):
        return CAUSES[7]
    if all(some[6] >= 2 for some in bins):
        return CAUSES[4]
    if all(some[5] >= 2 or some[7] >= 1 for some in bins):
        return CAUSES[5]
    return CAUSES[6]


class Score:
    def __init__(self):
        self.values = self.leaks = self.core = self.core_hidden = self.other = self.lost = self.texts = self.changed = 0
        self.by_label = defaultdict(lambda: [0, 0])
        self.leaked = []
        self.wrong = Counter()

    def add(self, pieces, text, hidden):
        at, clean = 0, True
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
                    self.leaked.append((label, *(part.replace("\n", "/") for part in (piece, text[max(0, at - 25):at], text[at + len(piece):at + len(piece) + 20])), bool((marks & part).any())))
            at += len(piece)
        self.texts += 1

    def misses(self, style, features):
        """Each leak with its surroundings, under what most likely caused it."""
        for label, piece, before, after, partly in self.leaked:
            yield cause(style, label, piece, partly, features), f"{style}: {label} {before}⟦{piece}⟧{after}"

    def chars(self):
        return f"{100 * self.core_hidden / self.core:.2f}" if self.core else "-"

    def found(self):
        return f"{100 * (1 - self.leaks / self.values):.2f}" if self.values else "-"

    def share_lost(self):
        return f"{100 * self.lost / max(1, self.other):.2f}"


def row(style, scores):
    """A line of the table: the first threshold in full, of the others what is found and what is lost."""
    first, *others = scores
    columns = [style, first.texts, first.values or "0", first.chars(), first.found(), f"{100 * first.changed / first.texts:.1f}", first.share_lost()]
    return "| " + " | ".join(map(str, columns + [f"{other.found()} / {other.share_lost()}" for other in others])) + " |"


QUERIES = ("shared", "identifiers", "queries", "formal", "intents")
KNOWLEDGE = ("shared", "formal", "intents", "grammar", "registers", "lookalikes/questions about knowledge", "lookalikes/single look-alikes in plain sentences")
STYLES = ("notes", "spoken", "letters", "brief", "registers", "grammar", "bare", "terse", "portal", "work", "reports", "ordinary", "prose", "places", "tasks", "everyday", "moves", "talk", "twofold", "world", "charts", "asks")


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
    sets["query, usual names"] = drawn("INTRO", QUERIES, count) or drawn("INTRO", None, count)
    sets["query, usual names, lower"] = [g.change(pieces, "lower") for pieces in sets["query, usual names"]]
    g.usual = False
    for style in () if data.judged else STYLES:
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
    plain = [frame for frame in data.frames("NEG", None if data.judged else KNOWLEDGE) if "\\n" not in frame]
    if plain:
        sets["clean queries"] = [g.fill(g.one(plain)) for _ in range(1000)]
        sets["clean queries"] = [pieces for pieces in sets["clean queries"] if all(label == "O" for _, label in pieces)]
        sets["clean queries, lower"] = [g.change(pieces, "lower") for pieces in sets["clean queries"]]
    sets["diseases"] = [[(g.one(data.diseases), "O")] for _ in range(800)]
    sets["clinical sentences"] = [[(g.one(data.sentences), "O")] for _ in range(1500)]
    if moving := [] if data.judged else data.frames("NEG", ("moves",)):
        sets["numbers and words"] = [g.fill(g.one(moving)) for _ in range(1000)]
        sets["numbers and words, lower"] = [g.change(pieces, "lower") for pieces in sets["numbers and words"]]
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


def write_misses(path, misses, threshold):
    """Values here are generated or of public sets; nothing else is quoted."""
    lines = ["# Every value that was missed", "", f"By the twin whose wordings are held out, at a threshold of {threshold}, by the tagger alone; written by `recipe.sh DATA figures`. Values stand in ⟦⟧ and are generated or of public sets.",
             "A value that several variants of one text leak stands here several times.", "", "| cause | misses |", "|---|---|"]
    lines += [f"| {why} | {len(misses[why])} |" for why in CAUSES]
    for why in CAUSES:
        lines += ["", f"## {why[0].upper()}{why[1:]}", "", "```"] + [" ".join(shown.split()) for shown in misses[why]] + ["```"]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


KINDS = {"O": "O", None: "-", "LOCATION": "PLACE", "ID": "OTHER_ID", "CONTACT": "URL", "AGE": "AGE_OVER_89"}


def write_texts(path, measured):
    """The texts for `./anteroom evaluate phi --written`, which measures rules and tagger together; labels are those of the corpus."""
    with open(path, "w", encoding="utf-8") as out:
        for style, texts in measured.items():
            for pieces in texts:
                whole = [(piece, label) for piece, label in pieces if piece]
                print(json.dumps([style] + [part for piece, label in whole for part in (piece, "ZIP" if label == "LOCATION" and ZIP.fullmatch(piece) else KINDS.get(label, label))], ensure_ascii=False), file=out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--lexicon")
    parser.add_argument("--fold", type=int, default=0, help="the fold that was held out: 0 for figures to report, another for development")
    parser.add_argument("--only-style", nargs="*", default=[], help="measure on the wordings of a style that was left out of training")
    parser.add_argument("--judged", help="file of wordings to measure on in place of those of the fold")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--threshold", type=float, nargs="+", default=[0.5], help="the first is measured in full; of the others, what is found and what is lost")
    parser.add_argument("--rows", default="all", choices=("all", "wordings"), help="wordings: only the wordings of the style, plain and in lower case")
    parser.add_argument("--show", type=int, default=0, help="errors to show of each set")
    parser.add_argument("--misses", help="file to write every leak to, sorted by cause")
    parser.add_argument("--write", help="file to write the texts to, instead of measuring")
    parser.add_argument("model", nargs="?")
    args = parser.parse_args()
    if not args.write and not (args.lexicon and args.model):
        parser.error("--lexicon and a model are needed to measure")
    data = Data(args.data, True, args.fold, only=args.only_style, judged=args.judged)
    measured = wordings_of(data, args.count, args.seed) if args.rows == "wordings" else {**labelled_sets(data, args.count, args.seed), **clean_sets(data, args.seed)}
    if args.write:
        write_texts(args.write, measured)
        raise SystemExit
    tagger = Tagger(model.read(args.model), Features(Lexicon.read(args.lexicon)))
    more = [f"{threshold:g}".lstrip("0") + ": values / lost %" for threshold in args.threshold[1:]]
    print("| " + " | ".join(["set", "texts", "values", "chars %", "values %", "texts changed %", "lost %", *more]) + " |\n" + "|---" * (7 + len(more)) + "|")
    labels, misses = defaultdict(lambda: [0, 0]), defaultdict(list)
    for style, texts in measured.items():
        scores = [Score() for _ in args.threshold]
        for pieces in texts:
            text = "".join(t for t, _ in pieces)
            if len(units(text)) != len(text):
                continue
            read = tagger.read(text)
            for score, threshold in zip(scores, args.threshold):
                score.add(pieces, text, tagger.hidden(read, threshold))
        score = scores[0]
        print(row(style, scores), flush=True)
        for why, shown in score.misses(style, tagger.features):
            misses[why].append(shown)
        for label, (n, leaks) in score.by_label.items():
            if style == "query":
                labels[label][0] += n
                labels[label][1] += leaks
        if args.show:
            for why, shown in random.Random(1).sample(list(score.misses(style, tagger.features)), min(args.show, len(score.leaked))):
                print("   leak", shown, "-", why)
            for shown, n in score.wrong.most_common(args.show):
                print("   lost", n, shown)
    if labels:
        print("\nqueries, leaks by kind:", ", ".join(f"{label} {leaks} of {n}" for label, (n, leaks) in sorted(labels.items())))
    if args.misses:
        write_misses(args.misses, misses, args.threshold[0])
