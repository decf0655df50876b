package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;

/**
 * Whether a value is still in what goes out. Stateless.
 *
 * <p>After NFKC, case folding and removal of all but letters and digits, a value has leaked when the whole of its core or a stretch of
 * it with four letters or three digits was not replaced where it stood, or when the whole value can be read anywhere in the output.
 */
final class LeakRule {
    private static final int LETTERS = 4;
    private static final int DIGITS = 3;
    private static final int READABLE = 6;

    private LeakRule() {}

    /** Whether what was left of a value where it stood tells it. */
    static boolean leftOver(Identifier kind, String value, BitSet replaced) {
        BitSet core = Core.of(kind, value);
        if (!core.intersects(replaced)) {
            return true;
        }
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < value.length(); i++) {
            if (replaced.get(i)) {
                letters = 0;
                digits = 0;
            } else if (core.get(i)) {
                // A ligature or a full-width sign counts as what it stands for.
                String plain = Normalizer.normalize(value.substring(i, i + 1), Normalizer.Form.NFKC);
                for (int j = 0; j < plain.length(); j++) {
                    letters += Character.isLetter(plain.charAt(j)) ? 1 : 0;
                    digits += Character.isDigit(plain.charAt(j)) ? 1 : 0;
                }
                if (letters >= LETTERS || digits >= DIGITS) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the words of a value follow each other in the output and did not do so in the text around the values. */
    static boolean readable(String value, String output, String around) {
        String words = words(value);
        return words.length() - 2 >= READABLE && output.contains(words) && !around.contains(words);
    }

    /** A text in the form in which values are looked for: lower-case words with one space around each. */
    static String words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(plain.length() + 2).append(' ');
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                words.append(c);
            } else if (Character.getType(c) != Character.FORMAT && words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        return words.charAt(words.length() - 1) == ' '
                ? words.toString()
                : words.append(' ').toString();
    }
}
