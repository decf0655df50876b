package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
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
        return switch (new ConfigLoader(clock).load(config)) {
            case ConfigResult.Loaded loaded -> {
                loaded.warnings().forEach(warning -> err.println("warning: " + warning.render()));
                yield SnapshotCompiler.site(loaded.config().site());
            }
            case ConfigResult.Rejected(var errors) -> {
                errors.forEach(error -> err.println(error.render()));
                throw new CommandFailure(2, "the configuration is not usable; nothing was read");
            }
        };
    }
}
