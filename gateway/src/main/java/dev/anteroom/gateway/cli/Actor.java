package dev.anteroom.gateway.cli;

import dev.anteroom.traces.Access;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who does something with records, and why: a mixin. Confined to one command. */
public final class Actor {
    private static final int LEAST_WORDS = 3;
    private static final int MOST_CHARS = 500;

    @Option(names = "--actor", paramLabel = "NAME", description = "who does this (default: the user of the system)")
    private @Nullable String actor;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why, in a few words; stands in the access journal, sealed")
    private @Nullable String given;

    private String standard = "";

    /** Gives the reason that stands for itself where none is given. */
    public Actor orElse(String reason) {
        standard = reason;
        return this;
    }

    /** Fails where no reason is given, or none that says anything. */
    public Actor check() throws CommandFailure {
        String reason = reason();
        if (reason.isEmpty() || (given != null && reason.split("\\s+").length < LEAST_WORDS)) {
            throw new CommandFailure(2, "--reason TEXT: say why, in a few words; it is recorded");
        }
        if (name().isBlank() || name().equals(Access.RETENTION)) {
            throw new CommandFailure(2, "--actor NAME: say who, and not the gateway's own name for itself");
        }
        if (reason.length() > MOST_CHARS || name().length() > MOST_CHARS) {
            throw new CommandFailure(2, "--reason and --actor take at most " + MOST_CHARS + " characters");
        }
        return this;
    }

    public String name() {
        return Optional.ofNullable(actor).orElseGet(() -> System.getProperty("user.name", "unknown"));
    }

    public String reason() {
        return Optional.ofNullable(given).orElse(standard).strip();
    }
}
