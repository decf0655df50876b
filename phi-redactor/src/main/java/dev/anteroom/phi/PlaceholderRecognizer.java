package dev.anteroom.phi;

/** Finds text that reads like one of our placeholders, so that a copy of it in the answer restores to itself. Stateless. */
final class PlaceholderRecognizer {

    static final String LAYER = "placeholder";
    private static final int MOST_TOKENS = 16;

    private PlaceholderRecognizer() {}

    /** Returns the token after the bracketed word and number that begin at an opening bracket, having proposed them, or -1. */
    static int recognize(Passage p, int i) {
        Tokens t = p.tokens;
        if (!t.upperFirst(i + 1)) {
            return -1;
        }
        int at = i + 1;
        while (at - i < MOST_TOKENS && (t.allCapitals(at) || t.mark(at, '_'))) {
            at++;
        }
        if (!t.mark(at - 1, '_') || !t.number(at)) {
            return -1;
        }
        int end = t.number(at + 1) && !t.lineBefore(at + 1) ? at + 2 : at + 1;
        if (!t.mark(end, ']')) {
            return -1;
        }
        p.add(i, end + 1, PhiCategory.ID, LAYER, 1f);
        return end + 1;
    }
}
