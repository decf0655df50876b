package dev.anteroom.acceptance;

import dev.anteroom.gateway.cli.AnteroomCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line said. Immutable.
 *
 * @param code its exit code
 */
record Said(int code, String out, String err) {
    /** Runs {@code anteroom} with these words in this JVM, with what it prints caught; one at a time. */
    static synchronized Said by(String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
        ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
        try {
            int code = AnteroomCommand.run(words);
            return new Said(
                    code, caughtOut.toString(StandardCharsets.UTF_8), caughtErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
