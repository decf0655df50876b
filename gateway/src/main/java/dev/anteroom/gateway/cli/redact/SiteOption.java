package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.SiteKnowledge;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Takes what a site knows of itself from a configuration that was named on the command line. Stateless. */
final class SiteOption {

    private SiteOption() {}

    /** The knowledge in the configuration, or none where no file is named. */
    static SiteKnowledge load(@Nullable Path config, Clock clock, PrintWriter err) throws CommandFailure {
        if (config == null) {
            return SiteKnowledge.none();
        }
        return SnapshotCompiler.site(
                ConfigFile.load(config, clock, err, "nothing was read").config().site());
    }
}
