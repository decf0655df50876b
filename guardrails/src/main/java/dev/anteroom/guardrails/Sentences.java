package dev.anteroom.guardrails;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into sentences. Stateless; time is linear in the text, memory in the sentences.
 *
 * <p>Sentences are disjoint and in order, and every character that is not white space is in one of them, but for the
 * markers in front of list items and headings ({@code -}, {@code •}, {@code 3.}, {@code (a)}, {@code ##}). A blank line
 * always ends a sentence; a single line break does where a list item, a speaker's label or a new short line begins, and
 * otherwise counts as a space, because notes come wrapped. In doubt nothing is cut: half a sentence can say the opposite of
 * the whole one, two sentences together cannot.
 */
public final class Sentences {

    /** A line break after a longer line is taken for wrapping. */
    private static final int SHORT_LINE_CHARS = 50;

    private static final int MAX_LABEL_CHARS = 32;
    private static final int MAX_ABBREVIATION_CHARS = 12;

    /** Abbreviations that something always follows. */
    private static final Set<String> LEADING = Chars.words("""
            dr drs mr mrs ms prof rev hon messrs st mt vs e.g i.e eg ie cf viz approx ca incl esp resp u.s
            u.k ref refs dept
            """);

    /** Abbreviations before a number; words of their own otherwise. */
    private static final Set<String> NUMBERED = Chars.words("""
            no nos nr fig figs p pp sec ch vol art para ed eq q sz gr
            """);

    /** Abbreviations and units that may also end a sentence: only a capital or an opening bracket or quote decides. */
    private static final Set<String> TRAILING = Chars.words("""
            mg mcg g kg ml l dl mm cm mmhg meq iu oz lb lbs in ft hr hrs min mins wk wks mo mos yr yrs tab
            tabs cap caps supp susp inj soln sol gtt gtts subcut subq etc al inc ltd co corp jr sr pt pts hx
            dx tx rx sx fx temp wt ht max avg neg pos abd resps bid tid qid prn qhs qd po jan feb mar apr
            jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun lt rt bilat ext int ave blvd rd tel
            """);

    /** Words that single capital letters follow which are no initials. */
    private static final Set<String> LETTERED = Chars.words("""
            vitamin vitamins hepatitis type group class grade stage factor part plan option appendix strep
            influenza protein immunoglobulin
            """);

    /** Words that no line of a note ends with unless it is wrapped. */
    private static final Set<String> CARRYING = Chars.words("""
            a an the of to with without and or nor but not no never by for from in on at is are was were be
            been if than that which who when while until unless except avoid do does don't should must may
            can cannot will stop take taking use using your his her their its any per as
            """);

    private final CharSequence text;
    private final List<Sentence> sentences = new ArrayList<>();
    private int start = -1;
    private int lineStart;
    private boolean item;

    private Sentences(CharSequence text) {
        this.text = text;
    }

    /** The sentences of a text, in order. */
    public static List<Sentence> split(CharSequence text) {
        Sentences splitter = new Sentences(text);
        splitter.run();
        return splitter.sentences;
    }

    /** Whether the word before the full stop at {@code fullStop} is an abbreviation that something always follows. */
    static boolean isLeading(CharSequence text, int from, int fullStop) {
        Sentences reader = new Sentences(text);
        reader.start = from;
        return LEADING.contains(reader.wordBefore(fullStop));
    }

    private void run() {
        int length = text.length();
        int i = open(Chars.skipSpace(text, 0));
        while (i < length) {
            char c = text.charAt(i);
            if (Chars.isSpace(c)) {
                i = space(i);
            } else {
                if (start < 0) {
                    start = i;
                }
                if (Chars.isTerminal(c)) {
                    i = terminal(i);
                } else {
                    i++;
                }
            }
        }
        close(length);
    }

    /** Begins a line at its first character that is no space, and goes past a marker. */
    private int open(int at) {
        lineStart = at;
        int marker = markerChars(at);
        item = marker > 0;
        return at + marker;
    }

    private void close(int end) {
        if (start >= 0) {
            sentences.add(new Sentence(start, end));
            start = -1;
        }
    }

    /** Goes past the white space at {@code at}; a sentence under way may end there. */
    private int space(int at) {
        int next = Chars.skipSpace(text, at);
        if (next == text.length()) {
            close(at);
            return next;
        }
        int lineEnds = lineEnds(at, next);
        if (lineEnds == 0) {
            if (isRound(text.charAt(next)) && markerChars(next) > 0) {
                close(at);
                return open(next);
            }
            return next;
        }
        if (lineEnds > 1 || markerChars(next) > 0 || breaksAtLineEnd(at, next)) {
            close(at);
        }
        if (start < 0) {
            return open(next);
        }
        lineStart = next;
        return next;
    }

    private int lineEnds(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Chars.isLineEnd(c) && !(c == '\n' && i > from && text.charAt(i - 1) == '\r')) {
                count++;
            }
        }
        return count;
    }

    /** Whether a sentence that has not ended by a terminal ends with its line. */
    private boolean breaksAtLineEnd(int end, int next) {
        if (isLabel(next)) {
            return true;
        }
        char last = text.charAt(end - 1);
        if (last == ':') {
            return true;
        }
        boolean wordEnds = Character.isLetterOrDigit(last) || (Chars.isCloser(last) && last != '\'');
        if (!wordEnds || !Character.isUpperCase(text.charAt(next)) || CARRYING.contains(wordBefore(end))) {
            return false;
        }
        boolean indented = !Chars.isLineEnd(text.charAt(next - 1));
        return (item && !indented) || end - lineStart < SHORT_LINE_CHARS;
    }

    /** Decides on the run of terminals at {@code at}, and goes past it. */
    private int terminal(int at) {
        int runEnd = at;
        while (runEnd < text.length() && Chars.isTerminal(text.charAt(runEnd))) {
            runEnd++;
        }
        int end = runEnd;
        while (end < text.length() && Chars.isCloser(text.charAt(end))) {
            end++;
        }
        if (end == text.length() || isBoundary(at, runEnd, end)) {
            close(end);
        }
        return end;
    }

    private boolean isBoundary(int at, int runEnd, int end) {
        if (text.charAt(runEnd - 1) >= '\u3002') {
            return true;
        }
        if (!Chars.isSpace(text.charAt(end))) {
            return false;
        }
        int next = Chars.skipSpace(text, end);
        if (next == text.length()) {
            return true;
        }
        int lineEnds = lineEnds(end, next);
        if (lineEnds > 1 || (lineEnds == 1 && (markerChars(next) > 0 || isLabel(next)))) {
            return true;
        }
        char following = text.charAt(next);
        if (following == ',' || following == ';' || following == ':' || following == ')') {
            return false;
        }
        boolean apart = at > start && Chars.isSpace(text.charAt(at - 1));
        if (apart) {
            return true;
        }
        if (Character.isLowerCase(following)) {
            return false;
        }
        boolean fullStop = text.charAt(at) == '.' && runEnd == at + 1;
        return !fullStop || endsAtFullStop(at, next);
    }

    /** Whether the full stop at {@code at} ends a sentence when no small letter follows at {@code next}. */
    private boolean endsAtFullStop(int at, int next) {
        char following = text.charAt(next);
        boolean digitFollows = Character.isDigit(following);
        String word = wordBefore(at);
        if (word.isEmpty()) {
            return true;
        }
        if (LEADING.contains(word)) {
            return false;
        }
        if (digitFollows && NUMBERED.contains(word)) {
            return false;
        }
        if (isNumber(word)) {
            return !digitFollows && at - word.length() > start;
        }
        if (word.length() == 1 && Character.isUpperCase(text.charAt(at - 1))) {
            return endsAtLetter(at, digitFollows);
        }
        if (word.length() == 1 || word.indexOf('.') >= 0 || TRAILING.contains(word)) {
            boolean citation = following == '[' && next + 1 < text.length() && Character.isDigit(text.charAt(next + 1));
            return !digitFollows && !citation;
        }
        return true;
    }

    /** Whether a single capital letter before the full stop at {@code at} is more than an initial. */
    private boolean endsAtLetter(int at, boolean digitFollows) {
        int before = at - 1;
        while (before > start && Chars.isSpace(text.charAt(before - 1)) && at - before < MAX_ABBREVIATION_CHARS) {
            before--;
        }
        String word = wordBefore(before);
        if (LETTERED.contains(word)) {
            return !digitFollows;
        }
        if (word.isEmpty()) {
            return false;
        }
        char initial = text.charAt(before - word.length());
        return !digitFollows && !Character.isUpperCase(initial);
    }

    /** The word that ends at {@code end}, in small letters, full stops within it kept; empty when there is none or it is long. */
    private String wordBefore(int end) {
        int from = end;
        int least = Math.max(Math.max(start, 0), end - MAX_ABBREVIATION_CHARS - 1);
        while (from > least) {
            char c = text.charAt(from - 1);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '\'') {
                break;
            }
            from--;
        }
        return end - from > MAX_ABBREVIATION_CHARS
                ? ""
                : text.subSequence(from, end).toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isNumber(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Character.isDigit(c) && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Length of the marker at the beginning of a line, the spaces after it included; zero when there is none. */
    private int markerChars(int at) {
        int end = markerEnd(at);
        if (end == at || end >= text.length() || !Chars.isSpace(text.charAt(end))) {
            return 0;
        }
        int next = Chars.skipSpace(text, end);
        return next == text.length() || lineEnds(end, next) > 0 ? 0 : next - at;
    }

    private int markerEnd(int at) {
        if (at >= text.length()) {
            return at;
        }
        char c = text.charAt(at);
        if (isRound(c) || c == '-' || c == '*' || c == '\u2013' || c == '\u2014') {
            return at + 1;
        }
        int i = at;
        if (c == '#') {
            while (i < text.length() && i - at < 6 && text.charAt(i) == '#') {
                i++;
            }
            return i;
        }
        boolean bracketed = c == '(';
        if (bracketed) {
            i++;
        }
        int inner = i;
        while (i < text.length() && i - inner < 2 && isAsciiDigit(text.charAt(i))) {
            i++;
        }
        boolean letter = i == inner && i < text.length() && isAsciiLetter(text.charAt(i));
        if (letter) {
            i++;
        }
        if (i == inner || i == text.length()) {
            return at;
        }
        char close = text.charAt(i);
        return close == ')' || (close == '.' && !bracketed && !letter) ? i + 1 : at;
    }

    private static boolean isRound(char c) {
        return c == '\u2022' || c == '\u2023' || c == '\u25e6' || c == '\u25aa' || c == '\u25cf' || c == '\u00b7';
    }

    private static boolean isAsciiDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether a line begins with who speaks or what it is about: {@code Doctor:}, {@code [patient]}, {@code Allergies:}. */
    private boolean isLabel(int at) {
        char first = text.charAt(at);
        if (first != '[' && !Character.isUpperCase(first)) {
            return false;
        }
        int end = Math.min(text.length() - 1, at + MAX_LABEL_CHARS);
        boolean small = first == '[';
        for (int i = at + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return Chars.isSpace(text.charAt(i + 1));
            }
            if (c == ']' && small && i > at + 1) {
                return true;
            }
            small &= (c >= 'a' && c <= 'z') || c == '_';
            if (!Character.isLetterOrDigit(c) && " ._-[]'/()&".indexOf(c) < 0) {
                return false;
            }
        }
        return false;
    }
}
