package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.call.Replay;
import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceRecord;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anteroom traces replay}: whether recorded calls would be decided the same again. Confined to one thread. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Decides recorded calls again, from what they asked and the configuration, and compares every stage: what was replaced, the plan,"
                    + " the way through the targets, the release.",
            "Nothing is sent. Of a call's text nothing is shown. It takes the key for originals; who replayed which calls, and why, is recorded first."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:what could be decided again came out the same",
            "1:something differs, or nothing could be decided again",
            "2:a wrong call or bad input"
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Clock clock;
    private final PrintStream out;
    private final Supplier<String> build;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordOptions records = new RecordOptions();

    @Mixin
    private Actor actor = new Actor();

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description =
                    "one call, with every stage (default: all of --from and --until, those alone that are not the same)")
    private @Nullable String id;

    @Option(names = "--jsonl", description = "one JSON object a line and call, every call")
    private boolean jsonl;

    private long same;
    private long different;
    private long notRederivable;

    /**
     * The command; {@code out} is flushed at the end and not closed.
     *
     * @param build what this process was built from; asked when the command runs
     */
    public ReplayCommand(Clock clock, PrintStream out, Supplier<String> build) {
        this.clock = clock;
        this.out = out;
        this.build = build;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        Replay replay = new Replay(records.compiler(clock, build.get(), err));
        TraceReader reader = records.originals(
                Optional.ofNullable(id), actor.orElse("replay").check(), clock, err);
        try {
            if (id != null) {
                Trace trace = reader.find(id)
                        .orElseThrow(() -> new CommandFailure(1, "no call of this trace id in " + records.data()));
                show(trace, replay, true);
            } else {
                reader.forEachTrace(
                        records.from().orElse(Instant.EPOCH),
                        records.until().orElse(Instant.MAX),
                        trace -> show(trace, replay, false));
            }
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException notAnId) {
            throw new CommandFailure(2, "this is not a trace id; it is the value of x-anteroom-trace-id");
        } finally {
            out.flush();
            err.println("replayed with snapshot " + replay.snapshot().shortHash() + ": " + same + " same, " + different
                    + " differ, " + notRederivable + " not re-derivable");
            err.flush();
        }
        return different > 0 || (same == 0 && notRederivable > 0) ? 1 : 0;
    }

    private void show(Trace trace, Replay replay, boolean every) {
        List<Replay.Verdict> verdicts = replay.replay(trace);
        switch (Replay.summary(verdicts)) {
            case SAME -> same++;
            case DIFFERS -> different++;
            case NOT_REDERIVABLE -> notRederivable++;
        }
        boolean whole = verdicts.stream().allMatch(verdict -> verdict.result() instanceof Replay.Result.Same);
        if (jsonl) {
            writeJson(trace, replay, verdicts);
        } else if (every || !whole) {
            writeLines(trace, replay, verdicts);
        }
    }

    private static String snapshot(Trace trace) {
        for (Trace.Entry entry : trace.entries()) {
            if (entry.record() instanceof Intent intent) {
                return intent.snapshot();
            }
        }
        return "";
    }

    private static TraceRecord first(Trace trace) {
        for (Trace.Entry entry : trace.entries()) {
            if (!(entry.record() instanceof Original)) {
                return entry.record();
            }
        }
        return trace.entries().getFirst().record();
    }

    private void writeLines(Trace trace, Replay replay, List<Replay.Verdict> verdicts) {
        TraceRecord first = first(trace);
        String snapshot = snapshot(trace);
        out.println(first.traceId() + "  " + first.time()
                + (snapshot.isEmpty() || snapshot.equals(replay.snapshot().hash())
                        ? ""
                        : "  decided under another snapshot"));
        for (Replay.Verdict verdict : verdicts) {
            String stage = verdict.stage().name().toLowerCase(Locale.ROOT);
            out.println(String.format(
                    Locale.ROOT,
                    "    %-10s %s",
                    stage,
                    switch (verdict.result()) {
                        case Replay.Result.Same s -> "same";
                        case Replay.Result.Differs differs -> "differs: " + differs.what();
                        case Replay.Result.NotRederivable not -> "not re-derivable: " + not.why();
                    }));
        }
    }

    private void writeJson(Trace trace, Replay replay, List<Replay.Verdict> verdicts) {
        out.println(new String(
                JsonOutput.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("trace", first(trace).traceId());
                    json.writeStringField("time", first(trace).time().toString());
                    json.writeStringField("recorded_snapshot", snapshot(trace));
                    json.writeStringField("snapshot", replay.snapshot().hash());
                    json.writeObjectFieldStart("stages");
                    for (Replay.Verdict verdict : verdicts) {
                        json.writeObjectFieldStart(verdict.stage().name().toLowerCase(Locale.ROOT));
                        switch (verdict.result()) {
                            case Replay.Result.Same s -> json.writeStringField("result", "same");
                            case Replay.Result.Differs differs -> {
                                json.writeStringField("result", "differs");
                                json.writeStringField("what", differs.what());
                            }
                            case Replay.Result.NotRederivable not -> {
                                json.writeStringField("result", "not_re_derivable");
                                json.writeStringField("why", not.why());
                            }
                        }
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                    json.writeEndObject();
                }),
                StandardCharsets.UTF_8));
    }
}
