package dev.anteroom.gateway.cli;

import dev.anteroom.traces.KeyRing;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;

/** The journal of a data directory, for commands that take no word on where its keys are. Stateless. */
public final class JournalFolder {

    private JournalFolder() {}

    /** Returns the keys that open it: of what calls asked, too, where they are there. */
    public static KeyRing keys(Path data) throws CommandFailure {
        PrintWriter err = new PrintWriter(Writer.nullWriter());
        try {
            return new KeyOption().allKeys(data, Clock.systemUTC(), err);
        } catch (CommandFailure noOriginals) {
            return new KeyOption().operatorKeys(data, Clock.systemUTC(), err);
        }
    }
}
