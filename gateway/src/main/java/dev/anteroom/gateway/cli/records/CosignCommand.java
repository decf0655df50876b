package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.traces.Cosigner;
import dev.anteroom.traces.LogTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces cosign}: the other side of a witness, on a machine that the gateway's operators do not control. */
@Command(
        name = "cosign",
        mixinStandardHelpOptions = true,
        description = {
            "Signs a checkpoint that a gateway put into the directory of its witness, where it goes on from the one signed last.",
            "Run it where those who run the gateway cannot reach its key and its state. Exit code 1: it does not go on from it."
        })
public final class CosignCommand implements Callable<Integer> {
    private static final String SUBMISSION = ".submission";

    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "what the gateway submits: GATEWAY-LOG.submission")
    private @Nullable Path checkpoint;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "the witness's signing key")
    private Path key = Path.of("witness.key");

    @Option(
            names = "--new-key",
            paramLabel = "NAME",
            description = "makes that key, called so (such as witness.example/w1), prints its verifier key, and ends")
    private @Nullable String name;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "what was signed last of each log (default: ${DEFAULT-VALUE})")
    private Path state = Path.of("witness.state");

    @Option(names = "--public-key", paramLabel = "FILE", description = "the gateway's log.pub: whose logs are signed")
    private @Nullable Path publicKey;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the signed checkpoint goes (default: beside the submission, GATEWAY-LOG.cosigned)")
    private @Nullable Path out;

    /** The command; cosignatures bear the clock's time. */
    public CosignCommand(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter printed = spec.commandLine().getOut();
        try {
            if (name != null) {
                printed.println(Cosigner.createKey(key, name, random));
                printed.flush();
                return 0;
            }
            Path submission = checkpoint;
            Path trusted = publicKey;
            if (submission == null || trusted == null) {
                throw new CommandFailure(2, "--checkpoint FILE and --public-key FILE are needed");
            }
            LogTrust trust = LogTrust.of(List.of(Files.readAllBytes(trusted)), List.of(), List.of());
            String signed = Cosigner.open(key, trust, state).cosign(Files.readAllBytes(submission), clock.instant());
            Path to = out == null ? beside(submission) : out;
            Path draft = to.resolveSibling(to.getFileName() + ".draft");
            Files.writeString(draft, signed, StandardCharsets.UTF_8);
            Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
            printed.println("signed: "
                    + String.join(
                            " records of ", signed.lines().limit(2).toList().reversed()));
            printed.flush();
            return 0;
        } catch (Cosigner.Refused e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(2, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(
                    2, "a file cannot be read or written (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Path beside(Path submission) {
        String name = String.valueOf(submission.getFileName());
        String begin = name.endsWith(SUBMISSION) ? name.substring(0, name.length() - SUBMISSION.length()) : name;
        return submission.resolveSibling(begin + ".cosigned");
    }
}
