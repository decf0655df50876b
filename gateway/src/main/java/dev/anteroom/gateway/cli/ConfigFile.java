package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;

/** The configuration that a command is given. Stateless. */
public final class ConfigFile {

    private ConfigFile() {}

    /**
     * Reads a configuration, and prints its warnings, or all its errors.
     *
     * @param consequence what did not happen where it is not usable, such as "nothing was read"
     */
    public static ConfigResult.Loaded load(Path file, Clock clock, PrintWriter err, String consequence)
            throws CommandFailure {
        return switch (new ConfigLoader(clock).load(file)) {
            case ConfigResult.Loaded loaded -> {
                loaded.warnings().forEach(warning -> err.println("warning: " + warning.render()));
                yield loaded;
            }
            case ConfigResult.Rejected(var errors) -> {
                errors.forEach(error -> err.println(error.render()));
                throw new CommandFailure(2, "the configuration is not usable; " + consequence);
            }
        };
    }
}
