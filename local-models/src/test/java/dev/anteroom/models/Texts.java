package dev.anteroom.models;

import java.util.Random;

/** Texts and scores for tests. */
final class Texts {
    static final TimeLimit NONE = TimeLimit.start(() -> 0, Long.MAX_VALUE);

    private static final String[] PIECES = {
        "Okafor",
        "wilhelmina",
        "MRN",
        "00-48213",
        ",",
        " ",
        " ",
        " ",
        "\n",
        "03/14/2024",
        "St.",
        "Brendan's",
        "mg",
        "50",
        "José",
        "(303)",
        "\u200b",
        "pt",
        "was",
        "seen",
        "the",
        "😀",
        "a.b@c.org",
        "-",
        "Жанна",
        "ICU",
        "x"
    };

    private Texts() {}

    static TokenScores scores(TokenScorer tagger, String text) {
        TokenScores scores = new TokenScores();
        tagger.score(text.toCharArray(), text.length(), scores, NONE);
        return scores;
    }

    static double[] probabilities(TokenScores scores, int token) {
        double[] p = new double[scores.classes()];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(scores.score(token, k));
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    /** A made-up text of so many pieces. */
    static String random(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
