package dev.anteroom.phi;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way back of one call: which original every placeholder and every stand-in number of its request stands for.
 * Immutable. It never shows what it holds except through a {@link Restorer}.
 */
public final class Vault {

    private static final String[] NOTHING = new String[0];
    private static final Vault EMPTY = new Builder().build();

    /** Originals by position of the category in {@link PhiCategory#values()}, then by placeholder number less one. */
    private final String[][] originals;

    /** What stays readable of them inside their placeholders, empty where nothing does. */
    private final String[][] kept;

    private final StandIns standIns;
    private final int size;

    private Vault(String[][] originals, String[][] kept, StandIns standIns, int size) {
        this.originals = originals;
        this.kept = kept;
        this.standIns = standIns;
        this.size = size;
    }

    /** Returns the vault of a call in which nothing was replaced. */
    public static Vault empty() {
        return EMPTY;
    }

    /** Returns how many placeholders and stand-in numbers there are. */
    public int size() {
        return size;
    }

    /** Returns a new restorer for one channel of plain text or Markdown. */
    public Restorer textRestorer(RestorePolicy policy) {
        return new Restorer(this, policy, false);
    }

    /** Returns a new restorer for one channel that is a JSON document, such as the arguments of a tool call. */
    public Restorer jsonRestorer(RestorePolicy policy) {
        return new Restorer(this, policy, true);
    }

    /** Returns the original of a placeholder, or null where the call has no such placeholder. */
    @Nullable
    String original(int category, int number) {
        String[] row = originals[category];
        return number >= 1 && number <= row.length ? row[number - 1] : null;
    }

    /** Returns the original of a placeholder as it was matched, or null where the call has none that reads so. */
    @Nullable
    String original(PlaceholderMatcher placeholder) {
        String original = original(placeholder.category(), placeholder.number());
        return original == null || placeholder.keeps(kept[placeholder.category()][placeholder.number() - 1])
                ? original
                : null;
    }

    StandIns standIns() {
        return standIns;
    }

    @Override
    public String toString() {
        return "Vault[" + size + "]";
    }

    /** Collects the replacements of one call. Confined to one thread. */
    static final class Builder {

        /** Originals of every category in the order of their numbers, with what stays readable of each. */
        private final EnumMap<PhiCategory, LinkedHashMap<String, Replacement>> replacements =
                new EnumMap<>(PhiCategory.class);

        private record Replacement(String placeholder, String kept) {}

        private final Map<String, String> numbers = new HashMap<>();

        /** Returns the placeholder of an original: {@code [CATEGORY_n]}, numbered within its category from 1 in order of first request. */
        String placeholderFor(PhiCategory category, String original) {
            return placeholderFor(category, original, "");
        }

        /** Returns the placeholder of an original of which some digits stay readable: {@code [CATEGORY_n 2019]}. */
        String placeholderFor(PhiCategory category, String original, String kept) {
            LinkedHashMap<String, Replacement> row = replacements.computeIfAbsent(category, _ -> new LinkedHashMap<>());
            Replacement replacement = row.get(original);
            if (replacement == null) {
                String end = kept.isEmpty() ? "]" : " " + kept + "]";
                replacement = new Replacement("[" + category.name() + "_" + (row.size() + 1) + end, kept);
                row.put(original, replacement);
            }
            return replacement.placeholder;
        }

        /** Notes that a number token was replaced by a random one; the stand-in is plain digits, and belongs to one original only. */
        void number(String standInDigits, String originalToken) {
            if (!StandIns.isDigits(standInDigits)) {
                throw new IllegalArgumentException("a stand-in number must be plain digits");
            }
            String before = numbers.putIfAbsent(standInDigits, originalToken);
            if (before != null && !before.equals(originalToken)) {
                throw new IllegalArgumentException("a stand-in number belongs to two originals");
            }
        }

        Vault build() {
            PhiCategory[] categories = PhiCategory.values();
            String[][] rows = new String[categories.length][];
            String[][] kept = new String[categories.length][];
            int size = numbers.size();
            for (int i = 0; i < rows.length; i++) {
                LinkedHashMap<String, Replacement> row = replacements.get(categories[i]);
                int count = row == null ? 0 : row.size();
                rows[i] = count == 0 ? NOTHING : new String[count];
                kept[i] = count == 0 ? NOTHING : new String[count];
                if (row != null) {
                    int number = 0;
                    for (Map.Entry<String, Replacement> entry : row.entrySet()) {
                        rows[i][number] = entry.getKey();
                        kept[i][number++] = entry.getValue().kept();
                    }
                }
                size += count;
            }
            return new Vault(rows, kept, StandIns.of(numbers), size);
        }

        @Override
        public String toString() {
            return "Vault.Builder";
        }
    }
}
