package dev.anteroom.phi;

import java.util.List;

/** Finds a site's own record numbers by their shapes. Immutable. Thread-safe. */
final class RecordNumberRecognizer {

    private final char[][] patterns;

    RecordNumberRecognizer(List<RecordNumberFormat> formats) {
        patterns =
                formats.stream().map(format -> format.pattern().toCharArray()).toArray(char[][]::new);
    }

    boolean isEmpty() {
        return patterns.length == 0;
    }

    /** Proposes the record number that begins at a token, if one does. */
    void recognize(Passage p, int i) {
        int start = p.tokens.start(i);
        for (char[] pattern : patterns) {
            int end = start + pattern.length;
            if (end <= p.text.length()
                    && fits(pattern, p.chars, start)
                    && !(start > 0 && Character.isLetterOrDigit(p.chars[start - 1]))
                    && !(end < p.text.length() && Character.isLetterOrDigit(p.chars[end]))) {
                p.addChars(start, end, PhiCategory.MRN, "mrn.site", 0.97f);
            }
        }
    }

    private static boolean fits(char[] pattern, char[] chars, int start) {
        for (int i = 0; i < pattern.length; i++) {
            char c = chars[start + i];
            boolean fits = switch (pattern[i]) {
                case '9' -> c >= '0' && c <= '9';
                case 'A' -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                default -> Lexicon.lower(c) == Lexicon.lower(pattern[i]);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
