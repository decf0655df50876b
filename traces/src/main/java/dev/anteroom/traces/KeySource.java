package dev.anteroom.traces;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the keys of one {@link KeyRing.Role} come from. Immutable. */
public sealed interface KeySource {

    /**
     * A file of 64 hex digits. It seals; those beside it that are called {@code NAME-*.key} still open, where it is {@code NAME.key}.
     *
     * @param path absolute, or relative to the working directory
     */
    record File(Path path) implements KeySource {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A program that prints keys, 64 hex digits a line: the first seals, further ones still open. It gets no input, and nothing that it prints is kept
     * or shown.
     *
     * @param argv the program and its arguments; no shell reads them
     * @param limit how long it may take
     */
    record Command(List<String> argv, Duration limit) implements KeySource {
        public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(20);

        public Command {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("argv: empty (expected: a program)");
            }
        }

        /** The program alone: arguments may be nobody's business. */
        @Override
        public String toString() {
            return "the command " + argv.getFirst();
        }
    }

    /** The file of this role in a folder of keys, such as {@code operator.key}. */
    static KeySource in(Path folder, KeyRing.Role role) {
        return new File(folder.resolve(role.word() + ".key"));
    }
}
