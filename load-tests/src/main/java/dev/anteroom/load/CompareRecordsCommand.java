package dev.anteroom.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anteroom load compare-records}: the gateway beside itself without records. Confined to one thread. */
@Command(
        name = "compare-records",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures what records cost: the gateway, and the same gateway with a journal that writes nothing, in interleaved rounds of one run.",
            "It starts the provider and both gateways. The reduced one is a program of this harness; the shipped gateway has no such mode.",
            "Its call is the same up to the journal: records are made and handed over, then not encoded, not sealed, not written, not waited for.",
            "Prints markdown on stdout. Exit 1 when a goal is missed or calls failed."
        })
final class CompareRecordsCommand implements Callable<Integer> {
    static final String WITH = "with records";
    static final String WITHOUT = "without records";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${sys:anteroom.home:-.}/docs/figures/anteroom.yaml",
            description = "of both; its one target is the provider (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:anteroom.home:-.}/data/compare-records",
            description =
                    "where both have their data meanwhile, on the disk that is to be measured; must not be there yet (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            paramLabel = "S",
            description = "of each measurement (default ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warmup",
            defaultValue = "90",
            paramLabel = "S",
            description =
                    "of each gateway, once; their JVMs compile for a minute on two slow cores (default ${DEFAULT-VALUE})")
    private double warmup;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            paramLabel = "N",
            description = "calls a second at which latency is measured (default ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "interleaved rounds (default ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--connections",
            defaultValue = "32",
            paramLabel = "N",
            description = "of the saturated measurement (default ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--provider-port",
            defaultValue = "18090",
            paramLabel = "N",
            description = "that of the configuration's target (default ${DEFAULT-VALUE})")
    private int providerPort;

    @Option(
            names = "--reply-bytes",
            defaultValue = "256",
            paramLabel = "N",
            description = "text of an answer (default ${DEFAULT-VALUE})")
    private int replyBytes;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            paramLabel = "N",
            description = "request size (default ${DEFAULT-VALUE})")
    private int bodyBytes;

    @Option(names = "--key", defaultValue = "sk-anteroom-demo", paramLabel = "K", description = "sent as bearer token")
    private String key = "";

    @Option(names = "--json", paramLabel = "FILE", description = "also write every figure of every round here")
    private @Nullable Path json;

    @Option(
            names = "--max-error-rate",
            defaultValue = "0",
            paramLabel = "R",
            description = "0 to 1 (default ${DEFAULT-VALUE})")
    private double maxErrorRate;

    @Option(
            names = "--goal-ratio",
            defaultValue = "0.85",
            paramLabel = "R",
            description = "goal: median ratio of throughput with records to that without (default ${DEFAULT-VALUE})")
    private double goalRatio;

    @Option(
            names = "--goal-added-p50",
            defaultValue = "0.5",
            paramLabel = "MS",
            description = "goal: median added p50 at the rate (default ${DEFAULT-VALUE})")
    private double goalAddedP50;

    @Override
    public Integer call() throws Exception {
        if (rate < 1 || rounds < 1 || connections < 1) {
            throw new ParameterException(spec.commandLine(), "--rate, --rounds and --connections must be at least 1");
        }
        if (Files.exists(data)) {
            throw new ParameterException(spec.commandLine(), "--data: " + data + " is there (expected: a new folder)");
        }
        Files.createDirectories(data);
        try (ScriptedProvider provider = ScriptedProvider.builder()
                        .port(providerPort)
                        .recording(false)
                        .script(Script.fixed(replyBytes))
                        .start();
                ChildGateway reduced = ChildGateway.reduced(config, data.resolve("without"));
                ChildGateway full = ChildGateway.full(config, data.resolve("with"));
                OpenLoopGenerator generator = new OpenLoopGenerator(1)) {
            Comparison comparison = new Comparison(
                    List.of(
                            new Comparison.Subject("direct", RunCommand.chatUrl(provider.uri()), OptionalLong.empty()),
                            subject(WITHOUT, reduced),
                            subject(WITH, full)),
                    new Comparison.Settings(
                            Plans.seconds(warmup),
                            Plans.seconds(seconds),
                            List.of(rate),
                            rounds,
                            connections,
                            0,
                            Map.of("authorization", "Bearer " + key)),
                    bodies(),
                    bodies(),
                    generator,
                    this::progress);
            comparison.measure();
            return report(comparison);
        } finally {
            delete(data);
        }
    }

    private static Comparison.Subject subject(String name, ChildGateway gateway) {
        return new Comparison.Subject(name, RunCommand.chatUrl(gateway.uri()), OptionalLong.of(gateway.pid()));
    }

    private ChatBodies bodies() {
        return ChatBodies.of(1, new ChatBodies.Shape("scripted", bodyBytes, false, false, false));
    }

    private int report(Comparison comparison) throws IOException {
        String p50 = "p50_micros@" + rate;
        List<Double> ratios = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(comparison.value(WITH, "calls_per_second", round)
                    / comparison.value(WITHOUT, "calls_per_second", round));
            added.add((comparison.value(WITH, p50, round) - comparison.value(WITHOUT, p50, round)) / 1000);
        }
        Comparison.Spread ratio = Comparison.Spread.of(ratios);
        Comparison.Spread addedP50 = Comparison.Spread.of(added);
        PrintWriter out = spec.commandLine().getOut();
        out.print(comparison.markdown());
        out.printf(
                Locale.ROOT,
                "%n| records | throughput ratio | added p50 ms at %,d/s |%n|---|---|---|%n| with to without | %.3f (%.3f to %.3f) | %.3f (%.3f to %.3f) |%n",
                rate,
                ratio.median(),
                ratio.min(),
                ratio.max(),
                addedP50.median(),
                addedP50.min(),
                addedP50.max());
        out.flush();
        if (json != null) {
            JsonObject all = comparison
                    .json()
                    .put(
                            "records",
                            new JsonObject()
                                    .put("throughput_ratio", Comparison.json(ratios))
                                    .put("added_p50_ms@" + rate, Comparison.json(added)));
            Files.writeString(json, all.encodePrettily() + "\n");
        }
        boolean noErrors = comparison.worstErrorRate() <= maxErrorRate;
        boolean fastEnough = ratio.median() >= goalRatio;
        boolean soonEnough = addedP50.median() <= goalAddedP50;
        goal(noErrors, "error rate at most " + maxErrorRate);
        goal(fastEnough, "throughput ratio at least " + goalRatio);
        goal(soonEnough, "added p50 at most " + goalAddedP50 + " ms");
        return noErrors && fastEnough && soonEnough ? 0 : 1;
    }

    private void goal(boolean met, String what) {
        progress((met ? "met:    " : "MISSED: ") + what);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
