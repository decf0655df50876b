package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.Query;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceSummary;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose disk runs full, takes no new files, or is slow, under load. The disk is a real, small file system of its own. */
class DiskTest {
    private static final int CALLERS = 4;
    private static final int ALARM_MIB = 64; // as in GatewayFiles
    private static final int RESERVE_MIB = 16;
    private static final String REFUSED = "503 the decision cannot be recorded, so it is not made; try again shortly";

    /** A busy machine may be late; that has nothing to do with the disk. */
    private static final String LATE = "503 a detector failed; nothing was sent, try again";

    private static final String TEXT = "What was advised? " + "Rest and drink enough. ".repeat(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Ids of calls whose answer an app saw whole. */
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    /** How many calls were answered otherwise, by status and code. */
    private final Map<String, AtomicInteger> others = new ConcurrentHashMap<>();

    private volatile boolean stop;

    @Test
    void disk_runsFull_alarmsThenRefusesAndNothingGoesUnrecorded(@TempDir Path directory) throws Exception {
        withDisk(directory, 640, (http, gateway, disk) -> {
            assertEquals("open", journalStatus(http, gateway));
            assertEquals(0, count(REFUSED));

            disk.leaveFree(ALARM_MIB - 8);
            await("the alarm", () -> journalStatus(http, gateway).equals("low_space"));
            int before = answered.size();
            await("calls go on under the alarm", () -> answered.size() > before + 20);
            assertEquals(0, count(REFUSED));
            assertEquals(200, get(http, gateway, "/readyz").statusCode());

            disk.leaveFree(RESERVE_MIB - 8);
            await("refusals", () -> count(REFUSED) > 20);
            assertEquals(503, get(http, gateway, "/readyz").statusCode());
            disk.leaveFree(0);
            int refused = count(REFUSED);
            await("refusals on a disk without a byte left", () -> count(REFUSED) > refused + 20);

            disk.makeRoom();
            int then = answered.size();
            await("calls are answered again", () -> answered.size() > then + 20);
            assertEquals("open", journalStatus(http, gateway));
        });
    }

    @Test
    void disk_takesNoNewFiles_refusesUntilItDoes(@TempDir Path directory) throws Exception {
        withDisk(directory, 640, (http, gateway, disk) -> {
            disk.mountReadOnly("journal");
            // The open segment still takes records, until it is full.
            await("refusals", () -> count(REFUSED) > 20);
            assertEquals("failed", journalStatus(http, gateway));
            assertEquals(503, get(http, gateway, "/readyz").statusCode());

            disk.unmount("journal");
            int then = answered.size();
            await("calls are answered again", () -> answered.size() > then + 20);
        });
    }

    @Test
    void disk_takesNoFilesAtTheStart_startsNothingAndSaysWhy(@TempDir Path directory) throws Exception {
        Path config = new GatewayFiles().write(directory);
        Path data = Files.createDirectory(directory.resolve("data"));
        try (GatewayProcess gateway = GatewayProcess.launch(
                OwnDisk.readOnly(data), config, data, RunningGateway.freePort(), RunningGateway.freePort(), Map.of())) {
            assertEquals(1, gateway.awaitExit(PATIENCE));
            assertEquals(List.of(), gateway.output());
            assertTrue(
                    gateway.errors().stream().anyMatch(line -> line.contains("Read-only file system")),
                    () -> "" + gateway.errors());
        }
    }

    @Test
    @Tag("clients")
    void disk_answersSlowly_alarmsThenRefusesAndNothingGoesUnrecorded(@TempDir Path directory) throws Exception {
        withDisk(directory, 640, (http, gateway, disk) -> {
            int before = answered.size();
            try (SlowForces _ = SlowForces.of(gateway.pid(), Duration.ofSeconds(3))) {
                await("the alarm", () -> journalStatus(http, gateway).equals("slow"));
                await("calls go on under the alarm", () -> answered.size() > before + CALLERS);
            }
            assertEquals(0, count(REFUSED));
            try (SlowForces _ = SlowForces.of(gateway.pid(), Duration.ofSeconds(25))) {
                await("the next alarm", () -> journalStatus(http, gateway).equals("stalled"));
                assertEquals(503, get(http, gateway, "/readyz").statusCode());
                // New calls at once, those that wait already after ten seconds.
                assertEquals(503, post(http, gateway, Chat.whole(TEXT)).statusCode());
                await("those that wait are refused", () -> count(REFUSED) >= CALLERS);
            }
            int then = answered.size();
            await("calls are answered again", () -> answered.size() > then + 20);
            assertEquals("open", journalStatus(http, gateway));
        });
    }

    private interface Scene {
        void play(HttpClient http, GatewayProcess gateway, OwnDisk disk) throws Exception;
    }

    /** Plays a scene while apps call again and again, and looks at the records at the end. */
    private void withDisk(Path directory, int mebibytes, Scene scene) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest and drink enough."));
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            Path config = new GatewayFiles().target("provider", provider.port()).write(directory);
            Path data = Files.createDirectory(directory.resolve("data"));
            try (GatewayProcess gateway = GatewayProcess.serve(OwnDisk.around(data, mebibytes), config, data)) {
                OwnDisk disk = new OwnDisk(gateway.pid(), data);
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(Thread.ofPlatform().start(() -> {
                        while (!stop) {
                            note(post(http, gateway, Chat.whole(TEXT)));
                        }
                    }));
                }
                try {
                    await("calls are answered", () -> answered.size() > 20);
                    scene.play(http, gateway, disk);
                } finally {
                    stop = true;
                    for (Thread caller : callers) {
                        caller.join();
                    }
                }
                assertTrue(
                        Set.of(REFUSED, LATE).containsAll(others.keySet()), () -> "answers of other kinds: " + others);
                checkRecords(disk.path(), provider);
            }
        }
    }

    private void note(HttpResponse<String> answer) {
        if (answer.statusCode() == 200) {
            answered.add(answer.headers().firstValue("x-anteroom-trace-id").orElseThrow());
        } else {
            JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
            assertEquals("safety_unavailable", error.getString("code"));
            others.computeIfAbsent(answer.statusCode() + " " + error.getString("message"), _ -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private int count(String what) {
        AtomicInteger count = others.get(what);
        return count == null ? 0 : count.get();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, () -> "not within " + PATIENCE + ": " + what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Every answered call has its records, and no call was made without one. */
    private void checkRecords(Path data, ScriptedProvider provider) throws JournalException {
        TraceReader reader = TraceReader.open(data, KeyRing.openOrCreate(data.resolve("keys"), new SecureRandom()));
        List<TraceSummary> all = reader.list(Query.all());
        Set<String> completed = all.stream()
                .filter(call -> call.kind().equals("completed"))
                .map(TraceSummary::traceId)
                .collect(Collectors.toSet());
        assertTrue(completed.containsAll(answered), "a call was answered without its records");
        long intents =
                all.stream().filter(call -> !call.kind().equals("refused")).count();
        assertTrue(
                provider.received().size() <= intents,
                () -> provider.received().size() + " calls at the provider, " + intents + " intents");
        assertFalse(answered.isEmpty());
    }

    private static String journalStatus(HttpClient http, GatewayProcess gateway) {
        String token = gateway.errors().stream()
                .filter(line -> line.contains("admin token"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                .header("authorization", "Bearer " + token)
                .build();
        String prefix = "anteroom_journal_status{status=\"";
        HttpResponse<String> scraped = send(http, request);
        return scraped.body()
                .lines()
                .filter(line -> line.startsWith(prefix) && line.endsWith(" 1.0"))
                .map(line -> line.substring(prefix.length(), line.indexOf('"', prefix.length())))
                .findFirst()
                .orElseGet(() -> "none in the answer " + scraped.statusCode() + " " + scraped.body());
    }

    private static HttpResponse<String> post(HttpClient http, GatewayProcess gateway, String json) {
        return send(
                http,
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + RunningGateway.KEY)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private static HttpResponse<String> get(HttpClient http, GatewayProcess gateway, String path) {
        return send(
                http,
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                        .build());
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * A small file system in memory that only one gateway sees, in a mount namespace of its own. Confined to one test.
     *
     * <p>Without being root it takes a user namespace too.
     */
    private record OwnDisk(long pid, Path mountedAt) {
        private static final Path BALLAST = Path.of("ballast");
        private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

        /** The command that gives what follows a disk of this size in this directory. */
        static List<String> around(Path directory, int mebibytes) {
            return in("mount -t tmpfs -o size=" + mebibytes + "m none " + directory);
        }

        static List<String> readOnly(Path directory) {
            return in("mount -t tmpfs -o ro none " + directory);
        }

        private static List<String> in(String mount) {
            return List.of(
                    "unshare",
                    ROOT ? "--mount" : "--map-root-user",
                    "--mount",
                    "--",
                    "sh",
                    "-c",
                    mount + " && exec \"$0\" \"$@\"");
        }

        /** The directory as it is seen from outside. */
        Path path() {
            return Path.of("/proc", Long.toString(pid), "root", mountedAt.toString());
        }

        /** Fills it until this much is free, or as far as it goes. */
        void leaveFree(int mebibytes) throws IOException {
            byte[] page = new byte[4096];
            try (OutputStream ballast = Files.newOutputStream(
                    path().resolve(BALLAST),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND)) {
                while (mebibytes == 0 || path().toFile().getUsableSpace() > (long) mebibytes << 20) {
                    ballast.write(page);
                }
            } catch (IOException full) {
                if (mebibytes != 0) {
                    throw full;
                }
            }
        }

        void makeRoom() throws IOException {
            Files.delete(path().resolve(BALLAST));
        }

        /** Lets nothing new be made or opened for writing in a folder; what is open stays open. */
        void mountReadOnly(String folder) throws IOException, InterruptedException {
            Path at = mountedAt.resolve(folder);
            inside("mount --bind " + at + " " + at + " && mount -o remount,bind,ro " + at);
        }

        void unmount(String folder) throws IOException, InterruptedException {
            inside("umount " + mountedAt.resolve(folder));
        }

        private void inside(String command) throws IOException, InterruptedException {
            List<String> enter = ROOT
                    ? List.of("nsenter", "--target", Long.toString(pid), "--mount")
                    : List.of("nsenter", "--target", Long.toString(pid), "--user", "--preserve-credentials", "--mount");
            Process process = new ProcessBuilder(Stream.concat(enter.stream(), Stream.of("sh", "-c", command))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
        }
    }

    /** Makes each force of a gateway's journal take so long, by strace, until it is closed. Confined to one test. */
    private record SlowForces(Process strace) implements AutoCloseable {
        static SlowForces of(long pid, Duration delay) throws IOException {
            String writer;
            try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                writer = threads.filter(SlowForces::isJournalWriter)
                        .map(thread -> thread.getFileName().toString())
                        .findFirst()
                        .orElseThrow();
            }
            String inject = "inject=fdatasync:delay_enter=" + delay.toNanos() / 1000;
            return new SlowForces(
                    new ProcessBuilder("strace", "-qq", "-p", writer, "-e", "trace=fdatasync", "-e", inject)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }

        private static boolean isJournalWriter(Path thread) {
            try {
                return Files.readString(thread.resolve("comm")).strip().equals("journal-writer");
            } catch (IOException ended) {
                return false;
            }
        }

        @Override
        public void close() {
            assertTrue(strace.isAlive(), "strace could not trace the gateway");
            strace.destroy();
            strace.onExit().join();
        }
    }
}
