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

    private final StandIns standIns;
    private final int size;

    private Vault(String[][] originals, StandIns standIns, int size) {
        this.originals = originals;
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

    StandIns standIns() {
        return standIns;
    }

    @Override
    public String toString() {
        return "Vault[" + size + "]";
    }

    /** Collects the replacements of one call. Confined to one thread. */
    static final class Builder {

        private final EnumMap<PhiCategory, LinkedHashMap<String, String>> placeholders =
                new EnumMap<>(PhiCategory.class);
        private final Map<String, String> numbers = new HashMap<>();

        /** Returns the placeholder of an original: {@code [CATEGORY_n]}, numbered within its category from 1 in order of first request. */
        String placeholderFor(PhiCategory category, String original) {
            LinkedHashMap<String, String> row = placeholders.computeIfAbsent(category, _ -> new LinkedHashMap<>());
            String placeholder = row.get(original);
            if (placeholder == null) {
                placeholder = "[" + category.name() + "_" + (row.size() + 1) + "]";
                row.put(original, placeholder);
            }
            return placeholder;
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
            int size = numbers.size();
            for (int i = 0; i < rows.length; i++) {
                LinkedHashMap<String, String> row = placeholders.get(categories[i]);
                rows[i] = row == null ? NOTHING : row.keySet().toArray(String[]::new);
                size += rows[i].length;
            }
            return new Vault(rows, StandIns.of(numbers), size);
        }

        @Override
        public String toString() {
            return "Vault.Builder";
        }
    }
}
