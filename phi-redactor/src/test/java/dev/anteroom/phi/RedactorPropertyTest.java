package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Properties over random calls; {@code -Danteroom.seed=N} replays one. */
class RedactorPropertyTest {

    private static final int CALLS = 400;

    private static final String[] PIECES = {
        "MRN: %d%d%d%d%d%d",
        "Dr. %N",
        "Patient: %N %N",
        "SSN %d%d%d-%d%d-%d%d%d%d",
        "on %d/1%d/202%d",
        "call (3%d%d) 555-01%d%d",
        "%N %N, MD",
        "metformin 500 mg",
        "BP 120/80",
        "the patient denies pain.",
        "\uD83D\uDE00",
        "e\u0301",
        "\u200B",
        "\n",
        "| a | b |",
        "[NAME_%d]",
        "%n",
        "seen at %N General Hospital",
        "lives in %N",
        "\u00E9\u00DF\uFB01",
        "\uD800",
        "x%d",
        "9%d-year-old",
        "%d%d%d%d%d%d%d%d",
        "a.b%d@c.org",
        "\t",
        "\"mrn\": \"A%d%d%d%d\"",
        "{",
        "}",
        "%%41",
        "March %d, 2024",
        "Akron, OH 44%d%d%d",
        "[DATE_%d 2%d24]",
        "12 %N Street"
    };

    private static long seed() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        return seed;
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            name.append("bdfgklmnprstvz".charAt(random.nextInt(14))).append("aeiou".charAt(random.nextInt(5)));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "q";
    }

    private static String randomText(Random random) {
        return randomText(random, random.nextInt(12));
    }

    private static String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            String piece = PIECES[random.nextInt(PIECES.length)];
            for (int at = 0; at < piece.length(); at++) {
                if (piece.charAt(at) == '%' && at + 1 < piece.length()) {
                    at++;
                    switch (piece.charAt(at)) {
                        case 'd' -> text.append(random.nextInt(10));
                        case 'N' -> text.append(name(random));
                        case 'n' -> text.append(name(random).toLowerCase(Locale.ROOT));
                        default -> text.append(piece.charAt(at));
                    }
                } else {
                    text.append(piece.charAt(at));
                }
            }
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    /** Either profile, with the tagger or the rules alone. */
    private static Redactor redactor(Random random) {
        Profile profile = random.nextBoolean() ? Profile.BALANCED : Profile.STRICT;
        return random.nextBoolean() ? Taggers.redactor(profile) : Redactor.create(profile, SiteKnowledge.none());
    }

    /** The same, or one that keeps years and ZIP codes readable. */
    private static Redactor keepingRedactor(Random random) {
        SiteKnowledge keeps = new SiteKnowledge(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(Profile.BALANCED, Set.of(KeptPart.YEAR, KeptPart.ZIP3)));
        return random.nextBoolean() ? Redactor.create(Profile.BALANCED, keeps) : redactor(random);
    }

    private static List<Position> randomCall(Random random) {
        List<Position> positions = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            positions.add(Position.text("$[" + i + "]", randomText(random)));
        }
        return positions;
    }

    @Test
    void redact_anyCall_spansSortedDisjointAndWrittenExactly() {
        Random random = new Random(seed());
        for (int call = 0; call < CALLS; call++) {
            Redactor redactor = redactor(random);
            List<Position> positions = randomCall(random);
            Redaction redaction = redactor.redact(positions, KnownValues.none(), random);
            assertEquals(redactor.detect(positions, KnownValues.none()), redaction.spans());
            Vault.Builder vault = new Vault.Builder();
            int next = 0;
            for (int i = 0; i < positions.size(); i++) {
                String text = positions.get(i).text();
                StringBuilder expected = new StringBuilder();
                int at = 0;
                while (next < redaction.spans().size()
                        && redaction.spans().get(next).position() == i) {
                    Span span = redaction.spans().get(next++);
                    assertTrue(span.start() >= at && span.end() > span.start() && span.end() <= text.length());
                    assertFalse(splitsPair(text, span.start()) || splitsPair(text, span.end()));
                    expected.append(text, at, span.start());
                    expected.append(vault.placeholderFor(span.category(), text.substring(span.start(), span.end())));
                    at = span.end();
                }
                assertEquals(
                        expected.append(text.substring(at)).toString(),
                        redaction.text(i).value());
            }
            assertEquals(redaction.spans().size(), next);
        }
    }

    private static boolean splitsPair(String text, int offset) {
        return offset > 0
                && offset < text.length()
                && Character.isHighSurrogate(text.charAt(offset - 1))
                && Character.isLowSurrogate(text.charAt(offset));
    }

    @Test
    void redact_redactedCall_findsOnlyPlaceholders() {
        Random random = new Random(seed());
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        for (int call = 0; call < CALLS; call++) {
            List<Position> first = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                first.add(Position.text("$", randomText(random, 1)));
            }
            Redaction once = redactor.redact(first, KnownValues.none(), random);
            List<Position> again = new ArrayList<>();
            int placeholders = 0;
            for (int i = 0; i < first.size(); i++) {
                again.add(Position.text("$", once.text(i).value()));
            }
            List<Span> spans = redactor.detect(again, KnownValues.none());
            for (Span span : spans) {
                String found = again.get(span.position()).text().substring(span.start(), span.end());
                assertTrue(found.contains("["), () -> "left after the first pass: " + found);
                placeholders++;
            }
            assertTrue(placeholders <= Math.max(once.spans().size(), 0));
        }
    }

    @Test
    void redact_anyCall_secondScanFindsNothing() {
        Random random = new Random(seed());
        for (int call = 0; call < CALLS; call++) {
            Redactor redactor = keepingRedactor(random);
            List<Position> positions = randomCall(random);
            KnownValues known = KnownValues.builder()
                    .add(PhiCategory.NAME, name(random) + " " + name(random))
                    .build();
            Redaction redaction = redactor.redact(positions, known, random);
            for (int i = 0; i < positions.size(); i++) {
                StringBuilder json = new StringBuilder("\"");
                String text = redaction.text(i).value();
                for (int at = 0; at < text.length(); at++) {
                    json.append(String.format("\\u%04x", (int) text.charAt(at)));
                }
                byte[] bytes = json.append('"').toString().getBytes(StandardCharsets.UTF_8);
                assertTrue(
                        redaction.outboundScan().clean(bytes, 0, bytes.length, _ -> false),
                        () -> "the second scan objects to " + text);
            }
        }
    }

    @Test
    void redact_knownNameAnywhere_isGone() {
        Random random = new Random(seed());
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        for (int call = 0; call < CALLS; call++) {
            String name = name(random);
            String disguised = switch (random.nextInt(5)) {
                case 0 -> name.toUpperCase(Locale.ROOT);
                case 1 -> name.toLowerCase(Locale.ROOT);
                case 2 -> name.charAt(0) + "\u200B" + name.substring(1);
                case 3 -> name.replace("a", "a\u0301").replace("e", "\u00E9");
                default -> name.replace("a", "\u0430").replace("o", "\uFF4F");
            };
            String text = randomText(random) + " " + disguised + " " + randomText(random);
            String redacted = MarkedText.redacted(
                    redactor, KnownValues.builder().add(PhiCategory.NAME, name).build(), text);
            FoldedText folded = FoldedText.of(redacted);
            assertFalse(folded.subSequence(0, folded.length())
                    .toString()
                    .toLowerCase(Locale.ROOT)
                    .contains(name.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void redact_thenRestore_isByteExact() {
        Random random = new Random(seed());
        int whole = 0;
        for (int call = 0; call < CALLS; call++) {
            Redactor redactor = keepingRedactor(random);
            List<Position> positions = randomCall(random);
            Redaction redaction = redactor.redact(positions, KnownValues.none(), random);
            for (int i = 0; i < positions.size(); i++) {
                String original = positions.get(i).text();
                String redacted = redaction.text(i).value();
                Restored text = Restored.text(redaction.vault(), redacted);
                // where a placeholder stands in an address or markup it stays, and a finding says so
                if (text.findings().isEmpty()) {
                    whole++;
                    assertEquals(original, text.text());
                }
                Restored json = Restored.json(redaction.vault(), "{\"a\":" + json(redacted) + "}");
                if (json.findings().isEmpty()) {
                    assertEquals(
                            original,
                            unescaped(json.text().substring(6, json.text().length() - 2)));
                }
            }
        }
        assertTrue(whole > CALLS, "restored whole: " + whole);
    }

    @Test
    void redact_anyCall_noNumberThatWasFoundIsLeft() {
        Random random = new Random(seed());
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        for (int call = 0; call < CALLS; call++) {
            List<Position> positions = randomCall(random);
            Redaction redaction = redactor.redact(positions, KnownValues.none(), random);
            for (Span span : redaction.spans()) {
                String found = positions.get(span.position()).text().substring(span.start(), span.end());
                if (found.chars().filter(Character::isDigit).count() >= 6) {
                    for (int i = 0; i < positions.size(); i++) {
                        assertFalse(redaction.text(i).value().contains(found), () -> "left: " + found);
                    }
                }
            }
        }
    }

    @Test
    void redact_valueAmongAnyUnicode_offsetsAreExact() {
        Random random = new Random(seed());
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        KnownValues known =
                KnownValues.builder().add(PhiCategory.NAME, "Quillfeather").build();
        for (int call = 0; call < CALLS; call++) {
            String before = clutter(random) + "\nnote ";
            String name = pick(
                    random, "Quillfeather", "Quillf\u00E9ather", "Quil\u200Blfeather", "\uD835\uDC10uillfeathe\u0301r");
            String text = before + name + " again\n" + clutter(random);
            Span expected = new Span(0, before.length(), before.length() + name.length(), PhiCategory.NAME, "", 0);
            assertTrue(
                    redactor.detect(List.of(Position.text("$", text)), known).stream()
                            .anyMatch(span -> span.start() == expected.start() && span.end() == expected.end()),
                    () -> "not found in " + json(text));
        }
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Any code points, marks that combine, and halves of pairs. */
    private static String clutter(Random random) {
        StringBuilder clutter = new StringBuilder();
        for (int i = random.nextInt(24); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> clutter.append((char) (0x300 + random.nextInt(0x70)));
                case 1 -> clutter.append((char) (0xD800 + random.nextInt(0x800)));
                case 2 -> clutter.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 3 ->
                    clutter.append(
                            pick(random, "\u200B", "\uFB01", "\u00DF", "\u00E6", "&#x41;", "\\u00e6", "<b>", "\r\n"));
                case 4 -> clutter.append((char) random.nextInt(0x250));
                default -> clutter.append((char) random.nextInt(0x10000));
            }
        }
        return clutter.toString();
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return json.append('"').toString();
    }

    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = json.charAt(++i);
            if (escape == 'u') {
                text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                i += 4;
            } else {
                int control = "bfnrt".indexOf(escape);
                text.append(control < 0 ? escape : "\b\f\n\r\t".charAt(control));
            }
        }
        return text.toString();
    }
}
