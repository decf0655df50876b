package dev.anteroom.load;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom load run}: one open-loop run against one URL. Confined to one thread. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends chat requests at a fixed rate and prints the latencies, measured from the intended send time, as JSON.",
            "Exit 1 when more calls failed than --max-error-rate allows."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "URL",
            description = "http URL on a loopback address; without a path, /v1/chat/completions")
    @SuppressWarnings("NullAway.Init")
    private URI target;

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "calls a second (default ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "measured time (default ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warmup",
            defaultValue = "2",
            paramLabel = "S",
            description = "time before it (default ${DEFAULT-VALUE})")
    private double warmup;

    @Option(
            names = "--saturate",
            paramLabel = "CONNECTIONS",
            description = "closed loop on so many connections instead of a rate, for throughput")
    private @Nullable Integer saturate;

    @Option(names = "--key", paramLabel = "K", description = "sent as bearer token")
    private @Nullable String key;

    @Option(
            names = "--model",
            defaultValue = "scripted",
            paramLabel = "M",
            description = "model id (default ${DEFAULT-VALUE})")
    private String model = "scripted";

    @Option(names = "--stream", description = "ask for streamed answers")
    private boolean stream;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            paramLabel = "N",
            description = "request size (default ${DEFAULT-VALUE})")
    private int bodyBytes;

    @Option(names = "--documents", description = "add three grounding documents to every request")
    private boolean documents;

    @Option(names = "--patient", description = "add the known patient to every request")
    private boolean patient;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "seed of the texts (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--connections",
            defaultValue = "256",
            paramLabel = "N",
            description = "at most so many (default ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--loops",
            defaultValue = "1",
            paramLabel = "N",
            description = "event loops that send (default ${DEFAULT-VALUE})")
    private int loops;

    @Option(
            names = "--max-error-rate",
            defaultValue = "0",
            paramLabel = "R",
            description = "0 to 1 (default ${DEFAULT-VALUE})")
    private double maxErrorRate;

    @Override
    public Integer call() throws Exception {
        LoadPlan plan = new LoadPlan(
                chatUrl(target),
                rate,
                Plans.seconds(warmup),
                Plans.seconds(seconds),
                ChatBodies.of(seed, new ChatBodies.Shape(model, bodyBytes, stream, documents, patient)),
                key == null ? Map.of() : Map.of("authorization", "Bearer " + key),
                stream,
                connections,
                Duration.ofSeconds(10));
        PrintWriter progress = spec.commandLine().getErr();
        progress.printf("%s for %.1f s%n", saturate == null ? rate + " calls/s" : saturate + " connections", seconds);
        progress.flush();
        LoadResult result;
        try (OpenLoopGenerator generator = new OpenLoopGenerator(loops)) {
            result = saturate == null ? generator.run(plan) : generator.saturate(plan, saturate);
        }
        spec.commandLine().getOut().println(json(result).encodePrettily());
        return result.errorRate() > maxErrorRate ? 1 : 0;
    }

    /** The chat endpoint of a base address; a target with a path stays as it is. */
    static URI chatUrl(URI target) {
        Loopback.check(target);
        String path = target.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? target.resolve("/v1/chat/completions") : target;
    }

    private static JsonObject json(LoadResult result) {
        JsonObject errors = new JsonObject();
        result.errors().forEach(errors::put);
        return new JsonObject()
                .put("count", result.count())
                .put("errors", errors)
                .put("achieved_per_second", Plans.rounded(result.achievedPerSecond()))
                .put("total_micros", json(result.total()))
                .put("first_byte_micros", json(result.firstByte()));
    }

    private static JsonObject json(Latency latency) {
        return new JsonObject()
                .put("mean", Plans.rounded(latency.mean()))
                .put("p50", Plans.rounded(latency.p50()))
                .put("p90", Plans.rounded(latency.p90()))
                .put("p99", Plans.rounded(latency.p99()))
                .put("p99_9", Plans.rounded(latency.p999()))
                .put("max", Plans.rounded(latency.max()));
    }
}
