package dev.anteroom.phi;

/**
 * One position while the structural rules look at it.
 * Confined to one thread.
 */
final class Passage {

    final int position;
    final FoldedText text;
    final Tokens tokens;
    final char[] chars;
    final Profile profile;

    /** Whether there may be tabs in the text. */
    final boolean tabs;

    private final Candidates out;

    Passage(int position, FoldedText text, Tokens tokens, Profile profile, Candidates out) {
        this.position = position;
        this.text = text;
        this.tokens = tokens;
        this.chars = text.array();
        this.profile = profile;
        this.tabs = text.mayHold('\t');
        this.out = out;
    }

    /** Proposes the tokens in {@code [from, to)}. */
    void add(int from, int to, PhiCategory category, String layer, float score) {
        if (from < to) {
            out.add(position, tokens.start(from), tokens.end(to - 1), category, layer, score);
        }
    }

    /** Proposes the folded chars in {@code [start, end)}. */
    void addChars(int start, int end, PhiCategory category, String layer, float score) {
        if (start < end) {
            out.add(position, start, end, category, layer, score);
        }
    }

    boolean strict() {
        return profile == Profile.STRICT;
    }
}
