package dev.anteroom.evaluation;

import picocli.CommandLine;

/** The measuring as a program: {@code ./anteroom evaluate}. Stateless. */
@CommandLine.Command(
        name = "anteroom evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures the redactor.",
        subcommands = PhiCommand.class)
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            boolean input = failure instanceof IllegalArgumentException;
            command.getErr()
                    .println("anteroom: "
                            + (input
                                    ? failure.getMessage()
                                    : "failed unexpectedly ("
                                            + failure.getClass().getSimpleName() + ")"));
            return input ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }
}
