package dev.anteroom.gateway.config;

import dev.anteroom.traces.KeySource;
import java.util.List;

/** Where the configuration says that a key of the journal is. Immutable. */
public sealed interface KeyReference {
    /** A file; the gateway makes it where it is missing. */
    record File(FileReference file) implements KeyReference {}

    /** A program that prints the key. */
    record Command(List<String> argv) implements KeyReference {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /** The same for whoever opens a key ring. */
    default KeySource source() {
        return switch (this) {
            case File(FileReference file) -> new KeySource.File(file.path());
            case Command(List<String> argv) -> new KeySource.Command(argv, KeySource.Command.DEFAULT_LIMIT);
        };
    }
}
