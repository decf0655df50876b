package dev.anteroom.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Records, journals and files for tests. */
final class Fixtures {
    static final Caller CALLER = new Caller("st-mary", "live", "key-7", "discharge", "clinician");
    static final SecureRandom RANDOM = new SecureRandom();
    static final TraceIds IDS = new TraceIds(Clock.systemUTC(), RANDOM);
    private static final long WAIT_SECONDS = 30;

    private Fixtures() {}

    static KeyRing keys(Path data) throws JournalException {
        return KeyRing.openOrCreate(data.resolve("keys"), RANDOM);
    }

    /** Small segments, so that tests cross their borders, and no look at the real free space. */
    static JournalOptions options(Path data) throws JournalException {
        return JournalOptions.defaults(data, "gw-1", keys(data))
                .withSegmentBytes(256 << 10)
                .withSpace(0, 0, () -> Long.MAX_VALUE / 2);
    }

    static Intent intent(String text) {
        return intent(IDS.next(), text);
    }

    static Intent intent(String traceId, String text) {
        return intent(CALLER, traceId, text);
    }

    static Intent intent(Caller caller, String traceId, String text) {
        return new Intent(
                traceId,
                "req-1",
                Instant.now(),
                caller,
                new CallContext("nurse-17", "treatment", "run-3", "2", "", "c0ffee", ""),
                "sha256:aa",
                "strict",
                "redactor-1",
                "build-1",
                "c0de",
                List.of(new ModelDigest("tagger.bin", "aa")),
                "gpt-x",
                true,
                "hmac",
                "sha256:bb",
                BodyText.of(text),
                List.of(new RedactionSpan("$.messages[0].content", 3, 9, "NAME", "pattern", 0.97, "[NAME_1]")),
                List.of(),
                List.of(
                        new Candidate("azure/gpt-x", true, "", List.of(new Candidate.Filter("contract", true))),
                        new Candidate(
                                "local/x",
                                false,
                                "contract expired",
                                List.of(new Candidate.Filter("contract", false)))),
                List.of("azure/gpt-x"),
                "none");
    }

    static Outcome outcome(String traceId, String answer) {
        return new Outcome(
                traceId,
                Instant.now(),
                200,
                "stop",
                "",
                List.of(new Attempt(
                        "azure/gpt-x",
                        "gpt-x",
                        "gpt-x-1",
                        "fp",
                        200,
                        "ok",
                        1000,
                        20_000,
                        90_000,
                        List.of(new Parameter("temperature", "0.2")),
                        12,
                        30,
                        1_200,
                        "answered")),
                BodyText.of(answer),
                "hmac",
                List.of(new Finding("phi", "NAME", "content")),
                "released",
                120,
                40,
                List.of(new StageTiming("detect", 41_000)),
                answer.length(),
                false,
                -1);
    }

    static Refusal refusal(String traceId) {
        return new Refusal(
                traceId,
                "req-2",
                Instant.now(),
                CALLER,
                CallContext.none(),
                "sha256:aa",
                400,
                "undeclared_field",
                "$.x",
                "",
                "Remove the field.");
    }

    /** About 2 KB of JSON. */
    static String text(RandomGenerator random, int chars) {
        StringBuilder text = new StringBuilder(chars);
        while (text.length() < chars) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    static <T> T get(CompletableFuture<T> future) throws JournalException {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JournalException known) {
                throw known;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static JournalException.Kind failure(CompletableFuture<?> future) {
        try {
            get(future);
        } catch (JournalException e) {
            return e.kind();
        }
        throw new AssertionError("it did not fail");
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not happen in " + WAIT_SECONDS + " s");
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static List<TraceSummary> all(Path data) throws JournalException {
        List<TraceSummary> all = new ArrayList<>();
        TraceReader.open(data, keys(data)).forEach(all::add);
        return all;
    }

    static List<Path> files(Path data, String end) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a crash would leave: the files as they are now, without the lock's holder. */
    static Path copy(Path data, Path to) {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(data.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.toString().endsWith(".prep")) {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
