package dev.anteroom.phi;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The label wordings as a trie over the words of the lexicon. Immutable after class initialisation. */
final class Labels {

    private static final int SLOTS = 1 << 13;
    private static final long[] KEYS = new long[SLOTS];
    private static final int[] CHILDREN = new int[SLOTS];
    private static final @Nullable LabelPhrase[] PHRASES;

    /** What a wording can mean besides, by what it means first: "patient" a number or a name. */
    private static final IdentityHashMap<LabelPhrase, LabelPhrase> SECOND_MEANINGS = new IdentityHashMap<>();

    static {
        List<LabelPhrase> all = LabelPhrase.ALL;
        LabelPhrase[] phrases = new LabelPhrase[SLOTS];
        int nodes = 1;
        for (LabelPhrase phrase : all) {
            int node = 0;
            for (String word : phrase.words()) {
                nodes = grow(node, Lexicon.find(word), nodes);
                node = child(node, Lexicon.find(word));
            }
            put(phrases, node, phrase);
            if (phrase.words().length > 1) {
                nodes = grow(0, Lexicon.find(phrase.joined()), nodes);
                int joined = child(0, Lexicon.find(phrase.joined()));
                if (phrases[joined] == null) {
                    phrases[joined] = phrase;
                }
            }
        }
        PHRASES = phrases;
    }

    private Labels() {}

    private static void put(@Nullable LabelPhrase[] phrases, int node, LabelPhrase phrase) {
        LabelPhrase before = phrases[node];
        if (before == null || phrase.shape() == LabelPhrase.Shape.NOTHING) {
            phrases[node] = phrase;
        } else if (phrase.strength() == LabelPhrase.Strength.STRONG
                && before.strength() != LabelPhrase.Strength.STRONG) {
            phrases[node] = phrase;
            SECOND_MEANINGS.put(phrase, before);
        } else {
            SECOND_MEANINGS.putIfAbsent(before, phrase);
        }
    }

    /** Returns what a label can mean besides, or null. */
    static @Nullable LabelPhrase secondMeaning(LabelPhrase phrase) {
        return SECOND_MEANINGS.get(phrase);
    }

    private static int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 51);
    }

    private static int grow(int node, int word, int nodes) {
        if (child(node, word) != 0) {
            return nodes;
        }
        if (nodes >= SLOTS / 2) {
            throw new IllegalStateException("too many labels");
        }
        long key = (long) node << 32 | word;
        int slot = slot(key);
        while (CHILDREN[slot] != 0) {
            slot = slot + 1 & SLOTS - 1;
        }
        KEYS[slot] = key;
        CHILDREN[slot] = nodes;
        return nodes + 1;
    }

    private static int child(int node, int word) {
        if (word == 0) {
            return 0;
        }
        long key = (long) node << 32 | word;
        int slot = slot(key);
        while (CHILDREN[slot] != 0) {
            if (KEYS[slot] == key) {
                return CHILDREN[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return 0;
    }

    /**
     * Returns the longest label that begins at a token, as {@code index of the phrase's node << 32 | token after it}, or -1. Words may be
     * joined by one of {@code _ - . ' /} without spaces.
     */
    static long longest(Tokens tokens, int token) {
        if (!tokens.is(token, Lexicon.LABEL)) {
            return -1;
        }
        int node = child(0, tokens.wordId(token));
        long best = -1;
        int at = token + 1;
        while (node != 0) {
            if (PHRASES[node] != null) {
                best = (long) node << 32 | at;
            }
            int next = at;
            if (tokens.mark(next) && tokens.attached(next) && isJoint(tokens.first(next))) {
                next++;
            }
            node = child(node, tokens.wordId(next));
            at = next + 1;
        }
        return best;
    }

    private static boolean isJoint(char c) {
        return c == '_' || c == '-' || c == '.' || c == '\'' || c == '/';
    }

    static LabelPhrase phrase(long found) {
        LabelPhrase phrase = PHRASES[(int) (found >>> 32)];
        if (phrase == null) {
            throw new IllegalArgumentException("no label");
        }
        return phrase;
    }

    static int after(long found) {
        return (int) found;
    }

    /**
     * Returns the label that a field name or column head says, or null: the last one that reaches to the name's end, apart from words such as
     * "number". Names are cut at underscores and capitals.
     */
    static @Nullable LabelPhrase ofField(CharSequence name) {
        if (name.isEmpty() || name.length() > 64) {
            return null;
        }
        StringBuilder spaced = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1))) {
                spaced.append(' ');
            }
            spaced.append(Character.isLetterOrDigit(c) ? c : ' ');
        }
        Tokens tokens = Tokens.of(FoldedText.of(spaced.toString()));
        int end = tokens.count();
        LabelPhrase found = null;
        int foundLength = 0;
        while (end > 0) {
            for (int i = 0; i < end; i++) {
                long label = longest(tokens, i);
                if (label >= 0 && after(label) == end && end - i > foundLength) {
                    found = phrase(label);
                    foundLength = end - i;
                }
            }
            if (found != null || !(tokens.is(end - 1, Lexicon.LABEL_SUFFIX) || tokens.number(end - 1))) {
                break;
            }
            end--;
        }
        return found != null && found.shape() != LabelPhrase.Shape.NOTHING ? found : null;
    }

    /** Returns what a position's field label says about its value, or null. Where the label is only "value" or the like, the path helps. */
    static @Nullable LabelPhrase ofPosition(Position position) {
        String label = position.label();
        if (label.isEmpty()) {
            return null;
        }
        LabelPhrase phrase = ofField(label);
        if (phrase != null) {
            return phrase;
        }
        String path = position.path();
        return switch (label) {
            case "value", "text", "line", "display", "reference", "use" ->
                path.contains("dentifier")
                        ? ofField("identifier")
                        : path.contains("telecom")
                                ? ofField("phone")
                                : path.contains("ddress")
                                        ? ofField("address")
                                        : path.contains(".name") ? ofField("name") : null;
            default -> null;
        };
    }
}
