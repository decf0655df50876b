package dev.anteroom.acceptance;

import dev.anteroom.acceptance.PositionCases.Place;
import dev.anteroom.gateway.wire.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes chat bodies with a canary in them and changes them at random: as a tree, as text, as bytes. Confined to one thread. */
final class BodyFuzzer {
    private static final String[] SNIPPETS = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "1e999",
        "-0",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "[SSN_1]",
        "[NAME_99]",
        "%00",
        "../",
        "${x}",
        "<script>",
        "\r\n\r\n",
        "data: [DONE]",
        "\uFEFF",
        "é",
        "😀",
        "\u202E",
        "\u200B"
    };

    private final RandomGenerator random;
    private final List<Place> places;

    BodyFuzzer(RandomGenerator random, List<Place> places) {
        this.random = random;
        this.places = places.stream()
                .filter(place -> place.shape() instanceof Shape.Text
                        || place.shape() instanceof Shape.TextOrJson
                        || place.shape() instanceof Shape.FreeJson
                        || place.shape() instanceof Shape.Handle
                        || place.shape() instanceof Shape.Dropped)
                .toList();
    }

    byte[] next(Canary canary) {
        JsonObject body = places.get(random.nextInt(places.size())).with().apply(value(canary));
        if (random.nextInt(3) == 0) {
            body.getJsonArray("messages").add(Chat.user(canary.sentence()));
        }
        if (random.nextInt(4) == 0) {
            body.put("stream", true);
        }
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            change(body);
        }
        String text = body.encode();
        if (random.nextInt(4) == 0) {
            text = escapeSome(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0; changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private Object value(Canary canary) {
        return switch (random.nextInt(4)) {
            case 0 -> new JsonObject().put(canary.field(), canary.value()).encode();
            case 1 ->
                new JsonObject()
                        .put("note", new JsonArray().add(canary.sentence()).add(random.nextInt()))
                        .encode();
            default -> canary.sentence();
        };
    }

    /** Changes one place of the tree. */
    private void change(JsonObject root) {
        List<Object> containers = new ArrayList<>();
        collect(root, containers);
        Object container = containers.get(random.nextInt(containers.size()));
        if (container instanceof JsonObject object) {
            List<String> names = new ArrayList<>(object.fieldNames());
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            Object old = object.getValue(name);
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.put(name, anything(old));
                case 2 -> object.put(name + SNIPPETS[random.nextInt(SNIPPETS.length)], old);
                case 3 -> object.put("z" + random.nextInt(10), anything(old));
                default -> object.put(name, new JsonArray().add(old));
            }
        } else if (container instanceof JsonArray array) {
            switch (random.nextInt(3)) {
                case 0 -> array.add(anything(null));
                case 1 -> {
                    if (!array.isEmpty()) {
                        array.remove(random.nextInt(array.size()));
                    }
                }
                default -> {
                    if (!array.isEmpty()) {
                        array.add(array.getValue(random.nextInt(array.size())));
                    }
                }
            }
        }
    }

    private static void collect(@Nullable Object value, List<Object> containers) {
        if (value instanceof JsonObject object) {
            containers.add(object);
            for (Map.Entry<String, Object> member : object) {
                collect(member.getValue(), containers);
            }
        } else if (value instanceof JsonArray array) {
            containers.add(array);
            array.forEach(element -> collect(element, containers));
        }
    }

    private @Nullable Object anything(@Nullable Object old) {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(-300, 300));
            case 4 -> "";
            case 5 -> SNIPPETS[random.nextInt(SNIPPETS.length)].repeat(random.nextInt(1, 50));
            case 6 -> new JsonObject().put("a", old);
            case 7 -> new JsonArray().add(old).add(old);
            default ->
                old instanceof String text ? text + " " + SNIPPETS[random.nextInt(SNIPPETS.length)] + " " + text : "x";
        };
    }

    /** The same JSON with some of its characters escaped. */
    private String escapeSome(String json) {
        StringBuilder escaped = new StringBuilder();
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                escaped.append(c).append(json.charAt(++i));
            } else if (c == '"') {
                inString = !inString;
                escaped.append(c);
            } else if (inString && random.nextInt(3) == 0) {
                escaped.append(String.format(Locale.ROOT, random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 2 -> {
                out.write(bytes, 0, at);
                out.write(bytes, end, bytes.length - end);
            }
            case 3 -> {
                out.write(bytes, 0, end);
                out.write(bytes, at, bytes.length - at);
            }
            default -> {
                out.write(bytes, 0, at);
                out.writeBytes(SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(StandardCharsets.UTF_8));
                out.write(bytes, at, bytes.length - at);
            }
        }
        return out.toByteArray();
    }

    /** Whether the whole value stands there, and not as a part of a longer one. */
    static boolean stands(String value, String text) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            boolean before = at > 0 && isPart(text.charAt(at - 1));
            boolean after = end < text.length() && isPart(text.charAt(end));
            if (!before && !after) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || "_-.@\\+%".indexOf(c) >= 0;
    }
}
