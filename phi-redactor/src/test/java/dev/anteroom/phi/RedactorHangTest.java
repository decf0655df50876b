package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A megabyte of any fragment must not hang; the time limit is a guard against quadratic work, not a measurement. */
class RedactorHangTest {

    private static final int SIZE = 1 << 20;

    private static final List<String> FRAGMENTS = List.of(
            "1-",
            "a.",
            "@",
            "[",
            "Dr. ",
            "MRN ",
            "9",
            " ",
            "a@",
            "1.",
            "a-",
            "(",
            "http://",
            "J. ",
            "John ",
            "Smith, ",
            "St. ",
            "Patient: ",
            "name,",
            "|",
            "name|mrn|\n",
            "1/",
            "123 ",
            "12-34-",
            "A1",
            "%41",
            "&#65;",
            "TVJO",
            "Hospital ",
            "March 3 ",
            "at ",
            "a dot ",
            "[A_",
            "John MD ",
            "12 A B C D ",
            "+1",
            "IL ",
            "\t",
            "::",
            "ab:",
            "****-",
            "\uD83D\uDE00",
            "\u0301",
            "O'",
            "John-",
            "de la ",
            "MRN 12345, ",
            "a,b\n",
            "John Smith 123-45-6789 ");

    @Test
    void redact_megabyteOfOneFragment_ends() {
        KnownValues known = KnownValues.builder()
                .add(PhiCategory.NAME, "John Q Smith")
                .add(PhiCategory.DATE, "2024-03-03")
                .build();
        for (Profile profile : Profile.values()) {
            Redactor redactor = Redactor.create(profile, SiteKnowledge.none());
            for (String fragment : FRAGMENTS) {
                if (profile == Profile.STRICT && fragment.chars().noneMatch(Character::isDigit)) {
                    continue;
                }
                List<Position> call = List.of(Position.text("$", fragment.repeat(SIZE / fragment.length())));
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> redactor.redact(call, known, new Random(1)), fragment);
            }
        }
    }

    @Test
    void redact_megabyteOfDistinctIdentifiers_ends() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(3);
        while (text.length() < SIZE) {
            text.append("MRN: 123").append(100_000 + random.nextInt(899_999)).append(" Dr. Ab");
            for (int i = 0; i < 4; i++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append(". ");
        }
        Redactor redactor = Redactor.create(Profile.STRICT, SiteKnowledge.none());
        Redaction redaction = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> redactor.redact(List.of(Position.text("$", text.toString())), KnownValues.none(), new Random(1)));
        assertTrue(redaction.spans().size() > 50_000);
    }
}
