"""Generates labelled clinical text from wordings with slots: {slot} is a value, [a|b|] a choice, \\n a line break.

A text is a list of (string, label); the label is "O", one of LABELS, or None where a label set of others says nothing. Everything that is drawn comes
from one random.Random, so a seed gives the same texts.
"""

import random
import re
from itertools import accumulate

from data import WORDINGS

LABELS = ("O", "NAME", "LOCATION", "FACILITY", "DATE", "ID", "CONTACT", "AGE")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
STATES = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split()
SYLLABLES = "ka ro mi sha ten bo lu an dri vel os tor be ny ash gar wen dal ie mon sta qui fe ru zan hel mar ot ek ul ish ow ett ber lin cal der ham ton ley".split()


class Generator:
    """Confined to one thread."""

    def __init__(self, data, seed):
        self.r = random.Random(seed)
        self.data = data
        self.words = data.words
        self.frames = {s: data.frames(s) for s in WORDINGS}
        # A wording of many choices is many wordings.
        self._often = {s: list(accumulate(1 + min(frame.count("|") / 8, 9) for frame in some)) for s, some in self.frames.items()}
        self._origins = sorted(data.origins)
        self.usual = False
        self._chains = {}
        words = set() if data.evaluation else {word.lower() for kind in ("EPONYM", "EPO", "DRUG", "COND") for item in self.words[kind] for word in re.findall(r"[A-Z][a-z]+", item)} | data.frequent
        self._doubtful = {"given": [name for name in data.given[:12000] if name.lower() in words], "family": [name for name, _ in data.family[:40000] if name.lower() in words],
                          "city": [city for city in data.cities if set(city.lower().split(" ")) <= words]}
        self._short = sorted(word for word in data.frequent if word.isalpha() and 3 < len(word) < 7)
        self._common = [] if data.evaluation else [word for line in data.sentences for word in re.findall(r"\b[a-z]{2,}\b", line)]
        self._same = {}
        for group in data.same:
            for phrase in group:
                self._same.setdefault(phrase.lower(), []).extend(some for some in group if some != phrase)
        rests = {}
        for phrase in sorted(self._same, key=len, reverse=True):
            rests.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
        self._saying = re.compile(r"(?<![\w/.'-])(?:" + "|".join(re.escape(first) + "(?:" + "|".join(some) + ")" for first, some in rests.items()) + r")(?![\w/'-])", re.I)
        counts = [count ** 0.5 for _, count in data.family]
        self._usual = list(accumulate(count for _, count in data.family))
        self._family = [name for name, _ in data.family], list(accumulate(counts))

    # values

    def one(self, items):
        return items[self.r.randrange(len(items))]

    def maybe(self, p):
        return self.r.random() < p

    def digits(self, n):
        return "".join(self.one("0123456789") for _ in range(n))

    def letters(self, n):
        return "".join(self.one("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(n))

    def made_up(self, names):
        """A name that is on no list, of letters that follow each other as in names that are."""
        if names not in self._chains:
            listed = [name for name, _ in self.data.family[:20000]] if names == "family" else self.data.given[:20000]
            chain = {}
            for name in listed:
                letters = "^^^" + name.lower() + "$"
                for i in range(3, len(letters)):
                    chain.setdefault(letters[i - 3:i], []).append(letters[i])
            self._chains[names] = chain
        while True:
            letters = "^^^"
            while not letters.endswith("$"):
                letters += self.one(self._chains[names][letters[-3:]])
            if 6 < len(letters) < 16:
                return letters[3:-1].capitalize()

    def given(self):
        """A given name: of all that are listed, or, where `usual` is set, as often as people bear it."""
        p = self.r.random()
        names = self.data.given
        if self.usual:
            return names[int(3000 * self.r.random() ** 2)]
        if p < 0.06 and not self.data.evaluation:
            return self.made_up("given")
        if p < 0.12 and self._doubtful["given"]:
            return self.one(self._doubtful["given"])
        if p > 0.92 and p <= 0.985:
            return self.one(self.data.origins[self.one(self._origins)][0])
        name = names[int(len(names) * self.r.random() ** 4)] if p < 0.36 else self.one(names[:4000]) if p < 0.8 else self.one(names)
        if p > 0.985:
            return f"{name}-{self.one(names[:1500])}"
        return name

    def family(self):
        p = self.r.random()
        names, weights = self._family
        if self.usual:
            return self.r.choices(names, cum_weights=self._usual)[0]
        if p < 0.08 and not self.data.evaluation:
            return self.made_up("family")
        if p < 0.2 and self._doubtful["family"]:
            return self.one(self._doubtful["family"])
        if p > 0.9 and p <= 0.95:
            return self.one(self.data.origins[self.one(self._origins)][1])
        name = self.r.choices(names, cum_weights=weights)[0] if p < 0.5 else self.one(names[:16000]) if p < 0.8 else self.one(names)
        if p > 0.97:
            return f"{name}-{self.one(names[:8000])}"
        if p > 0.95:
            return self.one(["O'", "Mc", "Mac", "D'", "van ", "de la ", "Al-", "El ", "von ", "de ", "St. ", "dos ", "bin "]) + name
        return name

    def full(self):
        p = self.r.random()
        if p > 0.95:
            return self.of_origin()
        first, last = self.given(), self.family()
        if p < 0.5:
            return f"{first} {last}"
        if p < 0.6:
            return f"{first} {self.letters(1)}. {last}"
        if p < 0.65:
            return f"{first} {self.letters(1)} {last}"
        if p < 0.78:
            return f"{last}, {first}" + (f" {self.letters(1)}." if self.maybe(0.25) else "")
        if p < 0.83:
            return f"{first} {self.given()} {last}"
        if p < 0.86:
            return f"{first} {last} {self.one(['Jr.', 'Sr.', 'III', 'II', 'Jr'])}"
        if p < 0.9:
            return f"{first[0]}. {last}"
        if p < 0.93:
            return f"{first} \"{self.one(self.words['NICK']) if self.maybe(0.6) else self.given()}\" {last}"
        return f"{first} {last} {self.family()}"

    def of_origin(self):
        """Full names as people of many origins write them."""
        given, family = self.data.origins[self.one(self._origins)]
        a, b, c, d = self.one(given), self.one(given), self.one(family), self.one(family)
        x, y = self.given(), self.family()
        return self.one([f"{a} {c}", f"{a} {c}", f"{a} {c} {d}", f"{a} {b} {c}", f"{a}-{b} {c}", f"{a} {c}-{d}", f"{a} de la {c}", f"{a} van der {c}", f"{a} {c} y {d}", f"{a} al-{c}", f"{a} bin {b} {c}",
                         f"{a} Abdul {c}", f"{c} {a}", f"{c} {a} {b}", f"{x} {c}", f"{a} {y}", f"{x} {y} {c}", f"{x} {y} de {c}", f"{a} {self.letters(1)}. {c}", f"{c}, {a} {b}", f"{x} Running {y}", f"{a} O'{y}",
                         f"{x} {self.one(['Mc', 'Mac', 'Fitz', 'Della ', 'Di ', 'Du ', 'Le ', 'La ', 'Ter ', 'Zu ', 'Abu ', 'Ibn ', 'Ben ', 'Ap ', 'San '])}{y}", f"{self.letters(1)}. {self.letters(1)}. {c}",
                         f"{a} {c} {self.one(['Jr.', 'Sr.', 'II', 'III', 'IV'])}", f"{a} {c} {y}"])

    def school(self):
        p = self.r.random()
        head = self.one(self.words["SCHOOL"])
        name = f"{self.family()} {head}" if p < 0.4 else f"{self.city()} {head}" if p < 0.65 else f"{self.one(self.words['DESC'])} {head}" if p < 0.85 else f"{self.given()} {self.family()} {head}"
        return f"St. {self.one(self.words['SAINT'])} {head}" if p > 0.95 else name

    def initials(self):
        a, b, c = self.letters(1), self.letters(1), self.letters(1)
        return self.one([f"{a}.{b}.", f"{a}{b}", f"{a}. {b}.", f"{a}.{b}", f"{a}.{b}.{c}."])

    def city(self):
        p = self.r.random()
        if p > 0.93 and self._doubtful["city"]:
            return self.one(self._doubtful["city"])
        return self.city_abroad() if p < 0.04 else self.one(self.words["NHOOD"]) if p < 0.08 else self.one(self.data.cities)

    def facility(self):
        for _ in range(20):
            p = self.r.random()
            head = self.one(self.words["HEAD"])
            if p < 0.06:
                return self.one(self.words["ABBR"])
            if p < 0.36:
                name = self.one(self.data.facilities)
            elif p < 0.4:
                name = f"{self.one(['the ', ''])}{self.city()} {self.one(['VA', 'Clinic', 'ER', 'campus', 'General', 'Med Center', 'Med Ctr', 'Hosp', 'Health Dept', 'SNF', 'Rehab', 'Kaiser', 'Hospice', 'Urgent Care'])}"
            elif p < 0.5:
                name = f"{self.one(['St.', 'Saint', 'St', 'Santa', 'San'])} {self.one(self.words['SAINT'])}{self.one([chr(39) + 's', '', ''])} {self.one([head, ''])}".strip()
            elif p < 0.68:
                name = f"{self.one(self.words['DESC'])} {head}"
            elif p < 0.8:
                name = f"{self.city()} {head}"
            elif p < 0.88:
                name = f"{self.family()} {head}"
            elif p < 0.91:
                name = f"University of {self.one(self.data.states)} {head}"
            elif p < 0.94:
                name = f"{self.one(self.words['DESC'])} {self.one(self.words['DESC'])} {head}"
            elif p < 0.97:
                name = f"{head} of {self.city()}"
            else:
                name = f"{self.family()} & {self.family()} {head}"
            if p < 0.36 or self.data.has_name(name):
                return name
        return self.one(self.data.facilities)

    def street(self):
        n = self.r.randint(1, 19999)
        name = self.one([self.one(self.words["STN"]), self.family(), self.city(), f"{self.one('NSEW')} {self.one(self.words['STN'])}", f"{self.one(['North', 'SW', 'NE', 'East'])} {self.one(self.words['STN'])}"])
        end = self.one(["", "", "", f" Apt {self.r.randint(1, 400)}", f", Apt. {self.r.randint(1, 40)}{self.one('ABC')}", f" Suite {self.r.randint(100, 900)}", f" #{self.r.randint(1, 99)}", f", Unit {self.letters(1)}"])
        return self.one([f"{n} {name} {self.one(self.words['STREET'])}{end}"] * 9 + [f"P.O. Box {n}"])

    def city_abroad(self):
        return self.one(self.words["INTL"]) if self.maybe(0.1) else self.one(self.data.cities_abroad)

    def street_abroad(self):
        """A street in one of the many ways of other countries, with its number before or behind it."""
        p, given, family = self.r.random(), *(self.one(names) for names in self.data.origins[self.one(self._origins)])
        name = self.one(self.data.streets_abroad) if p < 0.35 else family if p < 0.55 else f"{given} {family}" if p < 0.7 else self.city_abroad() if p < 0.85 else given
        p = self.r.random()
        if p < 0.4:
            name = f"{self.one(self.words['ROADA'])} {name}"
        elif p < 0.8:
            end = self.one(self.words["ROADB"])
            name = f"{name}{self.one(['', '', '', ' ', '-'])}{end}" if self.maybe(0.8) else f"{name} {end.capitalize()}"
        elif p < 0.87:
            name = f"{name} {self.one(self.words['STREET'])}"
        n, p = self.one([self.r.randint(1, 99), self.r.randint(1, 999), f"{self.r.randint(1, 120)}{self.one('abcAB')}", f"{self.r.randint(1, 60)}/{self.r.randint(1, 30)}"]), self.r.random()
        name = f"{name} {n}" if p < 0.55 else f"{n} {name}" if p < 0.75 else f"{self.r.randint(1, 99)} {name} {n}" if p < 0.9 else f"{name}, {n}"
        return name + self.one([""] * 6 + [f" Apt. {self.r.randint(1, 999)}", f", Suite {self.r.randint(1, 999)}", f"\n Suite {self.r.randint(1, 999)}", f" Apt {self.r.randint(1, 99)}", f" bus {self.r.randint(1, 40)}", f", {self.r.randint(1, 6)}. OG"])

    def address_abroad(self):
        """An address abroad is hidden whole, its country too."""
        between = self.one([", ", ", ", "\n", "\n ", " "])
        city = self.city_abroad()
        if self.maybe(0.15):
            city = city.upper()
        p, zip = self.r.random(), self.one([self.digits(5), self.digits(4), f"{self.digits(3)} {self.digits(2)}", f"{self.letters(1)}-{self.digits(4)}", f"{self.digits(4)} {self.letters(2)}", f"{self.letters(2)}{self.digits(1)} {self.digits(1)}{self.letters(2)}"])
        pieces = [(self.street_abroad(), "LOCATION"), (between, "O"), *([(city, "LOCATION")] if p < 0.4 else [(f"{zip} {city}", "LOCATION")] if p < 0.7 else [(city, "LOCATION"), (self.one([" ", ", "]), "O"), (self.letters(2), "LOCATION"), (" ", "O"), (zip, "LOCATION")])]
        if self.maybe(0.45):
            pieces += [(between, "O"), (self.one(self.words["COUNTRY"]) + (f" {self.digits(5)}" if self.maybe(0.4) else ""), "LOCATION")]
        return pieces

    def firm(self):
        p, end = self.r.random(), self.one(self.words["FIRM"])
        if p < 0.2:
            return f"{self.family()}, {self.family()} and {self.family()}"
        return f"{self.family()} {end}" if p < 0.5 else f"{self.family()}-{self.family()}" if p < 0.6 else f"{self.city()} {end}" if p < 0.75 else f"{self.one(self.words['DESC'])} {end}" if p < 0.9 else f"{self.given()}'s {end}"

    def zip(self):
        return self.digits(5) + (f"-{self.digits(4)}" if self.maybe(0.1) else "")

    def state(self):
        return self.one(STATES) if self.maybe(0.75) else self.one(self.data.states)

    def date(self, birth=False):
        y, m, d = self.r.randint(1925, 2015) if birth else self.r.randint(2005, 2026), self.r.randint(1, 12), self.r.randint(1, 28)
        month, short = MONTHS[m - 1], MONTHS[m - 1][:3]
        yy = f"{y % 100:02d}"
        th = "th" if 3 < d < 21 or 23 < d else ("th", "st", "nd", "rd")[d % 10] if d % 10 < 4 else "th"
        whole = [f"{m}/{d}/{y}", f"{m:02d}/{d:02d}/{y}", f"{m:02d}/{d:02d}/{yy}", f"{m}/{d}/{yy}", f"{y}-{m:02d}-{d:02d}", f"{month} {d}, {y}", f"{month} {d} {y}", f"{short} {d}, {y}",
                 f"{d} {month} {y}", f"{d} {short} {y}", f"{month} {d}{th}, {y}", f"{m}-{d}-{y}", f"{m}.{d}.{y}", f"{d:02d}-{short}-{y}", f"{d:02d}-{short.upper()}-{yy}", f"{short}. {d}, {y}",
                 f"{d}{th} of {month} {y}", f"{m:02d}-{d:02d}-{yy}", f"{y}/{m:02d}/{d:02d}", f"{d:02d}{short.upper()}{y}", f"{m:02d}.{d:02d}.{yy}"]
        if birth or self.maybe(0.6):
            return self.one(whole)
        return self.one([f"{m}/{d}", f"{m:02d}/{d:02d}", f"{month} {d}", f"{month} {d}{th}", f"{short} {d}", f"the {d}{th} of {month}", f"{month} {y}", f"{short} {y}", f"{d} {month}", f"{month}",
                         f"{m}/{y}", f"{short}-{yy}", f"{short} {d}-{d + 2}", f"{d} {short}", f"{m:02d}-{d:02d}", f"{short}. {d}", f"{month} of {y}"])

    def phone(self):
        a, b, c = str(self.r.randint(201, 989)), self.digits(3), self.digits(4)
        ext = self.one([""] * 9 + [f" ext. {self.digits(3)}", f"x{self.digits(4)}", f" ext {self.digits(2)}"])
        return self.one([f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"{a} {b} {c}", f"+1 {a} {b} {c}", f"+1-{a}-{b}-{c}", f"{a}{b}{c}", f"1-{a}-{b}-{c}", f"({a}){b}-{c}", f"{b}-{c}", f"+1 ({a}) {b}-{c}"]) + ext

    def email(self):
        f, l = re.sub(r"[^a-z]", "", self.given().lower()) or "a", re.sub(r"[^a-z]", "", self.family().lower()) or "b"
        user = self.one([f"{f}.{l}", f"{f[0]}{l}", f"{f}{self.digits(2)}", f"{l}_{f}", f"{l}{self.digits(3)}", f"{f}-{l}"])
        return f"{user}@{self.one(['gmail.com', 'yahoo.com', 'outlook.com', 'aol.com', 'example.org', 'health.example.com', f'{l}.net', 'icloud.com', 'mail.example.edu'])}"

    def url(self):
        l = re.sub(r"[^a-z]", "", self.family().lower()) or "b"
        return self.one([f"https://portal.{l}.org/p/{self.digits(5)}", f"www.{l}clinic.com", f"http://{l}.example.com/chart?id={self.digits(6)}", f"{l}health.org", f"https://www.{l}.net/~{l}"])

    def ip(self):
        return ".".join(str(self.r.randint(1, 254)) for _ in range(4)) if self.maybe(0.85) else ":".join(f"{self.r.randrange(65536):x}" for _ in range(8))

    def ident(self):
        n = self.r.randint(5, 10)
        return self.one([self.digits(n), self.digits(n), self.digits(7), self.digits(8), f"{self.letters(1)}{self.digits(n)}", f"{self.letters(2)}-{self.digits(n)}", f"{self.letters(3)}{self.digits(6)}", f"{self.digits(3)}-{self.digits(3)}-{self.digits(3)}",
                         f"{self.digits(2)}-{self.digits(5)}", f"{self.digits(4)}-{self.digits(4)}", f"{self.letters(3)}-{self.r.randint(2010, 2026)}-{self.digits(5)}", f"{self.digits(6)}/{self.digits(2)}", f"{self.digits(4)}/{self.digits(4)}", f"MR{self.digits(7)}",
                         f"{self.letters(1)}{self.digits(2)}-{self.digits(6)}", f"00{self.digits(6)}", f"{self.letters(2)}{self.digits(2)}{self.letters(2)}{self.digits(3)}", f"#{self.digits(n)}", f"{self.digits(3)} {self.digits(3)} {self.digits(3)}", f"{self.digits(2)}.{self.digits(4)}.{self.digits(2)}"])

    def ssn(self):
        a, b, c = self.digits(3), self.digits(2), self.digits(4)
        return self.one([f"{a}-{b}-{c}"] * 4 + [f"{a} {b} {c}", f"{a}{b}{c}", f"xxx-xx-{c}", f"***-**-{c}", f"{a}.{b}.{c}"])

    # Values that are ordinary words or names of something else as well.
    PLAIN = {"pgiven": ("PLAINGIVEN", "NAME"), "pfam": ("PLAINFAM", "NAME"), "pfac": ("PLAINFAC", "FACILITY"), "pcity": ("PLAINCITY", "LOCATION")}

    def slot(self, name):
        """The pieces that a slot stands for."""
        v = self._value(name)
        return v if isinstance(v, list) else [v] if isinstance(v, tuple) else [(v, "O")]

    def _value(self, s):
        if s in ("name", "full"):
            return (self.full() if s == "name" else f"{self.given()} {self.family()}", "NAME")
        if s == "first":
            return (self.given(), "NAME")
        if s in ("last", "fam"):
            return (self.family() if s == "last" or self.maybe(0.3) else f"{self.given()} {self.family()}" if self.maybe(0.6) else self.given(), "NAME")
        if s == "short":
            p = self.r.random()
            return (self.given(), "NAME") if p < 0.25 else [(self.one(["Mr. ", "Ms. ", "Mrs. ", "Mr ", "Ms ", "Mrs ", "Miss "]), "O"), (self.family(), "NAME")]
        if s == "init":
            return (self.initials(), "NAME")
        if s == "letter":
            return (self.letters(1), "NAME")
        if s == "nick":
            return (self.one(self.words["NICK"]), "NAME")
        if s == "mname":
            return (self.of_origin(), "NAME")
        if s == "abbr":
            return (self.one(self.words["ABBR"]), "FACILITY")
        if s in self.PLAIN:
            words, label = self.PLAIN[s]
            return (self.one(self.words[words]), label)
        if s == "school":
            return (self.school(), "FACILITY")
        if s == "dr":
            p = self.r.random()
            who = self.family() if p < 0.5 else f"{self.given()} {self.family()}" if p < 0.8 else f"{self.letters(1)}. {self.family()}" if p < 0.86 else None
            if who:
                return [(self.one(["Dr. ", "Dr. ", "Dr. ", "Dr ", "Dr ", "Dr.", "DR ", "Drs. ", "Doctor ", "Prof. ", "NP ", "RN ", "Nurse ", "PA "]), "O"), (who, "NAME")]
            return [(f"{self.given()} {self.family()}" if self.maybe(0.8) else self.of_origin() if self.maybe(0.5) else f"{self.given()} {self.letters(1)}. {self.family()}", "NAME"),
                    (self.one([", MD", " MD", ", DO", " DO", ", NP", ", M.D.", ", RN", " RN", ", PA-C", ", FNP-BC", ", MD, PhD", ", CRNA", ", PharmD"]), "O")]
        if s == "fac":
            return (self.facility(), "FACILITY")
        if s == "city":
            return [(self.city(), "LOCATION")] + ([(f", {self.state()}", "O")] if self.maybe(0.25) else [])
        if s == "county":
            return (f"{self.one(self.data.counties)} County", "LOCATION")
        if s == "street":
            return (self.street(), "LOCATION")
        if s == "abroad":
            return (self.city_abroad(), "LOCATION")
        if s == "fstreet":
            return (self.street_abroad(), "LOCATION")
        if s == "faddr":
            return self.address_abroad() if self.maybe(0.7) else self.slot("addr")
        if s == "firm":
            return (self.firm(), "FACILITY")
        if s == "zip":
            return (self.zip(), "LOCATION")
        if s == "addr":
            return [(self.street(), "LOCATION"), (self.one([", ", ", ", "\n", " "]), "O"), (self.city(), "LOCATION"), (self.one([", ", " "]) + self.state() + " ", "O"), (self.zip(), "LOCATION")]
        if s == "age":
            if self.maybe(0.08):
                return self._value("age90")
            n = self.r.randint(1, 89)
            return self.one([f"{n} y/o", f"{n}yo", f"{n}-year-old", f"{n} year old", f"{n} yo", f"{n}y", f"{n}-yr-old", f"{n}"] + ([f"{n}{self.one('MF')}", f"{n} {self.one('MF')}"] if self.maybe(0.3) else []) + [f"{self.r.randint(1, 23)}-month-old"])
        if s == "age90":
            return [(str(self.r.randint(90, 109)), "AGE"), (self.one([" y/o", "yo", "-year-old", " year old", " yo", "-yr-old", " years old", "y"]), "O")]
        if s in ("date", "dob"):
            return (self.date(s == "dob"), "DATE")
        if s in ("hl7birth", "hl7date"):
            return (f"{self.r.randint(1930, 2026)}{self.r.randint(1, 12):02d}{self.r.randint(1, 28):02d}" + (self.digits(4) if s == "hl7date" and self.maybe(0.5) else ""), "DATE")
        if s == "isobirth":
            return (f"{self.r.randint(1930, 2026)}-{self.r.randint(1, 12):02d}-{self.r.randint(1, 28):02d}", "DATE")
        if s in ("phone", "fax"):
            return (self.phone(), "CONTACT")
        if s in ("email", "url", "ip"):
            return (getattr(self, s)(), "CONTACT")
        if s == "ssn":
            return (self.ssn(), "ID")
        if s in ("mrn", "id", "acct", "dev"):
            return (self.ident(), "ID")
        if s == "plan":
            return (self.one([self.ident(), f"{self.digits(1)}{self.letters(1)}{self.digits(1)}{self.digits(1)}-{self.letters(2)}{self.digits(1)}-{self.letters(2)}{self.digits(2)}", f"{self.letters(3)}{self.digits(9)}"]), "ID")
        if s == "lic":
            return (self.one([f"{self.letters(1)}{self.digits(7)}", f"{self.letters(2)}{self.digits(7)}", self.digits(10), f"{self.letters(1)}{self.digits(3)}-{self.digits(4)}-{self.digits(4)}"]), "ID")
        if s == "veh":
            return (self.one([f"{self.letters(3)}-{self.digits(4)}", f"{self.digits(1)}{self.letters(3)}{self.digits(3)}", f"{self.digits(1)}{self.letters(4)}{self.digits(2)}{self.letters(2)}{self.digits(7)}"]), "ID")
        return self.harmless(s)

    UNITS = ("mg/dL mmol/L ng/mL pg/mL mcg/L U/L IU/L g/dL mEq/L mm/h bpm mmHg cm mm kg lb g mL mL/h cc mcg/min mcg/kg/min units units/h L L/min % C F K x10^9/L /uL cells/mm3 "
             "copies/mL mIU/mL mOsm/kg points mg/L ug/mL pmol/L ms Hz").split()

    def harmless(self, s):
        if s == "state":
            return self.state()
        if s == "year":
            return str(self.r.randint(1960, 2026))
        if s == "wday":
            return self.one(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
        if s == "n":
            return str(self.r.randint(1, 30))
        if s == "num":
            return self.one([self.digits(self.r.randint(1, 4)), f"{self.r.randint(0, 20)}.{self.digits(1)}", f"{self.r.randint(80, 200)}/{self.r.randint(40, 110)}", f"{self.r.randint(1, 99)}%", f"{self.r.randint(1, 9)}-{self.r.randint(10, 40)}", f"{self.r.randint(1, 400)},{self.digits(3)}", f"0.{self.digits(2)}"])
        if s == "val":
            return f"{self._value('num')} {self.one(self.UNITS)}"
        if s == "course":
            return self.one([" -> ", "->", ", ", " to ", "/", " > ", ", then ", " then ", "; ", " - "]).join(self._value("num") for _ in range(self.r.randint(2, 5)))
        if s == "dur":
            return f"{self.r.randint(2, 12)} {self.one(['days', 'weeks', 'months', 'hours', 'years', 'd', 'wks'])}"
        if s == "dose":
            return f"{self.one(['5', '10', '20', '40', '2.5', '500', '1000', '0.5', '81', '25', '100'])} {self.one(['mg', 'mg daily', 'mg BID', 'mg q8h', 'mcg', 'units', 'mg/kg', 'mL', 'g IV', 'mg PO TID prn'])}"
        if s == "sex":
            return self.one(["male", "female", "man", "woman", "M", "F", "boy", "girl", "gentleman", "lady"])
        if s == "icdc":
            return f"{self.one('ABCDEFGHIJKLMNRSTZ')}{self.digits(2)}" + (f".{self.digits(self.r.randint(1, 3))}" if self.maybe(0.7) else "")
        if s == "cond":
            return self.one(self.words["COND"]) if self.maybe(0.6) else self.disease()
        if s == "drug":
            return self.pseudo_drug() if self.maybe(0.12) else self.one(self.words["DRUG"])
        if s == "coined":
            return self.coined()
        return self.one(self.words[s.upper()])

    def coined(self):
        """A word made of two, as products, films and firms have for names."""
        a, b = self.one(self._short), self.one(self._short)
        return self.one([a.capitalize() + b, a.capitalize() + b.capitalize(), a.capitalize() + self.one(["ly", "ify", "io", "ium", "ex", "land", "topia", "tron", "wiki", "net", "bot", "pedia", "lander", "scape"])])

    def disease(self):
        title = self.one(self.data.diseases)
        return title if self.maybe(0.5) else title[0].lower() + title[1:].split(",")[0]

    def pseudo_drug(self):
        stem = "".join(self.one(SYLLABLES + ["xi", "vo", "za", "tri", "cef", "pra", "lo", "ny", "ax"]) for _ in range(2))
        return (stem + self.one(["mab", "nib", "pril", "sartan", "statin", "azole", "olol", "gliptin", "tide", "ra", "xa", "ia", "ix", "ive", "um"])).capitalize()

    # texts

    def fill(self, frame, depth=0):
        frame = re.sub(r"\[([^\[\]\"]*\|[^\[\]\"]*)\]", lambda m: self.one(m[1].split("|")), frame).replace("\\n", "\n").replace("\\t", "\t")
        pieces, at = [], 0
        for m in re.finditer(r"\{([a-z0-9]+)\}", frame):
            pieces.append((frame[at:m.start()], "O"))
            value = self.slot(m[1])
            for text, label in value:
                pieces += self.fill(text, depth + 1) if label == "O" and "{" in text and depth < 3 else [(text, label)]
            at = m.end()
        return pieces + [(frame[at:], "O")]

    def wording(self, section):
        return self.r.choices(self.frames[section], cum_weights=self._often[section])[0]

    def query(self):
        pieces = [(self.one(self.data.openings).rstrip() + " ", "O")] if self.maybe(0.15) else []
        pieces += self.fill(self.wording("INTRO"))
        for _ in range(self.r.choice((0, 0, 1, 1, 2))):
            pieces += [(self.one([" ", " ", "\n"]), "O")] + self.fill(self.wording("MID"))
        if self.maybe(0.4):
            pieces += [(" ", "O")] + self.fill(self.one(self.words["Q"]))
        return pieces

    def struct(self):
        return self.fill(self.one(self.frames["STRUCT"]))

    def note(self):
        """Wordings of all kinds one after the other, as in a long note."""
        pieces, between = [], self.one([" ", " ", "\n", "\n\n"])
        for _ in range(self.r.randint(3, 8)):
            kind = self.r.choices(("INTRO", "MID", "NEG", "sentence", "STRUCT"), (4, 3, 3, 2, 0.5))[0]
            pieces += (self.sentence() if kind == "sentence" else self.fill(self.wording(kind))) + [(between, "O")]
        return pieces

    def spliced(self):
        """Clauses of several wordings, so that a value stands in surroundings that nobody wrote."""
        pieces = []
        for _ in range(self.r.randint(2, 4)):
            frame = self.wording(self.r.choices(("INTRO", "MID", "NEG"), (5, 1, 2))[0])
            clauses = [clause for clause in re.split(r"(?<=[,.;:?!])\s+|\\n", frame) if clause]
            i = self.r.randrange(len(clauses))
            some = " ".join(clauses[i:i + self.r.randint(1, 2)])
            pieces += self.fill(some) + [(self.one([" ", " ", "\n", " - ", " and ", " "]), "O")]
        return pieces

    def titled(self):
        """A clinical sentence with the names after its titles drawn anew."""
        pieces = []
        for text, slot in self.one(self.data.titled):
            pieces += [(text, "O")] if slot is None else self.slot(slot)
        return pieces

    # Labels of fields by slot; of the last line none holds an identifier.
    FIELDS = {
        "name": "Name|Patient|Patient Name|Pt|Pt Name|Full name|Client|Resident|Member|Subscriber|Insured|Guarantor|Legal name|Contact|Emergency contact|Next of kin|Signed|Witness|Mother|Father",
        "last": "Last name|Surname|Family name|Family|lastName", "first": "First name|Given name|Given|Preferred name|firstName",
        "dr": "Provider|Attending|PCP|Physician|Surgeon|Referring|Ordering provider|MD|Author|Signed by|cc|Seen by|Interpreted by|Performer",
        "dob": "DOB|D.O.B.|Date of birth|Birth date|Born|birthDate|dob", "date": "Date|DOS|Date of service|Admitted|Admission date|Discharged|Visit date|Collected|Received|Reported|Onset|Surgery date|Effective|Expires|Last seen|Next visit",
        "mrn": "MRN|MR #|Chart no|Medical record number|Record|Med rec no|Patient ID|Hospital number|PID", "id": "Acc#|Accession|Case|Encounter|Visit no|Specimen|Claim|Order|Study ID|Ref|Rx|Badge|id|Certificate",
        "ssn": "SSN|Social security number|SS#|Social", "plan": "Member ID|Policy|Group|Plan no|Insurance ID|Subscriber ID|Medicare no|HPBN", "acct": "Account|Acct|Account number|Bank account",
        "lic": "License|NPI|DEA|Driver license|Lic no|State license", "veh": "VIN|Plate|License plate|Vehicle", "dev": "Serial|Device|UDI|Pacemaker serial|S/N|Lot",
        "fac": "Facility|Hospital|Clinic|Location|Site|Pharmacy|Employer|Organization|serviceProvider|From|Referred to|School", "city": "City|Town|Residence|Place of birth|city", "street": "Address|Street|Home address|Line", "addr": "Address|Mailing address|Home",
        "zip": "ZIP|Zip code|Postal code|postalCode", "county": "County", "phone": "Phone|Tel|Cell|Home phone|Mobile|Callback|Pager|phone|Telephone", "fax": "Fax|Fax no", "email": "Email|E-mail|email", "url": "URL|Website|Portal|Link", "ip": "IP|IP address|ip",
        "cond": "Dx|Diagnosis|Condition|Problem|Impression|Indication|Assessment|PMH|condition|Reason", "drug": "Meds|Medication|Drug|Rx name|Allergies|medication", "sym": "CC|Chief complaint|Symptoms|Reason for visit|Complaint",
        "lab": "Labs|Vitals|Result|Lab|value", "proc": "Procedure|Exam|Plan|Imaging|Study", "spec": "Service|Department|Specialty|Unit|Clinic", "sex": "Sex|Gender|sex", "age": "Age|age", "n": "Room|Bed|Floor|Page|Day", "state": "State|state",
        "icdc": "ICD-10|Code|Dx code", "ins": "Insurance|Payer|Plan|Carrier", "role": "Relationship|Relation|Informant", "dose": "Dose|Sig|dose", "num": "Weight|Height|BP|HR|Score|Value|GFR", "empty": "Name|DOB|MRN|Address|Facility|Phone|Condition|Status|Type|Notes|Code status|Language|Case"}
    HARMLESS = ("cond", "drug", "sym", "lab", "proc", "spec", "sex", "n", "state", "icdc", "ins", "role", "dose", "num", "empty")

    def field(self, slot):
        label = self.one(self.FIELDS[slot].split("|"))
        if slot == "empty":
            return label, [(self.one(["", "", "none", "N/A", "unknown", "stable", "active", "pending", "not on file", "full code", "English", "see below", "same", "___"]), "O")]
        if slot == "age":
            return label, self.one([[(str(self.r.randint(1, 89)), "O")], [(str(self.r.randint(90, 108)), "AGE")]])
        return label, self.slot(slot)

    def form(self, slots=None):
        """Fields in the manner of a form, a line, a table, JSON or XML."""
        fields = [self.field(self.one(slots or tuple(self.FIELDS))) for _ in range(self.r.randint(1, 8))]
        how, pieces = self.r.random(), []
        if how < 0.5:
            between = self.one(["\n", "\n", "; ", ", ", " | ", "  ", " ", " - "])
            after = self.one([": ", ": ", ":", " ", " - ", "\t", " = ", ":\n", " # ", " .... "])
            for i, (label, value) in enumerate(fields):
                pieces += [((between if i else "") + label + after, "O")] + value
            return pieces
        if how < 0.65:
            for i, (label, value) in enumerate(fields):
                key = label if self.maybe(0.3) else re.sub(r"\W+", "_", label.lower())
                pieces += [(("," if i else "{") + f"\"{key}\":" + self.one([" ", ""]) + "\"", "O")] + value + [("\"", "O")]
            return pieces + [("}", "O")]
        if how < 0.75:
            for label, value in fields:
                key = re.sub(r"\W+", "", label)
                pieces += [(f"<{key}>", "O")] + value + [(f"</{key}>", "O")]
            return pieces
        bar = self.one([" | ", "\t", ",", ";", "|"])
        pieces.append((bar.join(label for label, _ in fields) + "\n", "O"))
        for row in range(self.r.randint(1, 2)):
            for i, (_, value) in enumerate(fields):
                pieces += [(bar if i else "\n" if row else "", "O")] + value
        return pieces

    def blank(self):
        return self.form(self.HARMLESS)

    def clean(self):
        p = self.r.random()
        if p < 0.08:
            return [(self.one(self.data.diseases), "O")]
        if p < 0.12:
            return [(", ".join(self.one(self.words[k]) for k in self.r.choices(("DRUG", "EPO", "LAB", "PROC", "COND"), k=self.r.randint(2, 8))), "O")]
        pieces = [(self.one(self.data.openings).rstrip() + " ", "O")] if self.maybe(0.1) else []
        pieces += self.fill(self.wording("NEG" if p < 0.9 or not self.frames["STRUCTNEG"] else "STRUCTNEG"))
        if self.maybe(0.25):
            pieces += [(" ", "O")] + self.fill(self.wording("NEG"))
        return pieces

    def sentence(self):
        some = " ".join(self.one(self.data.sentences) for _ in range(self.r.randint(1, 3)))
        return [(some, "O")]

    def identifier(self):
        return self.slot(self.one(["name", "full", "first", "last", "short", "dr", "dr", "fac", "fac", "city", "city", "date", "date", "mrn", "phone", "addr", "init", "county", "email", "street", "id", "age90", "faddr", "abroad"]))

    def inserted(self):
        """Identifiers put into clinical sentences at the places of words."""
        words = re.split(r"(\s+)", self.sentence()[0][0])
        pieces = []
        for i, word in enumerate(words):
            if i and not word.isspace() and self.maybe(0.06):
                pieces += self.identifier() + [(self.one([" ", ", ", " "]), "O")]
            pieces.append((word, "O"))
        return pieces

    NOUN = re.compile(r"\b((?:the|a|an|his|her|with|at|from|of|to|by|for|in|that|my|your|and) )([a-z]{4,})\b(?= [a-z]|[.,?])")

    def replaced(self):
        """A noun of a clinical sentence gives way to an identifier."""
        text = self.sentence()[0][0]
        pieces, at = [], 0
        for m in self.NOUN.finditer(text):
            if self.maybe(0.25):
                pieces += [(text[at:m.start(2)], "O")] + self.identifier()
                at = m.end(2)
        return pieces + [(text[at:], "O")]

    def salad(self):
        pieces = []
        for _ in range(self.r.randint(4, 14)):
            p = self.r.random()
            if p < 0.35:
                pieces += self.identifier()
            elif p < 0.7:
                pieces += self.slot(self.one(["cond", "drug", "sym", "lab", "epo", "proc", "spec", "role", "n", "dose", "num", "wday", "year"]))
            else:
                some = self.one(self.data.sentences).split(" ")
                i = self.r.randrange(len(some))
                pieces.append((" ".join(some[i:i + self.r.randint(1, 3)]), "O"))
            pieces.append((self.one([" ", " ", " ", ", ", ": ", " - ", "\n", "; ", ". ", " / ", " | ", " ("]), "O"))
        text = []
        for piece in pieces:
            text += self.fill(piece[0]) if piece[1] == "O" and "{" in piece[0] else [piece]
        return text

    def reworded(self, pieces):
        """Some words between the values fall out, change places or give way to words of clinical text."""
        out = []
        for text, label in pieces:
            if label == "O":
                words = re.split(r"(\s+)", text)
                for i in range(0, len(words), 2):
                    if words[i].isalpha() and self.maybe(0.15):
                        p = self.r.random()
                        if p < 0.35:
                            words[i] = ""
                        elif p < 0.8:
                            words[i] = self.one(self._common)
                        elif i + 2 < len(words) and words[i + 2].isalpha():
                            words[i], words[i + 2] = words[i + 2], words[i]
                text = "".join(words)
            out.append((text, label))
        return out

    def resaid(self, pieces):
        """Some words between the values give way to others that say about the same."""
        def other(m):
            if not self.maybe(0.4):
                return m[0]
            word = self.one(self._same[m[0].lower()])
            return word[0].upper() + word[1:] if m[0][0].isupper() and self.maybe(0.9) else word
        return [(self._saying.sub(other, text) if label == "O" else text, label) for text, label in pieces]

    # damage

    OCR = {"l": "1", "O": "0", "0": "O", "1": "l", "5": "S", "S": "5", "rn": "m", "m": "rn", "i": "l", "I": "l", "e": "c", "B": "8", "8": "B", "cl": "d", "h": "b", "g": "q", "u": "v", "vv": "w", "w": "vv"}

    def ocr(self, text, rate=0.04):
        out = []
        for c in text:
            out.append(self.OCR[c] if c in self.OCR and self.maybe(rate) else "" if c == " " and self.maybe(rate / 6) else c)
        return "".join(out)

    def typos(self, text):
        def slip(m):
            w = m[0]
            if not self.maybe(0.08):
                return w
            i = self.r.randrange(1, len(w) - 1)
            return self.one([w[:i] + w[i + 1:], w[:i] + w[i + 1] + w[i] + w[i + 2:], w[:i] + w[i] + w[i:]])
        return re.sub(r"[A-Za-z]{4,}", slip, text)

    def change(self, pieces, how):
        do = {"lower": str.lower, "upper": str.upper, "title": lambda t: re.sub(r"\b[a-z]", lambda m: m[0].upper(), t),
              "bare": lambda t: re.sub(r"[.,;:?!()#]", "", t), "barelower": lambda t: re.sub(r"[.,;:?!()#]", "", t).lower(),
              "breaks": lambda t: "".join("\n" if c == " " and self.maybe(0.15) else c for c in t), "ocr": self.ocr, "typos": self.typos}[how]
        if how in ("bare", "barelower"):
            return [(do(t) if label == "O" else t.lower() if how == "barelower" else t, label) for t, label in pieces]
        return [(do(t), label) for t, label in pieces]

    STYLES = ("lower", "lower", "lower", "lower", "upper", "upper", "upper", "title", "bare", "barelower", "barelower", "breaks", "ocr", "ocr", "ocr", "ocr", "ocr", "ocr", "ocr", "typos", "typos")


MIX = (("query", 1.1), ("clean", 0.85), ("spliced", 0.4), ("note", 0.3), ("inserted", 0.35), ("sentence", 0.45), ("titled", 0.05), ("struct", 0.25), ("form", 0.15), ("blank", 0.08), ("gold", 0.2), ("salad", 0.35), ("replaced", 0.25))


def texts(generator, count, without=()):
    """Labelled texts for learning: a mixture of kinds, more than a quarter of them changed in case or damaged."""
    g = generator
    gold = [pieces for _, pieces in g.data.gold()]
    kinds = [kind for kind, _ in MIX if kind not in without]
    weights = [weight for kind, weight in MIX if kind not in without]
    for kind in g.r.choices(kinds, weights, k=count):
        pieces = g.one(gold) if kind == "gold" else getattr(g, kind)()
        if kind in ("query", "clean", "spliced", "note", "sentence", "inserted", "titled", "replaced") and g.maybe(0.2):
            pieces = g.reworded(pieces)
        if kind not in ("gold", "form", "blank") and g.maybe(0.35):
            pieces = g.resaid(pieces)
        if g.maybe(0.5):
            pieces = g.change(pieces, g.one(g.STYLES))
        yield kind, pieces


if __name__ == "__main__":
    import argparse

    from data import Data

    parser = argparse.ArgumentParser(description="Shows some texts, values in brackets.")
    parser.add_argument("--data", required=True)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--kind", help="texts of one kind alone")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for kind, pieces in texts(Generator(Data(args.data, False), args.seed), args.count, [kind for kind, _ in MIX if args.kind and kind != args.kind]):
        print(f"[{kind}]", "".join(t if label == "O" else f"⟦{label or '-'} {t}⟧" for t, label in pieces))
