package dev.anteroom.acceptance;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Undoes JSON, also within strings, URL encoding and base64, as far as there is any. Stateless. */
final class Decoded {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");

    private Decoded() {}

    /** Appends every string, name and number of a text, a line each. */
    static void into(String text, StringBuilder out) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                value(Json.decodeValue(text), out);
                return;
            } catch (DecodeException notJson) {
                // Then it is text.
            }
        }
        out.append(text).append('\n');
        if (text.contains("%")) {
            try {
                out.append(URLDecoder.decode(text, StandardCharsets.UTF_8)).append('\n');
            } catch (IllegalArgumentException notEncoded) {
                // Then it is not.
            }
        }
        Matcher matcher = BASE64.matcher(text);
        while (matcher.find()) {
            try {
                String plain = matcher.group().replace('-', '+').replace('_', '/');
                out.append(new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8))
                        .append('\n');
            } catch (IllegalArgumentException notEncoded) {
                // Then it is not.
            }
        }
    }

    private static void value(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> {}
            case JsonObject object -> {
                for (Map.Entry<String, Object> member : object) {
                    into(member.getKey(), out);
                    value(member.getValue(), out);
                }
            }
            case JsonArray array -> array.forEach(element -> value(element, out));
            case String string -> into(string, out);
            case Object other -> out.append(other).append('\n');
        }
    }
}
