package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.models.ModelException;
import dev.anteroom.models.ModelFile;
import dev.anteroom.models.TimeLimit;
import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenScores;
import dev.anteroom.models.TokenTagger;
import dev.anteroom.phi.PhiTagger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The trained tagger fails in every way that it can, under load: what it did not read to the end does not leave. */
class TaggerFaultTest {
    private static final int CALLS = 1_000;
    private static final int AT_ONCE = 16;

    private static final int CALLS_BESIDE_STALLS = 100;

    private static final Duration STALL = Duration.ofSeconds(10);
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** With it a call is too large to be read on an event loop. */
    private static final String PADDING = " Slept well, eats well, walks.".repeat(200);

    /** Words of a call that make the tagger fail while it reads it. */
    private enum Fault {
        NONE,
        NANFAULT,
        THROWFAULT,
        ERRORFAULT,
        LATEFAULT,
        STALLFAULT
    }

    private static final List<Fault> SUDDEN =
            List.of(Fault.NONE, Fault.NANFAULT, Fault.THROWFAULT, Fault.ERRORFAULT, Fault.LATEFAULT);

    /** The shipped tagger, which fails where the text says so. */
    private static class Failing implements TokenScorer {
        private final TokenScorer scorer;
        private final ThreadLocal<long[]> lateNanos = ThreadLocal.withInitial(() -> new long[1]);

        Failing(TokenScorer scorer) {
            this.scorer = scorer;
        }

        /** A clock of each thread, which the late fault puts forward while it computes. */
        long nanoTime() {
            return System.nanoTime() + lateNanos.get()[0];
        }

        @Override
        public String version() {
            return "failing " + scorer.version();
        }

        @Override
        public int classes() {
            return scorer.classes();
        }

        @Override
        public void warmUp(long mostNanos) {
            scorer.warmUp(mostNanos);
        }

        @Override
        public void score(char[] text, int length, TokenScores scores, TimeLimit limit) {
            scorer.score(text, length, scores, limit);
            String read = new String(text, 0, length);
            if (read.contains(Fault.NANFAULT.name())) {
                scores.score(scores.count() - 1, 3, Float.NaN);
            } else if (read.contains(Fault.THROWFAULT.name())) {
                throw new IllegalStateException(read);
            } else if (read.contains(Fault.ERRORFAULT.name())) {
                throw new NoClassDefFoundError(read);
            } else if (read.contains(Fault.LATEFAULT.name())) {
                lateNanos.get()[0] += HOUR_NANOS;
            } else if (read.contains(Fault.STALLFAULT.name())) {
                stall();
            }
        }
    }

    private static void stall() {
        try {
            Thread.sleep(STALL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void faults_underLoad_refuseTheirCallsAndNoOther() throws IOException, InterruptedException, ExecutionException {
        RandomGenerator random = TestSeed.of("TaggerFaultTest");
        Failing failing = new Failing(shipped());
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            faults.add(random.nextInt(3) == 0 ? SUDDEN.get(random.nextInt(SUDDEN.size())) : Fault.NONE);
        }
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.start(
                        TestConfig.clinician(provider.port()), () -> PhiTagger.of(failing, failing::nanoTime));
                ExecutorService apps = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                boolean large = random.nextInt(10) == 0;
                String text = "Okafor reports less pain in call" + i + "x " + faults.get(i) + (large ? PADDING : "");
                answers.add(apps.submit(() -> gateway.chat(Chat.whole(text))));
            }
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> answer = answers.get(i).get();
                assertEquals(faults.get(i) == Fault.NONE ? 200 : 503, answer.statusCode(), answer.body());
                if (faults.get(i) != Fault.NONE) {
                    assertEquals("safety_unavailable", Chat.code(answer));
                    assertFalse(answer.body().contains("FAULT") || answer.body().contains("Okafor"), answer.body());
                }
            }
            assertNothingUnread(provider);
            assertEquals(
                    faults.stream().filter(Fault.NONE::equals).count(),
                    provider.received().size());
        }
    }

    private static void assertNothingUnread(ScriptedProvider provider) {
        for (ReceivedRequest received : provider.received()) {
            String body = new String(received.body(), StandardCharsets.UTF_8);
            assertFalse(body.contains("FAULT"), body);
            assertFalse(body.contains("Okafor"), body);
        }
    }

    /**
     * A tagger that computes for ten seconds holds up the thread that reads with it. What it read is refused; other calls of that thread may come
     * too late for their provider, and are then refused too; nothing passes unread, and behind it all is well.
     */
    @Test
    void stall_underLoad_passesNothingUnreadAndEnds() throws IOException, InterruptedException, ExecutionException {
        RandomGenerator random = TestSeed.of("TaggerFaultTest.stall");
        Failing failing = new Failing(shipped());
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.start(
                        TestConfig.clinician(provider.port()), () -> PhiTagger.of(failing, System::nanoTime));
                ExecutorService apps = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<HttpResponse<String>>> stalled = new ArrayList<>();
            List<Future<HttpResponse<String>>> beside = new ArrayList<>();
            int stallAt = random.nextInt(CALLS_BESIDE_STALLS);
            for (int i = 0; i < CALLS_BESIDE_STALLS; i++) {
                if (i == stallAt) {
                    String small = "Okafor waits " + Fault.STALLFAULT;
                    stalled.add(apps.submit(() -> gateway.chat(Chat.whole(small + PADDING))));
                    stalled.add(apps.submit(() -> gateway.chat(Chat.whole(small))));
                }
                String text = "Okafor reports less pain in call" + i + "x";
                beside.add(apps.submit(() -> gateway.chat(Chat.whole(text))));
            }
            for (Future<HttpResponse<String>> call : stalled) {
                assertEquals(503, call.get().statusCode(), call.get().body());
                assertEquals("safety_unavailable", Chat.code(call.get()));
            }
            int answered = 0;
            for (Future<HttpResponse<String>> call : beside) {
                HttpResponse<String> answer = call.get();
                answered += answer.statusCode() == 200 ? 1 : 0;
                assertTrue(answer.statusCode() == 200 || !Chat.code(answer).isEmpty(), answer.body());
            }
            assertTrue(answered > CALLS_BESIDE_STALLS / 2, answered + " answered");
            assertEquals(200, gateway.chat(Chat.whole("Okafor is better.")).statusCode());
            assertNothingUnread(provider);
        }
    }

    /** Calls that come while the tagger is still compiled are served, and no load balancer is told to send them. */
    @Test
    void readiness_waitsForTheTaggerToBeCompiled() throws IOException, InterruptedException {
        CountDownLatch compiled = new CountDownLatch(1);
        Failing slow = new Failing(shipped()) {
            @Override
            public void prepare(long mostNanos) {
                try {
                    compiled.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Noted."));
                RunningGateway gateway = RunningGateway.start(
                        TestConfig.clinician(provider.port()), () -> PhiTagger.of(slow, System::nanoTime))) {
            HttpResponse<String> early = gateway.get("/readyz");
            assertEquals(503, early.statusCode());
            assertEquals("not ready: warming up\n", early.body());
            assertEquals(200, gateway.chat(Chat.whole("What helps?")).statusCode());
            compiled.countDown();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (gateway.get("/readyz").statusCode() != 200) {
                assertTrue(System.nanoTime() < until, "never ready");
                Thread.sleep(10);
            }
        }
    }

    @Test
    void start_modelThatIsNotTheOneOfTheBuild_isRefusedInWordsForAPerson() {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> RunningGateway.start(
                        TestConfig.clinician(1),
                        () -> PhiTagger.read(name -> new ByteArrayInputStream(
                                ("0".repeat(64) + "  tagger.bin\n" + "0".repeat(64) + "  lexicon.bin\n")
                                        .getBytes(StandardCharsets.UTF_8)))));
        String message = String.valueOf(refused.getCause());
        assertTrue(message.contains("model file tagger.bin") && message.contains("expected: 0000"), message);
    }

    private static TokenScorer shipped() throws IOException {
        Path folder = Path.of(System.getProperty("anteroom.root", ".."), "models/phi-tagger");
        Map<String, String> sums = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
            sums.put(line.substring(66), line.substring(0, 64));
        }
        return TokenTagger.read(file(folder, "tagger.bin", sums), file(folder, "lexicon.bin", sums));
    }

    private static ModelFile file(Path folder, String name, Map<String, String> sums) throws IOException {
        String sum = sums.get(name);
        if (sum == null) {
            throw new ModelException(name + " has no digest");
        }
        return ModelFile.read(name, Files.newInputStream(folder.resolve(name)), sum);
    }
}
