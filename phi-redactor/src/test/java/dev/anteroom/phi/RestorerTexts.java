package dev.anteroom.phi;

import java.util.SplittableRandom;

/** Random model answers with placeholders among everything that could lure them out. Confined to one thread; replayed from its seed. */
final class RestorerTexts {

    private static final String[] PIECES = {
        "[NAME_1]",
        "[NAME_2]",
        "[NAME_9]",
        "[DATE_1]",
        "[DATE_3]",
        "[DATE_3 2019]",
        "[DATE_3 2018]",
        "[AGE_1]",
        "[URL_1]",
        "[EMAIL_1]",
        "[IP_1]",
        "[ID_1]",
        "[ID_2]",
        "[ID_3]",
        "[ID_4]",
        "[name_1]",
        "\\[NAME\\_1\\]",
        "[NAME\\_2]",
        "[ NAME_1 ]",
        "[NAME_1",
        "[NAME_",
        "[NAME_12",
        "NAME_1]",
        "48213377",
        "482",
        "4821",
        "4",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\t",
        ".",
        ".",
        ",",
        ":",
        ";",
        "!",
        "?",
        "-",
        "_",
        "/",
        "//",
        "://",
        "@",
        "#",
        "=",
        "&",
        "%40",
        "\\",
        "https://",
        "http://h.example/",
        "www.",
        "mailto:",
        "javascript:",
        "data:",
        "h.example",
        "x@h.example",
        ".com",
        "10.1.2.3",
        "evil",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![x](",
        "[x](",
        ")",
        "[x]: ",
        "[^1]: ",
        "<",
        ">",
        "<img src=",
        "<a href=\"",
        "\">",
        "</a>",
        "'",
        "\"",
        "<!--",
        "-->",
        "*",
        "**",
        "`",
        "|",
        "The ",
        "patient ",
        "Dr",
        "é",
        "日本",
        "。",
        "\u200b",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "{",
        "}",
        "\u0000",
        "\u00a0",
        "\r\n",
        "x".repeat(40),
    };

    private final SplittableRandom random;

    RestorerTexts(long seed) {
        random = new SplittableRandom(seed);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 24); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    int[] cuts(String input) {
        return Restored.randomCuts(random, input);
    }

    /** An original of any characters at all. */
    String original() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> text.append('"');
                case 1 -> text.append('\\');
                case 2 -> text.append((char) random.nextInt(0x20));
                case 3 -> text.appendCodePoint(random.nextInt(0x1F600, 0x1F640));
                case 4 -> text.append((char) random.nextInt(0xD800, 0xE000));
                case 5 -> text.append("[NAME_1]");
                case 6 -> text.append((char) random.nextInt(0x80, 0xD800));
                default -> text.append((char) random.nextInt(0x20, 0x7F));
            }
        }
        return text.toString();
    }

    /** A JSON string with the text in it, in one of the many spellings. */
    String jsonString(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int spelling = random.nextInt(12);
            if (c < ' ' || spelling == 0) {
                String hex = Integer.toHexString(c | 0x10000).substring(1);
                out.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(java.util.Locale.ROOT));
            } else if (c == '"' || c == '\\' || (c == '/' && spelling < 5)) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    String jsonDocument() {
        StringBuilder out = new StringBuilder("{");
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            out.append(jsonString(text())).append(random.nextBoolean() ? ":" : " : ");
            switch (random.nextInt(5)) {
                case 0 -> out.append("48213377");
                case 1 -> out.append("[1,482 ,").append(jsonString(text())).append(",[]]");
                case 2 -> out.append("{").append(jsonString(text())).append(":-482.5e1}");
                default -> out.append(jsonString(text()));
            }
            out.append(i > 1 ? "," : "}");
        }
        return out.toString();
    }
}
