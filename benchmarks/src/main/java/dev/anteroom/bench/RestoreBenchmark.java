package dev.anteroom.bench;

import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.RestorePolicy;
import dev.anteroom.phi.Restorer;
import dev.anteroom.phi.SiteKnowledge;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Putting originals back into a streamed answer of many placeholders, per delta of four characters, about a token. One core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RestoreBenchmark {
    private static final int DELTAS = 256;
    private static final int DELTA_CHARS = 4;

    private final Redaction redaction = redaction();
    private final List<String> deltas = deltas(redaction.text(0).value());
    private final StringBuilder out = new StringBuilder(DELTAS * DELTA_CHARS * 2);

    /** A channel of text. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public int text() {
        return restored(redaction.vault().textRestorer(RestorePolicy.restoring("content")));
    }

    /** A channel that is a JSON document, all of it one string. */
    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public int json() {
        Restorer restorer = redaction.vault().jsonRestorer(RestorePolicy.restoring("tool"));
        restorer.append("{\"note\":\"", out);
        return restored(restorer);
    }

    private int restored(Restorer restorer) {
        out.setLength(0);
        for (int i = 0; i < DELTAS; i++) {
            restorer.append(deltas.get(i), out);
        }
        restorer.finish(out);
        return out.length();
    }

    private static Redaction redaction() {
        String answer = ClinicalTexts.withIdentifiers(DELTAS * DELTA_CHARS * 2)
                .replace("\"", "")
                .replace('\n', ' ');
        return Redactor.create(Profile.BALANCED, SiteKnowledge.none())
                .redact(List.of(Position.text("", answer)), KnownValues.none(), new SecureRandom());
    }

    private static List<String> deltas(String answer) {
        List<String> deltas = new ArrayList<>(DELTAS);
        for (int i = 0; i < DELTAS; i++) {
            deltas.add(answer.substring(i * DELTA_CHARS, (i + 1) * DELTA_CHARS));
        }
        return List.copyOf(deltas);
    }
}
