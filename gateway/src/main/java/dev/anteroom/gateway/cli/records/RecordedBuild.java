package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.call.Replay;
import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.WrittenJson;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A process of an earlier build, which decides again what that build decided. It gets the records of a call as it wrote them itself, two lines
 * each and an empty line behind them, and answers with one line; it has neither keys nor environment. Confined to one thread.
 */
final class RecordedBuild implements Decider {
    private static final long MOST_SECONDS = 120;
    private static final int ANSWER_DEPTH = 16;
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final Process process;
    private final String build;
    private final OutputStream in;
    private final BufferedReader out;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private @Nullable String broken;

    private RecordedBuild(Process process, String build) {
        this.process = process;
        this.build = build;
        this.in = new BufferedOutputStream(process.getOutputStream());
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one from the kept files of its program. */
    static RecordedBuild start(List<Path> classPath, String build, Path data) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:-UsePerfData",
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classPath.stream()
                        .map(file -> file.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                "dev.anteroom.gateway.Main",
                "traces",
                "replay",
                "--recorded",
                "--jsonl",
                "--data",
                data.toAbsolutePath().toString());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new RecordedBuild(builder.start(), build);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("no Java process can be started", e);
        }
    }

    @Override
    public Decision decide(List<Trace.Entry> call) {
        String why = broken;
        if (why == null) {
            int number = asked.incrementAndGet();
            CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(() -> {
                if (answered.get() < number) {
                    process.destroyForcibly();
                }
            });
            try {
                for (Trace.Entry entry : call) {
                    WrittenJson written = entry.written();
                    if (written != null) {
                        in.write((written.decision() + "\n" + written.body() + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                in.write('\n');
                in.flush();
                String line = out.readLine();
                answered.set(number);
                if (line != null) {
                    return parse(line);
                }
                why = "ended without an answer";
            } catch (IOException | RequestRefused | IllegalArgumentException | ClassCastException e) {
                why = "gave no answer that can be read";
            }
            broken = why;
            answered.set(number);
            process.destroyForcibly();
        }
        return Decision.impossible("the build that decided, " + build + ", " + why);
    }

    private static Decision parse(String line) throws RequestRefused {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Map<String, Json> answer = ((Json.JsonObject)
                        new JsonReader(ANSWER_DEPTH, MOST_ANSWER_BYTES).parse(bytes, 0, bytes.length))
                .members();
        List<Replay.Verdict> verdicts = new ArrayList<>();
        Map<String, Json> stages = ((Json.JsonObject) value(answer, "stages")).members();
        for (Map.Entry<String, Json> stage : stages.entrySet()) {
            Map<String, Json> result = ((Json.JsonObject) stage.getValue()).members();
            verdicts.add(new Replay.Verdict(
                    Replay.Stage.valueOf(stage.getKey().toUpperCase(Locale.ROOT)),
                    switch (text(result, "result")) {
                        case "same" -> new Replay.Result.Same();
                        case "differs" -> new Replay.Result.Differs(text(result, "what"));
                        case "not_re_derivable" -> new Replay.Result.NotRederivable(text(result, "why"));
                        default -> throw new IllegalArgumentException("result");
                    }));
        }
        return new Decision(text(answer, "snapshot"), verdicts);
    }

    private static Json value(Map<String, Json> object, String name) {
        Json value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static String text(Map<String, Json> object, String name) {
        return ((Json.JsonString) value(object, name)).text();
    }

    @Override
    public String with() {
        return "build " + build;
    }

    @Override
    public void close() {
        try {
            in.close(); // which ends it
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException endedBefore) {
            // as intended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
