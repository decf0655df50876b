package dev.anteroom.phi;

import dev.anteroom.phi.RestoreFinding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the text written so far makes of the next character: prose, or part of a web address, a host name, a link target or a markup tag.
 * Confined to one thread. It is fed the text that the app sees (originals where they were restored), so that an original which itself looks
 * like an address or like markup cannot carry its neighbour out.
 *
 * <p>Four small machines run side by side over every character:
 *
 * <ul>
 *   <li><b>run</b>, back to its start at every white space. It becomes a URL at {@code ://}, at a known scheme with its colon, at
 *       {@code www.}, and where a dotted host meets {@code / ? # :} or a backslash; it then stays a URL to its end. Within the run, a
 *       stretch of connecting characters ({@link TextChars#isConnector}) is a host once a dot after a letter or digit has two letters behind
 *       it or the third dot between digits has come, and an address once it has an {@code @}. A bare address of digits ends at
 *       an escaped line break or tab, as a quoted JSON document has them.
 *   <li><b>target</b>: {@code ](} to its closing parenthesis (nested ones count, escaped ones do not) or a blank line; a
 *       {@code <...>} destination inside it may hold parentheses. The destination of a reference definition ({@code [label]:} at the
 *       start of a line, not {@code [^note]:}) to the next white space, or to {@code >} if it opened with {@code <}.
 *   <li><b>line</b> finds the labels of reference definitions: nothing but white space, list and quote marks may stand before them.
 *   <li><b>tag</b>: {@code <} and a letter, {@code /}, {@code !} or {@code ?}, to the {@code >} that is outside quotes. A tag that has
 *       no {@code =} yet (“CRP <LLN and”) stops counting at the end of its line and counts again as soon as an {@code =} comes, because
 *       markup may go on over lines.
 * </ul>
 */
final class LinkContext {

    private static final int NONE = 0;

    private static final int TARGET_PAREN = 1;
    private static final int TARGET_PAREN_ANGLE = 2;
    private static final int TARGET_REFERENCE = 3;
    private static final int TARGET_REFERENCE_ANGLE = 4;

    private static final int LINE_LEAD = 1;
    private static final int LINE_LABEL_START = 2;
    private static final int LINE_LABEL = 3;
    private static final int LINE_LABEL_END = 4;

    private static final int TAG_NAMES = 1;
    private static final int TAG_AFTER_EQUALS = 2;
    private static final int TAG_UNQUOTED = 3;
    private static final int TAG_DOUBLE = 4;
    private static final int TAG_SINGLE = 5;

    private static final int NO_LABEL = -1;

    private char previous;
    private char beforePrevious;
    private boolean escaped;

    private boolean url;
    private boolean host;
    private boolean address;
    private int labelLetters;
    private int digitDots;

    /** Whether the host is an address of digits, and whether only the backslash just read has made the run a URL. */
    private boolean numericHost;

    private boolean urlByBackslash;
    private long word;
    private int wordLength;

    private int target;
    private int depth;
    private boolean targetStart;
    private boolean lineBlank;

    private int line;

    private int tag;
    private boolean tagEquals;
    private boolean tagLine;

    LinkContext() {
        reset();
    }

    /** Starts over, as at the start of a text. */
    void reset() {
        previous = '\n';
        beforePrevious = '\n';
        escaped = false;
        endRun();
        target = NONE;
        depth = 0;
        targetStart = false;
        lineBlank = true;
        line = LINE_LEAD;
        tag = NONE;
        tagEquals = false;
        tagLine = false;
    }

    /** Returns why a placeholder that starts here must stay, or null where what comes before does not forbid it. */
    @Nullable
    Kind verdict() {
        if (tag != NONE && (tagEquals || tagLine)) {
            return Kind.IN_MARKUP_ATTRIBUTE;
        }
        if (target != NONE) {
            return Kind.IN_LINK_TARGET;
        }
        if (url) {
            return Kind.IN_URL;
        }
        return host || address ? Kind.IN_HOST_OR_EMAIL : null;
    }

    /** Returns whether a link target starts here. */
    boolean atTargetStart() {
        return target != NONE && targetStart;
    }

    /** Returns the last character of the text so far, a line end at its start. */
    char previous() {
        return previous;
    }

    /** Takes a restored original. */
    void restored(String original, PhiCategory category) {
        for (int i = 0; i < original.length(); i++) {
            step(original.charAt(i));
        }
        if (category == PhiCategory.URL) {
            url = true;
        } else if (category == PhiCategory.EMAIL) {
            address = true;
        }
    }

    /** Takes the next character. */
    void step(char c) {
        if ((target | line | tag) != NONE || !TextChars.isAsciiLetter(c) || previous == '<') {
            structure(c);
        }
        run(c);
        escaped = c == '\\' && !escaped;
        beforePrevious = previous;
        previous = c;
    }

    private void structure(char c) {
        tag(c);
        target(c);
        line(c);
        if (c == '\n') {
            lineBlank = true;
        } else if (!TextChars.isSpace(c)) {
            lineBlank = false;
        }
    }

    private void run(char c) {
        if (urlByBackslash) {
            urlByBackslash = false;
            if (numericHost && (c == 'n' || c == 'r' || c == 't')) {
                // White space as JSON writes it, behind a bare address without a scheme: a quoted document, not a path.
                endRun();
                return;
            }
        }
        if (TextChars.isAsciiLetter(c)) {
            word = word << 5 | (c & 31);
            wordLength++;
            letterOfLabel();
            return;
        }
        switch (c) {
            case ' ', '\t', '\n', '\r', '\f', '\u000b' -> endRun();
            case '.' -> {
                if (Schemes.isWww(word, wordLength)) {
                    url = true;
                }
                endWord();
                labelLetters = TextChars.isLetterOrDigit(previous) ? 0 : NO_LABEL;
            }
            case ':' -> {
                if (host || Schemes.isScheme(word, wordLength)) {
                    url = true;
                }
                endWord();
                labelLetters = NO_LABEL;
            }
            case '/' -> {
                if (host || (previous == '/' && beforePrevious == ':')) {
                    url = true;
                }
                endStretch();
            }
            case '?' -> {
                if (host) {
                    url = true;
                }
                endStretch();
            }
            case '#', '\\' -> {
                if (host) {
                    urlByBackslash = c == '\\' && !url;
                    url = true;
                }
                endWord();
                labelLetters = NO_LABEL;
            }
            case '@' -> {
                address = true;
                endWord();
                labelLetters = NO_LABEL;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                if (previous == '.' && TextChars.isDigit(beforePrevious) && ++digitDots == 3) {
                    numericHost = !host;
                    host = true;
                }
                endWord();
                labelLetters = NO_LABEL;
            }
            default -> {
                endWord();
                if (!TextChars.isConnector(c)) {
                    endStretch();
                } else if (c < 128) {
                    labelLetters = NO_LABEL;
                } else {
                    letterOfLabel();
                }
            }
        }
    }

    private void letterOfLabel() {
        if (labelLetters != NO_LABEL && ++labelLetters == 2) {
            numericHost = false;
            host = true;
        }
    }

    private void endWord() {
        word = 0;
        wordLength = 0;
    }

    private void endStretch() {
        endWord();
        host = false;
        numericHost = false;
        address = false;
        labelLetters = NO_LABEL;
        digitDots = 0;
    }

    private void endRun() {
        endStretch();
        url = false;
    }

    private void target(char c) {
        if (c == '(' && previous == ']' && target != TARGET_PAREN) {
            // where an angle destination is given up for it, one more parenthesis must close, because it may be an
            // angle destination yet
            depth = target == NONE || target == TARGET_REFERENCE ? 0 : 1;
            target = TARGET_PAREN;
            targetStart = true;
            return;
        }
        switch (target) {
            case NONE -> {}
            case TARGET_PAREN -> {
                if (c == '\n' && lineBlank) {
                    target = NONE;
                } else if (targetStart && c == '<') {
                    target = TARGET_PAREN_ANGLE;
                } else if (!TextChars.isSpace(c)) {
                    targetStart = false;
                    if (c == '(' && !escaped) {
                        depth++;
                    } else if (c == ')' && !escaped && depth-- == 0) {
                        target = NONE;
                    }
                }
            }
            case TARGET_PAREN_ANGLE -> {
                targetStart = false;
                if ((c == '>' && !escaped) || c == '\n') {
                    target = TARGET_PAREN;
                }
            }
            case TARGET_REFERENCE -> {
                if (targetStart) {
                    if (c == '\n' && lineBlank) {
                        target = NONE;
                    } else if (c == '<') {
                        target = TARGET_REFERENCE_ANGLE;
                    } else if (!TextChars.isSpace(c)) {
                        targetStart = false;
                    }
                } else if (TextChars.isSpace(c)) {
                    target = NONE;
                }
            }
            default -> {
                targetStart = false;
                if ((c == '>' && !escaped) || c == '\n') {
                    target = NONE;
                }
            }
        }
    }

    private void line(char c) {
        switch (line) {
            case NONE -> {
                if (c == '\n') {
                    line = LINE_LEAD;
                }
            }
            case LINE_LEAD -> {
                if (c == '[') {
                    line = LINE_LABEL_START;
                } else if (!isLead(c)) {
                    line = NONE;
                }
            }
            case LINE_LABEL_START -> line = c == '^' ? NONE : c == ']' ? LINE_LABEL_END : LINE_LABEL;
            case LINE_LABEL -> {
                if (c == ']' && !escaped) {
                    line = LINE_LABEL_END;
                } else if (c == '\n' && lineBlank) {
                    line = LINE_LEAD;
                }
            }
            default -> {
                line = NONE;
                if (c == ':') {
                    target = TARGET_REFERENCE;
                    targetStart = true;
                } else if (c == '\n') {
                    line = LINE_LEAD;
                }
            }
        }
    }

    private static boolean isLead(char c) {
        return switch (c) {
            case ' ', '\t', '\r', '\n', '>', '-', '*', '+', '.', ')' -> true;
            default -> TextChars.isDigit(c);
        };
    }

    private void tag(char c) {
        boolean opens = previous == '<' && (TextChars.isAsciiLetter(c) || c == '/' || c == '!' || c == '?');
        switch (tag) {
            case NONE -> {
                if (opens) {
                    tag = TAG_NAMES;
                    tagEquals = false;
                    tagLine = true;
                }
            }
            case TAG_NAMES -> {
                if (opens) {
                    tagLine = true;
                } else if (c == '>') {
                    tag = NONE;
                } else if (c == '=') {
                    tag = TAG_AFTER_EQUALS;
                    tagEquals = true;
                } else if (c == '\n') {
                    tagLine = false;
                }
            }
            case TAG_AFTER_EQUALS -> {
                switch (c) {
                    case '"' -> tag = TAG_DOUBLE;
                    case '\'' -> tag = TAG_SINGLE;
                    case '>' -> tag = NONE;
                    default -> {
                        if (!TextChars.isSpace(c)) {
                            tag = TAG_UNQUOTED;
                        }
                    }
                }
            }
            case TAG_UNQUOTED -> {
                if (c == '>') {
                    tag = NONE;
                } else if (TextChars.isSpace(c)) {
                    tag = TAG_NAMES;
                }
            }
            case TAG_DOUBLE -> {
                if (c == '"') {
                    tag = TAG_NAMES;
                }
            }
            default -> {
                if (c == '\'') {
                    tag = TAG_NAMES;
                }
            }
        }
    }
}
