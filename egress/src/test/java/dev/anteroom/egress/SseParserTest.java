package dev.anteroom.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static final String STREAM =
            "\uFEFFdata: {\"a\":\"é😀\"}\n\n: comment\n\nevent: ping\ndata:one\ndata: two\r\n\r\n"
                    + "id: 7\rretry: 5\rdata: three\r\rdata\n\ndatax: no\n\ndata: [DONE]\n\ndata: cut off";
    private static final List<String> EVENTS = List.of("{\"a\":\"é😀\"}", "one\ntwo", "three", "[DONE]");

    private static List<String> parse(byte[] bytes, int... cuts) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(1 << 16, events::add);
        int from = 0;
        for (int cut : cuts) {
            assertTrue(parser.feed(bytes, from, cut - from));
            from = cut;
        }
        assertTrue(parser.feed(bytes, from, bytes.length - from));
        return events;
    }

    @Test
    void feed_cutAtEveryByte_sameEvents() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        assertEquals(EVENTS, parse(bytes));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(EVENTS, parse(bytes, cut), "cut at " + cut);
        }
    }

    @Test
    void feed_cutAtRandom_sameEvents() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        RandomGenerator random = new java.util.Random(20261101);
        for (int round = 0; round < 500; round++) {
            int[] cuts = random.ints(5, 0, bytes.length).sorted().toArray();
            assertEquals(EVENTS, parse(bytes, cuts));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", "data", ": ", "x"})
    void feed_lineWithoutEnd_stopsAtTheLimit(String beginning) {
        SseParser parser = new SseParser(1000, event -> {});
        byte[] begin = beginning.getBytes(StandardCharsets.UTF_8);
        assertTrue(parser.feed(begin, 0, begin.length));
        assertFalse(parser.feed(new byte[2000], 0, 2000));
    }

    @Test
    void feed_eventOfManyLines_stopsAtTheLimit() {
        SseParser parser = new SseParser(1000, event -> {});
        byte[] line = "data: 0123456789\n".getBytes(StandardCharsets.UTF_8);
        boolean accepted = true;
        for (int i = 0; i < 200 && accepted; i++) {
            accepted = parser.feed(line, 0, line.length);
        }
        assertFalse(accepted);
    }
}
