package dev.anteroom.guardrails;

/** What quotations and brackets are open in a paragraph. Confined to one thread. */
final class Openings {

    private int brackets;
    private int quotes;
    private boolean straight;
    private boolean single;

    void reset() {
        brackets = 0;
        quotes = 0;
        straight = false;
        single = false;
    }

    boolean isOpen() {
        return brackets > 0 || quotes > 0 || straight || single;
    }

    void read(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '(', '[' -> brackets++;
                case ')', ']' -> brackets = Math.max(0, brackets - 1);
                case '\u201c', '\u00ab' -> quotes++;
                case '\u201d', '\u00bb' -> quotes = Math.max(0, quotes - 1);
                case '"' -> {
                    boolean inches = !straight && i > start && Character.isDigit(text.charAt(i - 1));
                    straight = !inches && !straight;
                }
                case '\'', '\u2018', '\u2019' -> {
                    boolean spaceBefore = i == start || !Chars.isWordPart(text.charAt(i - 1));
                    boolean wordAfter = i + 1 < end && Character.isLetterOrDigit(text.charAt(i + 1));
                    if (spaceBefore && wordAfter) {
                        single = true;
                    } else if (!wordAfter) {
                        single = false;
                    }
                }
                default -> {}
            }
        }
    }
}
