package dev.anteroom.phi;

import org.jspecify.annotations.Nullable;

/** The rules that need no model: one pass over the tokens, each rule started by the token that announces it. Immutable. Thread-safe. */
final class StructuralDetector implements Detector {

    /** Changed with every change of a rule or a word list. */
    private static final String VERSION = "structural-15";

    private static final long TRIGGERS = Lexicon.MONTH
            | Lexicon.TITLE
            | Lexicon.WEAK_TITLE
            | Lexicon.CREDENTIAL
            | Lexicon.STATE_ABBREVIATION
            | Lexicon.STATE
            | Lexicon.FACILITY_HEAD
            | Lexicon.FACILITY_WORD
            | Lexicon.FACILITY_BRAND
            | Lexicon.CITY
            | Lexicon.GIVEN_NAME
            | Lexicon.WEEKDAY
            | Lexicon.HOLIDAY
            | Lexicon.NUMBER_WORD;

    /** Of words with which a rule may begin, in small letters too. */
    static final long BEGINNINGS = TRIGGERS | Lexicon.DIGIT_WORD | Lexicon.LABEL | Lexicon.BEGINNING;

    /** Up to this length a word that is on no list may be the beginning of a number, an initial or a box. */
    private static final int SHORT_WORD = 5;

    /** Up to this length digits that stand alone are no number of their own. */
    private static final int FEW_DIGITS = 3;

    private final Profile profile;
    private final RecordNumberRecognizer recordNumbers;

    StructuralDetector(Profile profile, SiteKnowledge site) {
        this.profile = profile;
        this.recordNumbers = new RecordNumberRecognizer(site.recordNumbers());
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public int reach() {
        return 1;
    }

    @Override
    public void detect(Document document, Candidates candidates) {
        for (int i = 0; i < document.size(); i++) {
            if (document.isAsked(i)) {
                position(document, i, candidates);
            }
            if (i > 0 && (document.isAsked(i - 1) || document.isAsked(i))) {
                SeamRecognizer.recognize(document, i, candidates, this::seam);
            }
        }
    }

    private void seam(Candidates candidates) {
        Document seam = candidates.document();
        rules(new Passage(0, seam.text(0), seam.tokens(0), profile, candidates));
    }

    private void position(Document document, int i, Candidates candidates) {
        Position position = document.position(i);
        Passage passage = new Passage(i, document.text(i), document.tokens(i), profile, candidates);
        LabelPhrase field = Labels.ofPosition(position);
        switch (position.form()) {
            case PERSON -> passage.add(0, passage.tokens.count(), PhiCategory.NAME, "name.position", 1f);
            case NUMBER -> number(passage, field);
            case TEXT, SYMBOL -> text(passage, field);
        }
    }

    private static void number(Passage p, @Nullable LabelPhrase field) {
        if (field == null) {
            return;
        }
        Tokens t = p.tokens;
        int digits = 0;
        for (int i = 0; i < t.count(); i++) {
            digits += t.number(i) ? t.length(i) : 0;
        }
        boolean identifies = switch (field.shape()) {
            case IDENTIFIER ->
                (field.strength() == LabelPhrase.Strength.STRONG && field.category() != PhiCategory.ID) || digits >= 4;
            case CHUNK, PHONE -> digits >= 4;
            case POSTAL_CODE -> digits >= 3 && digits <= 9;
            case DATE -> digits > 4;
            case AGE -> t.count() == 1 && t.value(0) >= 90;
            case PERSON, PLACE, ADDRESS, ORGANISATION -> digits >= 5;
            case NOTHING -> false;
        };
        if (identifies) {
            p.add(0, t.count(), field.category(), field.layer(), 0.95f);
        }
    }

    private void text(Passage p, @Nullable LabelPhrase field) {
        if (field != null) {
            LabelledRecognizer.recognizeField(p, field, 0, p.tokens.count());
        }
        rules(p);
        TableRecognizer.recognize(p);
    }

    /** Returns whether a rule may begin with a word that stands by itself. */
    static boolean begins(int word, char first, int length) {
        return Lexicon.begins(word) || ((first == 'p' || first == 'P') && length <= SHORT_WORD);
    }

    /** Returns whether a rule may begin with a mark that stands by itself. */
    static boolean begins(char mark) {
        return mark == '[' || mark == '+' || mark == '(' || mark == '@' || mark == '<';
    }

    private void rules(Passage p) {
        Tokens t = p.tokens;
        int count = t.count();
        int labelUntil = 0;
        int numberUntil = 0;
        int nameUntil = 0;
        int spelledUntil = 0;
        int tableUntil = 0;
        int elementUntil = 0;
        int chunk = 0;
        boolean formats = !recordNumbers.isEmpty();
        // Most words of prose announce nothing.
        for (int i = formats ? 0 : t.nextLoud(0); i < count; i = formats ? i + 1 : t.nextLoud(i + 1)) {
            if (i >= chunk && t.spaceBefore(i)) {
                int end = i + 1;
                while (t.attached(end)) {
                    end++;
                }
                // A word and one mark beside it, as at the end of a sentence, show nothing by their form.
                if (end - i > 2 || (end - i == 2 && !t.mark(i) && !t.mark(i + 1))) {
                    ChunkRecognizer.recognize(p, i, end);
                }
                chunk = end;
            }
            if (formats && !(t.attached(i) && !t.mark(i - 1))) {
                recordNumbers.recognize(p, i);
            }
            switch (t.code(i)) {
                case Tokens.WORD -> {
                    long classes = t.classes(i);
                    int length = t.length(i);
                    if ((classes & Lexicon.DIGIT_WORD) != 0 && i >= spelledUntil) {
                        spelledUntil = SpelledNumberRecognizer.recognize(p, i);
                    }
                    if (t.attached(i + 1)) {
                        if (t.mark(i + 1, '"') && i >= elementUntil && FhirRecognizer.begins(t, i)) {
                            elementUntil = FhirRecognizer.recognize(p, i);
                        } else if (length <= 3 && Hl7Recognizer.begins(t, i)) {
                            Hl7Recognizer.recognize(p, i);
                        }
                        if (length > 4 && t.wordId(i) == 0) {
                            LabelledRecognizer.recognizeKey(p, i);
                        }
                    }
                    if ((classes & Lexicon.LABEL) != 0 && i >= labelUntil) {
                        labelUntil = LabelledRecognizer.recognize(p, i);
                    }
                    if ((classes & TRIGGERS) != 0) {
                        nameUntil = Math.max(nameUntil, word(p, i, classes, i < nameUntil));
                    } else if (length <= 5) {
                        shortWord(p, i);
                    } else if (length == 6 && t.is(i, "county")) {
                        AddressRecognizer.recognizeCounty(p, i);
                    }
                    if (length > 1 && i >= nameUntil && NameContextRecognizer.begins(t, i)) {
                        nameUntil = Math.max(nameUntil, NameContextRecognizer.recognize(p, i));
                    }
                    if (length == 1 && i >= nameUntil) {
                        nameUntil = Math.max(nameUntil, NameRecognizer.recognizeInitial(p, i));
                    }
                }
                case Tokens.NUMBER -> {
                    if (i >= spelledUntil && t.length(i) == 1) {
                        spelledUntil = SpelledNumberRecognizer.recognize(p, i);
                    }
                    AgeRecognizer.recognizeNumber(p, i);
                    if (i > 0) {
                        NameRecognizer.recognizeInitialsBeforeAge(p, i);
                    }
                    if (i >= numberUntil) {
                        numberUntil = number(p, i);
                    }
                }
                default -> {
                    char c = t.first(i);
                    if (c == '[') {
                        PlaceholderRecognizer.recognize(p, i);
                    } else if ((c == '+' || c == '(') && i >= numberUntil && t.number(i + 1)) {
                        numberUntil = Math.max(numberUntil, PhoneRecognizer.recognize(p, i));
                    } else if (c == '@') {
                        ChunkRecognizer.recognizeSpacedEmail(p, i);
                    } else if (c == '<' && i >= tableUntil && t.is(i + 1, "th")) {
                        tableUntil = MarkupTableRecognizer.recognize(p, i);
                    }
                }
            }
        }
    }

    private static int number(Passage p, int i) {
        // A few digits before a word are a count or a dose, or part of an address.
        boolean few = p.tokens.length(i) <= FEW_DIGITS && p.tokens.word(i + 1) && !p.tokens.attached(i + 1);
        int end = few ? -1 : NumberRecognizer.recognize(p, i);
        int date = few ? -1 : joined(p, i);
        if (date > 0) {
            return date;
        }
        int postal = PostalRecognizer.recognizeNumber(p, i);
        int phone = few ? -1 : PhoneRecognizer.recognize(p, i);
        if (phone > 0 || end > 0) {
            return Math.max(phone, end);
        }
        int street = AddressRecognizer.recognizeStreet(p, i);
        if (street > 0) {
            return street;
        }
        int plusFour = AddressRecognizer.recognizePlusFour(p, i);
        return Math.max(i + 1, Math.max(plusFour, postal));
    }

    /** Looks for what marks hold together, and returns the token after it where it is a date, or -1. */
    private static int joined(Passage p, int i) {
        NumberRecognizer.recognizeSlashed(p, i);
        if (p.tokens.length(i) == 4) {
            NumberRecognizer.recognizeMasked(p, i);
        }
        return DateRecognizer.recognizeNumber(p, i);
    }

    private static void shortWord(Passage p, int i) {
        Tokens t = p.tokens;
        switch (Lexicon.lower(t.first(i))) {
            case 'p' -> {
                if (t.is(i, "p") || t.is(i, "po") || t.is(i, "pobox")) {
                    AddressRecognizer.recognizeBox(p, i);
                    return;
                }
            }
            case 'a' -> {
                if (t.is(i, "at")) {
                    ChunkRecognizer.recognizeSpelledEmail(p, i);
                    return;
                }
                if (t.is(i, "apt")) {
                    PostalRecognizer.recognizeFlat(p, i);
                    return;
                }
            }
            case 's' -> {
                if (t.is(i, "suite") || t.is(i, "ste")) {
                    PostalRecognizer.recognizeFlat(p, i);
                    return;
                }
            }
            case 'm', 'r' -> {
                if (t.length(i) == 1) {
                    NameRecognizer.recognizeCredential(p, i);
                }
            }
            default -> {}
        }
        lettered(p, i);
    }

    /** Looks at a short word with a number attached. */
    private static void lettered(Passage p, int i) {
        Tokens t = p.tokens;
        if (t.length(i) <= 2 && t.attachedNumber(i + 1)) {
            PostalRecognizer.recognizeLettered(p, i);
            if (t.length(i) == 2) {
                ChunkRecognizer.recognizeGroupedAccount(p, i);
            }
        }
    }

    /** Runs the rules that a word of the lexicon starts, and returns the token until which names have been found. */
    private static int word(Passage p, int i, long classes, boolean insideName) {
        Tokens t = p.tokens;
        int until = -1;
        if ((classes & Lexicon.MONTH) != 0) {
            DateRecognizer.recognizeMonth(p, i);
        }
        if (p.strict() && (classes & (Lexicon.WEEKDAY | Lexicon.HOLIDAY)) != 0) {
            DateRecognizer.recognizeRelative(p, i);
        }
        if ((classes & (Lexicon.TITLE | Lexicon.WEAK_TITLE)) != 0 && !insideName) {
            until = NameRecognizer.recognizeTitle(p, i);
        }
        if ((classes & Lexicon.CREDENTIAL) != 0) {
            NameRecognizer.recognizeCredential(p, i);
            if (t.is(i, "pt")) {
                NameRecognizer.recognizeInitialsOfPatient(p, i);
            }
        }
        if ((classes & Lexicon.FACILITY_HEAD) != 0) {
            FacilityRecognizer.recognizeHead(p, i);
        }
        if ((classes & Lexicon.FACILITY_WORD) != 0
                && t.length(i) <= 6
                && (t.is(i, "st") || t.is(i, "saint") || t.is(i, "mount") || t.is(i, "mt"))) {
            FacilityRecognizer.recognizeSaint(p, i);
        }
        if ((classes & Lexicon.FACILITY_BRAND) != 0) {
            FacilityRecognizer.recognizeBrand(p, i);
        }
        if (t.upperFirst(i)
                && ((classes & (Lexicon.STATE_ABBREVIATION | Lexicon.STATE)) != 0
                        || t.is(i, "new")
                        || t.is(i, "north")
                        || t.is(i, "south"))) {
            int from = t.is(i - 1, "new") || t.is(i - 1, "north") || t.is(i - 1, "south") || t.is(i - 1, "west")
                    ? i - 1
                    : i;
            AddressRecognizer.recognizeState(p, AddressRecognizer.stateEnd(p.tokens, from) > i ? from : i);
        }
        if ((classes & Lexicon.CITY) != 0) {
            AddressRecognizer.recognizeCity(p, i);
        }
        if ((classes & Lexicon.NUMBER_WORD) != 0) {
            AgeRecognizer.recognizeWord(p, i);
        }
        if ((classes & Lexicon.GIVEN_NAME) != 0 && !insideName) {
            until = Math.max(until, NameRecognizer.recognizeGiven(p, i));
        }
        if (t.is(i, "county")) {
            AddressRecognizer.recognizeCounty(p, i);
        }
        lettered(p, i);
        return until;
    }
}
