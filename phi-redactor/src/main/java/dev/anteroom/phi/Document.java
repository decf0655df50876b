package dev.anteroom.phi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All positions of a call as detectors see them: folded and cut into tokens, each when it is first asked for.
 * Confined to one thread.
 */
public final class Document {

    private final List<Position> positions;

    /** Of the whole call; a part of it begins at {@link #from}. */
    private final @Nullable FoldedText[] texts;

    private final @Nullable Tokens[] tokens;
    private final @Nullable List<EncodedTexts.Encoded>[] encoded;

    /** What the stretches of a position hide that are text in disguise. */
    private final @Nullable Document[] hidden;

    private final int from;
    private final int size;
    private final int askedFrom;
    private final int askedTo;

    private Document(
            List<Position> positions,
            @Nullable FoldedText[] texts,
            @Nullable Tokens[] tokens,
            @Nullable List<EncodedTexts.Encoded>[] encoded,
            @Nullable Document[] hidden,
            int from,
            int size,
            int askedFrom,
            int askedTo) {
        this.positions = positions;
        this.texts = texts;
        this.tokens = tokens;
        this.encoded = encoded;
        this.hidden = hidden;
        this.from = from;
        this.size = size;
        this.askedFrom = askedFrom;
        this.askedTo = askedTo;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Document of(List<Position> positions) {
        int size = positions.size();
        return new Document(
                positions,
                new FoldedText[size],
                new Tokens[size],
                new List[size],
                new Document[size],
                0,
                size,
                0,
                size);
    }

    /** Returns the positions {@code [start, end)} with so many neighbours on either side as a document, which shares what was folded and cut. */
    Document part(int start, int end, int neighbours) {
        if (start == 0 && end == size) {
            return this;
        }
        int first = Math.max(0, start - neighbours);
        int last = Math.min(size, end + neighbours);
        return new Document(
                positions, texts, tokens, encoded, hidden, from + first, last - first, start - first, end - first);
    }

    /** Returns the number of positions. */
    public int size() {
        return size;
    }

    /** Returns whether a position is looked at for its own sake; what is found in the others, which are there as neighbours, is not taken. */
    public boolean isAsked(int index) {
        return index >= askedFrom && index < askedTo;
    }

    /** Returns a position as it came. */
    public Position position(int index) {
        return positions.get(from + index);
    }

    /** Returns the folded text of a position. */
    public FoldedText text(int index) {
        FoldedText text = texts[from + index];
        if (text == null) {
            text = FoldedText.of(position(index).text());
            texts[from + index] = text;
        }
        return text;
    }

    /** Returns the tokens of a position's folded text. */
    public Tokens tokens(int index) {
        Tokens cut = tokens[from + index];
        if (cut == null) {
            cut = Tokens.of(text(index));
            tokens[from + index] = cut;
        }
        return cut;
    }

    /** Returns whether a position was cut into tokens before. */
    boolean isCut(int index) {
        return tokens[from + index] != null;
    }

    /** Returns the stretches of a position that are text in disguise. */
    List<EncodedTexts.Encoded> encoded(int index) {
        List<EncodedTexts.Encoded> found = encoded[from + index];
        if (found == null) {
            found = EncodedTexts.of(position(index), text(index), tokens(index));
            encoded[from + index] = found;
        }
        return found;
    }

    /** Returns what {@link #encoded} stretches hide, a position each. */
    Document hidden(int index) {
        Document inner = hidden[from + index];
        if (inner == null) {
            inner = of(encoded(index).stream()
                    .map(run -> Position.text("", run.text()))
                    .toList());
            hidden[from + index] = inner;
        }
        return inner;
    }

    @Override
    public String toString() {
        return "Document[" + size + "]";
    }
}
