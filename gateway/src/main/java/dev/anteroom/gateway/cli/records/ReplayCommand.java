package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.call.Replay;
import dev.anteroom.gateway.cli.Actor;
import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.RecordId;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceJson;
import dev.anteroom.traces.TraceReader;
import dev.anteroom.traces.TraceRecord;
import dev.anteroom.traces.WrittenJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "Decides recorded calls again, from what they asked and what decided then, and compares every stage: what was replaced, the plan,"
                    + " the way through the targets, the release.",
            "Configuration, models and program of then are kept as long as a record names them; a call that another build decided is decided"
                    + " again by a process of that build.",
            "Nothing is sent. Of a call's text nothing is shown. It takes the key for originals; who replayed which calls, and why, is recorded first."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:what could be decided again came out the same",
            "1:something differs, or nothing could be decided again",
            "2:a wrong call or bad input"
        })
public final class ReplayCommand implements Callable<Integer> {

    /** Says what this process was built from. */
    @FunctionalInterface
    public interface Builds {
        /** The build of this process. */
        Build running() throws CommandFailure;
    }

    private static final RecordId NOWHERE = new RecordId("00000000000000000000000000000000", 1);

    private final Clock clock;
    private final InputStream in;
    private final PrintStream out;
    private final Builds builds;

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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "what would be decided with this configuration and today's build (default: each call as it was decided)")
    private @Nullable Path config;

    @Option(names = "--jsonl", description = "one JSON object a line and call, every call")
    private boolean jsonl;

    /**
     * How a later build asks this one: calls come on standard input, each record two lines, what was decided and
     * its text (empty where there is none), and an empty line behind each call.
     */
    @Option(names = "--recorded", hidden = true)
    private boolean recorded;

    private @Nullable ContentDigest digest;
    private long same;
    private long different;
    private long notRederivable;

    /**
     * The command over these streams; {@code out} is flushed at the end and not closed.
     *
     * @param builds asked when the command runs
     */
    public ReplayCommand(Clock clock, InputStream in, PrintStream out, Builds builds) {
        this.clock = clock;
        this.in = in;
        this.out = out;
        this.builds = builds;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        try (Decider decider = decider(err)) {
            try {
                if (recorded) {
                    answer(decider);
                } else {
                    read(decider, err);
                }
            } finally {
                out.flush();
                err.println("replayed with " + decider.with() + ": " + same + " same, " + different + " differ, "
                        + notRederivable + " not re-derivable");
                err.flush();
            }
        }
        return different > 0 || (same == 0 && notRederivable > 0) ? 1 : 0;
    }

    private Decider decider(PrintWriter err) throws CommandFailure {
        Path file = config;
        if (file == null) {
            return new RecordedDecider(records.data(), builds.running(), !recorded);
        }
        ConfigResult.Loaded loaded = ConfigFile.load(file, clock, err, "nothing was read");
        return Decider.with(new Replay(Snapshots.of(loaded, ShippedTagger.with(loaded.config()), builds.running())));
    }

    private void read(Decider decider, PrintWriter err) throws CommandFailure {
        try {
            digest = ContentDigest.open(records.data().resolve("keys")).orElse(null);
        } catch (IOException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
        TraceReader reader = records.originals(
                Optional.ofNullable(id), actor.orElse("replay").check(), clock, err);
        try {
            if (id != null) {
                Trace trace = reader.find(id)
                        .orElseThrow(() -> new CommandFailure(1, "no call of this trace id in " + records.data()));
                show(trace.entries(), decider, true);
            } else {
                reader.forEachTrace(
                        records.from().orElse(Instant.EPOCH),
                        records.until().orElse(Instant.MAX),
                        trace -> show(trace.entries(), decider, false));
            }
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException notAnId) {
            throw new CommandFailure(2, "this is not a trace id; it is the value of x-anteroom-trace-id");
        }
    }

    private void answer(Decider decider) throws CommandFailure {
        List<Trace.Entry> call = new ArrayList<>();
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    WrittenJson written = new WrittenJson(line, Objects.requireNonNullElse(lines.readLine(), ""));
                    call.add(new Trace.Entry(NOWHERE, "", TraceJson.parse(written), written));
                } else if (!call.isEmpty()) {
                    show(call, decider, true);
                    out.flush();
                    call.clear();
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(2, "standard input holds no records");
        }
    }

    private void show(List<Trace.Entry> call, Decider decider, boolean every) {
        Decider.Decision decision = isOriginal(call)
                ? decider.decide(call)
                : Decider.Decision.impossible("what is kept of what the call asked is not what its record names");
        switch (Replay.summary(decision.verdicts())) {
            case SAME -> same++;
            case DIFFERS -> different++;
            case NOT_REDERIVABLE -> notRederivable++;
        }
        boolean whole =
                decision.verdicts().stream().allMatch(verdict -> verdict.result() instanceof Replay.Result.Same);
        if (jsonl) {
            writeJson(call, decision);
        } else if (every || !whole) {
            writeLines(call, decision);
        }
    }

    /** Whether what is kept of what the call asked is what the record of the decision names; true where this cannot be told. */
    private boolean isOriginal(List<Trace.Entry> call) {
        ContentDigest known = digest;
        String asked = "";
        String named = "";
        for (Trace.Entry entry : call) {
            if (known != null
                    && entry.record() instanceof Original original
                    && original.request() instanceof BodyText.Kept kept) {
                asked = known.original(kept.text());
            } else if (entry.record() instanceof Intent intent) {
                named = intent.originalHmac();
            }
        }
        return asked.isEmpty() || named.isEmpty() || asked.equals(named);
    }

    private static String snapshot(List<Trace.Entry> call) {
        for (Trace.Entry entry : call) {
            if (entry.record() instanceof Intent intent) {
                return intent.snapshot();
            }
        }
        return "";
    }

    private static TraceRecord first(List<Trace.Entry> call) {
        for (Trace.Entry entry : call) {
            if (!(entry.record() instanceof Original)) {
                return entry.record();
            }
        }
        return call.getFirst().record();
    }

    private void writeLines(List<Trace.Entry> call, Decider.Decision decision) {
        TraceRecord first = first(call);
        String then = snapshot(call);
        boolean another = !then.isEmpty() && !decision.snapshot().isEmpty() && !then.equals(decision.snapshot());
        out.println(first.traceId() + "  " + first.time() + (another ? "  decided under another snapshot" : ""));
        for (Replay.Verdict verdict : decision.verdicts()) {
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

    private void writeJson(List<Trace.Entry> call, Decider.Decision decision) {
        out.println(new String(
                JsonOutput.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("trace", first(call).traceId());
                    json.writeStringField("time", first(call).time().toString());
                    json.writeStringField("recorded_snapshot", snapshot(call));
                    json.writeStringField("snapshot", decision.snapshot());
                    json.writeObjectFieldStart("stages");
                    for (Replay.Verdict verdict : decision.verdicts()) {
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
