package dev.anteroom.gateway.cli.redact;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.phi.Span;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Writes one JSON object a line. Confined to one thread. */
final class JsonLines {

    /** Writes the members of one object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    void write(Members members) {
        byte[] bytes = JsonOutput.bytes(json -> {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        });
        out.write(bytes, 0, bytes.length);
        out.write('\n');
    }

    void error(Input.Unreadable line) {
        write(json -> {
            id(json, line.id());
            json.writeStringField("error", line.error());
        });
    }

    static void id(JsonGenerator json, Json id) throws IOException {
        json.writeFieldName("id");
        JsonOutput.copy(id, json);
    }

    static void spans(JsonGenerator json, String name, String text, List<Span> spans) throws IOException {
        Places places = new Places(text);
        json.writeArrayFieldStart(name);
        for (Span span : spans) {
            json.writeStartObject();
            span(json, places, span);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes a span's members: offsets in code points, type, score. */
    static void span(JsonGenerator json, Places places, Span span) throws IOException {
        json.writeNumberField("start", places.of(span.start()).codePoint());
        json.writeNumberField("end", places.of(span.end()).codePoint());
        json.writeStringField("type", span.category().name());
        json.writeNumberField("score", span.score());
    }
}
