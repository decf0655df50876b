package dev.anteroom.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Measures several subjects side by side in interleaved rounds, so that what disturbs the machine disturbs all of them. Used by one thread.
 *
 * <p>Subject 0 is the provider itself; what a proxy adds is its figure less the provider's of the same round.
 */
final class Comparison {
    private static final Duration MAX_IN_RUN_WARMUP = Duration.ofMillis(500);

    /**
     * Something that answers chat requests.
     *
     * @param pid the process whose time counts, with its children; empty where none does
     */
    record Subject(String name, URI url, OptionalLong pid) {}

    /**
     * How to measure.
     *
     * @param streamRate calls a second of the streamed measurement, 0 for none
     */
    record Settings(
            Duration warmup,
            Duration length,
            List<Integer> rates,
            int rounds,
            int connections,
            int streamRate,
            Map<String, String> headers) {}

    private final List<Subject> subjects;
    private final Settings settings;
    private final ChatBodies bodies;
    private final ChatBodies streams;
    private final OpenLoopGenerator generator;
    private final Consumer<String> progress;
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    Comparison(
            List<Subject> subjects,
            Settings settings,
            ChatBodies bodies,
            ChatBodies streams,
            OpenLoopGenerator generator,
            Consumer<String> progress) {
        this.subjects = subjects;
        this.settings = settings;
        this.bodies = bodies;
        this.streams = streams;
        this.generator = generator;
        this.progress = progress;
        subjects.forEach(subject -> figures.put(subject.name(), new LinkedHashMap<>()));
    }

    /** Before each measurement, so that its connections are open: a quarter of its length, half a second at most. */
    private Duration inRunWarmup() {
        Duration quarter = settings.length().dividedBy(4);
        return quarter.compareTo(MAX_IN_RUN_WARMUP) < 0 ? quarter : MAX_IN_RUN_WARMUP;
    }

    /** Runs all rounds. */
    void measure() throws IOException, InterruptedException {
        for (Subject subject : subjects) {
            progress.accept("warm-up: " + subject.name());
            generator.saturate(plan(subject, 1, settings.warmup(), false), settings.connections());
        }
        for (int round = 0; round < settings.rounds(); round++) {
            List<Subject> order = new ArrayList<>(subjects);
            Collections.rotate(order, round);
            for (Subject subject : order) {
                progress.accept("round " + (round + 1) + " of " + settings.rounds() + ": " + subject.name());
                saturated(subject);
                for (int rate : settings.rates()) {
                    atRate(subject, rate);
                }
                if (settings.streamRate() > 0) {
                    streamed(subject);
                }
                if (subject.pid().isPresent()) {
                    add(
                            subject,
                            "memory_mib",
                            ProcessCpu.residentKib(subject.pid().getAsLong()) / 1024.0);
                }
            }
            derive();
        }
    }

    private void saturated(Subject subject) throws IOException, InterruptedException {
        generator.saturate(plan(subject, 1, inRunWarmup(), false), settings.connections());
        long before = cpu(subject);
        LoadResult result = generator.saturate(plan(subject, 1, settings.length(), false), settings.connections());
        add(subject, "calls_per_second", result.achievedPerSecond());
        add(subject, "error_rate", result.errorRate());
        if (subject.pid().isPresent()) {
            add(subject, "cpu_micros_saturated", (cpu(subject) - before) / (double) Math.max(1, result.count()));
        }
        progress.accept(
                String.format(Locale.ROOT, "  %,.0f calls/s, errors %s", result.achievedPerSecond(), result.errors()));
    }

    private void atRate(Subject subject, int rate) throws IOException, InterruptedException {
        long before = cpu(subject);
        LoadResult result = generator.run(warmed(subject, rate, false));
        String at = "@" + rate;
        add(subject, "mean_micros" + at, result.total().mean());
        add(subject, "p50_micros" + at, result.total().p50());
        add(subject, "p99_micros" + at, result.total().p99());
        add(subject, "error_rate" + at, result.errorRate());
        if (subject.pid().isPresent()) {
            double calls = rate * (settings.length().toNanos() + inRunWarmup().toNanos()) / 1e9;
            add(subject, "cpu_micros" + at, (cpu(subject) - before) / calls);
        }
        progress.accept(String.format(
                Locale.ROOT,
                "  at %d/s: mean %.0f, p50 %.0f, p99 %.0f µs, errors %s",
                rate,
                result.total().mean(),
                result.total().p50(),
                result.total().p99(),
                result.errors()));
    }

    private void streamed(Subject subject) throws InterruptedException {
        LoadResult result = generator.run(warmed(subject, settings.streamRate(), true));
        add(subject, "first_token_p50_micros", result.firstByte().p50());
        add(subject, "first_token_p99_micros", result.firstByte().p99());
        add(subject, "error_rate_streamed", result.errorRate());
        progress.accept(String.format(
                Locale.ROOT,
                "  streamed at %d/s: first token p50 %.0f, p99 %.0f µs, errors %s",
                settings.streamRate(),
                result.firstByte().p50(),
                result.firstByte().p99(),
                result.errors()));
    }

    /** Ratios and differences of the round that has just ended. */
    private void derive() {
        Map<String, List<Double>> direct = of(subjects.getFirst());
        for (Subject subject : subjects) {
            Map<String, List<Double>> own = of(subject);
            Map<String, List<Double>> nginx = figures.get("nginx");
            if (nginx != null) {
                add(subject, "ratio_to_nginx", last(own, "calls_per_second") / last(nginx, "calls_per_second"));
            }
            if (!subject.equals(subjects.getFirst())) {
                for (int rate : settings.rates()) {
                    for (String what : List.of("mean", "p50", "p99")) {
                        String name = what + "_micros@" + rate;
                        add(subject, "added_" + name, last(own, name) - last(direct, name));
                    }
                }
            }
        }
    }

    /** The greatest error rate of any measurement. */
    double worstErrorRate() {
        return figures.values().stream()
                .flatMap(own -> own.entrySet().stream())
                .filter(figure -> figure.getKey().startsWith("error_rate"))
                .flatMap(figure -> figure.getValue().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    /** The median of a figure over the rounds; NaN where it was not measured. */
    double median(String subject, String figure) {
        List<Double> values = figures.getOrDefault(subject, Map.of()).getOrDefault(figure, List.of());
        return values.isEmpty() ? Double.NaN : Spread.of(values).median();
    }

    /** A figure of one round, counted from 0. */
    double value(String subject, String figure, int round) {
        return figures.getOrDefault(subject, Map.of())
                .getOrDefault(figure, List.of())
                .get(round);
    }

    JsonObject json() {
        JsonObject all = new JsonObject();
        figures.forEach((subject, own) -> {
            JsonObject entry = new JsonObject();
            own.forEach((name, values) -> entry.put(name, json(values)));
            all.put(subject, entry);
        });
        return all;
    }

    /** The figure of every round and how they spread. */
    static JsonObject json(List<Double> values) {
        Spread spread = Spread.of(values);
        return new JsonObject()
                .put("min", Plans.rounded(spread.min()))
                .put("median", Plans.rounded(spread.median()))
                .put("max", Plans.rounded(spread.max()))
                .put("rounds", new JsonArray(values.stream().map(Plans::rounded).toList()));
    }

    /** Two markdown tables: throughput and cost, and latency by rate. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        int top = Collections.max(settings.rates());
        text.append("median (min to max) of ").append(settings.rounds()).append(" interleaved rounds\n\n");
        text.append("| target | calls a second | ratio to nginx | processor µs a call, saturated | at ")
                .append(top)
                .append("/s | first token p50 ms | p99 ms | memory MiB |\n|---|---|---|---|---|---|---|---|\n");
        for (Subject subject : subjects) {
            text.append("| ").append(subject.name());
            cell(text, subject, "calls_per_second", "%,.0f", 1);
            cell(text, subject, "ratio_to_nginx", "%.2f", 1);
            cell(text, subject, "cpu_micros_saturated", "%.0f", 1);
            cell(text, subject, "cpu_micros@" + top, "%.0f", 1);
            cell(text, subject, "first_token_p50_micros", "%.2f", 1e-3);
            cell(text, subject, "first_token_p99_micros", "%.2f", 1e-3);
            cell(text, subject, "memory_mib", "%.0f", 1);
            text.append(" |\n");
        }
        text.append("\n| target | rate | mean ms | p50 ms | p99 ms | added mean ms | added p50 ms | added p99 ms |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (int rate : settings.rates()) {
            for (Subject subject : subjects) {
                text.append("| ").append(subject.name()).append(" | ").append(rate);
                for (String what : List.of("mean", "p50", "p99", "added_mean", "added_p50", "added_p99")) {
                    cell(text, subject, what + "_micros@" + rate, "%.2f", 1e-3);
                }
                text.append(" |\n");
            }
        }
        return text.toString();
    }

    private void cell(StringBuilder text, Subject subject, String figure, String format, double scale) {
        List<Double> values = of(subject).getOrDefault(figure, List.of());
        text.append(" | ");
        if (values.isEmpty()) {
            text.append('–');
            return;
        }
        Spread spread = Spread.of(values);
        text.append(String.format(Locale.ROOT, format, spread.median() * scale));
        if (values.size() > 1) {
            text.append(String.format(
                    Locale.ROOT, " (" + format + " to " + format + ")", spread.min() * scale, spread.max() * scale));
        }
    }

    private LoadPlan plan(Subject subject, double rate, Duration length, boolean stream) {
        return plan(subject, rate, Duration.ZERO, length, stream);
    }

    private LoadPlan warmed(Subject subject, double rate, boolean stream) {
        return plan(subject, rate, inRunWarmup(), settings.length(), stream);
    }

    private LoadPlan plan(Subject subject, double rate, Duration warmup, Duration length, boolean stream) {
        return new LoadPlan(subject.url(), rate, warmup, length, stream ? streams : bodies, settings.headers(), stream);
    }

    private static long cpu(Subject subject) throws IOException {
        return subject.pid().isPresent()
                ? ProcessCpu.microsWithChildren(subject.pid().getAsLong())
                : 0;
    }

    private void add(Subject subject, String figure, double value) {
        of(subject).computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
    }

    private Map<String, List<Double>> of(Subject subject) {
        Map<String, List<Double>> own = figures.get(subject.name());
        if (own == null) {
            throw new IllegalStateException("subject: " + subject.name() + " (expected: one of this comparison)");
        }
        return own;
    }

    private static double last(Map<String, List<Double>> figures, String figure) {
        List<Double> values = figures.getOrDefault(figure, List.of());
        return values.isEmpty() ? Double.NaN : values.getLast();
    }

    /** Least, middle and greatest of some values. */
    record Spread(double min, double median, double max) {
        static Spread of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(sorted.getFirst(), median, sorted.getLast());
        }
    }
}
