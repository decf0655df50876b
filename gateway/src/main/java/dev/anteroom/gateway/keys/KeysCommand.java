package dev.anteroom.gateway.keys;

import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.ConfigLoader;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.config.DefaultPaths;
import dev.anteroom.gateway.config.Environment;
import dev.anteroom.gateway.config.Units;
import dev.anteroom.gateway.config.WorkflowConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands {@code keys create|list|rotate|revoke}. Confined to one thread. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "Makes, lists, rotates and revokes the API keys of callers. A running gateway follows within a second.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:a wrong call or bad input; stderr says what"})
public final class KeysCommand implements Callable<Integer> {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3_650);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private @Nullable CommandSpec spec;

    public KeysCommand(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        throw new ParameterException(own.commandLine(), "say which: keys create, list, rotate or revoke");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a key for one tenant, one workflow and one environment. The key alone goes to stdout, once; it is kept nowhere.")
    int create(
            @Option(
                            names = "--tenant",
                            required = true,
                            paramLabel = "TENANT",
                            description = "whose key it is; stands in every record of its calls")
                    String tenant,
            @Option(
                            names = "--workflow",
                            required = true,
                            paramLabel = "WORKFLOW",
                            description = "the only workflow of the configuration that it opens")
                    String workflow,
            @Option(
                            names = "--environment",
                            required = true,
                            paramLabel = "sandbox|live",
                            description = "the targets that it reaches")
                    String environment,
            @Option(
                            names = "--expires",
                            paramLabel = "DURATION",
                            description = "how long it is good for, such as 90d; left out it has no end")
                    @Nullable
                    String expires,
            @Option(
                            names = "--note",
                            defaultValue = "",
                            paramLabel = "TEXT",
                            description = "a note for people, shown by keys list")
                    String note,
            @Option(
                            names = "--config",
                            defaultValue = DefaultPaths.CONFIG,
                            paramLabel = "FILE",
                            description = "the configuration with the workflow (default ${DEFAULT-VALUE})")
                    Path config,
            @Option(
                            names = "--data",
                            defaultValue = DefaultPaths.DATA,
                            paramLabel = "DIR",
                            description = "the folder of the keys (default ${DEFAULT-VALUE})")
                    Path data) {
        Printer print = printer("create");
        if (!KeyFile.isId(tenant)) {
            return print.wrong("--tenant takes letters, digits, '.', '_' and '-', at most 64, a letter or digit first");
        }
        if (!KeyFile.isNote(note)) {
            return print.wrong("--note takes at most 200 characters on one line");
        }
        Environment chosen = switch (environment) {
            case "sandbox" -> Environment.SANDBOX;
            case "live" -> Environment.LIVE;
            default -> null;
        };
        if (chosen == null) {
            return print.wrong("--environment takes sandbox or live");
        }
        Duration lifetime = null;
        if (expires != null) {
            lifetime = Units.duration(expires)
                    .filter(d -> d.isPositive() && d.compareTo(LONGEST_LIFETIME) <= 0)
                    .orElse(null);
            if (lifetime == null) {
                return print.wrong(
                        "--expires takes a duration up to " + Units.showDuration(LONGEST_LIFETIME) + ", such as 90d");
            }
        }
        Config loaded;
        switch (new ConfigLoader(clock).load(config)) {
            case ConfigResult.Loaded right -> loaded = right.config();
            case ConfigResult.Rejected(var errors) -> {
                errors.forEach(error -> print.err().println(error.render()));
                return print.wrong("the configuration has errors");
            }
        }
        Optional<WorkflowConfig> found = loaded.workflow(workflow);
        if (found.isEmpty()) {
            String there = String.join(
                    ", ", loaded.workflows().stream().map(WorkflowConfig::id).toList());
            return print.wrong("there is no such workflow in " + config + "; there is " + there);
        }
        if (!reaches(loaded, found.get(), chosen)) {
            print.err()
                    .println("note: no route of workflow " + workflow + " leads to a target of environment "
                            + environment);
        }
        try {
            NewKey made = store(data).create(tenant, workflow, chosen, lifetime, note);
            print.out().println(made.secret());
            print.err()
                    .println("key " + made.key().keyId() + ": tenant " + tenant + ", workflow " + workflow
                            + ", environment " + environment + ", " + ends(made.key()));
            print.err()
                    .println("It is shown only this once. Revoke it with: keys revoke "
                            + made.key().keyId());
            return print.done();
        } catch (KeyStoreException e) {
            return print.wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the keys with their state: active, expired or revoked. The built-in demo key is not among them.")
    int list(
            @Option(
                            names = "--data",
                            defaultValue = DefaultPaths.DATA,
                            paramLabel = "DIR",
                            description = "the folder of the keys (default ${DEFAULT-VALUE})")
                    Path data) {
        Printer print = printer("list");
        try {
            Instant now = clock.instant();
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ID", "TENANT", "ENVIRONMENT", "WORKFLOW", "CREATED", "EXPIRES", "STATE", "NOTE"));
            for (CallerKey key : store(data).list()) {
                Instant expires = key.expires();
                rows.add(List.of(
                        key.keyId(),
                        key.tenant(),
                        KeyFile.nameOf(key.environment()),
                        key.workflow(),
                        key.created().toString(),
                        expires == null ? "never" : expires.toString(),
                        key.stateAt(now).name().toLowerCase(Locale.ROOT),
                        key.note()));
            }
            table(rows, print.out());
            return print.done();
        } catch (KeyStoreException e) {
            return print.wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a key like the named one, which expires after the overlap. The new key alone goes to stdout, once.")
    int rotate(
            @Parameters(paramLabel = "ID", description = "the id of the key, as keys list shows it") String id,
            @Option(
                            names = "--overlap",
                            defaultValue = "10m",
                            paramLabel = "DURATION",
                            description = "how long the old key stays good (default ${DEFAULT-VALUE})")
                    String overlap,
            @Option(
                            names = "--data",
                            defaultValue = DefaultPaths.DATA,
                            paramLabel = "DIR",
                            description = "the folder of the keys (default ${DEFAULT-VALUE})")
                    Path data) {
        Printer print = printer("rotate");
        Duration both = Units.duration(overlap)
                .filter(d -> d.compareTo(LONGEST_OVERLAP) <= 0)
                .orElse(null);
        if (both == null) {
            return print.wrong(
                    "--overlap takes a duration up to " + Units.showDuration(LONGEST_OVERLAP) + ", such as 10m");
        }
        try {
            return switch (store(data).rotate(id, both)) {
                case Rotation.Rotated(NewKey fresh, CallerKey old) -> {
                    print.out().println(fresh.secret());
                    print.err()
                            .println("key " + fresh.key().keyId() + ": " + ends(fresh.key())
                                    + "; it is shown only this once");
                    print.err().println("key " + old.keyId() + ": " + ends(old));
                    yield print.done();
                }
                case Rotation.NotFound() -> print.wrong(notFound(id));
                case Rotation.NotActive(CallerKey key, KeyState state) ->
                    print.wrong("key " + key.keyId() + " is " + state.name().toLowerCase(Locale.ROOT)
                            + "; make a new one with keys create");
            };
        } catch (KeyStoreException e) {
            return print.wrong(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a key for good; a running gateway refuses it within a second.")
    int revoke(
            @Parameters(paramLabel = "ID", description = "the id of the key, as keys list shows it") String id,
            @Option(
                            names = "--data",
                            defaultValue = DefaultPaths.DATA,
                            paramLabel = "DIR",
                            description = "the folder of the keys (default ${DEFAULT-VALUE})")
                    Path data) {
        Printer print = printer("revoke");
        try {
            Optional<CallerKey> revoked = store(data).revoke(id);
            if (revoked.isEmpty()) {
                return print.wrong(notFound(id));
            }
            print.err()
                    .println("key " + revoked.get().keyId() + ": revoked at "
                            + revoked.get().revoked());
            return print.done();
        } catch (KeyStoreException e) {
            return print.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static boolean reaches(Config config, WorkflowConfig workflow, Environment environment) {
        return workflow.routes().stream()
                .flatMap(id -> config.route(id).stream())
                .flatMap(route -> route.targets().stream())
                .flatMap(id -> config.target(id).stream())
                .anyMatch(target -> target.environment() == environment);
    }

    /** Said of an id that is not there, without repeating it: somebody may have pasted the key itself. */
    private static String notFound(String id) {
        return id.equals(CallerKey.DEMO_ID)
                ? "the demo key is part of the configuration; take it away with demo: false"
                : "there is no key with this id; keys list shows those there are";
    }

    private static String ends(CallerKey key) {
        Instant expires = key.expires();
        return expires == null ? "without end" : "good until " + expires;
    }

    private static void table(List<List<String>> rows, PrintWriter out) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private KeyStore store(Path data) {
        return new KeyStore(data, clock, random);
    }

    private Printer printer(String subcommand) {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        return new Printer(own.commandLine().getOut(), own.commandLine().getErr(), "keys " + subcommand + ": ");
    }

    private record Printer(PrintWriter out, PrintWriter err, String prefix) {
        int wrong(String problem) {
            err.println(prefix + problem);
            err.flush();
            return 2;
        }

        int done() {
            out.flush();
            err.flush();
            return 0;
        }
    }
}
