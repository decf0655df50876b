package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.PatientField;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import dev.anteroom.phi.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom redact}: de-identifies text from stdin. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = {
            "De-identifies text: stdin to stdout.",
            "With --jsonl: {\"id\",\"text\",\"patient\"?} a line in, {\"id\",\"text\",\"spans\"} a line out; offsets are Unicode"
                    + " code points of the input."
        })
final class RedactCommand implements Callable<Integer> {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LINE_BYTES = 64 << 20;

    private enum Strictness {
        strict,
        balanced
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--jsonl", description = "one JSON object a line, in and out")
    private boolean jsonl;

    @Option(names = "--profile", paramLabel = "strict|balanced", description = "default: ${DEFAULT-VALUE}")
    private Strictness profile = Strictness.strict;

    @Option(names = "--explain", description = "say on stderr what was found where and by which layer, never the value")
    private boolean explain;

    private final JsonReader reader = new JsonReader(MAX_DEPTH, MAX_LINE_BYTES);
    private final SecureRandom random = new SecureRandom();

    @Override
    public Integer call() throws CommandFailure {
        Redactor redactor = Redactor.create(
                switch (profile) {
                    case strict -> Profile.STRICT;
                    case balanced -> Profile.BALANCED;
                },
                SiteKnowledge.none());
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try {
            int code = jsonl ? lines(redactor, out) : text(redactor, out);
            out.flush();
            return code;
        } catch (IOException e) {
            throw new CommandFailure(2, "stdin cannot be read");
        }
    }

    private int text(Redactor redactor, PrintStream out) throws IOException {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        Redaction redaction = redactor.redact(List.of(Position.text("", text)), KnownValues.none(), random);
        out.print(redaction.text(0).value());
        if (explain) {
            explain(redaction, text, "");
        }
        return 0;
    }

    private int lines(Redactor redactor, PrintStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean failed = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            failed |= !line(redactor, line, out);
        }
        return failed ? 1 : 0;
    }

    private boolean line(Redactor redactor, String line, PrintStream out) {
        Json id = new Json.JsonNull();
        try {
            if (!(reader.parse(line) instanceof Json.JsonObject object)) {
                writeError(out, id, "expected an object");
                return false;
            }
            id = object.members().getOrDefault("id", id);
            if (!(object.members().get("text") instanceof Json.JsonString text)) {
                writeError(out, id, "expected a string as text");
                return false;
            }
            Json patient = object.members().get("patient");
            KnownValues known = patient == null || patient instanceof Json.JsonNull
                    ? KnownValues.none()
                    : PatientField.parse(patient, "patient").values();
            Redaction redaction = redactor.redact(List.of(Position.text("", text.text())), known, random);
            write(out, id, text.text(), redaction);
            if (explain) {
                explain(redaction, text.text(), id instanceof Json.JsonString name ? name.text() : "");
            }
            return true;
        } catch (RequestRefused refused) {
            writeError(out, id, refused.advice());
            return false;
        }
    }

    private static void write(PrintStream out, Json id, String text, Redaction redaction) {
        byte[] bytes = JsonOutput.bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("id");
            JsonOutput.copy(id, json);
            json.writeStringField("text", redaction.text(0).value());
            json.writeArrayFieldStart("spans");
            for (Span span : redaction.spans()) {
                json.writeStartObject();
                json.writeNumberField("start", text.codePointCount(0, span.start()));
                json.writeNumberField("end", text.codePointCount(0, span.end()));
                json.writeStringField("type", span.category().name());
                json.writeNumberField("score", span.score());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        out.write(bytes, 0, bytes.length);
        out.write('\n');
    }

    private static void writeError(PrintStream out, Json id, String error) {
        byte[] bytes = JsonOutput.bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("id");
            JsonOutput.copy(id, json);
            json.writeStringField("error", error);
            json.writeEndObject();
        });
        out.write(bytes, 0, bytes.length);
        out.write('\n');
    }

    private void explain(Redaction redaction, String text, String id) {
        PrintWriter err = spec.commandLine().getErr();
        for (Span span : redaction.spans()) {
            err.printf(
                    Locale.ROOT,
                    "%s%d-%d %s by %s (%.2f)%n",
                    id.isEmpty() ? "" : id + " ",
                    text.codePointCount(0, span.start()),
                    text.codePointCount(0, span.end()),
                    span.category(),
                    span.layer(),
                    span.score());
        }
        err.flush();
    }
}
