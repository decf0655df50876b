package dev.anteroom.bench;

import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding and replacing in texts, without parsing and rendering. One core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseParallelGC",
            "-Xmn64m",
            "-XX:+UseCompactObjectHeaders"
        })
public class RedactorBenchmark {
    private static final int KIBIBYTE = 1 << 10;
    private static final int CLEAN_KIBIBYTES = 64;
    private static final int PROMPTS = 64;

    /** Forty tokens, two of them a name. */
    private static final String QUERY =
            "Please summarise the discharge plan for Wilhelmina Okafor, who came with chest pain and"
                    + " shortness of breath, takes metformin 500 mg twice daily, and asks whether aspirin is safe after her last operation.";

    private final SecureRandom random = new SecureRandom();
    private final Redactor redactor = Redactor.create(
            Profile.BALANCED, SiteKnowledge.none(), List.of(BenchTagger.warm().layer(Profile.BALANCED)));
    private final Redactor rules = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
    private final List<Position> query = List.of(Position.text("", QUERY));
    private final List<Position> clean = List.of(Position.text("", ClinicalTexts.clean(CLEAN_KIBIBYTES * KIBIBYTE)));

    private final List<List<Position>> typical = positions(ClinicalTexts.typicalPrompts(PROMPTS));
    private final List<List<Position>> dense = positions(ClinicalTexts.densePrompts(PROMPTS, KIBIBYTE));
    private int next;

    private static List<List<Position>> positions(List<String> texts) {
        return texts.stream().map(text -> List.of(Position.text("", text))).toList();
    }

    /** A prompt of 1 KiB with as many identifiers as clinical text holds, the same each time. */
    @Benchmark
    public Redaction prompt() {
        return redactor.redact(typical.getFirst(), KnownValues.none(), random);
    }

    /** The same with the rules alone. */
    @Benchmark
    public Redaction promptRulesAlone() {
        return rules.redact(typical.getFirst(), KnownValues.none(), random);
    }

    /** One of 64 such prompts, another one each time, so that the processor knows none by heart: what a call costs. */
    @Benchmark
    public Redaction prompts() {
        return redactor.redact(nextOf(typical), KnownValues.none(), random);
    }

    /** The same with the rules alone. */
    @Benchmark
    public Redaction promptsRulesAlone() {
        return rules.redact(nextOf(typical), KnownValues.none(), random);
    }

    /** One of 64 prompts of 1 KiB with values of every kind, another one each time: more than any text of an app holds. */
    @Benchmark
    public Redaction densePrompts() {
        return redactor.redact(nextOf(dense), KnownValues.none(), random);
    }

    /** The same with the rules alone. */
    @Benchmark
    public Redaction densePromptsRulesAlone() {
        return rules.redact(nextOf(dense), KnownValues.none(), random);
    }

    private List<Position> nextOf(List<List<Position>> prompts) {
        next = (next + 1) % PROMPTS;
        return prompts.get(next);
    }

    /** A question of forty tokens. */
    @Benchmark
    public Redaction query() {
        return redactor.redact(query, KnownValues.none(), random);
    }

    /** A text of 64 KiB without identifiers, with the rules alone. */
    @Benchmark
    public Redaction cleanRulesAlone() {
        return rules.redact(clean, KnownValues.none(), random);
    }

    /** A text of 64 KiB without identifiers. */
    @Benchmark
    public Redaction clean() {
        return redactor.redact(clean, KnownValues.none(), random);
    }
}
