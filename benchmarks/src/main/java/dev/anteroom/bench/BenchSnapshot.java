package dev.anteroom.bench;

import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import java.nio.file.Path;
import java.time.Clock;

/** The snapshot of the default configuration, as the gateway itself compiles it. */
final class BenchSnapshot {
    private BenchSnapshot() {}

    static Snapshot load() {
        Path root = Path.of(System.getProperty("anteroom.root", "."));
        return switch (new ConfigLoader(Clock.systemUTC()).load(root.resolve("config/anteroom.yaml"))) {
            case ConfigResult.Loaded loaded ->
                SnapshotCompiler.compile(
                        loaded.config(),
                        loaded.canonicalText(),
                        reference -> reference.open(name -> null, Clock.systemUTC()),
                        BenchTagger.warm(),
                        Build.named("benchmark"));
            case ConfigResult.Rejected rejected ->
                throw new IllegalStateException("config/anteroom.yaml below " + root.toAbsolutePath() + ": "
                        + rejected.errors().size() + " errors");
        };
    }
}
