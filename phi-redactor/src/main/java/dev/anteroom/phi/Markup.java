package dev.anteroom.phi;

/** Reads the tags of HTML and XML over tokens. Stateless. */
final class Markup {

    private static final int LONGEST_TAG = 24;

    private Markup() {}

    /** Returns the token after the tag that begins at a token, or -1. */
    static int tagEnd(Tokens t, int i) {
        if (!t.mark(i, '<')
                || !t.attached(i + 1)
                || !(t.word(i + 1) || (t.mark(i + 1, '/') && t.attachedWord(i + 2)))) {
            return -1;
        }
        for (int at = i + 2; at < i + LONGEST_TAG && t.has(at); at++) {
            if (t.mark(at, '>')) {
                return at + 1;
            }
            if (t.mark(at, '<')) {
                return -1;
            }
        }
        return -1;
    }
}
