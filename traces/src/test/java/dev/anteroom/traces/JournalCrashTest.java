package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process under load is killed with SIGKILL, again and again on the same directory. */
final class JournalCrashTest {
    private static final int KILLS = Integer.getInteger("anteroom.kills", 6);
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());

    @TempDir
    private Path data;

    @Test
    void kill_atRandomMoments_losesNoAcknowledgedRecordAndEndsEveryIntent() throws Exception {
        System.out.println("JournalCrashTest: " + KILLS + " kills, anteroom.seed=" + SEED);
        Random random = new Random(SEED);
        Map<String, Set<String>> acknowledged = new HashMap<>();
        for (int i = 0; i < KILLS; i++) {
            run(random.nextInt(3000), acknowledged);
        }
        Journal.open(Fixtures.options(data)).close(); // the lock is free; the last orphans are interrupted
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        assertEquals(List.of(), reader.check().problems());
        LogTrust trust = LogTrust.of(List.of(Files.readAllBytes(data.resolve("keys/log.pub"))), List.of(), List.of());
        LogReport log = LogVerifier.verify(data, trust, Optional.empty(), count -> {});
        assertEquals(List.of(), log.problems());
        assertEquals(KILLS + 1, log.logs().size());
        Map<String, String> kinds = new HashMap<>();
        reader.forEach(summary -> kinds.put(summary.traceId(), summary.kind()));
        int interrupted = 0;
        for (var entry : acknowledged.entrySet()) {
            String kind = kinds.getOrDefault(entry.getKey(), "lost");
            Set<String> records = entry.getValue();
            Set<String> allowed = records.contains("refusal")
                    ? Set.of("refused")
                    : records.contains("outcome") ? Set.of("completed") : Set.of("completed", "interrupted");
            assertTrue(allowed.contains(kind), () -> records + " became " + kind);
            interrupted += kind.equals("interrupted") ? 1 : 0;
        }
        assertTrue(!kinds.containsValue("open"));
        assertTrue(interrupted > 0 && acknowledged.size() > 100, () -> "too little load: " + acknowledged.size());
        int tried = 0;
        for (var entry : acknowledged.entrySet()) {
            if (tried++ < 200) {
                Trace trace = reader.find(entry.getKey()).orElseThrow();
                long ends = trace.entries().stream()
                        .filter(e -> e.record() instanceof Outcome || e.record() instanceof Interrupted)
                        .count();
                assertEquals(entry.getValue().contains("refusal") ? 0 : 1, ends);
            }
        }
        System.out.println("JournalCrashTest: " + acknowledged.size() + " acknowledged traces, " + interrupted
                + " interrupted, none lost");
    }

    /** Starts a child, kills it after so many acknowledgements, and notes all that it acknowledged. */
    private void run(int acknowledgements, Map<String, Set<String>> acknowledged) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                JournalCrashChild.class.getName(),
                data.toString());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process child = builder.start();
        int seen = 0;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && TraceIds.isId(words[1])) {
                    acknowledged
                            .computeIfAbsent(words[1], id -> new HashSet<>())
                            .add(words[0]);
                }
                if (++seen == acknowledgements + 1) {
                    JournalException e =
                            assertThrows(JournalException.class, () -> Journal.open(Fixtures.options(data)));
                    assertEquals(JournalException.Kind.LOCKED, e.kind());
                    assertTrue(String.valueOf(e.getMessage()).contains("process " + child.pid()));
                    child.toHandle().destroyForcibly(); // SIGKILL; the stream stays open for what was acknowledged
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertTrue(seen > acknowledgements, "the child ended by itself");
    }
}
