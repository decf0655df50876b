package dev.anteroom.gateway.wire;

/** Splits names that programs use into words, so that detectors can read them: {@code smith_john}, {@code getRecord12345}. */
final class IdentifierWords {
    private IdentifierWords() {}

    static String split(String name) {
        StringBuilder words = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' || c == '-' || c == '.') {
                words.append(' ');
                continue;
            }
            if (i > 0 && isBorder(name.charAt(i - 1), c)) {
                words.append(' ');
            }
            words.append(c);
        }
        return words.toString();
    }

    private static boolean isBorder(char before, char c) {
        boolean camel = Character.isLowerCase(before) && Character.isUpperCase(c);
        boolean digits = Character.isLetter(before) && Character.isDigit(c);
        return camel || digits || (Character.isDigit(before) && Character.isLetter(c));
    }
}
