package dev.anteroom.gateway.cli;

import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;

/** The journal of a data directory, for commands that take no word on where its keys are. Stateless. */
public final class JournalFolder {

    private JournalFolder() {}

    /** Returns a reader of the journal; fails where there is none, or its key is missing. */
    public static TraceReader reader(Path data) throws CommandFailure {
        return new KeyOption().reader(data, Clock.systemUTC(), new PrintWriter(Writer.nullWriter()));
    }
}
