package dev.anteroom.phi;

import java.util.List;

/**
 * All positions of a call as detectors see them: folded and cut into tokens.
 * Immutable.
 */
public final class Document {

    private final List<Position> positions;
    private final FoldedText[] texts;
    private final Tokens[] tokens;

    private Document(List<Position> positions, FoldedText[] texts, Tokens[] tokens) {
        this.positions = positions;
        this.texts = texts;
        this.tokens = tokens;
    }

    static Document of(List<Position> positions) {
        FoldedText[] texts = new FoldedText[positions.size()];
        Tokens[] tokens = new Tokens[positions.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = FoldedText.of(positions.get(i).text());
            tokens[i] = Tokens.of(texts[i]);
        }
        return new Document(positions, texts, tokens);
    }

    /** Returns the number of positions. */
    public int size() {
        return texts.length;
    }

    /** Returns a position as it came. */
    public Position position(int index) {
        return positions.get(index);
    }

    /** Returns the folded text of a position. */
    public FoldedText text(int index) {
        return texts[index];
    }

    /** Returns the tokens of a position's folded text. */
    public Tokens tokens(int index) {
        return tokens[index];
    }

    @Override
    public String toString() {
        return "Document[" + texts.length + "]";
    }
}
