package dev.anteroom.gateway.wire;

import java.util.random.RandomGenerator;

/** Makes the ids of tool calls that the app sees; the provider's never pass. Thread-safe where its random source is. */
final class ToolCallIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int CHARS = 24;

    private final RandomGenerator random;

    ToolCallIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder("call_");
        for (int i = 0; i < CHARS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
