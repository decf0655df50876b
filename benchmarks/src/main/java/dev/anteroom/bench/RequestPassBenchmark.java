package dev.anteroom.bench;

import dev.anteroom.egress.DeidentifiedRequest;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.RequestCompiler;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.KnownValues;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The request pass: bytes of a chat call → parsed, walked along its table, redacted, rendered. One core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RequestPassBenchmark {
    /** The size of the body. */
    @Param({"1024", "8192"})
    public int bytes;

    private final SecureRandom random = new SecureRandom();
    private Snapshot snapshot = BenchSnapshot.load();
    private byte[] body = {};

    /** Makes the body. */
    @Setup
    public void setUp() {
        snapshot = BenchSnapshot.load();
        body = ChatBodies.ofAbout(bytes);
    }

    /** All of it. */
    @Benchmark
    public DeidentifiedRequest whole() throws RequestRefused {
        CompiledRequest request = compiled();
        return request.deidentify(snapshot.balanced()
                .redact(request.positions(), request.patient().values(), random));
    }

    /** Parsing and walking alone. */
    @Benchmark
    public CompiledRequest compiled() throws RequestRefused {
        return RequestCompiler.compile(
                snapshot.reader().parse(body, 0, body.length),
                ChatRequestTable.TABLE,
                snapshot.vocabulary(),
                snapshot.reader());
    }

    /** Detecting alone, without replacing. */
    @Benchmark
    public Object detected() throws RequestRefused {
        return snapshot.balanced().detect(compiled().positions(), KnownValues.none());
    }
}
