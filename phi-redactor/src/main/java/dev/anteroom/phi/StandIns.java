package dev.anteroom.phi;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stand-in numbers of one call with the number tokens that they replaced, looked up without creating a String.
 * Immutable.
 */
final class StandIns {

    private static final StandIns NONE = new StandIns(new String[0], new String[0]);

    /** In ascending order. */
    private final String[] standIns;

    private final String[] originals;

    private StandIns(String[] standIns, String[] originals) {
        this.standIns = standIns;
        this.originals = originals;
    }

    static StandIns of(Map<String, String> numbers) {
        if (numbers.isEmpty()) {
            return NONE;
        }
        String[] standIns = numbers.keySet().toArray(String[]::new);
        Arrays.sort(standIns);
        return new StandIns(standIns, Arrays.stream(standIns).map(numbers::get).toArray(String[]::new));
    }

    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!TextChars.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    boolean isEmpty() {
        return standIns.length == 0;
    }

    /** Returns whether the digits in {@code [from, to)} begin a stand-in or are one. */
    boolean begins(char[] text, int from, int to) {
        int at = firstNotBelow(text, from, to);
        return at < standIns.length && compare(standIns[at], text, from, to) == 0;
    }

    /** Returns the number token that the digits in {@code [from, to)} stand for, or null. */
    @Nullable
    String original(char[] text, int from, int to) {
        int at = firstNotBelow(text, from, to);
        return at < standIns.length && standIns[at].length() == to - from && compare(standIns[at], text, from, to) == 0
                ? originals[at]
                : null;
    }

    private int firstNotBelow(char[] text, int from, int to) {
        int low = 0;
        int high = standIns.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(standIns[middle], text, from, to) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Compares as strings are compared, except that a stand-in counts as equal to its own beginning. */
    private static int compare(String standIn, char[] text, int from, int to) {
        int shared = Math.min(standIn.length(), to - from);
        for (int i = 0; i < shared; i++) {
            int difference = standIn.charAt(i) - text[from + i];
            if (difference != 0) {
                return difference;
            }
        }
        return standIn.length() < to - from ? -1 : 0;
    }
}
