package dev.anteroom.gateway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes JSON documents for callers. Thread-safe: every document has its own generator. */
public final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int INITIAL_BYTES = 512;

    /** Writes the content of one document. */
    @FunctionalInterface
    public interface Content {
        /** Writes to the generator; what it throws comes from memory only. */
        void write(JsonGenerator out) throws IOException;
    }

    private JsonOutput() {}

    /** The bytes of one document. */
    public static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Writes a parsed value as it was read; numbers keep their token. */
    public static void copy(Json json, JsonGenerator out) throws IOException {
        switch (json) {
            case Json.JsonObject object -> {
                out.writeStartObject();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    out.writeFieldName(member.getKey());
                    copy(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case Json.JsonArray array -> {
                out.writeStartArray();
                for (Json element : array.elements()) {
                    copy(element, out);
                }
                out.writeEndArray();
            }
            case Json.JsonString string -> out.writeString(string.text());
            case Json.JsonNumber number -> out.writeNumber(number.token());
            case Json.JsonFlag flag -> out.writeBoolean(flag.value());
            case Json.JsonNull n -> out.writeNull();
        }
    }
}
