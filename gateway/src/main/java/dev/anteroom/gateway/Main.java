package dev.anteroom.gateway;

import dev.anteroom.gateway.cli.AnteroomCommand;

/** The entry of the process. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code: 0 success, 1 the answer is no, 2 a wrong call or bad input. */
    public static void main(String[] arguments) {
        System.exit(AnteroomCommand.run(arguments));
    }
}
