package dev.anteroom.load;

import picocli.CommandLine;

/** The load harness as a program: {@code ./anteroom load}. Stateless. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new LoadCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IllegalArgumentException || failure instanceof PortTakenException) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            boolean explained = failure instanceof IllegalStateException && failure.getMessage() != null;
            command.getErr().println(explained ? failure.getMessage() : failure.toString());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }
}
