package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.KeyRotation;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces rotate-key}: puts another key in force. Confined to one thread. */
@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new operator key. The old one stays beside it as operator-ID.key and still opens what it sealed; a running gateway goes on with"
                    + " it until its next start.",
            "With --rewrap the keys of all records of finished runs are wrapped under the new key too. Then the old key can be destroyed, and with it"
                    + " every old copy of the journal becomes unreadable. Killed in the middle, call it again: it goes on with the same new key."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:not, or with --rewrap not wholly", "2:a wrong call or bad input"})
public final class RotateKeyCommand implements Callable<Integer> {
    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordsPlace place = new RecordsPlace();

    @Mixin
    private Actor actor = new Actor();

    @Option(names = "--originals", description = "the key for what calls asked instead of the operator key")
    private boolean originals;

    @Option(
            names = "--rewrap",
            description =
                    "wrap the keys of kept records under the new key; where the key comes from a command, under its first one")
    private boolean rewrap;

    public RotateKeyCommand(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        KeyRing.Role role = originals ? KeyRing.Role.ORIGINALS : KeyRing.Role.OPERATOR;
        actor.orElse("key rotation").check();
        try {
            KeyRing keys = keys();
            KeyRotation rotation = rotation(keys, role);
            boolean goOn = rewrap && (rotation.isUnfinished() || keys.isFromCommand(role));
            if (!goOn) {
                KeyRotation.Rotated rotated = rotation.rotate(actor.name(), actor.reason(), random);
                out.println("new key " + rotated.newKey() + ": " + rotated.file());
                out.println("old key " + rotated.oldKey() + ": " + rotated.oldFile());
                out.println(
                        "A running gateway seals with the old key until its next start. Keep a copy of the new key elsewhere.");
                rotation = rotation(keys(), role);
            }
            return rewrap ? rewrap(rotation) : 0;
        } catch (JournalException e) {
            throw new CommandFailure(e.kind() == JournalException.Kind.INVALID ? 2 : 1, String.valueOf(e.getMessage()));
        } finally {
            out.flush();
        }
    }

    private KeyRing keys() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        return originals ? place.allKeys(clock, err) : place.operatorKeys(clock, err);
    }

    private KeyRotation rotation(KeyRing keys, KeyRing.Role role) {
        return new KeyRotation(place.data(), keys, role, place.accessLog(keys, clock));
    }

    private int rewrap(KeyRotation rotation) throws JournalException {
        PrintWriter out = spec.commandLine().getOut();
        KeyRotation.Rewrapped done = rotation.rewrap(actor.name(), actor.reason());
        out.println("wrapped " + done.records() + " keys of records anew");
        if (done.isComplete()) {
            out.println(
                    "No record needs an older key any more: destroy the older keys and their copies. Old backups of the journal cannot be read then.");
            return 0;
        }
        out.println("Still needed, by " + done.left() + " keys of records: " + String.join(" ", done.olderKeys()));
        if (done.running() > 0) {
            out.println(
                    done.running()
                            + " of them are of a run that has not ended. Start the gateway anew, so that it takes the new key, and call this again.");
        }
        PrintWriter err = spec.commandLine().getErr();
        done.problems().forEach(problem -> err.println("not wrapped anew: " + problem));
        err.flush();
        return 1;
    }
}
