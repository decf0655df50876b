package dev.anteroom.guardrails;

import java.util.Random;

/** Random text of the pieces that make cutting hard. */
final class RandomText {

    private static final String[] PIECES = {
        "Take", "take", "Dr", "mg", "5", "2.5", "b.i.d", "[NAME_1]", "not", "Do", "aspirin", "e.g", "U.S", "D", "(x",
                "y)",
        "\"", "“", "”", "'", "Doctor:", "[doctor]", "- ", "• ", "1. ", "# ", "No", "etc", "\u00e9t\u00e9",
                "\ud83d\ude00", "*", "…"
    };
    private static final String[] GAPS = {
        " ", " ", " ", " ", ". ", ". ", ".", "? ", "! ", "\n", "\n", "\n\n", "\r\n", ", ", ": ", "; ", "...", "\u00a0",
        "\t", ".\n", ":\n"
    };

    private RandomText() {}

    static String of(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(GAPS[random.nextInt(GAPS.length)]);
        }
        return text.toString();
    }
}
