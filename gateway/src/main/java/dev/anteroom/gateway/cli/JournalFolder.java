package dev.anteroom.gateway.cli;

import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.TraceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The journal of a data directory, for commands that read it. Stateless. */
public final class JournalFolder {

    private JournalFolder() {}

    /** Returns a reader of the journal; fails where there is none, or its key is missing. */
    public static TraceReader reader(Path data) throws CommandFailure {
        return TraceReader.open(data, keys(data));
    }

    /** Returns the keys that open a data directory's journal; fails where there is none, or its key is missing. */
    public static KeyRing keys(Path data) throws CommandFailure {
        Path keys = data.resolve("keys");
        if (!Files.isDirectory(data.resolve("journal")) || !Files.exists(keys.resolve("operator.key"))) {
            throw new CommandFailure(
                    2, "there is no journal with its key in " + data + "; name its place with --data DIR");
        }
        try {
            return KeyRing.openOrCreate(keys, new SecureRandom());
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
    }
}
