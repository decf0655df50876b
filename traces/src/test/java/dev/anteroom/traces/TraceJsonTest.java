package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
            TraceRecord record = record(i % 5);
            byte[] text = TraceJson.text(record).getBytes(StandardCharsets.UTF_8);
            assertEquals(record, TraceJson.parse(text), () -> "anteroom.seed=" + SEED);
            int length = payload.encode(record);
            assertEquals(
                    record, TraceJson.parse(Arrays.copyOf(payload.bytes(), length)), () -> "anteroom.seed=" + SEED);
        }
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
            assertThrows(IOException.class, () -> TraceJson.parse(bad.getBytes(StandardCharsets.UTF_8)), bad);
        }
    }

    private TraceRecord record(int kind) {
        return switch (kind) {
            case 4 -> new Original(Fixtures.IDS.next(), time(), random.nextLong(), string());
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
                        random.nextBoolean(),
                        string(),
                        string(),
                        list(() -> new RedactionSpan(
                                string(), random.nextInt(), random.nextInt(), string(), string(), real())),
                        list(this::string),
                        list(() -> new Candidate(string(), random.nextBoolean(), string())),
                        list(this::string));
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
                                -1)),
                        string(),
                        list(() -> new Finding(string(), string(), string())),
                        string(),
                        random.nextLong(),
                        random.nextLong(),
                        list(() -> new StageTiming(string(), random.nextLong())),
                        random.nextInt(),
                        random.nextBoolean());
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
        return new CallContext(string(), string(), string(), string(), string());
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
