package dev.anteroom.models;

import java.util.Arrays;

/**
 * The tokens of one text and the score of each class for each of them, before the softmax. It is written anew for every text and keeps its room.
 * Confined to one thread.
 */
public final class TokenScores {

    /** Kinds of tokens. */
    public static final byte LETTERS = 0;

    public static final byte DIGITS = 1;
    public static final byte SIGN = 3;

    /** What stands before a token. */
    public static final byte NO_SPACE = 0;

    public static final byte SPACE = 1;
    public static final byte LINE_BREAK = 2;
    public static final byte FIRST = 3;

    private static final int FIRST_ROOM = 512;

    /** More tokens than this are given back after a text: 128 Ki of them take some 6 MiB. */
    private static final int KEPT_ROOM = 1 << 17;

    int[] starts = new int[FIRST_ROOM];
    int[] ends = new int[FIRST_ROOM];
    byte[] kinds = new byte[FIRST_ROOM];
    byte[] spaces = new byte[FIRST_ROOM];

    /** See {@link #bins(int)}; written with the scores. */
    char[] bins = new char[FIRST_ROOM];

    float[] scores = new float[FIRST_ROOM];
    private int count;
    private int classes = 1;

    /** Makes an empty one. */
    public TokenScores() {}

    void clear(int newClasses) {
        if (starts.length > KEPT_ROOM) {
            allocate(FIRST_ROOM);
        }
        count = 0;
        classes = newClasses;
    }

    private void allocate(int room) {
        starts = new int[room];
        ends = new int[room];
        kinds = new byte[room];
        spaces = new byte[room];
        bins = new char[room];
        scores = new float[room];
    }

    /** Adds a token without scores and returns its index. */
    int add(int start, int end, byte kind, byte space) {
        if (count == starts.length) {
            int room = count * 2;
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            kinds = Arrays.copyOf(kinds, room);
            spaces = Arrays.copyOf(spaces, room);
            bins = Arrays.copyOf(bins, room);
        }
        starts[count] = start;
        ends[count] = end;
        bins[count] = 0;
        kinds[count] = kind;
        spaces[count] = space;
        return count++;
    }

    void makeRoomForScores() {
        if (scores.length < count * classes) {
            scores = new float[starts.length * classes];
        }
    }

    /** Returns how many tokens there are. */
    public int count() {
        return count;
    }

    /** Returns how many classes each has scores for. */
    public int classes() {
        return classes;
    }

    /** Returns the first UTF-16 unit of a token. */
    public int start(int token) {
        return starts[token];
    }

    /** Returns the unit after the last of a token. */
    public int end(int token) {
        return ends[token];
    }

    /** Returns {@link #LETTERS}, {@link #DIGITS} or {@link #SIGN}. */
    public byte kind(int token) {
        return kinds[token];
    }

    /** Returns {@link #NO_SPACE}, {@link #SPACE}, {@link #LINE_BREAK} or {@link #FIRST}. */
    public byte space(int token) {
        return spaces[token];
    }

    /** Returns what the model's word list says of a word: eight bins of two bits; 0 for what it does not know. */
    public int bins(int token) {
        return bins[token];
    }

    /** Returns the score of a class for a token; only differences between the classes of a token mean something. */
    public float score(int token, int ofClass) {
        return scores[token * classes + ofClass];
    }

    /** Changes a score, for models that stand before or after another one. */
    public void score(int token, int ofClass, float score) {
        scores[token * classes + ofClass] = score;
    }

    @Override
    public String toString() {
        return "TokenScores[" + count + " of " + classes + "]";
    }
}
