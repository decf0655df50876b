package dev.anteroom.gateway.wire;

import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.PhiTagger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** The request pass of the default configuration: what of a chat call would leave. Thread-safe. */
final class OutboundBody {
    private static final Path ROOT = Path.of(System.getProperty("anteroom.root", ".."));

    private final Snapshot snapshot = snapshot();

    /** The body that would be sent for this one, by the {@code balanced} or the {@code strict} profile. */
    String of(String json, boolean strict, RandomGenerator random) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try {
            CompiledRequest request = RequestCompiler.compile(
                    snapshot.reader().parse(body, 0, body.length),
                    ChatRequestTable.TABLE,
                    snapshot.vocabulary(),
                    snapshot.reader());
            return request.deidentify((strict ? snapshot.strict() : snapshot.balanced())
                            .redact(request.positions(), request.patient().values(), random))
                    .recordText();
        } catch (RequestRefused refused) {
            throw new AssertionError(json, refused);
        }
    }

    private static Snapshot snapshot() {
        return switch (new ConfigLoader(Clock.systemUTC()).load(ROOT.resolve("config/anteroom.yaml"))) {
            case ConfigResult.Loaded loaded ->
                SnapshotCompiler.compile(
                        loaded.config(),
                        loaded.canonicalText(),
                        reference -> reference.open(_ -> null, Clock.systemUTC()),
                        PhiTagger.shipped(),
                        Build.named("test"));
            case ConfigResult.Rejected rejected -> throw new AssertionError(rejected.errors());
        };
    }
}
