package dev.anteroom.gateway.cli.redact;

import dev.anteroom.phi.Span;
import java.util.Locale;

/**
 * Where UTF-16 offsets of a text lie for people: code points, lines and columns. Confined to one thread.
 *
 * <p>Asked with growing offsets it walks the text once.
 */
final class Places {

    /**
     * A place in a text. Immutable.
     *
     * @param codePoint from 0
     * @param line from 1
     * @param column in code points, from 1
     */
    record Place(int codePoint, int line, int column) {
        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    private final String text;
    private int at;
    private int codePoint;
    private int line = 1;
    private int column = 1;

    Places(String text) {
        this.text = text;
    }

    Place of(int offset) {
        if (offset < at) {
            at = 0;
            codePoint = 0;
            line = 1;
            column = 1;
        }
        while (at < offset) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            codePoint++;
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return new Place(codePoint, line, column);
    }

    /** Lines and columns of a span, then its code points: {@code 2:5-2:9 (17-21)}. */
    String of(Span span) {
        return range(span.start(), span.end());
    }

    String range(int from, int to) {
        Place start = of(from);
        Place end = of(to);
        return String.format(Locale.ROOT, "%s-%s (%d-%d)", start, end, start.codePoint(), end.codePoint());
    }
}
