package dev.anteroom.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OpenLoopGeneratorTest {
    private static final Buffer BODY = Buffer.buffer("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
    private static final Buffer STREAM_BODY =
            Buffer.buffer("{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

    @Test
    void run_promptProvider_countsEveryCall() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.echo());
                OpenLoopGenerator generator = new OpenLoopGenerator(2)) {
            LoadResult result = generator.run(plan(provider.uri(), 200, 500, 1000, 32, BODY));
            assertEquals(200, result.count());
            assertEquals(Map.of(), result.errors());
            assertEquals(300, provider.received().size());
            assertEquals(200, result.total().count());
            assertTrue(result.total().p50() > 0
                    && result.total().p50() <= result.total().max());
            assertTrue(result.firstByte().p50() <= result.total().p50());
        }
    }

    /**
     * One call in 50 holds up the only connection for 300 ms. A closed loop would see one slow call in 50; users who arrive at their own
     * pace see that every call that falls due meanwhile waits.
     */
    @Test
    void run_providerStallsPeriodically_waitingShowsInLatency() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Script quick = Script.text("ok");
        Script stalled = quick.after(Duration.ofMillis(300));
        try (ScriptedProvider provider =
                        ScriptedProvider.start(request -> calls.incrementAndGet() % 50 == 0 ? stalled : quick);
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            LoadResult result = generator.run(plan(provider.uri(), 100, 0, 2000, 1, BODY));
            assertEquals(200, result.count());
            // Four stalls of 300 ms put about 30 calls each behind them: far more than the four that were slow
            // themselves.
            assertTrue(
                    result.total().p99() > 250_000, "p99 µs: " + result.total().p99());
            assertTrue(
                    result.total().p90() > 150_000, "p90 µs: " + result.total().p90());
        }
    }

    @Test
    void run_providerNeverAnswers_callsAreCountedWithTheirAge() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.stallBeforeHeaders());
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            LoadResult result = generator.run(plan(provider.uri(), 50, 0, 400, 2, BODY));
            assertEquals(0, result.count());
            assertEquals(Map.of("unanswered", 20L), result.errors());
            assertEquals(1.0, result.errorRate());
            assertTrue(
                    result.total().max() > 400_000, "max µs: " + result.total().max());
        }
    }

    @Test
    void run_failures_areCountedByKind() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Script[] scripts = {
            Script.text("ok"),
            Script.status(503, "{}"),
            Script.closeBeforeHeaders(),
            Script.text("long enough").cutAfterBytes(10)
        };
        try (ScriptedProvider provider =
                        ScriptedProvider.start(request -> scripts[calls.getAndIncrement() % scripts.length]);
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            LoadResult result = generator.run(plan(provider.uri(), 100, 0, 400, 8, BODY));
            assertEquals(10, result.count());
            assertEquals(Map.of("status 503", 10L, "closed", 20L), result.errors());
        }
    }

    @Test
    void run_brokenStreams_areErrors() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Script[] scripts = {
            Script.echo(),
            Script.text("abcdefgh").endWithoutFinish(),
            Script.text("abcdefgh").errorMidStream(1)
        };
        try (ScriptedProvider provider =
                        ScriptedProvider.start(request -> scripts[calls.getAndIncrement() % scripts.length]);
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            LoadResult result = generator.run(plan(provider.uri(), 100, 0, 300, 8, STREAM_BODY));
            assertEquals(10, result.count());
            assertEquals(Map.of("stream without [DONE]", 10L, "error event", 10L), result.errors());
        }
    }

    @Test
    void run_nobodyListens_countsConnectErrors() throws Exception {
        try (UnreachableProvider provider = UnreachableProvider.refusing();
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            LoadResult result = generator.run(plan(provider.uri(), 50, 0, 200, 4, BODY));
            assertEquals(Map.of("connect", 10L), result.errors());
        }
    }

    @Test
    void saturate_promptProvider_keepsEveryConnectionBusy() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.builder()
                        .recording(false)
                        .script(Script.fixed(100))
                        .start();
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            // Long enough for more calls than connections on any machine.
            LoadResult result =
                    generator.saturate(plan(provider.uri(), 1, 100, 3_000, 4, BODY), 8, Duration.ofMillis(500));
            assertEquals(Map.of(), result.errors());
            assertTrue(result.count() > 8, "calls: " + result.count());
            assertTrue(provider.answered() >= result.count());
        }
    }

    @Test
    void loadPlan_otherMachine_refused() {
        for (String target :
                new String[] {"http://192.0.2.1/", "https://127.0.0.1/", "ftp://127.0.0.1/", "http://nohost.invalid/"
                }) {
            URI uri = URI.create(target);
            assertThrows(IllegalArgumentException.class, () -> plan(uri, 1, 0, 1, 1, BODY), target);
        }
    }

    @Test
    void micros_ofThisProcess_grow() throws Exception {
        long pid = ProcessHandle.current().pid();
        long before = ProcessCpu.micros(pid);
        while (ProcessCpu.micros(pid) <= before) {
            for (int i = 0; i < 100_000; i++) {
                Thread.onSpinWait();
            }
        }
        assertTrue(ProcessCpu.microsWithChildren(pid) > before);
        assertTrue(ProcessCpu.residentKib(pid) > 1000);
    }

    private static LoadPlan plan(
            URI provider, double rate, long warmupMillis, long millis, int connections, Buffer body) {
        return new LoadPlan(
                provider.resolve("/v1/chat/completions"),
                rate,
                Duration.ofMillis(warmupMillis),
                Duration.ofMillis(millis),
                () -> body,
                Map.of("authorization", "Bearer k"),
                false,
                connections,
                Duration.ofMillis(connections == 2 ? 300 : 5_000));
    }
}
