package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.PatientField;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.KnownValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads the texts of one stream in their order: all of it as one text, or one JSON object a line. Confined to one thread. */
final class InputReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LINE_BYTES = 64 << 20;

    /** Takes what was read, one after the other. */
    interface Sink {
        void take(Input input) throws IOException;
    }

    private final JsonReader reader = new JsonReader(MAX_DEPTH, MAX_LINE_BYTES);
    private final InputStream in;
    private int texts;

    InputReader(InputStream in) {
        this.in = in;
    }

    void readWhole(Sink sink) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        sink.take(new Input.Text(1, new Json.JsonNull(), text, KnownValues.none()));
    }

    void readLines(Sink sink) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                texts++;
                sink.take(parse(line));
            }
        }
    }

    private Input parse(String line) {
        Json id = new Json.JsonNull();
        try {
            if (!(reader.parse(line) instanceof Json.JsonObject object)) {
                return new Input.Unreadable(id, "expected an object");
            }
            id = object.members().getOrDefault("id", id);
            if (!(object.members().get("text") instanceof Json.JsonString text)) {
                return new Input.Unreadable(id, "expected a string as text");
            }
            Json patient = object.members().get("patient");
            KnownValues known = patient == null || patient instanceof Json.JsonNull
                    ? KnownValues.none()
                    : PatientField.parse(patient, "patient").values();
            return new Input.Text(texts, id, text.text(), known);
        } catch (RequestRefused refused) {
            return new Input.Unreadable(id, refused.advice());
        }
    }
}
