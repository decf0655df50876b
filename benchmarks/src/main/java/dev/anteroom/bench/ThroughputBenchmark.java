package dev.anteroom.bench;

import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Finding and replacing in prompts of 1 KiB with the tagger, different ones in turn, by one caller and by 32 on all processors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ThroughputBenchmark {
    private static final int KIBIBYTE = 1 << 10;
    private static final int PROMPTS = 64;

    private final Redactor redactor = Redactor.create(
            Profile.BALANCED, SiteKnowledge.none(), List.of(BenchTagger.warm().layer(Profile.BALANCED)));
    private final List<List<Position>> prompts = prompts();

    /** What one caller keeps. */
    @State(Scope.Thread)
    public static class Caller {
        private final SplittableRandom random = new SplittableRandom();
        private int next = random.nextInt(PROMPTS);
    }

    private static List<List<Position>> prompts() {
        String text = ClinicalTexts.withIdentifiers(PROMPTS * KIBIBYTE);
        List<List<Position>> prompts = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) {
            prompts.add(List.of(Position.text("", text.substring(i * KIBIBYTE, (i + 1) * KIBIBYTE))));
        }
        return prompts;
    }

    private Redaction redact(Caller caller) {
        caller.next = (caller.next + 1) % PROMPTS;
        return redactor.redact(prompts.get(caller.next), KnownValues.none(), caller.random);
    }

    /** One caller. */
    @Benchmark
    @Threads(1)
    public Redaction one(Caller caller) {
        return redact(caller);
    }

    /** More callers than there are processors. */
    @Benchmark
    @Threads(32)
    public Redaction thirtyTwo(Caller caller) {
        return redact(caller);
    }
}
