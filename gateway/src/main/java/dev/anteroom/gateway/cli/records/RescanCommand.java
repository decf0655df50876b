package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.ConfigResult;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.PatientField;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.routing.Strictness;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.ShreddedRecord;
import dev.anteroom.traces.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces rescan}: which calls let something out that today's detectors find. Confined to one thread. */
@Command(
        name = "rescan",
        mixinStandardHelpOptions = true,
        description = {
            "Looks with today's rules, models and site knowledge at every request that was sent, and lists what older versions let out.",
            "With --patient: which calls sent anything of this patient."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing was let out",
            "1:something was, or a record cannot be read",
            "2:a wrong call or bad input"
        })
public final class RescanCommand implements Callable<Integer> {
    private static final int MOST_PATIENT_BYTES = 1 << 20;
    private static final int PATIENT_DEPTH = 64;

    private enum ProfileName {
        strict,
        balanced
    }

    private final Clock clock;
    private final InputStream in;
    private final PrintStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordOptions records = new RecordOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--profile",
            paramLabel = "strict|balanced",
            description = "how strictly to look (default: each call's own profile)")
    private @Nullable ProfileName profile;

    @Option(
            names = "--patient",
            paramLabel = "FILE",
            description =
                    "look only for what this file says of a patient, a JSON object as in the call's patient field; - for"
                            + " standard input")
    private @Nullable String patient;

    @Option(names = "--show-values", description = "print what was let out too")
    private boolean showValues;

    @Option(names = "--jsonl", description = "one JSON object a line and call")
    private boolean jsonl;

    /** The command over these streams; {@code out} is flushed at the end and not closed. */
    public RescanCommand(Clock clock, InputStream in, PrintStream out) {
        this.clock = clock;
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        Instant from = records.from().orElse(Instant.EPOCH);
        Instant until = records.until().orElse(Instant.MAX);
        ConfigResult.Loaded loaded = config.load(clock, err);
        Snapshot snapshot = Snapshots.of(loaded, ShippedTagger.with(loaded.config()), Build.named(""))
                .apply(clock);
        Rescan rescan = new Rescan(snapshot, chosen(), knownValues());
        RescanCounts counts = new RescanCounts();
        try {
            records.reader(clock, err).forEachTrace(from, until, trace -> read(trace, rescan, counts, err));
        } catch (JournalException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        } finally {
            out.flush();
            counts.print(err);
            err.flush();
        }
        return counts.allClean() ? 0 : 1;
    }

    private @Nullable Strictness chosen() {
        return switch (profile) {
            case null -> null;
            case strict -> Strictness.STRICT;
            case balanced -> Strictness.BALANCED;
        };
    }

    private KnownValues knownValues() throws CommandFailure {
        if (patient == null) {
            return KnownValues.none();
        }
        byte[] json;
        try (InputStream file = patient.equals("-") ? in : Files.newInputStream(Path.of(patient))) {
            json = file.readNBytes(MOST_PATIENT_BYTES + 1);
        } catch (IOException e) {
            throw new CommandFailure(2, "the file of --patient cannot be read");
        }
        try {
            KnownValues values = PatientField.parse(
                            new JsonReader(PATIENT_DEPTH, MOST_PATIENT_BYTES).parse(json, 0, json.length), "--patient")
                    .values();
            if (values.size() == 0) {
                throw new CommandFailure(2, "--patient names nothing to look for");
            }
            return values;
        } catch (RequestRefused e) {
            throw new CommandFailure(2, "--patient: " + e.advice());
        }
    }

    private void read(Trace trace, Rescan rescan, RescanCounts counts, PrintWriter err) {
        if (trace.entries().getFirst().record() instanceof ShreddedRecord) {
            counts.shredded();
            return;
        }
        SentCall call = SentCall.of(trace).orElse(null);
        if (call == null) {
            return;
        }
        String request;
        switch (call.intent().redactedRequest()) {
            case BodyText.Kept(String text) -> request = text;
            case BodyText.Shredded _ -> {
                counts.shredded();
                return;
            }
        }
        List<Rescan.LetOut> letOut;
        try {
            letOut = rescan.letOut(call.intent(), request);
        } catch (RequestRefused unreadable) {
            counts.unreadable();
            err.println("the request of " + call.intent().traceId() + " cannot be read: "
                    + unreadable.code().wireCode() + " at " + unreadable.path());
            return;
        }
        if (letOut.isEmpty()) {
            counts.clean();
            return;
        }
        counts.leaking(call, letOut);
        if (jsonl) {
            writeJson(call, letOut);
        } else {
            writeLines(call, letOut);
        }
    }

    private void writeLines(SentCall call, List<Rescan.LetOut> letOut) {
        out.println(String.join(
                "  ",
                call.intent().traceId(),
                call.intent().time().toString(),
                call.intent().caller().workflow(),
                call.intent().requestedModel(),
                (call.certain() ? "sent to " : "may have been sent to ") + String.join(", ", call.targets())));
        for (Rescan.LetOut one : letOut) {
            out.println(String.format(
                            Locale.ROOT,
                            "    %s %d-%d %s %.2f by %s",
                            one.path(),
                            one.span().start(),
                            one.span().end(),
                            one.span().category(),
                            one.span().score(),
                            one.span().layer())
                    + (showValues ? ": " + one.value() : ""));
        }
    }

    private void writeJson(SentCall call, List<Rescan.LetOut> letOut) {
        out.println(new String(
                JsonOutput.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("trace", call.intent().traceId());
                    json.writeStringField("time", call.intent().time().toString());
                    json.writeStringField("tenant", call.intent().caller().tenant());
                    json.writeStringField("workflow", call.intent().caller().workflow());
                    json.writeStringField("model", call.intent().requestedModel());
                    json.writeStringField("snapshot", call.intent().snapshot());
                    json.writeStringField("redactor", call.intent().redactor());
                    json.writeBooleanField("certain", call.certain());
                    json.writeArrayFieldStart("targets");
                    for (String target : call.targets()) {
                        json.writeString(target);
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("let_out");
                    for (Rescan.LetOut one : letOut) {
                        json.writeStartObject();
                        json.writeStringField("path", one.path());
                        json.writeNumberField("start", one.span().start());
                        json.writeNumberField("end", one.span().end());
                        json.writeStringField("type", one.span().category().name());
                        json.writeStringField("layer", one.span().layer());
                        json.writeNumberField("score", one.span().score());
                        if (showValues) {
                            json.writeStringField("value", one.value());
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }),
                StandardCharsets.UTF_8));
    }
}
