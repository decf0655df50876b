package dev.anteroom.phi;

import java.util.Arrays;

/**
 * Values to be found wherever they stand, compared on letters and digits alone: in any case, with any separators.
 * Immutable. The work per token is bounded by the longest pattern, however many patterns there are.
 */
final class ValuePatterns {

    /** Characters of a pattern that are compared; longer values are cut here. */
    static final int LONGEST = 63;

    /** White space, table rules and the like between two characters of a value. */
    private static final int WIDEST_GAP = 16;

    /** Letters and digits at the beginning of a value that say cheaply where it cannot be. */
    private static final int SHORT_LEAD = 3;

    private static final int LONG_LEAD = 5;

    private static final int FIRST_SLOTS = 64;

    private static final ValuePatterns NONE = new ValuePatterns(new Pattern[0], new Pattern[0], new long[0]);

    /** How the breaks between the words of a text must agree with those of the pattern. */
    enum Breaks {
        /** Anywhere, as in a number that is grouped differently. */
        ANYWHERE,
        /** Only where the pattern has one, or between all characters. */
        ALIGNED,
        /** Exactly where the pattern has them. */
        EXACT,
        /** Nowhere. */
        NONE
    }

    /** How a value must be capitalised to be it. */
    enum Spelling {
        ANY,
        CAPITALISED,
        /** With a capital that does not merely begin a sentence. */
        CAPITALISED_INSIDE;

        private boolean fits(Tokens tokens, int token) {
            return switch (this) {
                case ANY -> true;
                case CAPITALISED -> tokens.upperFirst(token);
                case CAPITALISED_INSIDE -> tokens.upperFirst(token) && !tokens.sentenceStart(token);
            };
        }
    }

    /**
     * One value.
     *
     * @param hash of its letters and digits in lower case
     * @param lead hash of its first letters and digits
     * @param length number of letters and digits
     * @param breaks bit i is set where a new word begins at character i
     * @param spelling how it must be capitalised
     */
    private record Pattern(
            long hash,
            long lead,
            int length,
            long breaks,
            Breaks rule,
            Spelling spelling,
            PhiCategory category,
            String layer,
            float score) {

        /** Returns whether another one of the same characters finds nothing that this one does not find. */
        private boolean covers(Pattern other) {
            return (rule == Breaks.ANYWHERE && spelling == Spelling.ANY
                            || rule == other.rule && spelling == other.spelling && breaks == other.breaks)
                    && category == other.category
                    && score == other.score
                    && layer.equals(other.layer);
        }
    }

    private final Pattern[] table;

    /** In the order in which they were added. */
    private final Pattern[] ordered;

    /** By a hash of the first two characters: bit n is set where a pattern of length n begins so. */
    private final long[] lengths;

    private ValuePatterns(Pattern[] table, Pattern[] ordered, long[] lengths) {
        this.table = table;
        this.ordered = ordered;
        this.lengths = lengths;
    }

    static ValuePatterns none() {
        return NONE;
    }

    boolean isEmpty() {
        return table.length == 0;
    }

    private static long mix(long hash, char c) {
        return (hash ^ c) * 0x9E3779B97F4A7C15L + (hash >>> 29);
    }

    private static int slot(long hash, int length) {
        long mixed = (hash + length) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 33);
    }

    private static int bucket(char first, char second) {
        return (first * 37 + second) & 255;
    }

    /** Adds a candidate wherever a value stands in a position. */
    void match(Document document, int position, Candidates candidates) {
        if (isEmpty()) {
            return;
        }
        Tokens tokens = document.tokens(position);
        char[] chars = document.text(position).array();
        for (int token = 0; token < tokens.count(); token++) {
            if (!tokens.mark(token)) {
                matchAt(position, tokens, token, chars, candidates);
            }
        }
    }

    /** Hears how the values begin that could stand in a text. */
    interface Leads {
        /** Takes the hash of so many letters and digits. */
        void lead(long hash, int length);
    }

    /** Tells how every value would begin that {@link #match} could find in a position, at both lengths of a lead. */
    static void leads(Document document, int position, Leads leads) {
        Tokens tokens = document.tokens(position);
        char[] chars = document.text(position).array();
        int length = document.text(position).length();
        for (int token = 0; token < tokens.count(); token++) {
            if (tokens.mark(token)) {
                continue;
            }
            long hash = 0;
            int count = 0;
            for (int at = tokens.start(token); at >= 0 && count < LONG_LEAD; at = next(chars, at + 1, length)) {
                hash = mix(hash, Lexicon.lower(chars[at]));
                count++;
                if (count == SHORT_LEAD || count == LONG_LEAD) {
                    leads.lead(hash, count);
                }
            }
        }
    }

    /** Tells how the values begin that were added from the so-manieth on, in order; a length of 0 says that it may be anywhere. */
    void leadsFrom(int first, Leads leads) {
        for (int i = first; i < ordered.length; i++) {
            Pattern pattern = ordered[i];
            leads.lead(pattern.lead, leadLength(pattern.length));
        }
    }

    /** Returns how many values there are. */
    int size() {
        return ordered.length;
    }

    private static int leadLength(int length) {
        return length < SHORT_LEAD ? 0 : length < LONG_LEAD ? SHORT_LEAD : LONG_LEAD;
    }

    private void matchAt(int position, Tokens tokens, int token, char[] chars, Candidates candidates) {
        int start = tokens.start(token);
        int second = tokens.length(token) > 1 ? start + 1 : secondStart(tokens, token);
        if (second < 0) {
            return;
        }
        long wanted = lengths[bucket(Lexicon.lower(chars[start]), Lexicon.lower(chars[second]))];
        long hash = 0;
        long breaks = 0;
        int count = 0;
        int at = token;
        while (at >= 0) {
            int end = tokens.end(at);
            int longer = count + tokens.length(at);
            if (longer > LONGEST || wanted >>> longer == 0) {
                return;
            }
            for (int i = tokens.start(at); i < end; i++) {
                hash = mix(hash, Lexicon.lower(chars[i]));
            }
            count = longer;
            if ((wanted & 1L << count) != 0) {
                found(position, tokens, token, start, end, hash, count, breaks, candidates);
            }
            at = next(tokens, at);
            if (at >= 0 && tokens.start(at) > end) {
                breaks |= 1L << count;
            }
        }
    }

    private static int secondStart(Tokens tokens, int token) {
        int next = next(tokens, token);
        return next < 0 ? -1 : tokens.start(next);
    }

    /** Returns the next token that is no mark, or -1 where none is near. */
    private static int next(Tokens tokens, int token) {
        int limit = tokens.end(token) + WIDEST_GAP;
        for (int next = token + 1; tokens.has(next) && tokens.start(next) <= limit; next++) {
            if (!tokens.mark(next)) {
                return next;
            }
        }
        return -1;
    }

    /** Returns where the next letter or digit stands, or -1 where none is near. */
    private static int next(char[] chars, int from, int length) {
        int limit = Math.min(length, from + WIDEST_GAP + 1);
        for (int at = from; at < limit; at++) {
            if (isPlain(chars[at])) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isPlain(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                : Character.isLetterOrDigit(c);
    }

    private void found(
            int position,
            Tokens tokens,
            int token,
            int start,
            int end,
            long hash,
            int count,
            long breaks,
            Candidates candidates) {
        int mask = table.length - 1;
        for (int slot = slot(hash, count) & mask; table[slot] != null; slot = slot + 1 & mask) {
            Pattern pattern = table[slot];
            if (pattern.hash != hash || pattern.length != count) {
                continue;
            }
            boolean fits = switch (pattern.rule) {
                case ANYWHERE -> true;
                case ALIGNED -> (breaks & ~pattern.breaks) == 0 || breaks == (1L << count) - 2;
                case EXACT -> breaks == pattern.breaks;
                case NONE -> breaks == 0;
            };
            if (fits && pattern.spelling.fits(tokens, token)) {
                candidates.add(position, start, end, pattern.category, pattern.layer, pattern.score);
            }
        }
    }

    @Override
    public String toString() {
        return "ValuePatterns";
    }

    /** Collects patterns. Confined to one thread. */
    static final class Builder {

        /** Each pattern once, by its hash; at least half of the slots are free. */
        private Pattern[] table = new Pattern[FIRST_SLOTS];

        private Pattern[] ordered = new Pattern[FIRST_SLOTS / 2];
        private int size;
        private final long[] lengths = new long[256];
        private final Leads leads;

        Builder() {
            this((_, _) -> {});
        }

        /** Tells how each value begins as it is added; a length of 0 says that it may be anywhere. */
        Builder(Leads leads) {
            this.leads = leads;
        }

        /**
         * Adds a value given by words of letters and digits in lower case.
         *
         * @param words the words, joined by single spaces
         */
        void add(String words, Breaks rule, Spelling spelling, PhiCategory category, String layer, float score) {
            long hash = 0;
            long lead = 0;
            long breaks = 0;
            int count = 0;
            char first = 0;
            char second = 0;
            boolean space = false;
            for (int i = 0; i < words.length() && count < LONGEST; i++) {
                char c = words.charAt(i);
                if (c == ' ') {
                    space = true;
                    continue;
                }
                if (space && count > 0) {
                    breaks |= 1L << count;
                }
                space = false;
                hash = mix(hash, c);
                if (count == 0) {
                    first = c;
                } else if (count == 1) {
                    second = c;
                }
                count++;
                if (count == SHORT_LEAD || count == LONG_LEAD) {
                    lead = hash;
                }
            }
            if (count < 2) {
                return;
            }
            lengths[bucket(first, second)] |= 1L << count;
            leads.lead(lead, leadLength(count));
            put(new Pattern(hash, lead, count, breaks, rule, spelling, category, layer, score));
        }

        private void put(Pattern pattern) {
            int free = free(table, pattern);
            if (free < 0) {
                return;
            }
            if (size == ordered.length) {
                Pattern[] larger = new Pattern[table.length * 2];
                for (Pattern known : ordered) {
                    larger[free(larger, known)] = known;
                }
                table = larger;
                ordered = Arrays.copyOf(ordered, size * 2);
                free = free(table, pattern);
            }
            table[free] = pattern;
            ordered[size++] = pattern;
        }

        /** Returns the slot for a pattern, or -1 where one in the table covers it. */
        private static int free(Pattern[] table, Pattern pattern) {
            int slot = slot(pattern.hash, pattern.length) & table.length - 1;
            for (Pattern known = table[slot]; known != null; known = table[slot]) {
                if (known.hash == pattern.hash && known.length == pattern.length && known.covers(pattern)) {
                    return -1;
                }
                slot = slot + 1 & table.length - 1;
            }
            return slot;
        }

        /** Returns how many values were added, each counted once. */
        int size() {
            return size;
        }

        ValuePatterns build() {
            return size == 0 ? NONE : new ValuePatterns(table, Arrays.copyOf(ordered, size), lengths);
        }
    }
}
