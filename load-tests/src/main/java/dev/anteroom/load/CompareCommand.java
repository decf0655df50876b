package dev.anteroom.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anteroom load compare}: the provider itself, nginx before it and a gateway before it, side by side. Confined to one thread. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures throughput, processor time a call and added latency of a gateway, with nginx as the yardstick, in interleaved rounds.",
            "It starts the provider (on --provider-port) and nginx; the gateway is started by you or by --gateway-command and must"
                    + " send to that provider. Without --gateway only the provider and nginx are measured.",
            "Prints markdown on stdout. Exit 1 when a goal is missed or calls failed."
        })
final class CompareCommand implements Callable<Integer> {
    private static final Duration START = Duration.ofMinutes(2);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--gateway", paramLabel = "URL", description = "the gateway; without a path, /v1/chat/completions")
    private @Nullable URI gateway;

    @Option(names = "--gateway-pid", paramLabel = "PID", description = "its process, for processor time and memory")
    private @Nullable Long gatewayPid;

    @Option(
            names = "--gateway-command",
            paramLabel = "CMD",
            description =
                    "starts the gateway through the shell, with ANTEROOM_LOAD_PROVIDER set to the provider's base URL")
    private @Nullable String gatewayCommand;

    @Option(
            names = "--seconds",
            defaultValue = "8",
            paramLabel = "S",
            description = "of each measurement (default ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--warmup",
            defaultValue = "60",
            paramLabel = "S",
            description =
                    "of each target, once; a JVM compiles for most of a minute on two cores (default ${DEFAULT-VALUE})")
    private double warmup;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "100,1000",
            paramLabel = "N",
            description = "calls a second at which latency is measured (default ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "3",
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
            names = "--stream-rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "streamed calls a second for the first token; 0 leaves it out (default ${DEFAULT-VALUE})")
    private int streamRate;

    @Option(
            names = "--provider-port",
            defaultValue = "18090",
            paramLabel = "N",
            description = "default ${DEFAULT-VALUE}")
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

    @Option(names = "--documents", description = "add three grounding documents to every request")
    private boolean documents;

    @Option(names = "--patient", description = "add the known patient to every request")
    private boolean patient;

    @Option(names = "--key", paramLabel = "K", description = "sent as bearer token")
    private @Nullable String key;

    @Option(
            names = "--model",
            defaultValue = "scripted",
            paramLabel = "M",
            description = "model id (default ${DEFAULT-VALUE})")
    private String model = "scripted";

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "seed of the texts (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--loops",
            defaultValue = "1",
            paramLabel = "N",
            description = "event loops that send (default ${DEFAULT-VALUE})")
    private int loops;

    @Option(names = "--no-nginx", description = "leave nginx out")
    private boolean withoutNginx;

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
            paramLabel = "R",
            description = "goal: the gateway's median ratio to nginx is at least this")
    private @Nullable Double goalRatio;

    @Option(
            names = "--goal-cpu",
            paramLabel = "MICROS",
            description = "goal: its median processor time a call, saturated, is at most this")
    private @Nullable Double goalCpu;

    @Option(
            names = "--goal-added-mean",
            paramLabel = "MS",
            description = "goal: its median added mean at the highest rate is at most this")
    private @Nullable Double goalAddedMean;

    @Option(
            names = "--goal-added-p99",
            paramLabel = "MS",
            description = "goal: its median added p99 at the highest rate is at most this")
    private @Nullable Double goalAddedP99;

    @Override
    public Integer call() throws Exception {
        check();
        Optional<Path> nginx = withoutNginx ? Optional.empty() : NginxProxy.find();
        if (nginx.isEmpty() && !withoutNginx) {
            progress("nginx: not on the PATH, left out (install: apt-get install nginx-light)");
        }
        if (nginx.isEmpty() && goalRatio != null) {
            throw new ParameterException(
                    spec.commandLine(), "--goal-ratio needs nginx (install: apt-get install nginx-light)");
        }
        try (ScriptedProvider provider = ScriptedProvider.builder()
                        .port(providerPort)
                        .recording(false)
                        .script(Script.fixed(replyBytes))
                        .start();
                @Nullable
                        NginxProxy yardstick =
                                nginx.isPresent() ? NginxProxy.start(nginx.get(), provider.uri()) : null;
                @Nullable
                        StartedGateway started =
                                gatewayCommand == null ? null : StartedGateway.start(gatewayCommand, provider);
                OpenLoopGenerator generator = new OpenLoopGenerator(loops)) {
            List<Comparison.Subject> subjects = subjects(provider, yardstick, started);
            Comparison comparison =
                    new Comparison(subjects, settings(), bodies(false), bodies(true), generator, this::progress);
            comparison.measure();
            if (json != null) {
                Files.writeString(json, comparison.json().encodePrettily() + "\n");
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(comparison.markdown());
            out.flush();
            return verdict(comparison);
        }
    }

    private void check() {
        if (rates.isEmpty()
                || rates.stream().anyMatch(rate -> rate < 1)
                || rounds < 1
                || connections < 1
                || loops < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--rates, --rounds, --connections and --loops must be at least 1");
        }
        if (gateway == null
                && (gatewayPid != null
                        || gatewayCommand != null
                        || goalRatio != null
                        || goalCpu != null
                        || goalAddedMean != null
                        || goalAddedP99 != null)) {
            throw new ParameterException(spec.commandLine(), "--gateway URL is missing");
        }
        if (gateway != null) {
            Loopback.check(gateway);
        }
        if (goalCpu != null && gatewayPid == null && gatewayCommand == null) {
            throw new ParameterException(spec.commandLine(), "--goal-cpu needs --gateway-pid or --gateway-command");
        }
    }

    private List<Comparison.Subject> subjects(
            ScriptedProvider provider, @Nullable NginxProxy nginx, @Nullable StartedGateway started)
            throws InterruptedException {
        List<Comparison.Subject> subjects = new ArrayList<>();
        subjects.add(new Comparison.Subject("direct", RunCommand.chatUrl(provider.uri()), OptionalLong.empty()));
        if (nginx != null) {
            subjects.add(
                    new Comparison.Subject("nginx", RunCommand.chatUrl(nginx.uri()), OptionalLong.of(nginx.pid())));
        }
        if (gateway != null) {
            URI url = RunCommand.chatUrl(gateway);
            OptionalLong pid = gatewayPid != null
                    ? OptionalLong.of(gatewayPid)
                    : started == null ? OptionalLong.empty() : OptionalLong.of(started.pid());
            awaitAnswer(url, started);
            subjects.add(new Comparison.Subject("gateway", url, pid));
        }
        return subjects;
    }

    /** Waits until the gateway answers a call well. */
    private void awaitAnswer(URI url, @Nullable StartedGateway started) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bodies(false).get().getBytes()));
        headers().forEach(request::header);
        long end = System.nanoTime() + (started == null ? Duration.ofSeconds(10) : START).toNanos();
        String last = "no answer";
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (System.nanoTime() < end && (started == null || started.alive())) {
                try {
                    int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status == 200) {
                        return;
                    }
                    last = "status " + status;
                } catch (IOException e) {
                    last = e.getClass().getSimpleName();
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        throw new IllegalStateException("gateway: " + last + " (expected: 200 from " + url + ")");
    }

    private Comparison.Settings settings() {
        return new Comparison.Settings(
                Plans.seconds(warmup), Plans.seconds(seconds), rates, rounds, connections, streamRate, headers());
    }

    private ChatBodies bodies(boolean stream) {
        return ChatBodies.of(seed, new ChatBodies.Shape(model, bodyBytes, stream, documents, patient));
    }

    private Map<String, String> headers() {
        return key == null ? Map.of() : Map.of("authorization", "Bearer " + key);
    }

    private int verdict(Comparison comparison) {
        int top = rates.stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<String, Boolean> goals = new LinkedHashMap<>();
        goals.put("error rate at most " + maxErrorRate, comparison.worstErrorRate() <= maxErrorRate);
        if (goalRatio != null) {
            goals.put(
                    "ratio to nginx at least " + goalRatio,
                    comparison.median("gateway", "ratio_to_nginx") >= goalRatio);
        }
        if (goalCpu != null) {
            goals.put(
                    "processor time at most " + goalCpu + " µs a call",
                    comparison.median("gateway", "cpu_micros_saturated") <= goalCpu);
        }
        if (goalAddedMean != null) {
            goals.put(
                    "added mean at most " + goalAddedMean + " ms",
                    comparison.median("gateway", "added_mean_micros@" + top) <= goalAddedMean * 1000);
        }
        if (goalAddedP99 != null) {
            goals.put(
                    "added p99 at most " + goalAddedP99 + " ms",
                    comparison.median("gateway", "added_p99_micros@" + top) <= goalAddedP99 * 1000);
        }
        goals.forEach((goal, met) -> progress((met ? "met:    " : "MISSED: ") + goal));
        return goals.containsValue(false) ? 1 : 0;
    }

    private void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
