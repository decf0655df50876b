package dev.anteroom.phi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The words that the rules know, found without making a String.
 * Immutable after class initialisation. Each word has a number, a set of classes and, for months and number words, a value.
 */
final class Lexicon {

    static final long MONTH = 1L;
    static final long WEEKDAY = 1L << 1;
    static final long TITLE = 1L << 2;
    static final long CREDENTIAL = 1L << 3;
    static final long STATE_ABBREVIATION = 1L << 4;
    static final long STATE = 1L << 5;
    static final long STREET_SUFFIX = 1L << 6;
    static final long STREET_UNIT = 1L << 7;
    static final long FACILITY_HEAD = 1L << 8;
    static final long FACILITY_WORD = 1L << 9;
    static final long ORDINAL = 1L << 10;
    static final long NUMBER_WORD = 1L << 11;
    static final long UNIT = 1L << 12;
    static final long DURATION = 1L << 13;
    static final long MEASURE = 1L << 14;
    static final long COMMON = 1L << 15;
    static final long GIVEN_NAME = 1L << 16;
    static final long SURNAME = 1L << 17;
    static final long PARTICLE = 1L << 18;
    static final long LABEL = 1L << 19;
    static final long LABEL_SUFFIX = 1L << 20;
    static final long DATE_CONTEXT = 1L << 21;
    static final long CITY = 1L << 22;
    static final long FACILITY_BRAND = 1L << 23;
    static final long TOP_LEVEL_DOMAIN = 1L << 24;
    static final long DIRECTION = 1L << 25;
    static final long WEAK_TITLE = 1L << 26;
    static final long DISEASE_NOUN = 1L << 27;
    static final long CODE_LABEL = 1L << 28;
    static final long COPULA = 1L << 29;
    static final long AMBIGUOUS_MONTH = 1L << 31;
    static final long AMBIGUOUS_STREET = 1L << 32;
    static final long NAME_SUFFIX = 1L << 33;
    static final long CALL_CONTEXT = 1L << 34;
    static final long HOLIDAY = 1L << 35;
    static final long DATE_PREPOSITION = 1L << 36;
    static final long GENERIC_FACILITY = 1L << 38;
    static final long NUMBERED = 1L << 39;

    static final long AMBIGUOUS_NAME = 1L << 40;
    static final long DIGIT_WORD = 1L << 41;

    /** Surnames that are words of everyday too. */
    static final long EVERYDAY = 1L << 43;

    /** Small words that no name of a facility begins with or goes over. */
    static final long FUNCTION_WORD = 1L << 42;

    /** Words that begin something by themselves: a box, a flat, an address in words, a county. */
    static final long BEGINNING = 1L << 44;

    /** What the name of a person or a place may be made of. */
    static final long NAMELIKE = GIVEN_NAME | SURNAME | AMBIGUOUS_NAME | EVERYDAY | CITY;

    /** Tokens keep the number of a word in a char; and a table that is more than half full is slow. */
    private static final int MOST_WORDS = 1 << 13;

    private static final int SLOT_BITS = 14;
    private static final int SLOTS = 1 << SLOT_BITS;

    /** Words up to this length, of letters of ASCII, are told by all their letters at once. */
    static final int SHORT = 2 * Long.BYTES;

    /** What the two cases of a letter share. */
    private static final int LETTER = 0x1F;

    private static final long LETTERS = 0x0101010101010101L * LETTER;

    /** Of the short words the letters, two numbers for a slot, and the numbers of the words. */
    private static final long[] KEYS = new long[2 * SLOTS];

    private static final char[] KEYED = new char[SLOTS];

    /** Of the others the number, and the hash above it: words differ there before their characters are looked at. */
    private static final long[] TABLE = new long[SLOTS];

    private static final char[][] WORDS;
    private static final long[] CLASSES;
    private static final int[] VALUES;

    /** Words with which a rule may begin have the lower numbers: most words of prose have not, and their classes need not be looked at. */
    private static final int LAST_BEGINNING;

    static {
        Builder all = new Builder();
        all.words(MONTH, LexiconWords.MONTHS);
        for (int month = 1; month <= 12; month++) {
            all.value(LexiconWords.MONTH_VALUES[month - 1], month);
        }
        all.words(AMBIGUOUS_MONTH, "may march mar dec sep jan");
        all.words(WEEKDAY, LexiconWords.WEEKDAYS);
        all.words(HOLIDAY, LexiconWords.HOLIDAYS);
        all.words(TITLE, LexiconWords.TITLES);
        all.words(WEAK_TITLE, LexiconWords.WEAK_TITLES);
        all.words(CREDENTIAL, LexiconWords.CREDENTIALS);
        all.words(NAME_SUFFIX, "jr sr ii iii iv esq");
        all.words(STATE_ABBREVIATION, LexiconWords.STATE_ABBREVIATIONS);
        all.words(STATE, LexiconWords.STATES);
        all.words(STREET_SUFFIX, LexiconWords.STREET_SUFFIXES);
        all.words(STREET_SUFFIX | AMBIGUOUS_STREET, LexiconWords.AMBIGUOUS_STREET_SUFFIXES);
        all.words(STREET_UNIT, "apt apartment suite ste unit floor fl bldg building room rm lot trlr spc");
        all.words(DIRECTION, "n s e w ne nw se sw north south east west northeast northwest southeast southwest");
        all.words(FACILITY_HEAD, LexiconWords.FACILITY_HEADS);
        all.words(FACILITY_WORD, LexiconWords.FACILITY_WORDS);
        all.words(GENERIC_FACILITY, LexiconWords.GENERIC_FACILITY_WORDS);
        all.words(FUNCTION_WORD, LexiconWords.FUNCTION_WORDS);
        all.words(FACILITY_BRAND, LexiconWords.FACILITY_BRANDS);
        all.words(ORDINAL, LexiconWords.ORDINALS);
        all.words(NUMBER_WORD, LexiconWords.NUMBER_WORDS);
        all.words(NUMBER_WORD | DIGIT_WORD, LexiconWords.DIGIT_WORDS);
        all.words(UNIT, LexiconWords.UNITS);
        all.words(DURATION, LexiconWords.DURATIONS);
        all.words(MEASURE, LexiconWords.MEASURES);
        all.words(NUMBERED, LexiconWords.NUMBERED);
        all.words(COMMON, LexiconWords.COMMON);
        all.words(COMMON, LexiconWords.CLINICAL);
        all.words(GIVEN_NAME, LexiconWords.GIVEN_NAMES);
        all.words(AMBIGUOUS_NAME, LexiconWords.AMBIGUOUS_NAMES);
        all.words(SURNAME, LexiconWords.SURNAMES);
        all.words(PARTICLE, "de la las los van von der den del da dos das di du le al el bin ibn abu ter st mac ben");
        all.words(LABEL_SUFFIX, "number numbers no nos num nbr nr id ids code identifier num.");
        all.words(DATE_CONTEXT, LexiconWords.DATE_CONTEXT);
        all.words(
                DATE_PREPOSITION,
                "in since last this early late mid until till of by through next during from before after to");
        all.words(EVERYDAY, LexiconWords.EVERYDAY_SURNAMES);
        all.words(CITY, LexiconWords.CITIES);
        all.words(TOP_LEVEL_DOMAIN, LexiconWords.TOP_LEVEL_DOMAINS);
        all.words(DISEASE_NOUN, LexiconWords.DISEASE_NOUNS);
        all.words(CODE_LABEL, LexiconWords.CODE_LABELS);
        all.words(COPULA, "is was are were of as be equals");
        all.words(
                CALL_CONTEXT,
                "call called calling phone phoned tel telephone cell mobile at fax faxed text texted reach reached dial pager beeper contact ph");
        all.words(BEGINNING, "po apt suite ste at county");
        for (LabelPhrase phrase : LabelPhrase.ALL) {
            String[] words = phrase.words();
            for (String word : words) {
                all.words(0, word);
            }
            all.words(LABEL, words[0]);
            all.words(LABEL, phrase.joined());
        }
        int count = all.classes.size() + 1;
        if (count > MOST_WORDS) {
            throw new IllegalStateException("too many words for the lexicon");
        }
        WORDS = new char[count][];
        CLASSES = new long[count];
        VALUES = new int[count];
        WORDS[0] = new char[0];
        int id = 0;
        for (Map.Entry<String, Long> entry : all.classes.entrySet()) {
            if ((entry.getValue() & StructuralDetector.BEGINNINGS) != 0) {
                enter(++id, entry.getKey(), entry.getValue());
            }
        }
        LAST_BEGINNING = id;
        for (Map.Entry<String, Long> entry : all.classes.entrySet()) {
            if ((entry.getValue() & StructuralDetector.BEGINNINGS) == 0) {
                enter(++id, entry.getKey(), entry.getValue());
            }
        }
        all.values.forEach((word, value) -> VALUES[find(word)] = value);
    }

    private static void enter(int id, String text, long classes) {
        char[] word = text.toCharArray();
        WORDS[id] = word;
        CLASSES[id] = classes;
        if (word.length <= SHORT && isAscii(word, 0, word.length)) {
            long first = eight(word, 0, word.length);
            long last = eight(word, Long.BYTES, word.length);
            int slot = slot(first, last);
            while (KEYED[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            KEYS[2 * slot] = first;
            KEYS[2 * slot + 1] = last;
            KEYED[slot] = (char) id;
        } else {
            int hash = hash(word, 0, word.length);
            int slot = slot(hash);
            while (TABLE[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            TABLE[slot] = (long) hash << 32 | id;
        }
    }

    private Lexicon() {}

    /** Returns a folded character in lower case. */
    static char lower(char c) {
        return c < 128 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
    }

    private static boolean isAscii(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!TextChars.isAsciiLetter(chars[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns a byte of five bits for each letter, the first lowest, and zeros behind them. */
    private static long eight(char[] chars, int start, int end) {
        long eight = 0;
        for (int i = start; i < Math.min(end, start + Long.BYTES); i++) {
            eight |= (long) (chars[i] & LETTER) << (i - start) * Byte.SIZE;
        }
        return eight;
    }

    private static int hash(char[] chars, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + lower(chars[i]);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }

    private static int slot(long first, long last) {
        return (int) ((first ^ last * 0xC2B2AE3D27D4EB4FL) * 0x9E3779B97F4A7C15L >>> 64 - SLOT_BITS);
    }

    /**
     * Returns the number of a word of at most {@link #SHORT} letters, all ASCII, in any case, or 0.
     *
     * @param firstEight its first eight letters, a byte each, the first lowest, and zeros behind them
     * @param lastEight those behind them
     */
    static int find(long firstEight, long lastEight) {
        long first = firstEight & LETTERS;
        long last = lastEight & LETTERS;
        int slot = slot(first, last);
        long found;
        while ((found = KEYS[2 * slot]) != 0) {
            if (found == first && KEYS[2 * slot + 1] == last) {
                return KEYED[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return 0;
    }

    /** Returns the number of a word in any case, or 0. */
    static int find(char[] chars, int start, int end) {
        return end - start <= SHORT && isAscii(chars, start, end)
                ? find(eight(chars, start, end), eight(chars, start + Long.BYTES, end))
                : findLong(chars, start, end);
    }

    /** Returns the number of a word in any case that is longer or has other letters, or 0. */
    static int findLong(char[] chars, int start, int end) {
        int hash = hash(chars, start, end);
        int slot = slot(hash);
        long entry;
        while ((entry = TABLE[slot]) != 0) {
            int id = (int) entry;
            if ((int) (entry >>> 32) == hash && same(WORDS[id], chars, start, end)) {
                return id;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return 0;
    }

    /** Returns the number of a word in lower case, or 0. */
    static int find(String word) {
        char[] chars = word.toCharArray();
        return find(chars, 0, chars.length);
    }

    private static boolean same(char[] word, char[] chars, int start, int end) {
        if (word.length != end - start) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (word[i] != lower(chars[start + i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a rule may begin with a word. */
    static boolean begins(int word) {
        return word != 0 && word <= LAST_BEGINNING;
    }

    static long classes(int word) {
        return CLASSES[word];
    }

    /** Returns the number of a month or number word, or 0. */
    static int value(int word) {
        return VALUES[word];
    }

    private static final class Builder {
        final LinkedHashMap<String, Long> classes = new LinkedHashMap<>();
        final Map<String, Integer> values = new HashMap<>();

        void words(long bits, String list) {
            Arrays.stream(list.split("\\s+")).filter(word -> !word.isEmpty()).forEach(word -> {
                if (word.length() > LexiconWords.LONGEST) {
                    throw new IllegalStateException("word too long for the lexicon");
                }
                classes.merge(word, bits, (a, b) -> a | b);
            });
        }

        void value(String list, int value) {
            for (String word : list.split(" ")) {
                values.put(word, value);
            }
        }
    }
}
