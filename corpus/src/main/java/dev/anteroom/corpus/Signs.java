package dev.anteroom.corpus;

import java.util.Random;

/** Random digits and letters. Confined to one thread. */
final class Signs {
    static final String HEX = "0123456789abcdef";
    private static final String DIGITS = "0123456789";
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final Random random;

    Signs(Random random) {
        this.random = random;
    }

    String digits(int count) {
        return some(DIGITS, count);
    }

    String letters(int count) {
        return some(UPPER, count);
    }

    String nonZero() {
        return Integer.toString(1 + random.nextInt(9));
    }

    String some(String alphabet, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
