package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TimeLimit;
import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenScores;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the trained tagger finds: it reads the folded text that the rules read too, position by position.
 * Thread-safe. What it cannot read to the end it refuses: a fault of the model, a score that is no number, or too long a time is an
 * exception.
 */
final class TaggerLayer implements Detector {

    /** A find of which the tagger is sure, and which no ordinary word is: it is looked for in the whole call. */
    static final String LAYER = "tagger";

    /** A find that counts for its own place alone, so that an error does not spread. */
    static final String HERE = "tagger.here";

    /** Behind the name of a rule: the tagger found it too. */
    static final String TOO = "+tagger";

    static final int CLASSES = 8;

    /** Changed with every change of how scores become spans. */
    private static final String VERSION = "tagger-layer-8";

    /** How likely a token must be an identifier to be replaced, in the balanced and in the strict profile. */
    private static final float BALANCED = 0.28f;

    /** The same in a text without capitals; see docs/phi.md. */
    private static final float BALANCED_SMALL = 0.16f;

    private static final float STRICT = 0.025f;

    /** How likely a word at the end of what a rule found may be at most for the balanced profile to leave it; see docs/phi.md. */
    private static final float BALANCED_LEAVE = 0.003f;

    /** The same for ordinary words in small letters, where the text has capitals or nothing else: names seldom look so. */
    private static final float BALANCED_ORDINARY = 0.9f;

    private static final float STRICT_ORDINARY = 0.7f;

    /** The same for words that no list explains: strictly, what nothing explains is replaced. */
    private static final float STRICT_UNKNOWN = 0.02f;

    /** How sure the tagger must be of a value on average to have it looked for elsewhere. */
    private static final float SURE = 0.9f;

    /** The longest time for a call: what a busy machine may take before it computes, and a hundred times what a character takes. */
    private static final long LEAST_NANOS = 1_000_000_000;

    private static final long NANOS_A_CHARACTER = 20_000;

    /** Characters that are read at once, and how many of those before and after them are read too. */
    private static final int PIECE = 1 << 15;

    private static final int OVERLAP = 512;

    private final TokenScorer scorer;
    private final LongSupplier nanoClock;
    private final TaggedText.Thresholds thresholds;
    private final String version;
    private final ThreadLocal<TaggedText> room;

    TaggerLayer(TokenScorer scorer, LongSupplier nanoClock, Profile profile) {
        this.scorer = scorer;
        this.nanoClock = nanoClock;
        this.thresholds = switch (profile) {
            case BALANCED ->
                new TaggedText.Thresholds(BALANCED, BALANCED_SMALL, BALANCED_ORDINARY, BALANCED, SURE, BALANCED_LEAVE);
            case STRICT -> new TaggedText.Thresholds(STRICT, STRICT, STRICT_ORDINARY, STRICT_UNKNOWN, SURE, 0);
        };
        this.version = VERSION + " " + thresholds + " " + scorer.version();
        this.room = ThreadLocal.withInitial(() -> new TaggedText(thresholds, scorer));
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void detect(Document document, Candidates candidates) {
        int[] lengths = new int[document.size()];
        long characters = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = isRead(document, i) ? document.text(i).length() : 0;
            characters += lengths[i];
        }
        if (characters == 0) {
            return;
        }
        TimeLimit limit = TimeLimit.start(nanoClock, LEAST_NANOS + characters * NANOS_A_CHARACTER);
        TaggedText tagged = room.get();
        @Nullable UnsureEnds rules = thresholds.leave() == 0 ? null : new UnsureEnds(lengths, PIECE, candidates);
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                read(i, document.text(i), tagged, limit, rules, candidates);
            }
        }
        if (rules != null) {
            candidates.removeEmpty();
        }
    }

    /** Reads a text in pieces that overlap by more than a token's scores depend on, so that memory does not grow with the text. */
    private void read(
            int position,
            FoldedText text,
            TaggedText tagged,
            TimeLimit limit,
            @Nullable UnsureEnds rules,
            Candidates candidates) {
        int length = text.length();
        if (length <= PIECE) {
            score(text.array(), length, tagged.scores, limit);
            tagged.read(new TaggedText.Piece(position, text.array(), length, 0, 0, length), rules, candidates);
            return;
        }
        char[] chars = new char[PIECE + 2 * OVERLAP];
        for (int from = 0; from < length; from += PIECE) {
            int first = Math.max(0, from - OVERLAP);
            int last = Math.min(length, from + PIECE + OVERLAP);
            System.arraycopy(text.array(), first, chars, 0, last - first);
            score(chars, last - first, tagged.scores, limit);
            int asked = Math.min(length, from + PIECE) - first;
            tagged.read(
                    new TaggedText.Piece(position, chars, last - first, first, from - first, asked), rules, candidates);
        }
    }

    private void score(char[] chars, int length, TokenScores scores, TimeLimit limit) {
        try {
            scorer.score(chars, length, scores, limit);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw e instanceof ModelException known ? known : new ModelException("the tagger failed", e);
        }
        limit.check();
        if (scores.classes() != CLASSES) {
            throw new ModelException("the tagger gave " + scores.classes() + " classes (expected: " + CLASSES + ")");
        }
    }

    /** A field that is a name by definition needs no guess; a number alone, or a word of a program, has no words around it to guess from. */
    private static boolean isRead(Document document, int position) {
        return document.isAsked(position) && document.position(position).form() == Position.Form.TEXT;
    }

    /** Returns whether a layer is the tagger alone. */
    static boolean isTagger(String layer) {
        return layer.equals(LAYER) || layer.equals(HERE);
    }

    /** Returns the name of a rule with which the tagger agrees. */
    static String agreed(String layer) {
        return isTagger(layer) || layer.endsWith(TOO) || layer.equals(PlaceholderRecognizer.LAYER)
                ? layer
                : layer + TOO;
    }

    @Override
    public String toString() {
        return "TaggerLayer[" + scorer + "]";
    }
}
