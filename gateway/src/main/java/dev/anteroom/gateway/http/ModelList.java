package dev.anteroom.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.JsonOutput;
import java.io.IOException;
import java.util.List;

/** The answers of {@code GET /v1/models}. */
final class ModelList {
    private ModelList() {}

    static byte[] all(List<String> models) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("object", "list");
            out.writeArrayFieldStart("data");
            for (String model : models) {
                write(out, model);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    static byte[] one(String model) {
        return JsonOutput.bytes(out -> write(out, model));
    }

    private static void write(JsonGenerator out, String model) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", model);
        out.writeStringField("object", "model");
        out.writeNumberField("created", 0);
        out.writeStringField("owned_by", "anteroom");
        out.writeEndObject();
    }
}
