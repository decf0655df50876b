package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The configuration of today. Confined to one command. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DefaultPaths.CONFIG,
            description = "the configuration (default: ${DEFAULT-VALUE})")
    private Path file = Path.of("anteroom.yaml");

    Path file() {
        return file;
    }

    ConfigResult.Loaded load(Clock clock, PrintWriter err) throws CommandFailure {
        return ConfigFile.load(file, clock, err, "nothing was read");
    }
}
