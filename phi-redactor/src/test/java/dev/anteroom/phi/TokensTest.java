package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens are found eight characters at a time; here they are found one character at a time. */
class TokensTest {

    private static final int TEXTS = 20_000;
    private static final int MOST_RUNS = 12;
    private static final int LONGEST_RUN = 20;

    /** Of these every run of a text is made: what is next to a letter or a digit in ASCII, and letters, marks and spaces beyond it. */
    private static final List<String> ALPHABETS = List.of(
            "abkyz",
            "ABKYZ",
            "aZ",
            "0189",
            "@[`{/:;|",
            " \t\n\r\u007f",
            "\u00df\u017f\u0434\u0416\u4e2d",
            "\u2192\u00d7");

    private static final List<String> WORDS =
            List.of("patient", "Hospital", "January", "multidisciplinary", "MRN", "st");

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(MOST_RUNS))
                .mapToObj(run -> random.nextInt(4) == 0
                        ? WORDS.get(random.nextInt(WORDS.size()))
                        : run(ALPHABETS.get(random.nextInt(ALPHABETS.size())), random))
                .collect(Collectors.joining());
    }

    private static String run(String alphabet, Random random) {
        return random.ints(1 + random.nextInt(LONGEST_RUN), 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || c == 127 || Character.isWhitespace(c);
    }

    private static Tokens.Kind kind(char c) {
        return Character.isLetter(c) ? Tokens.Kind.WORD : c >= '0' && c <= '9' ? Tokens.Kind.NUMBER : Tokens.Kind.MARK;
    }

    private static void check(FoldedText text, Tokens tokens) {
        int token = 0;
        int at = 0;
        boolean space = true;
        boolean line = true;
        while (at < text.length()) {
            int start = at;
            char c = text.charAt(at++);
            if (isSpace(c)) {
                space = true;
                line |= c == '\n' || c == '\r';
                continue;
            }
            Tokens.Kind kind = kind(c);
            while (kind != Tokens.Kind.MARK
                    && at < text.length()
                    && !isSpace(text.charAt(at))
                    && kind(text.charAt(at)) == kind) {
                at++;
            }
            String word = text.subSequence(start, at).toString();
            assertEquals(start, tokens.start(token));
            assertEquals(at, tokens.end(token));
            assertEquals(kind, tokens.kind(token));
            assertEquals(space, tokens.spaceBefore(token));
            assertEquals(line, tokens.lineBefore(token));
            assertEquals(kind == Tokens.Kind.MARK, tokens.mark(token));
            if (kind == Tokens.Kind.WORD) {
                boolean anyUpper = word.chars().anyMatch(Character::isUpperCase);
                boolean anyLower = word.chars().anyMatch(letter -> !Character.isUpperCase(letter));
                boolean upperFirst = Character.isUpperCase(c);
                assertEquals(Lexicon.find(text.array(), start, at), tokens.wordId(token));
                assertEquals(upperFirst, tokens.upperFirst(token));
                assertEquals(!anyUpper, tokens.lowerCase(token));
                assertEquals(!anyLower, tokens.allCapitals(token));
                assertEquals(upperFirst && (anyLower || word.length() == 1), tokens.capitalised(token));
            }
            token++;
            space = false;
            line = false;
        }
        assertEquals(token, tokens.count());
    }

    @Test
    void of_anyText_areThoseFoundOneCharacterAtATime() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            FoldedText text = FoldedText.of(text(random));
            check(text, Tokens.of(text));
        }
    }

    @Test
    void wordId_wordInEitherCase_isTheSame() {
        for (String word : WORDS) {
            Tokens lower = Tokens.of(FoldedText.of(word.toLowerCase(java.util.Locale.ROOT)));
            Tokens upper = Tokens.of(FoldedText.of(word.toUpperCase(java.util.Locale.ROOT)));
            assertEquals(lower.wordId(0), upper.wordId(0));
            assertEquals(1, Integer.signum(lower.wordId(0)), word);
        }
    }
}
