package dev.anteroom.phi;

import dev.anteroom.phi.ValuePatterns.Breaks;
import dev.anteroom.phi.ValuePatterns.Spelling;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a value in the forms in which it may stand elsewhere.
 * Confined to one thread. It tells {@code originals} the forms of which it is sure that every occurrence is found.
 */
final class ValueForms {

    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };

    private static final List<String> UMLAUTS = List.of("ä", "ö", "ü", "ø", "å", "Ä", "Ö", "Ü", "Ø", "Å");
    private static final List<String> DIGRAPHS = List.of("ae", "oe", "ue", "oe", "aa", "Ae", "Oe", "Ue", "Oe", "Aa");

    /** Street words and their abbreviations, in turn. */
    private static final List<String> STREETS = List.of(
            "street st",
            "avenue ave",
            "road rd",
            "boulevard blvd",
            "drive dr",
            "lane ln",
            "court ct",
            "place pl",
            "square sq",
            "terrace ter",
            "parkway pkwy",
            "highway hwy",
            "circle cir",
            "apartment apt",
            "suite ste",
            "north n",
            "south s",
            "east e",
            "west w");

    /** Names of three letters that are also words or abbreviations of the wards. */
    private static final Set<String> SHORT_WORDS = Set.of(
            "abi", "ace", "ana", "ava", "bay", "bud", "cal", "deb", "dot", "eve", "fox", "gem", "hal", "ham", "ira",
            "ivy", "jet", "kit", "les", "mac", "mel", "mia", "nan", "ora", "pam", "ria", "rob", "rod", "sal", "san",
            "tad", "tia", "val", "van");

    private final ValuePatterns.Builder patterns;
    private final Consumer<String> originals;
    private final String layer;
    private final float score;
    private final boolean certain;

    /**
     * Forms for these patterns.
     *
     * @param certain whether the values are known to be the patient's: then a name that is also a word is found wherever it is capitalised,
     *     at the beginning of a sentence too
     */
    ValueForms(ValuePatterns.Builder patterns, Consumer<String> originals, String layer, float score, boolean certain) {
        this.patterns = patterns;
        this.originals = originals;
        this.layer = layer;
        this.score = score;
        this.certain = certain;
    }

    private void add(String words, Breaks rule, boolean capital, PhiCategory category) {
        Spelling spelling = !capital ? Spelling.ANY : certain ? Spelling.CAPITALISED : Spelling.CAPITALISED_INSIDE;
        patterns.add(words, rule, spelling, category, layer, score);
    }

    /** Adds a value that is known about the patient or the site. */
    void addKnown(PhiCategory category, String value) {
        FoldedText text = FoldedText.of(value);
        Tokens t = Tokens.of(text);
        switch (category) {
            case NAME -> {
                knownName(text, t);
                for (String spelling : respelt(value)) {
                    FoldedText other = FoldedText.of(spelling);
                    knownName(other, Tokens.of(other));
                }
            }
            case DATE -> knownDate(t, value);
            case LOCATION, FACILITY -> {
                addPlace(category, t, 0, t.count(), value);
                int part = 0;
                for (int i = 0; i <= t.count(); i++) {
                    if (i == t.count() || t.mark(i, ',')) {
                        if (i - part < t.count() && AddressRecognizer.stateEnd(t, part) != i) {
                            addPlace(category, t, part, i, "");
                        }
                        part = i + 1;
                    }
                }
            }
            case AGE -> {}
            default -> addIdentifier(category, words(t, 0, t.count()), t, 0, t.count(), value);
        }
    }

    /** Adds a value that a detector found in the call, given by its tokens {@code [from, to)} too. */
    void addFound(PhiCategory category, String value, Tokens t, int from, int to) {
        switch (category) {
            case NAME -> {
                if (letters(t, from, to) >= 4) {
                    addWhole(category, words(t, from, to), t, from, to, value);
                }
                for (int i = from; i < to; i++) {
                    addNamePart(t, i, to - from == 1);
                }
                reversed(t, from, to);
            }
            case LOCATION, FACILITY -> addPlace(category, t, from, to, value);
            case DATE -> {
                String words = words(t, from, to);
                if (plain(words) >= 5 && hasDigit(words)) {
                    add(words, Breaks.ANYWHERE, false, category);
                    sure(value);
                }
            }
            case AGE -> {}
            default -> addIdentifier(category, words(t, from, to), t, from, to, value);
        }
    }

    private void sure(String value) {
        if (!value.isEmpty()) {
            originals.accept(value);
        }
    }

    /** Returns a name with its umlauts written as two letters, and with two letters read as an umlaut. */
    private static List<String> respelt(String value) {
        String composed = Normalizer.normalize(value, Normalizer.Form.NFC);
        List<String> spellings = new ArrayList<>();
        String wide = replaced(composed, UMLAUTS, DIGRAPHS);
        if (!wide.equals(composed)) {
            spellings.add(wide);
        }
        String narrow = replaced(composed, DIGRAPHS, UMLAUTS);
        if (!narrow.equals(composed)) {
            spellings.add(narrow);
        }
        return spellings;
    }

    private static String replaced(String text, List<String> from, List<String> to) {
        String result = text;
        for (int i = 0; i < from.size(); i++) {
            result = result.replace(from.get(i), to.get(i));
        }
        return result;
    }

    private void addIdentifier(PhiCategory category, String words, Tokens t, int from, int to, String value) {
        int length = plain(words);
        if (!hasDigit(words)) {
            if (length >= 5) {
                addWhole(category, words, t, from, to, value);
            }
            return;
        }
        if (length < 3) {
            return;
        }
        add(words, length < 5 ? Breaks.NONE : Breaks.ANYWHERE, false, category);
        if (length >= 5) {
            sure(value);
        }
        if (category == PhiCategory.PHONE || category == PhiCategory.FAX) {
            String digits = words.replace(" ", "");
            if (digits.length() == 11 && digits.startsWith("1")) {
                String local = digits.substring(1);
                add(local, Breaks.ANYWHERE, false, category);
                if (certain) {
                    withZeros(category, local);
                }
            } else if (digits.length() == 10) {
                add("1" + digits, Breaks.ANYWHERE, false, category);
            }
        }
        if (certain) {
            withoutPrefix(category, words);
            withZeros(category, words);
            spokenEnd(category, words);
        }
        withoutZeros(category, words);
    }

    /** Adds what is said of a number that both sides know: of a telephone number without its area, and the last four digits. */
    private void spokenEnd(PhiCategory category, String words) {
        String digits = words.replace(" ", "");
        if (!allDigits(digits)) {
            return;
        }
        int length = digits.length();
        boolean phone = category == PhiCategory.PHONE || category == PhiCategory.FAX || grouped(words, 3, 3, 4);
        boolean social = category == PhiCategory.SSN || grouped(words, 3, 2, 4);
        if (phone && length >= 10) {
            add(digits.substring(length - 7), Breaks.ANYWHERE, false, category);
        }
        if ((phone && length >= 7) || (social && length == 9)) {
            add(digits.substring(length - 4), Breaks.NONE, false, category);
        }
    }

    private static boolean allDigits(String text) {
        return text.chars().allMatch(c -> TextChars.isDigit((char) c));
    }

    /** Whether a number is written in groups of these lengths. */
    private static boolean grouped(String words, int first, int second, int third) {
        return words.length() == first + second + third + 2
                && words.indexOf(' ') == first
                && words.lastIndexOf(' ') == first + 1 + second;
    }

    /** Adds the digits behind a prefix of letters, as in {@code MRN-0012345}. */
    private void withoutPrefix(PhiCategory category, String words) {
        int prefix = 0;
        while (prefix < words.length() && !(words.charAt(prefix) >= '0' && words.charAt(prefix) <= '9')) {
            prefix++;
        }
        String digits = words.substring(prefix).replace(" ", "");
        if (prefix > 0 && digits.length() >= 5 && allDigits(digits)) {
            add(digits, Breaks.ANYWHERE, false, category);
            withZeros(category, digits);
            withoutZeros(category, digits);
        }
    }

    /** Adds a number filled up with zeros, as in a field of fixed width. */
    private void withZeros(PhiCategory category, String words) {
        if (words.charAt(0) >= '0' && words.charAt(0) <= '9' && plain(words) >= 5) {
            add("0" + words, Breaks.ANYWHERE, false, category);
            add("00" + words, Breaks.ANYWHERE, false, category);
        }
    }

    private void withoutZeros(PhiCategory category, String words) {
        int zeros = 0;
        while (zeros < words.length() && words.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros > 0 && plain(words.substring(zeros)) >= 5) {
            add(words.substring(zeros), Breaks.ANYWHERE, false, category);
        }
    }

    private void addPlace(PhiCategory category, Tokens t, int from, int to, String value) {
        String words = words(t, from, to);
        if (plain(words) >= 5) {
            addWhole(category, words, t, from, to, value);
            if (certain && hasDigit(words)) {
                String shorter = street(words, 0, 1);
                String longer = street(words, 1, 0);
                for (String form : List.of(shorter, longer)) {
                    if (!form.equals(words)) {
                        add(form, Breaks.ANYWHERE, false, category);
                    }
                }
            }
        } else if (plain(words) >= 3) {
            add(words, Breaks.EXACT, !hasDigit(words), category);
        }
    }

    /** Returns an address with its street words written out or abbreviated. */
    private static String street(String words, int from, int to) {
        String padded = " " + words + " ";
        for (String pair : STREETS) {
            String[] forms = pair.split(" ", 2);
            padded = padded.replace(" " + forms[from] + " ", " " + forms[to] + " ");
        }
        return padded.strip();
    }

    /** Adds a value that is found in any case, unless it is a single word that others use too. */
    private void addWhole(PhiCategory category, String words, Tokens t, int from, int to, String value) {
        boolean single = words.indexOf(' ') < 0;
        boolean common = single && from < to && common(t, firstWord(t, from, to));
        add(words, common ? Breaks.ALIGNED : Breaks.ANYWHERE, common, category);
        if (!common && plain(words) <= ValuePatterns.LONGEST) {
            sure(value);
        }
    }

    private static int firstWord(Tokens t, int from, int to) {
        int at = from;
        while (at < to - 1 && !t.word(at)) {
            at++;
        }
        return at;
    }

    private static boolean common(Tokens t, int i) {
        return t.is(
                i,
                Lexicon.COMMON
                        | Lexicon.MONTH
                        | Lexicon.WEEKDAY
                        | Lexicon.UNIT
                        | Lexicon.DURATION
                        | Lexicon.MEASURE
                        | Lexicon.LABEL
                        | Lexicon.AMBIGUOUS_NAME
                        | Lexicon.GENERIC_FACILITY
                        | Lexicon.STREET_SUFFIX
                        | Lexicon.NUMBERED
                        | Lexicon.EVERYDAY);
    }

    /** Adds one word of a name, where it can stand alone for it. */
    private void addNamePart(Tokens t, int i, boolean alone) {
        if (!t.word(i)
                || t.length(i) < (certain ? 2 : 3)
                || (t.is(i, Lexicon.TITLE | Lexicon.CREDENTIAL | Lexicon.NAME_SUFFIX | Lexicon.PARTICLE)
                        && !(certain && alone))) {
            return;
        }
        String word = words(t, i, i + 1);
        boolean small = t.length(i) < 4;
        boolean capital = common(t, i) || (small && !(certain && t.length(i) == 3 && !SHORT_WORDS.contains(word)));
        Breaks rule = capital ? Breaks.ALIGNED : small ? Breaks.EXACT : Breaks.ANYWHERE;
        add(word, rule, capital, PhiCategory.NAME);
        if (!capital && !small) {
            sure(t.text(i, i + 1));
            if (certain) {
                plurals(word).forEach(plural -> add(plural, Breaks.ANYWHERE, false, PhiCategory.NAME));
            }
        }
    }

    /** Returns what a name may be in the plural: the Bakers, the Joneses, the Bachs, the Finches. */
    private static List<String> plurals(String name) {
        if (name.endsWith("ch")) {
            return List.of(name + "s", name + "es");
        }
        boolean hiss = name.endsWith("s") || name.endsWith("x") || name.endsWith("z") || name.endsWith("sh");
        return List.of(name + (hiss ? "es" : "s"));
    }

    /** Adds last name first and first name last for a name of two or three words. */
    private void reversed(Tokens t, int from, int to) {
        if (to - from == 1) {
            return;
        }
        List<String> parts = parts(t, from, to);
        if (parts.size() == 2 || parts.size() == 3) {
            String first = parts.getFirst();
            String last = parts.getLast();
            nameForm(last + " " + first);
            nameForm(first + " " + last);
        }
    }

    private void nameForm(String words) {
        if (plain(words) >= 4) {
            add(words, Breaks.ALIGNED, false, PhiCategory.NAME);
        }
    }

    /** Returns the words of a name, first name first, without titles and credentials. */
    private static List<String> parts(Tokens t, int from, int to) {
        List<String> parts = new ArrayList<>();
        int comma = -1;
        for (int i = from; i < to; i++) {
            if (t.mark(i, ',') && comma < 0) {
                comma = parts.size();
            }
            if (t.word(i)
                    && !t.is(i, Lexicon.TITLE | Lexicon.NAME_SUFFIX)
                    && !(t.is(i, Lexicon.CREDENTIAL) && t.allCapitals(i) && i > from)) {
                boolean joined = i > from + 1
                        && (t.attachedMark(i - 1, '\'') || t.attachedMark(i - 1, '-'))
                        && t.attached(i)
                        && !parts.isEmpty();
                String word = words(t, i, i + 1);
                if (joined) {
                    parts.set(parts.size() - 1, parts.getLast() + " " + word);
                } else {
                    parts.add(word);
                }
            }
        }
        if (comma > 0 && comma < parts.size()) {
            List<String> turned = new ArrayList<>(parts.subList(comma, parts.size()));
            turned.addAll(parts.subList(0, comma));
            return turned;
        }
        return parts;
    }

    private void knownName(FoldedText text, Tokens t) {
        String whole = words(t, 0, t.count());
        if (plain(whole) >= 4) {
            addWhole(
                    PhiCategory.NAME,
                    whole,
                    t,
                    0,
                    t.count(),
                    text.subSequence(0, text.length()).toString());
        }
        for (int i = 0; i < t.count(); i++) {
            addNamePart(t, i, t.count() == 1);
        }
        List<String> parts = parts(t, 0, t.count());
        if (parts.isEmpty()) {
            return;
        }
        if (parts.size() == 1) {
            nicknames(parts.getFirst(), "");
            return;
        }
        String first = parts.getFirst();
        String last = parts.getLast();
        surname(parts);
        plurals(last).forEach(plural -> nameForm(first + " " + plural));
        nicknames(first, last);
        // "John S." only as two words, so that neither "Johns" nor "John's" is taken for it
        if (!last.startsWith("s")) {
            add(first + " " + last.charAt(0), Breaks.EXACT, true, PhiCategory.NAME);
        }
        String initial = first.substring(0, 1);
        nameForm(first + " " + last);
        nameForm(last + " " + first);
        nameForm(initial + " " + last);
        nameForm(last + " " + initial);
        if (plain(last) < 3) {
            add(initial + " " + last, Breaks.EXACT, true, PhiCategory.NAME);
        }
        if (parts.size() > 2) {
            String middle = String.join(" ", parts.subList(1, parts.size() - 1));
            String middleInitial = middle.substring(0, 1);
            nameForm(first + " " + middle + " " + last);
            nameForm(last + " " + first + " " + middle);
            nameForm(first + " " + middleInitial + " " + last);
            nameForm(last + " " + first + " " + middleInitial);
            nameForm(initial + " " + middleInitial + " " + last);
            nameForm(first + " " + middle);
        }
    }

    /** Adds a surname of several words, which may also be written as one: de la Cruz, O'Brien. */
    private void surname(List<String> parts) {
        int from = parts.size() - 1;
        while (from > 1 && (Lexicon.classes(Lexicon.find(parts.get(from - 1))) & Lexicon.PARTICLE) != 0) {
            from--;
        }
        String surname = String.join(" ", parts.subList(from, parts.size()));
        if (surname.indexOf(' ') >= 0) {
            String first = parts.getFirst();
            nameForm(surname);
            nameForm(first + " " + surname);
            nameForm(surname + " " + first);
            nameForm(first.charAt(0) + " " + surname);
            nameForm(surname + " " + first.charAt(0));
        }
    }

    /** Adds the nicknames of a given name: with the surname in any case, alone only with a capital, because many are words. */
    private void nicknames(String given, String last) {
        for (String nickname : Nicknames.of(given)) {
            Tokens t = Tokens.of(FoldedText.of(nickname));
            Spelling spelling = common(t, 0) ? Spelling.CAPITALISED_INSIDE : Spelling.CAPITALISED;
            patterns.add(nickname, Breaks.EXACT, spelling, PhiCategory.NAME, layer, score);
            if (!last.isEmpty()) {
                nameForm(nickname + " " + last);
                nameForm(last + " " + nickname);
            }
        }
    }

    private void knownDate(Tokens t, String value) {
        String words = words(t, 0, t.count());
        if (plain(words) >= 5) {
            add(words, Breaks.ANYWHERE, false, PhiCategory.DATE);
            sure(value);
        }
        int[] numbers = new int[3];
        int count = 0;
        int month = 0;
        int monthAt = -1;
        boolean yearFirst = false;
        for (int i = 0; i < t.count() && count < 3; i++) {
            if (t.is(i, Lexicon.MONTH)) {
                month = Lexicon.value(t.wordId(i));
                monthAt = count;
            } else if (t.number(i)) {
                if (t.length(i) == 8 && count == 0) {
                    dateForms(t.digits(i, 0, 4), t.digits(i, 4, 6), t.digits(i, 6, 8));
                    return;
                }
                yearFirst |= count == 0 && t.length(i) == 4;
                numbers[count++] = t.value(i);
            }
        }
        if (monthAt >= 0 && count == 2) {
            dateForms(numbers[1], month, numbers[0]);
        } else if (count == 3 && yearFirst) {
            dateForms(numbers[0], numbers[1], numbers[2]);
        } else if (count == 3 && numbers[0] <= 12) {
            dateForms(century(numbers[2]), numbers[0], numbers[1]);
        } else if (count == 3) {
            dateForms(century(numbers[2]), numbers[1], numbers[0]);
        }
    }

    private static int century(int year) {
        return year >= 100 ? year : year <= 30 ? 2000 + year : 1900 + year;
    }

    private void dateForms(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1000 || year > 9999) {
            return;
        }
        String[] years = {Integer.toString(year), two(year % 100)};
        String[] months = {Integer.toString(month), two(month)};
        String[] days = {Integer.toString(day), two(day)};
        for (String y : years) {
            for (String m : months) {
                for (String d : days) {
                    date(m + " " + d + " " + y);
                    date(d + " " + m + " " + y);
                    if (y.length() == 4) {
                        date(y + " " + m + " " + d);
                    }
                }
            }
        }
        add(years[0] + months[1] + days[1], Breaks.NONE, false, PhiCategory.DATE);
        add(days[1] + months[1] + years[0], Breaks.NONE, false, PhiCategory.DATE);
        add(months[1] + days[1] + years[0], Breaks.NONE, false, PhiCategory.DATE);
        String name = MONTHS[month - 1];
        String[] names = month == 9 ? new String[] {name, "sep", "sept"} : new String[] {name, name.substring(0, 3)};
        String ordinal = day % 10 == 1 && day != 11
                ? "st"
                : day % 10 == 2 && day != 12 ? "nd" : day % 10 == 3 && day != 13 ? "rd" : "th";
        for (String m : names) {
            for (String d : new String[] {days[0], days[1], days[0] + ordinal}) {
                for (String y : new String[] {" " + years[0], " " + years[1], ""}) {
                    date(m + " " + d + y);
                    date(d + " " + m + y);
                    date(d + " of " + m + y);
                }
            }
        }
    }

    private void date(String words) {
        add(words, Breaks.EXACT, false, PhiCategory.DATE);
    }

    private static String two(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }

    private static int letters(Tokens t, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            letters += t.word(i) ? t.length(i) : 0;
        }
        return letters;
    }

    /** Returns the letter and digit runs of a stretch of tokens in lower case, a space between those that do not touch. */
    private static String words(Tokens t, int from, int to) {
        char[] words = new char[from < to ? 2 * (t.end(to - 1) - t.start(from)) : 0];
        int length = 0;
        boolean touching = false;
        for (int i = from; i < to; i++) {
            if (t.mark(i)) {
                touching = false;
                continue;
            }
            if (length > 0 && !(touching && t.attached(i))) {
                words[length++] = ' ';
            }
            length = t.lower(i, words, length);
            touching = true;
        }
        return new String(words, 0, length);
    }

    private static int plain(String words) {
        int plain = 0;
        for (int i = 0; i < words.length(); i++) {
            plain += words.charAt(i) == ' ' ? 0 : 1;
        }
        return plain;
    }

    private static boolean hasDigit(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (words.charAt(i) >= '0' && words.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }
}
