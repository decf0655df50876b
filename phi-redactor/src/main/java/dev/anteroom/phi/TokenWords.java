package dev.anteroom.phi;

import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenScores;

/**
 * What is known of the words of a scored text without the scores: how they are written, what lists and grammar say of them.
 * Confined to one thread; reads the scores' tokens, whatever text they are of.
 */
final class TokenWords {

    private static final int LONGEST_ABBREVIATION = 3;
    private static final int POSTAL_DIGITS = 5;
    private static final int MONTHS = 12;
    private static final String[] SECOND_WORDS_OF_STATES =
            words("carolina columbia dakota hampshire island jersey mexico york");

    /** How names of towns end. */
    private static final String[] TOWN_WORDS = words("""
            bay beach bluff center city corner corners creek crossing falls ferry ford fork forks gap grove harbor
            heights hill hills hollow island junction lake lakes landing mills park point ridge river rock springs town
            township valley view village woods""");

    /** What facilities are, beside what the rules begin with. */
    private static final String[] KINDS =
            words("associates department facility group office orthopedics school services");

    private static final String[] LINKS = words("and at by for from in nor of on or the to with");

    /** What sends and receives HL7 messages, beside the facilities that it serves. */
    private static final String[] APPLICATIONS = words("adt ehr emr his lab lis pacs rad ris");

    /** Bins of the tagger's word list: frequent words, safe words, words of clinical texts. See models/phi-tagger/lexicon.py. */
    private static final int FREQUENT = 5;

    private static final int SAFE = 6;
    private static final int CLINICAL = 7;

    /** The first four bins: given names, family names, cities, counties. */
    private static final int NAMES = 0xFF;

    private static final int MORE_THAN_RARE_NAMES = 0xAA;

    /** The highest of a word in a bin. */
    private static final int MOST = 3;

    private final TokenScores scores;
    private final MisreadWords misread;

    TokenWords(TokenScores scores, TokenScorer lists) {
        this.scores = scores;
        this.misread = new MisreadWords(lists);
    }

    private static String[] words(String words) {
        return words.split("\\s+");
    }

    /**
     * Returns whether a word on no list of names, longer than initials are, is one of medicine alone, or an ordinary one that has no capital but as the
     * first of a sentence or among others; also as a scanner may have misread it.
     */
    boolean isNoName(char[] chars, int token) {
        if (scores.kind(token) != TokenScores.LETTERS
                || scores.end(token) - scores.start(token) <= LONGEST_ABBREVIATION) {
            return false;
        }
        boolean plain = isOneCase(chars, token) || beginsSentence(chars, token);
        return isNoName(binsAsWritten(chars, token), plain);
    }

    /** The same of letters and digits that hang together and may have been one word: {@code Po1ysporin}. */
    boolean isNoNameMisread(char[] chars, int from, int to) {
        return to - from > 1
                && runEnd(from, to) == to
                && isNoName(misread.ofLettersAndDigits(chars, scores.start(from), scores.end(to - 1)), false);
    }

    /** Returns whether bins are those of a word of medicine alone, or of an ordinary one that is written as such. */
    private static boolean isNoName(int bins, boolean plain) {
        return (bins & NAMES) == 0
                && ((bin(bins, SAFE) >= 2 && bin(bins, FREQUENT) == 0)
                        || (plain && (bin(bins, FREQUENT) >= 2 || bin(bins, CLINICAL) >= 2)));
    }

    /** Returns whether a value is a few capitals before a colon where a line or sentence begins: {@code SH: lives alone}. */
    boolean isHeading(char[] chars, int from, int to) {
        return to - from == 1
                && to < scores.count()
                && chars[scores.start(to)] == ':'
                && scores.end(from) - scores.start(from) <= LONGEST_ABBREVIATION
                && isOneCase(chars, from)
                && beginsSentence(chars, from);
    }

    /** Returns whether a value is letters with single digits among them and no sign, as a scanner makes of words ({@code te1ephone}), and no address of the net. */
    boolean isWordWithDigits(int from, int to) {
        boolean letters = false;
        boolean digits = false;
        for (int i = from; i < to; i++) {
            int kind = scores.kind(i);
            if (kind == TokenScores.SIGN || (kind == TokenScores.DIGITS && scores.end(i) - scores.start(i) > 1)) {
                return false;
            }
            letters |= kind == TokenScores.LETTERS;
            digits |= kind == TokenScores.DIGITS;
        }
        return letters && digits;
    }

    /** Returns the bins of a word, or of what a scanner may have made it of. */
    private int binsAsWritten(char[] chars, int token) {
        int bins = scores.bins(token);
        return bins == 0 ? misread.ofLetters(chars, scores.start(token), scores.end(token)) : bins;
    }

    /** Returns whether a word that is a rare name at most is among the most frequent of the language, and has no capital of its own: {@code GAVE}. */
    boolean isSeldomName(char[] chars, int token) {
        int bins = scores.bins(token);
        return scores.end(token) - scores.start(token) > LONGEST_ABBREVIATION
                && (bins & MORE_THAN_RARE_NAMES) == 0
                && bin(bins, FREQUENT) == MOST
                && isOneCase(chars, token);
    }

    /** Returns whether a word is in small letters or all in capitals: it has no capital that others lack. */
    private boolean isOneCase(char[] chars, int token) {
        return Character.isUpperCase(chars[scores.start(token)]) == Character.isUpperCase(chars[scores.end(token) - 1]);
    }

    /** Returns whether no list says of a word that it is ordinary or clinical. */
    boolean isUnknown(int token) {
        return scores.kind(token) == TokenScores.LETTERS
                && scores.end(token) - scores.start(token) > LONGEST_ABBREVIATION
                && !ordinary(scores.bins(token));
    }

    /** Returns whether a sign is the full stop of a sentence: white space follows it, and it stands behind a word that is no abbreviation. */
    boolean endsSentence(char[] chars, int sign, int count) {
        return scores.kind(sign) == TokenScores.SIGN
                && chars[scores.start(sign)] == '.'
                && sign + 1 < count
                && scores.space(sign + 1) != TokenScores.NO_SPACE
                && sign > 0
                && scores.kind(sign - 1) == TokenScores.LETTERS
                && scores.end(sign - 1) - scores.start(sign - 1) > LONGEST_ABBREVIATION;
    }

    boolean isPostalCode(int token) {
        return scores.kind(token) == TokenScores.DIGITS && scores.end(token) - scores.start(token) == POSTAL_DIGITS;
    }

    /** Returns whether a word is a state, and not the second word of one, which may be a country or a town. */
    boolean isState(char[] chars, int token) {
        long classes = classes(chars, scores.start(token), scores.end(token));
        return scores.kind(token) == TokenScores.LETTERS
                && (classes & (Lexicon.STATE | Lexicon.STATE_ABBREVIATION)) != 0
                && !isAny(chars, token, SECOND_WORDS_OF_STATES);
    }

    /** Returns whether a token hangs on the one before it, letters and digits both. */
    boolean together(int token) {
        return scores.space(token) == TokenScores.NO_SPACE
                && scores.kind(token) != TokenScores.SIGN
                && scores.kind(token - 1) != TokenScores.SIGN;
    }

    /** Returns whether a word stands between names and other things, and neither begins nor ends one. */
    boolean isLink(char[] chars, int token) {
        return isAny(chars, token, LINKS) && (isOneCase(chars, token) || beginsSentence(chars, token));
    }

    /** Returns whether a word with a capital of its own goes on with the name of a town. */
    boolean isTownWord(char[] chars, int token) {
        return scores.space(token) == TokenScores.SPACE && isAny(chars, token, TOWN_WORDS) && !isOneCase(chars, token);
    }

    /** Returns whether a value is nothing but words that say what a facility is, letters and marks: {@code 's clinic}. */
    boolean isKind(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            int start = scores.start(i);
            int end = scores.end(i);
            if (end - start > 1
                    && (classes(chars, start, end) & (Lexicon.FACILITY_HEAD | Lexicon.GENERIC_FACILITY)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a line begins with what a facility is, whose name the line before it ended with: {@code Quillby Fire\nDepartment}. */
    boolean isKindOnNextLine(char[] chars, int token) {
        return scores.space(token) == TokenScores.LINE_BREAK
                && scores.kind(token) == TokenScores.LETTERS
                && Character.isUpperCase(chars[scores.start(token)])
                && (isAny(chars, token, KINDS)
                        || (classes(chars, scores.start(token), scores.end(token)) & Lexicon.FACILITY_HEAD) != 0);
    }

    private boolean isAny(char[] chars, int token, String[] lowerCase) {
        for (String word : lowerCase) {
            if (is(chars, token, word)) {
                return true;
            }
        }
        return false;
    }

    boolean is(char[] chars, int token, String lowerCase) {
        int start = scores.start(token);
        if (scores.end(token) - start != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Lexicon.lower(chars[start + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a token is punctuation, which at either end of a value says nothing of it. */
    boolean isMark(char[] chars, int token) {
        char c = chars[scores.start(token)];
        return scores.kind(token) == TokenScores.SIGN && (c < 128 || c == '\u2019');
    }

    /** Returns whether two numbers of which none is a month stand over each other: a visual acuity of {@code 20/40}. */
    boolean isFraction(char[] chars, int token) {
        return chars[scores.start(token + 1)] == '/' && isNoMonth(chars, token) && isNoMonth(chars, token + 2);
    }

    private boolean isNoMonth(char[] chars, int token) {
        int start = scores.start(token);
        int length = scores.end(token) - start;
        return scores.kind(token) == TokenScores.DIGITS && length <= 2 && number(chars, start, length) > MONTHS;
    }

    /** Returns where a time of day begins that ends a value and stands apart from what is before it, or the value's end. */
    int withoutTimeOfDay(char[] chars, int from, int to) {
        int start = to - 1;
        while (start - 2 > from
                && scores.kind(start) == TokenScores.DIGITS
                && chars[scores.start(start - 1)] == ':'
                && scores.kind(start - 2) == TokenScores.DIGITS) {
            start -= 2;
        }
        return start < to - 1 && scores.space(start) != TokenScores.NO_SPACE ? start : to;
    }

    /** Returns whether four digits behind a word are a time as hospitals write it: {@code 0415}. */
    boolean isTimeOfDay(int token, int value) {
        return value / 100 < 24 && value % 100 < 60 && token > 0 && scores.space(token) != TokenScores.NO_SPACE;
    }

    /** Returns whether a value is a segment of an HL7 message, or a field that names an application or an event ({@code |LIS|}, {@code EVN|A01|}). */
    boolean isMessageCode(char[] chars, int from, int to) {
        int start = scores.start(from);
        if (to >= scores.count() || chars[scores.start(to)] != '|') {
            return false;
        }
        if (from == 0 || scores.space(from) != TokenScores.NO_SPACE) {
            return to - from == 1 && Hl7Recognizer.isSegment(chars, start, scores.end(from));
        }
        if (chars[start - 1] != '|') {
            return false;
        }
        if (to - from == 1) {
            return isAny(chars, from, APPLICATIONS);
        }
        return to - from == 2 && from >= 2 && is(chars, from - 2, "evn") && scores.kind(to - 1) == TokenScores.DIGITS;
    }

    /** Returns whether every word of a value is of one of these classes and of none of the others. */
    boolean is(char[] chars, int from, int to, long wanted, long unwanted) {
        for (int i = from; i < to; i++) {
            long classes = classes(chars, scores.start(i), scores.end(i));
            if (!isMark(chars, i) && ((classes & wanted) == 0 || (classes & unwanted) != 0)) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the rules know of a word. */
    static long classes(char[] chars, int start, int end) {
        return Lexicon.classes(Lexicon.find(chars, start, end));
    }

    static int number(char[] chars, int start, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value * 10 + chars[start + i] - '0';
        }
        return value;
    }

    /** Returns whether a value is made of ordinary words alone, also as a scanner may have misread them. */
    boolean ordinary(char[] chars, int from, int to) {
        for (int i = from; i < to; ) {
            int start = i;
            i = runEnd(i, to);
            if (i > start + 1
                    ? !ordinary(misread.ofLettersAndDigits(chars, scores.start(start), scores.end(i - 1)))
                    : !ordinaryToken(chars, start)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the end of the letters and digits that hang together from a token on, {@code to} at most. */
    int runEnd(int from, int to) {
        int end = from + 1;
        while (end < to && together(end)) {
            end++;
        }
        return end;
    }

    private boolean ordinaryToken(char[] chars, int token) {
        return switch (scores.kind(token)) {
            case TokenScores.DIGITS -> false;
            case TokenScores.LETTERS ->
                ordinary(binsAsWritten(chars, token))
                        || (classes(chars, scores.start(token), scores.end(token)) & Lexicon.COMMON) != 0;
            default -> true;
        };
    }

    /** Returns whether a token is the first of a sentence or line, where every word has a capital. */
    boolean beginsSentence(char[] chars, int token) {
        if (token == 0 || scores.space(token) == TokenScores.LINE_BREAK) {
            return true;
        }
        char before = chars[scores.start(token - 1)];
        return scores.space(token) != TokenScores.NO_SPACE && (before == '.' || before == '!' || before == '?');
    }

    boolean isSmall(char[] chars, int from, int to) {
        return !hasCapital(chars, scores.start(from), scores.end(to - 1));
    }

    static boolean hasCapital(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isUpperCase(chars[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a word is on a list of given names, family names, cities or counties, or is none. */
    boolean isListed(int token) {
        return scores.kind(token) != TokenScores.LETTERS || (scores.bins(token) & NAMES) != 0;
    }

    /** A word of medicine is not ordinary where it is a name as well, as of a sign and of whoever described it. */
    private static boolean ordinary(int bins) {
        return bin(bins, FREQUENT) >= 2 || (bin(bins, SAFE) >= 2 && (bins & NAMES) == 0) || bin(bins, CLINICAL) >= 2;
    }

    private static int bin(int bins, int index) {
        return bins >> 2 * index & 3;
    }

    @Override
    public String toString() {
        return "TokenWords[" + scores.count() + "]";
    }
}
