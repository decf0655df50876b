package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Looks at the restored text alone, with rules written apart from those of the restorer: no name may stand where a client would send it. */
class RestorerSafetyTest {

    private static final String[] NAMES = {"Zqxj", "Wyvb"};

    private final Vault vault = vault();

    private static Vault vault() {
        Vault.Builder builder = new Vault.Builder();
        builder.placeholderFor(PhiCategory.NAME, NAMES[0]);
        builder.placeholderFor(PhiCategory.NAME, NAMES[1]);
        builder.placeholderFor(PhiCategory.DATE, "01/02/2024");
        builder.placeholderFor(PhiCategory.AGE, "93");
        builder.placeholderFor(PhiCategory.URL, "https://ward.example/a?b=c");
        builder.placeholderFor(PhiCategory.EMAIL, "ada@ward.example");
        builder.placeholderFor(PhiCategory.IP, "10.9.8.7");
        builder.placeholderFor(PhiCategory.ID, "x](https://h.example/");
        builder.placeholderFor(PhiCategory.ID, "<img src=//h.example/ alt='");
        builder.placeholderFor(PhiCategory.ID, ".h.example");
        builder.placeholderFor(PhiCategory.ID, "evil@");
        return builder.build();
    }

    @RepeatedTest(3_000)
    void append_hostileText_keepsNamesOutOfAddresses(RepetitionInfo repetition) {
        long seed = 20_000L + repetition.getCurrentRepetition();
        String input = new RestorerTexts(seed).text();
        String text = Restored.text(vault, input).text();
        for (String name : NAMES) {
            for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
                check(text, at, at + name.length(), "seed " + seed + ": " + input);
            }
        }
    }

    private static void check(String text, int from, int to, String message) {
        int run = from;
        while (run > 0 && " \t\n\r\f\u000b".indexOf(text.charAt(run - 1)) < 0) {
            run--;
        }
        String before = text.substring(run, from);
        assertFalse(before.contains("://"), message);
        assertFalse(hasWord(before, "www."), message);
        assertFalse(hasWord(before, "mailto:"), message);
        assertFalse(before.contains("h.example/"), message);

        int back = from;
        while (back > 0 && isHostPart(text.charAt(back - 1))) {
            back--;
        }
        assertFalse(back > 0 && text.charAt(back - 1) == '@', message);
        assertFalse(text.substring(back, from).contains(".example"), message);

        int after = to;
        while (after < text.length() && isHostPart(text.charAt(after))) {
            assertFalse(
                    text.charAt(after) == '.'
                            && after + 1 < text.length()
                            && Character.isLetter(text.charAt(after + 1)),
                    message);
            after++;
        }
        assertFalse(text.startsWith("@", after), message);
        assertFalse(text.startsWith("://", after), message);

        int target = text.lastIndexOf("](", from);
        if (target >= 0) {
            String inside = text.substring(target, from);
            assertTrue(inside.contains(")") || inside.contains("\n"), message);
        }
        int tag = text.lastIndexOf('<', from);
        if (tag >= 0 && tag + 1 < from && (Character.isLetter(text.charAt(tag + 1)) || text.charAt(tag + 1) == '/')) {
            String inside = text.substring(tag, from);
            assertTrue(
                    inside.contains(">")
                            || (inside.contains("\n") && !inside.contains("="))
                            || isForeign(text.charAt(tag + 1)),
                    message);
        }
    }

    private static boolean hasWord(String text, String word) {
        int at = text.indexOf(word);
        while (at > 0 && isHostPart(text.charAt(at - 1))) {
            at = text.indexOf(word, at + 1);
        }
        return at >= 0;
    }

    private static boolean isForeign(char c) {
        return c >= 128;
    }

    private static boolean isHostPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
