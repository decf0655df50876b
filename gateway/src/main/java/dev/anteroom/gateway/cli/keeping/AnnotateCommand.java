package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.RecordsPlace;
import dev.anteroom.traces.Act;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.TraceReader;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anteroom traces annotate}: a later review or score of a call. Confined to one thread. */
@Command(
        name = "annotate",
        mixinStandardHelpOptions = true,
        description = {
            "Says of a recorded call what a person or a program found later; traces show prints it with the call.",
            "It stands in the access journal: who, when, what and why. The record of the call is not changed."
        })
public final class AnnotateCommand implements Callable<Integer> {
    private static final int MOST_CHARS = 200;

    private enum Kind {
        review,
        score
    }

    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordsPlace place = new RecordsPlace();

    @Mixin
    private Actor actor = new Actor();

    @Parameters(paramLabel = "ID", description = "the value of x-anteroom-trace-id")
    private String id = "";

    @Option(names = "--kind", required = true, paramLabel = "review|score", description = "what it is")
    private Kind kind = Kind.review;

    @Option(
            names = "--value",
            required = true,
            paramLabel = "V",
            description = "of a review in a few words, such as 'wrong dose'; of a score a number")
    private String value = "";

    public AnnotateCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandFailure {
        actor.check();
        if (value.isBlank() || value.length() > MOST_CHARS) {
            throw new CommandFailure(2, "--value takes 1 to " + MOST_CHARS + " characters");
        }
        if (kind == Kind.score) {
            checkNumber();
        }
        PrintWriter err = spec.commandLine().getErr();
        KeyRing keys = place.operatorKeys(clock, err);
        try {
            if (TraceReader.open(place.data(), keys).find(id).isEmpty()) {
                throw new CommandFailure(1, "no call of this trace id in " + place.data());
            }
            Act.Annotated.Kind said = switch (kind) {
                case review -> Act.Annotated.Kind.REVIEW;
                case score -> Act.Annotated.Kind.SCORE;
            };
            place.accessLog(keys, clock)
                    .record(actor.name(), actor.reason(), new Act.Annotated(id, said, value.strip()));
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private void checkNumber() throws CommandFailure {
        try {
            if (Double.isFinite(Double.parseDouble(value))) {
                return;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new CommandFailure(2, "--value: expected a number for a score");
    }
}
