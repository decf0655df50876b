package dev.anteroom.gateway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.Json.JsonArray;
import dev.anteroom.gateway.wire.Json.JsonNumber;
import dev.anteroom.gateway.wire.Json.JsonObject;
import dev.anteroom.gateway.wire.Json.JsonString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reading the declared positions of an answer; what is not read here is dropped. */
final class AnswerParts {
    private static final int MAX_IDENTIFIER_CHARS = 128;
    private static final Set<String> FINISHES =
            Set.of("stop", "length", "tool_calls", "content_filter", "function_call");

    private AnswerParts() {}

    static @Nullable JsonObject object(@Nullable Json json, String name) {
        return json instanceof JsonObject object && object.members().get(name) instanceof JsonObject member
                ? member
                : null;
    }

    static List<Json> array(@Nullable Json json, String name) {
        return json instanceof JsonObject object && object.members().get(name) instanceof JsonArray member
                ? member.elements()
                : List.of();
    }

    static @Nullable String string(@Nullable Json json, String name) {
        return json instanceof JsonObject object && object.members().get(name) instanceof JsonString member
                ? member.text()
                : null;
    }

    static int integer(@Nullable Json json, String name, int otherwise) {
        long value = longInteger(json, name, otherwise);
        return value >= 0 && value <= Integer.MAX_VALUE ? (int) value : otherwise;
    }

    static long longInteger(@Nullable Json json, String name, long otherwise) {
        if (json instanceof JsonObject object && object.members().get(name) instanceof JsonNumber number) {
            try {
                return Long.parseLong(number.token());
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
        return otherwise;
    }

    /** The string where it is a plain identifier: letters, digits and {@code . _ - : / @}; else empty. */
    static String identifier(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_IDENTIFIER_CHARS) {
            return "";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "._-:/@".indexOf(c) < 0) {
                return "";
            }
        }
        return text;
    }

    /** A finish reason that clients know; an unknown one counts as cut short, never as a clean stop. */
    static String finish(String reason) {
        return FINISHES.contains(reason) ? reason : "length";
    }

    /** Writes the numbers of a usage object; anything else in it is dropped. */
    static void writeUsage(JsonGenerator out, JsonObject usage) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : usage.members().entrySet()) {
            if (identifier(member.getKey()).isEmpty()) {
                continue;
            }
            if (member.getValue() instanceof JsonNumber number) {
                out.writeFieldName(member.getKey());
                out.writeNumber(number.token());
            } else if (member.getValue() instanceof JsonObject details) {
                out.writeFieldName(member.getKey());
                writeUsage(out, details);
            }
        }
        out.writeEndObject();
    }
}
