package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.cli.keeping.AccessCommand;
import dev.anteroom.gateway.cli.keeping.AnnotateCommand;
import dev.anteroom.gateway.cli.keeping.HoldCommand;
import dev.anteroom.gateway.cli.keeping.RotateKeyCommand;
import dev.anteroom.gateway.cli.keeping.ShredCommand;
import dev.anteroom.gateway.cli.records.CosignCommand;
import dev.anteroom.gateway.cli.records.ExportCommand;
import dev.anteroom.gateway.cli.records.PruneKeptCommand;
import dev.anteroom.gateway.cli.records.ReplayCommand;
import dev.anteroom.gateway.cli.records.RescanCommand;
import dev.anteroom.gateway.cli.records.SearchCommand;
import dev.anteroom.gateway.cli.records.VerifyCommand;
import dev.anteroom.gateway.cli.redact.RedactCommand;
import dev.anteroom.gateway.config.CheckConfigCommand;
import dev.anteroom.gateway.keys.KeysCommand;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anteroom}: names its commands. Results go to stdout, everything else to stderr. */
@Command(
        name = "anteroom",
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The inference gateway of a health system: de-identifies, checks, records and restores every model call.",
        footer = {
            "",
            "Also, through the launcher: anteroom load (load harness), anteroom evaluate (measures the redactor), anteroom test (everything CI runs).",
            "Exit codes: 0 success, 1 the answer is no, 2 a wrong call or bad input."
        },
        subcommands = {ServeCommand.class, CommandLine.HelpCommand.class})
public final class AnteroomCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs a command line and returns its exit code. */
    public static int run(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            // Nobody should wait for a start until all the other commands were read.
            return withFailures(new CommandLine(new AnteroomCommand())).execute(arguments);
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        return line(Clock.systemUTC(), System.in, out).execute(arguments);
    }

    /** The command line over these streams; only what reads texts uses them. */
    static CommandLine line(Clock clock, InputStream in, PrintStream out) {
        SecureRandom random = new SecureRandom();
        CommandLine line = new CommandLine(new AnteroomCommand())
                .addSubcommand(new CheckConfigCommand(clock))
                .addSubcommand(new RedactCommand(clock, random, in, out))
                .addSubcommand(new KeysCommand(clock, random))
                .addSubcommand(new CommandLine(new TracesCommand())
                        .addSubcommand(new TracesCommand.ListTraces(clock))
                        .addSubcommand(new TracesCommand.ShowTrace(clock))
                        .addSubcommand(new ShredCommand(clock))
                        .addSubcommand(new HoldCommand(clock))
                        .addSubcommand(new RotateKeyCommand(clock, random))
                        .addSubcommand(new AccessCommand(clock))
                        .addSubcommand(new AnnotateCommand(clock))
                        .addSubcommand(new ReplayCommand(clock, in, out, BuildInfo::running))
                        .addSubcommand(new RescanCommand(clock, in, out))
                        .addSubcommand(new PruneKeptCommand(clock))
                        .addSubcommand(new SearchCommand(clock, random))
                        .addSubcommand(new VerifyCommand(in))
                        .addSubcommand(new ExportCommand(out))
                        .addSubcommand(new CosignCommand(clock, random)));
        return withFailures(line);
    }

    private static CommandLine withFailures(CommandLine line) {
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            // Messages of our own exceptions are for people; others may quote input and stay out.
            PrintWriter err = command.getErr();
            err.println("anteroom: "
                    + (failure instanceof CommandFailure
                            ? failure.getMessage()
                            : "failed unexpectedly (" + failure.getClass().getSimpleName() + ")"));
            return failure instanceof CommandFailure known ? known.exitCode() : CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
