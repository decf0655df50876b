package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Interrupted;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.LogReport;
import dev.anteroom.traces.LogTrust;
import dev.anteroom.traces.LogVerifier;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Query;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again over the same records. */
class KillTest {
    private static final int ROUNDS = Boolean.getBoolean("anteroom.full") ? 100 : 5;
    private static final int CALLERS = 8;
    private static final int MOST_WHOLE_CALLS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the apps saw of a call, by its trace id. */
    private enum Seen {
        BEGUN,
        WHOLE
    }

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    @Test
    void kill_underLoadInManyRounds_leavesIntentAndOutcomeOfEveryCallThatAnAppSawComplete(@TempDir Path data)
            throws Exception {
        RandomGenerator random = TestSeed.of("KillTest");
        long interrupted = 0;
        try (ScriptedProvider provider =
                ScriptedProvider.start(Script.text("The patient was advised to rest and to drink enough.")
                        .slow(Duration.ofMillis(2)))) {
            Path config = new GatewayFiles().target("provider", provider.port()).write(data);
            for (int round = 1; round <= ROUNDS; round++) {
                try (GatewayProcess gateway = GatewayProcess.serve(config, data)) {
                    interrupted = checkRecords(data, provider, "before round " + round);
                    loadAndKill(gateway, random);
                }
            }
            try (GatewayProcess gateway = GatewayProcess.serve(config, data)) {
                interrupted = checkRecords(data, provider, "at the end");
                gateway.terminate();
                gateway.awaitExit(PATIENCE);
            }
            System.out.println("KillTest: " + ROUNDS + " kills, " + seen.size() + " calls seen, "
                    + wholeCalls() + " of them whole, "
                    + provider.received().size() + " at the provider, " + interrupted + " interrupted");
            assertTrue(seen.containsValue(Seen.WHOLE), "no call came to its end, so nothing was tested");
            assertTrue(interrupted > 0, "no kill fell into a call, so nothing was tested");
        }
    }

    private void loadAndKill(GatewayProcess gateway, RandomGenerator random) throws InterruptedException {
        // How fast the calls are depends on the machine, so the moment is counted in calls; now and then none has ended
        // yet.
        int wanted = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(MOST_WHOLE_CALLS);
        long pauseMillis = random.nextInt(LONGEST_PAUSE_MILLIS);
        long before = wholeCalls();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            boolean stream = i % 2 == 0;
            callers.add(Thread.ofPlatform().start(() -> {
                while (gateway.isAlive()) {
                    call(gateway.port(), stream);
                }
            }));
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (wholeCalls() - before < wanted && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        gateway.kill();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private long wholeCalls() {
        return seen.values().stream().filter(how -> how == Seen.WHOLE).count();
    }

    private void call(int port, boolean stream) {
        String text = "Which advice was given? " + Thread.currentThread().threadId();
        String json = stream ? Chat.stream(text) : Chat.whole(text);
        try (AppSocket app = AppSocket.chat(port, RunningGateway.KEY, json)) {
            boolean ended = stream
                    ? app.readToEnd("data: [DONE]\n\n", PATIENCE).contains("data: [DONE]\n\n")
                    : app.readWhole(PATIENCE);
            String traceId = app.header("x-anteroom-trace-id");
            if (traceId != null) {
                boolean whole = ended && app.status() == 200;
                seen.put(traceId, whole ? Seen.WHOLE : Seen.BEGUN);
            }
        } catch (IOException killedMeanwhile) {
            // The app has seen nothing of this call.
        }
    }

    /**
     * Every record can be read and is as it was signed, nothing is open, and what the apps saw is recorded; returns how many calls were
     * interrupted.
     */
    private long checkRecords(Path data, ScriptedProvider provider, String when) throws JournalException, IOException {
        KeyRing keys = KeyRing.openOrCreate(data.resolve("keys"), new SecureRandom());
        LogTrust trust = LogTrust.of(List.of(Files.readAllBytes(data.resolve("keys/log.pub"))), List.of(), List.of());
        LogReport verified = LogVerifier.verify(data, trust, Optional.of(keys), count -> {});
        assertEquals(List.of(), verified.problems(), when);
        TraceReader reader = TraceReader.open(data, keys);
        assertEquals(List.of(), reader.check().problems(), when);
        List<TraceSummary> all = reader.list(Query.all());
        Map<String, Long> kinds =
                all.stream().collect(Collectors.groupingBy(TraceSummary::kind, TreeMap::new, Collectors.counting()));
        assertEquals(0, kinds.getOrDefault("open", 0L), when + ": an intent has no end: " + kinds);
        Set<String> recorded = new HashSet<>();
        all.forEach(trace -> recorded.add(trace.traceId()));
        assertEquals(all.size(), recorded.size(), when + ": a call is recorded twice");
        assertTrue(
                provider.received().size() <= all.size() - kinds.getOrDefault("refused", 0L),
                () -> when + ": " + provider.received().size() + " calls at the provider, but " + kinds);
        for (Map.Entry<String, Seen> call : seen.entrySet()) {
            Trace trace = reader.find(call.getKey())
                    .orElseThrow(() -> new AssertionError(when + ": the app has seen " + call + ", no record has"));
            assertTrue(trace.entries().getFirst().record() instanceof Intent, when + ": " + call);
            switch (trace.entries().getLast().record()) {
                case Outcome outcome -> assertEquals(2, trace.entries().size(), when + ": " + call);
                case Interrupted end ->
                    assertEquals(Seen.BEGUN, call.getValue(), when + ": seen whole, recorded as " + end);
                case Intent intent -> throw new AssertionError(when + ": no end of " + call);
                case dev.anteroom.traces.Refusal refusal -> throw new AssertionError(when + ": " + call + " refused");
                case dev.anteroom.traces.Original original ->
                    throw new AssertionError(when + ": shown without being asked for: " + original);
                case dev.anteroom.traces.Access access -> throw new AssertionError(when + ": no call: " + access);
                case dev.anteroom.traces.ShreddedRecord shredded ->
                    throw new AssertionError(when + ": nobody shredded " + shredded);
            }
        }
        return kinds.getOrDefault("interrupted", 0L);
    }
}
