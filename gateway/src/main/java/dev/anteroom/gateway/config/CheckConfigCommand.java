package dev.anteroom.gateway.config;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code check-config FILE}. Confined to one thread. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Reads a configuration and its contracts and prints every error at once, one a line:"
                + " file:line:column, the key, the problem and what would be right. Reads no secret and starts nothing."
                + " Warnings follow the line 'ok' and do not change the exit code.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the configuration is right", "1:it has errors", "2:the file is missing or cannot be read"})
public final class CheckConfigCommand implements Callable<Integer> {
    private final ConfigLoader loader;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the configuration, such as config/anteroom.yaml")
    private @Nullable Path file;

    public CheckConfigCommand(Clock clock) {
        this.loader = new ConfigLoader(clock);
    }

    @Override
    public Integer call() {
        CommandSpec commandSpec = spec;
        Path config = file;
        if (commandSpec == null || config == null) {
            throw new IllegalStateException("picocli has not set the parameters");
        }
        PrintWriter out = commandSpec.commandLine().getOut();
        PrintWriter err = commandSpec.commandLine().getErr();
        if (!Files.isRegularFile(config) || !Files.isReadable(config)) {
            err.println(config + ": there is no such file, or it cannot be read");
            err.flush();
            return 2;
        }
        int code = switch (loader.load(config)) {
            case ConfigResult.Loaded right -> {
                Config loaded = right.config();
                out.println("ok: " + count(loaded.targets().size(), "target") + ", "
                        + count(loaded.routes().size(), "route") + ", "
                        + count(loaded.workflows().size(), "workflow") + ", "
                        + count(loaded.contracts().size(), "contract"));
                right.warnings().forEach(warning -> out.println("warning: " + warning.render()));
                yield 0;
            }
            case ConfigResult.Rejected(var errors) -> {
                errors.forEach(error -> out.println(error.render()));
                yield 1;
            }
        };
        out.flush();
        return code;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
