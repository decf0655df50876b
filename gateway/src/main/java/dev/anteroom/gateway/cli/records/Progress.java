package dev.anteroom.gateway.cli.records;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Tells a person at a terminal how far long work is. Stateless. */
final class Progress {
    private static final long STEP = 100_000;

    private Progress() {}

    /** Writes a count to a line of its own that is written over; nothing where nobody watches. */
    static LongConsumer on(PrintWriter err, String what) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return count -> {};
        }
        long[] next = {STEP};
        return count -> {
            if (count >= next[0]) {
                next[0] = count + STEP;
                err.print("\r" + count + " " + what + "\r");
                err.flush();
            }
        };
    }
}
