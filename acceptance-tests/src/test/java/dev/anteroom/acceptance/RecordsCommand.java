package dev.anteroom.acceptance;

import dev.anteroom.gateway.cli.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What a command said that reads the records of a running gateway. Immutable.
 *
 * @param code its exit code
 */
record RecordsCommand(int code, String out, String err) {
    /** A name that the rules know by its title, and that a lenient configuration lets pass as an eponym. */
    static final String EPONYM = "Zorblatt";

    /** Runs a command on a gateway's records with a configuration; {@code made} makes it over its standard output. */
    static RecordsCommand run(
            Function<PrintStream, Callable<Integer>> made, RunningGateway gateway, Path config, String... more) {
        return run(
                made,
                gateway.data(),
                Stream.concat(Stream.of("--config", config.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** Runs a command on the records of a data directory. */
    static RecordsCommand run(Function<PrintStream, Callable<Integer>> made, Path data, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(made.apply(new PrintStream(out, true, StandardCharsets.UTF_8)))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, _, _) -> ((CommandFailure) failure).exitCode());
        String[] options = {"--data", data.toString()};
        int code = command.execute(
                Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new));
        return new RecordsCommand(code, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** Writes a configuration into a folder that it makes; a lenient one lets {@link #EPONYM} pass. */
    static Path config(Path own, TestConfig config, boolean lenient) throws IOException {
        Files.createDirectory(own);
        Files.writeString(own.resolve("exceptions.yaml"), """
                version: 1
                exceptions:
                  - {term: %s, reason: an eponym, reviewer: R. Viewer, expires: 2099-12-31}
                """.formatted(lenient ? EPONYM : "Babinski"));
        return config.withExtra("site: {exceptionsFile: \"" + own.resolve("exceptions.yaml") + "\"}\n")
                .write(own);
    }
}
