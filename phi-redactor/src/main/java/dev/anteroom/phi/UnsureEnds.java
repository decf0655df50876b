package dev.anteroom.phi;

import java.util.Arrays;
import java.util.Set;

/**
 * What rules found that know where a value stands, and guess by capitals alone how far it goes; by the piece of text in which it begins, so that each
 * is looked at once however many pieces and positions there are. Immutable.
 */
final class UnsureEnds {

    /** Of a name that a label announces. */
    static final String LABEL = LabelPhrase.layer(PhiCategory.NAME);

    private static final Set<String> LAYERS = Set.of(
            NameRecognizer.TITLE, NameRecognizer.GIVEN, NameRecognizer.CREDENTIAL, LABEL, FacilityRecognizer.HEAD);
    private static final int NONE = -1;

    private final int pieceLength;

    /** The first piece of each position. */
    private final int[] pieces;

    /** The last candidate of each piece, and of each candidate the one before it. */
    private final int[] last;

    private final int[] before;

    /**
     * Looks through the candidates once.
     *
     * @param lengths of the text of each position, 0 of those that are not read
     * @param pieceLength characters of a piece
     */
    UnsureEnds(int[] lengths, int pieceLength, Candidates candidates) {
        this.pieceLength = pieceLength;
        this.pieces = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            pieces[i + 1] = pieces[i] + (lengths[i] + pieceLength - 1) / pieceLength;
        }
        this.last = new int[pieces[lengths.length]];
        this.before = new int[candidates.size()];
        Arrays.fill(last, NONE);
        for (int i = 0; i < candidates.size(); i++) {
            int position = candidates.position(i);
            if (lengths[position] > 0 && LAYERS.contains(candidates.layer(i))) {
                int piece = piece(position, candidates.start(i));
                before[i] = last[piece];
                last[piece] = i;
            }
        }
    }

    private int piece(int position, int offset) {
        return pieces[position] + offset / pieceLength;
    }

    /** Returns the last candidate that begins in the piece at an offset of a position, less than zero where there is none. */
    int last(int position, int offset) {
        return last[piece(position, offset)];
    }

    /** Returns the one before it in the same piece, less than zero where there is none. */
    int before(int candidate) {
        return before[candidate];
    }

    @Override
    public String toString() {
        return "UnsureEnds[" + last.length + "]";
    }
}
