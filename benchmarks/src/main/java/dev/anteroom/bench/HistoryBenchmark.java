package dev.anteroom.bench;

import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One more turn of a conversation of 50 turns of 400 characters, a third of which identify somebody. One core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class HistoryBenchmark {
    private static final int TURNS = 50;
    private static final int TURN_CHARS = 400;
    private static final int ENTRIES = 1_024;
    private static final long BYTES = 1 << 24;

    private static final Redactor RULES = Redactor.create(Profile.BALANCED, SiteKnowledge.none());

    /** What reads the turns: a call has both, and what is not read again saves both. */
    @Param({"both", "rules"})
    private String layers = "both";

    private final SecureRandom random = new SecureRandom();
    private Redactor redactor = RULES;
    private final List<Position> before = turns(TURNS);
    private final List<Position> after = turns(TURNS + 1);
    private final List<Position> last = after.subList(TURNS, TURNS + 1);
    private final RedactionCache.Scope scope = new RedactionCache.Scope("north");
    private final RedactionCache known = new RedactionCache(ENTRIES, BYTES, random);

    /** A cache that knows the conversation before the new turn, made anew for every call. */
    @State(Scope.Thread)
    public static class Grown {
        private @Nullable RedactionCache cache;

        /** Lets the conversation come without its new turn. */
        @Setup(Level.Invocation)
        public void forget(HistoryBenchmark of) {
            cache = new RedactionCache(ENTRIES, BYTES, of.random);
            of.redactor.redact(of.before, KnownValues.none(), of.random, cache, of.scope);
        }
    }

    /** Reads the tagger where it is asked for. */
    @Setup
    public void layers() {
        redactor = layers.equals("rules")
                ? RULES
                : Redactor.create(
                        Profile.BALANCED,
                        SiteKnowledge.none(),
                        List.of(BenchTagger.warm().layer(Profile.BALANCED)));
    }

    private static List<Position> turns(int count) {
        String identifying = ClinicalTexts.withIdentifiers((TURNS / 3 + 1) * TURN_CHARS);
        String clean = ClinicalTexts.clean((TURNS + 1) * TURN_CHARS);
        List<Position> turns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String text = i % 3 == 0 ? identifying : clean;
            int at = (i % 3 == 0 ? i / 3 : i) * TURN_CHARS;
            turns.add(Position.text("messages[*].content", text.substring(at, at + TURN_CHARS)));
        }
        return List.copyOf(turns);
    }

    /** Reads all turns. */
    @Benchmark
    public Redaction rescan() {
        return redactor.redact(after, KnownValues.none(), random);
    }

    /** Reads nothing: the same turns came before. */
    @Benchmark
    public Redaction again() {
        return redactor.redact(after, KnownValues.none(), random, known, scope);
    }

    /** Reads the new turn alone, as if nothing had come before. */
    @Benchmark
    public Redaction lastTurn() {
        return redactor.redact(last, KnownValues.none(), random);
    }

    /** Reads the new turn and what it may change. */
    @Benchmark
    public Redaction grown(Grown grown) {
        return redactor.redact(after, KnownValues.none(), random, Objects.requireNonNull(grown.cache), scope);
    }
}
