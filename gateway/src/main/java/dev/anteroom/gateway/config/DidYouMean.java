package dev.anteroom.gateway.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a misspelt word. Stateless. */
final class DidYouMean {
    private static final int LONGEST = 64;

    private DidYouMean() {}

    /** The closest of the candidates, or null where none is close. */
    static @Nullable String closest(String written, Collection<String> candidates) {
        String plain = plain(written);
        if (plain.isEmpty() || plain.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Math.max(1, Math.min(3, plain.length() / 3)) + 1;
        for (String candidate : candidates) {
            int distance = distance(plain, plain(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The list of what is allowed, with the probable one named. */
    static String oneOf(String written, Collection<String> candidates) {
        if (candidates.isEmpty()) {
            return "there is none yet";
        }
        String list = (candidates.size() == 1 ? "" : "one of ") + String.join(", ", candidates);
        String closest = closest(written, candidates);
        return closest == null || candidates.size() == 1 ? list : list + "; did you mean '" + closest + "'?";
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[] twoAbove = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            int[] free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
        }
        return above[b.length()];
    }
}
