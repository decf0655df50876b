package dev.anteroom.gateway.kept;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.gateway.wire.Json;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.RequestRefused;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one snapshot was made of, by digests. Immutable.
 *
 * @param canonical digest of the configuration's canonical text
 * @param time when it was made first; the configuration is read again as of then
 * @param java the Java machine that it ran on, which is not kept
 * @param config where the configuration's own file lay; its name among {@code files}
 */
record Manifest(
        String snapshot,
        Instant time,
        String build,
        String java,
        String canonical,
        String strict,
        String balanced,
        String config,
        List<Item> files,
        List<Item> models,
        List<Item> code) {
    private static final int VERSION = 1;
    private static final int MOST_BYTES = 1 << 22;
    private static final int DEPTH = 8;

    Manifest {
        files = List.copyOf(files);
        models = List.copyOf(models);
        code = List.copyOf(code);
    }

    /** One kept file. Immutable. */
    record Item(String name, String sha256) {
        Item {
            if (!Sha256.isOne(sha256)) {
                throw new IllegalArgumentException("not a digest");
            }
        }

        static List<Item> of(List<Content> contents) {
            return contents.stream()
                    .map(content -> new Item(content.name(), content.sha256()))
                    .toList();
        }
    }

    String codeDigest() {
        return Build.digest(code.stream().map(Item::sha256).toList());
    }

    byte[] json() {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeNumberField("version", VERSION);
            out.writeStringField("snapshot", snapshot);
            out.writeStringField("time", time.toString());
            out.writeStringField("build", build);
            out.writeStringField("java", java);
            out.writeStringField("canonical", canonical);
            out.writeStringField("strict", strict);
            out.writeStringField("balanced", balanced);
            out.writeStringField("config", config);
            items(out, "files", files);
            items(out, "models", models);
            items(out, "code", code);
            out.writeEndObject();
        });
    }

    private static void items(JsonGenerator out, String name, List<Item> items) throws IOException {
        out.writeArrayFieldStart(name);
        for (Item item : items) {
            out.writeStartObject();
            out.writeStringField("name", item.name());
            out.writeStringField("sha256", item.sha256());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static Manifest parse(byte[] json) throws KeptException {
        try {
            Json.JsonObject root = (Json.JsonObject) new JsonReader(DEPTH, MOST_BYTES).parse(json, 0, json.length);
            if (!(root.members().get("version") instanceof Json.JsonNumber(String token))
                    || !token.equals(Integer.toString(VERSION))) {
                throw new KeptException("the list of what the snapshot was made of is of another version");
            }
            return new Manifest(
                    text(root, "snapshot"),
                    Instant.parse(text(root, "time")),
                    text(root, "build"),
                    text(root, "java"),
                    text(root, "canonical"),
                    text(root, "strict"),
                    text(root, "balanced"),
                    text(root, "config"),
                    items(root, "files"),
                    items(root, "models"),
                    items(root, "code"));
        } catch (RequestRefused | ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw new KeptException("the list of what the snapshot was made of is damaged", e);
        }
    }

    private static String text(Json.JsonObject object, String name) {
        if (object.members().get(name) instanceof Json.JsonString(String text)) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }

    private static List<Item> items(Json.JsonObject object, String name) {
        if (!(object.members().get(name) instanceof Json.JsonArray(List<Json> elements))) {
            throw new IllegalArgumentException(name);
        }
        List<Item> items = new ArrayList<>(elements.size());
        for (Json element : elements) {
            Json.JsonObject item = (Json.JsonObject) element;
            items.add(new Item(text(item, "name"), text(item, "sha256")));
        }
        return items;
    }
}
