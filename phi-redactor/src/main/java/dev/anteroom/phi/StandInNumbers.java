package dev.anteroom.phi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Draws the numbers that stand for numeric identifiers in one call: as long as the original, absent from the call.
 * Confined to one thread.
 */
final class StandInNumbers {

    /** Shorter stand-ins could be numbers that an answer uses for something else. */
    private static final int FEWEST_DIGITS = 5;

    private static final int TRIES = 64;

    private final Document document;
    private final RandomGenerator random;
    private final Map<String, String> byOriginal = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    StandInNumbers(Document document, RandomGenerator random) {
        this.document = document;
        this.random = random;
    }

    /** Returns the token that replaces a number token, noting the way back. */
    String replace(String token, Vault.Builder vault) {
        boolean negative = token.startsWith("-");
        String original = negative ? token.substring(1) : token;
        String standIn = byOriginal.get(original);
        if (standIn == null) {
            standIn = draw(Math.max(original.length(), FEWEST_DIGITS));
            byOriginal.put(original, standIn);
            vault.number(standIn, original);
        }
        return negative ? "-" + standIn : standIn;
    }

    private String draw(int length) {
        if (taken.isEmpty()) {
            collect();
        }
        int digits = length;
        int tries = 0;
        while (true) {
            StringBuilder drawn = new StringBuilder(digits);
            drawn.append((char) ('1' + random.nextInt(9)));
            while (drawn.length() < digits) {
                drawn.append((char) ('0' + random.nextInt(10)));
            }
            String standIn = drawn.toString();
            if (taken.add(standIn)) {
                return standIn;
            }
            if (++tries % TRIES == 0) {
                digits++;
            }
        }
    }

    private void collect() {
        taken.add("");
        for (int position = 0; position < document.size(); position++) {
            Tokens t = document.tokens(position);
            for (int i = 0; i < t.count(); i++) {
                if (t.number(i) && t.length(i) >= FEWEST_DIGITS) {
                    taken.add(document.text(position)
                            .subSequence(t.start(i), t.end(i))
                            .toString());
                }
            }
        }
    }
}
