package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class TraceJsonTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private final Random random = new Random(SEED);

    @Test
    void parse_whatWriteWroteOfRandomRecords_equalsThem() throws IOException {
        PayloadBuffer payload = new PayloadBuffer();
        for (int i = 0; i < 3000; i++) {
            WrittenRecord record = record(i % 5);
            payload.encode(record);
            int bodyAt = payload.decisionBytes();
            byte[] decision = Arrays.copyOf(payload.bytes(), bodyAt);
            byte[] body = Arrays.copyOfRange(payload.bytes(), bodyAt, bodyAt + payload.bodyBytes());
            assertEquals(record, TraceJson.parse(decision, TraceJson.parseBody(body)), () -> "anteroom.seed=" + SEED);
            String text = kept(record);
            assertEquals(text.isEmpty() ? 0 : Frame.SALT_BYTES, Math.min(body.length, Frame.SALT_BYTES));
        }
    }

    @Test
    void encode_textOfTheCall_isInTheBodyOnly() throws IOException {
        PayloadBuffer payload = new PayloadBuffer();
        String canary = "CANARY-41c9";
        for (WrittenRecord record : List.of(
                new Original(Fixtures.IDS.next(), Instant.EPOCH, 7, BodyText.of(canary)),
                Fixtures.intent(canary),
                Fixtures.outcome(Fixtures.IDS.next(), canary))) {
            payload.encode(record);
            String whole = new String(payload.bytes(), StandardCharsets.ISO_8859_1);
            assertTrue(whole.indexOf(canary) > payload.decisionBytes(), record::toString);
        }
    }

    @Test
    void text_bodyShredded_saysNullAndNotEmpty() {
        Original gone = new Original(
                "01890a5d-ac96-774b-bcce-b302099a8057",
                Instant.EPOCH,
                7,
                new BodyText.Shredded(new Shredding(Instant.EPOCH, Access.RETENTION)));
        assertEquals(
                "{\"record\":\"original\",\"trace_id\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
                        + "\"time\":\"1970-01-01T00:00:00Z\",\"seed\":7,\"request\":null,"
                        + "\"shredded\":{\"at\":\"1970-01-01T00:00:00Z\",\"by\":\"retention\"}}",
                TraceJson.text(gone));
        assertThrows(IllegalArgumentException.class, () -> new PayloadBuffer().encode(gone));
    }

    private static String kept(WrittenRecord record) {
        return switch (record) {
            case Original original -> text(original.request());
            case Intent intent -> text(intent.redactedRequest());
            case Outcome outcome -> text(outcome.redactedAnswer());
            case Refusal _, Interrupted _, Access _ -> "";
        };
    }

    private static String text(BodyText body) {
        return body instanceof BodyText.Kept kept ? kept.text() : "";
    }

    @Test
    void text_interrupted_isCanonical() {
        Interrupted record = new Interrupted("01890a5d-ac96-774b-bcce-b302099a8057", Instant.EPOCH, "x");
        assertEquals(
                "{\"record\":\"interrupted\",\"trace_id\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
                        + "\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"x\"}",
                TraceJson.text(record));
    }

    @Test
    void parse_fieldsInAnotherOrderOrMissingOrMore_isRefused() {
        for (String bad : List.of(
                "",
                "{}",
                "{\"trace_id\":\"a\",\"record\":\"interrupted\",\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"x\"}",
                "{\"record\":\"interrupted\",\"trace_id\":\"a\",\"time\":\"1970-01-01T00:00:00Z\"}",
                "{\"record\":\"interrupted\",\"trace_id\":\"a\",\"time\":\"now\",\"reason\":\"x\"}",
                "{\"record\":\"other\",\"trace_id\":\"a\",\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"x\"}",
                "{\"record\":\"interrupted\",\"trace_id\":\"a\",\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"x\"}{}",
                "{\"record\":\"interrupted\",\"trace_id\":\"a\",\"time\":\"1970-01-01T00:00:00Z\",\"reason\":\"x\",\"y\":1}")) {
            byte[] salted = (" ".repeat(Frame.SALT_BYTES) + bad).getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> TraceJson.parse(salted, BodyText.of("")), bad);
        }
    }

    @Test
    void parseBody_anythingButOneText_isRefused() {
        for (String bad : List.of(
                "{}",
                "\"x\"",
                "{\"request\":null}",
                "{\"request\":\"a\",\"request\":\"b\"}",
                "{\"text\":\"a\"}",
                "{\"request\":\"a\"} {}")) {
            byte[] salted = (" ".repeat(Frame.SALT_BYTES) + bad).getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> TraceJson.parseBody(salted), bad);
        }
    }

    private WrittenRecord record(int kind) {
        return switch (kind) {
            case 4 -> new Original(Fixtures.IDS.next(), time(), random.nextLong(), BodyText.of(string()));
            case 0 ->
                new Intent(
                        Fixtures.IDS.next(),
                        string(),
                        time(),
                        caller(),
                        context(),
                        string(),
                        string(),
                        string(),
                        string(),
                        string(),
                        list(() -> new ModelDigest(string(), string())),
                        string(),
                        random.nextBoolean(),
                        string(),
                        string(),
                        BodyText.of(string()),
                        list(() -> new RedactionSpan(
                                string(), random.nextInt(), random.nextInt(), string(), string(), real(), string())),
                        list(this::string),
                        list(() -> new Candidate(
                                string(),
                                random.nextBoolean(),
                                string(),
                                list(() -> new Candidate.Filter(string(), random.nextBoolean())))),
                        list(this::string),
                        string());
            case 1 ->
                new Outcome(
                        Fixtures.IDS.next(),
                        time(),
                        random.nextInt(),
                        string(),
                        string(),
                        list(() -> new Attempt(
                                string(),
                                string(),
                                string(),
                                string(),
                                random.nextInt(),
                                string(),
                                random.nextLong(),
                                random.nextLong(),
                                -1,
                                list(() -> new Parameter(string(), string())),
                                random.nextLong(),
                                random.nextLong(),
                                random.nextLong(),
                                string())),
                        BodyText.of(string()),
                        string(),
                        list(() -> new Finding(string(), string(), string())),
                        string(),
                        random.nextLong(),
                        random.nextLong(),
                        list(() -> new StageTiming(string(), random.nextLong())),
                        random.nextInt(),
                        random.nextBoolean(),
                        random.nextInt());
            case 2 ->
                new Refusal(
                        Fixtures.IDS.next(),
                        string(),
                        time(),
                        caller(),
                        context(),
                        string(),
                        random.nextInt(),
                        string(),
                        string(),
                        string(),
                        string());
            default -> new Interrupted(Fixtures.IDS.next(), time(), string());
        };
    }

    private Caller caller() {
        return new Caller(string(), string(), string(), string(), string());
    }

    private CallContext context() {
        return new CallContext(string(), string(), string(), string(), string(), string(), string());
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 36), random.nextInt(1_000_000_000));
    }

    private double real() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextInt(3);
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    /** Any UTF-16 units: controls, quotes, surrogates paired and alone. */
    private String string() {
        int length = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(20);
        int range = switch (random.nextInt(3)) {
            case 0 -> 0x80;
            case 1 -> 0x800;
            default -> 0x10000;
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(range));
        }
        return text.toString();
    }
}
