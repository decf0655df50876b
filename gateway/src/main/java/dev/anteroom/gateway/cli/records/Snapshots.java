package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.config.ConfigFiles;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.kept.KeptException;
import dev.anteroom.gateway.kept.KeptSnapshot;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.PhiTagger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Makes snapshots for commands that decide and send nothing, so they know no secrets. Stateless. */
final class Snapshots {
    private Snapshots() {}

    /** What makes the snapshot of a configuration, given the clock that it is to go by. */
    static Function<InstantSource, Snapshot> of(
            ConfigResult.Loaded loaded, SnapshotCompiler.Models models, Build build) {
        return time -> SnapshotCompiler.compile(
                loaded.config(),
                loaded.canonicalText(),
                reference -> reference.open(_ -> null, Clock.systemUTC()),
                models,
                build,
                time);
    }

    /**
     * What makes a kept snapshot again, from the configuration as it stood then and the kept files of a classifier of the site's own.
     *
     * @throws dev.anteroom.models.ModelException where that classifier cannot be read
     */
    static Function<InstantSource, Snapshot> of(KeptSnapshot kept, PhiTagger tagger, Build build)
            throws KeptException, NotMadeAgain {
        ConfigFiles files = ConfigFiles.kept(kept.files());
        return switch (new ConfigLoader(Clock.fixed(kept.time(), ZoneOffset.UTC), files).load(kept.config())) {
            case ConfigResult.Loaded loaded ->
                of(loaded, SnapshotCompiler.Models.open(tagger, loaded.config(), name -> open(kept, name)), build);
            case ConfigResult.Rejected _ -> throw new NotMadeAgain("the kept configuration is not accepted any more");
        };
    }

    private static InputStream open(KeptSnapshot kept, String name) throws IOException {
        try {
            return new ByteArrayInputStream(kept.model(name));
        } catch (KeptException e) {
            throw new IOException(e);
        }
    }

    /** A kept snapshot does not come out as it was; the message says why. */
    static final class NotMadeAgain extends Exception {
        private static final long serialVersionUID = 1;

        NotMadeAgain(String message) {
            super(message);
        }
    }
}
