package dev.anteroom.acceptance;

import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.Shape;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks the position table of chat completions and puts values at each of its positions, in a request that is otherwise valid. Confined to
 * one thread.
 */
final class PositionCases {
    /**
     * A position and how a request with a value there is made.
     *
     * @param leaf how the specification's list of leaves writes it: {@code .messages[].content}
     * @param path how the gateway writes it: {@code messages[0].content}
     * @param with the request with this value there
     */
    record Place(String leaf, String path, Shape shape, Function<@Nullable Object, JsonObject> with) {}

    private final List<Place> leaves = new ArrayList<>();
    private final List<Place> objects = new ArrayList<>();

    PositionCases() {
        walk(ChatRequestTable.TABLE, "", "", value -> (JsonObject) java.util.Objects.requireNonNull(value));
    }

    /** Every leaf of the table; the variants of a message have the same names and are leaves of their own. */
    List<Place> leaves() {
        return leaves;
    }

    /** Every object of declared members; {@link Place#with} takes a whole object. */
    List<Place> objects() {
        return objects;
    }

    private void walk(@Nullable Shape shape, String leaf, String path, Function<@Nullable Object, JsonObject> with) {
        switch (shape) {
            case null -> {}
            case Shape.Members members -> members(members, minimal(members), leaf, path, with);
            case Shape.Tagged tagged ->
                sorted(tagged.variants())
                        .forEach((tag, variant) ->
                                members(variant, minimal(variant).put(tagged.tag(), tag), leaf, path, with));
            case Shape.Elements elements ->
                walk(elements.element(), leaf + "[]", path + "[0]", value -> with.apply(new JsonArray().add(value)));
            case Shape.ByType byType -> {
                walk(byType.string(), leaf, path, with);
                walk(byType.array(), leaf, path, with);
                walk(byType.object(), leaf, path, with);
            }
            case Shape.Text t -> add(t, leaf, path, with);
            case Shape.PersonName p -> add(p, leaf, path, with);
            case Shape.TextOrJson t -> add(t, leaf, path, with);
            case Shape.FreeJson f -> add(f, leaf, path, with);
            case Shape.Identifier i -> add(i, leaf, path, with);
            case Shape.ExactText e -> add(e, leaf, path, with);
            case Shape.Word w -> add(w, leaf, path, with);
            case Shape.Bounded b -> add(b, leaf, path, with);
            case Shape.Flag f -> add(f, leaf, path, with);
            case Shape.OnlyFlag f -> add(f, leaf, path, with);
            case Shape.Handle h -> add(h, leaf, path, with);
            case Shape.Unreadable u -> add(u, leaf, path, with);
            case Shape.ModelName m -> add(m, leaf, path, with);
            case Shape.Dropped d -> add(d, leaf, path, with);
            case Shape.Refused r -> add(r, leaf, path, with);
            case Shape.Own o -> add(o, leaf, path, with);
        }
    }

    private void add(Shape shape, String leaf, String path, Function<@Nullable Object, JsonObject> with) {
        leaves.add(new Place(leaf, path, shape, with));
    }

    private void members(
            Shape.Members members,
            JsonObject minimal,
            String leaf,
            String path,
            Function<@Nullable Object, JsonObject> with) {
        objects.add(new Place(
                leaf, path, members, value -> with.apply(minimal.copy().mergeIn((JsonObject) value))));
        sorted(members.shapes())
                .forEach((name, shape) -> walk(
                        shape,
                        leaf + "." + name,
                        path.isEmpty() ? name : path + "." + name,
                        value -> with.apply(minimal.copy().put(name, value))));
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return new TreeMap<>(map);
    }

    /** The least value that is accepted where this shape stands. */
    static Object minimal(Shape shape) {
        return switch (shape) {
            case Shape.Members members -> minimal(members);
            case Shape.Tagged tagged -> {
                String tag = tagged.variants().containsKey("user")
                        ? "user"
                        : tagged.variants().keySet().stream()
                                .min(Comparator.naturalOrder())
                                .orElseThrow();
                yield minimal(java.util.Objects.requireNonNull(tagged.variants().get(tag)))
                        .put(tagged.tag(), tag);
            }
            case Shape.Elements elements -> new JsonArray().add(minimal(elements.element()));
            case Shape.ByType byType -> {
                Shape first = byType.string() != null
                        ? byType.string()
                        : byType.array() != null ? byType.array() : byType.object();
                yield minimal(java.util.Objects.requireNonNull(first));
            }
            case Shape.Text t -> "What was advised?";
            case Shape.PersonName p -> "assistant";
            case Shape.TextOrJson t -> "{}";
            case Shape.FreeJson f -> new JsonObject();
            case Shape.Identifier i -> "lookup";
            case Shape.ExactText e -> "###";
            case Shape.Word word ->
                word.words().stream().min(Comparator.naturalOrder()).orElseThrow();
            case Shape.Bounded b -> 1;
            case Shape.Flag f -> true;
            case Shape.OnlyFlag only -> only.value();
            case Shape.Handle h -> "call_1";
            case Shape.Unreadable u -> u.dataUrl() ? "data:image/png;base64,AAAA" : "AAAA";
            case Shape.ModelName m -> "gpt-test";
            case Shape.Dropped d -> "x";
            case Shape.Refused r -> "x";
            case Shape.Own o ->
                switch (o.field()) {
                    case DOCUMENTS -> new JsonArray();
                    case PATIENT, CALL -> new JsonObject();
                };
        };
    }

    private static JsonObject minimal(Shape.Members members) {
        JsonObject object = new JsonObject();
        members.shapes().forEach((name, shape) -> {
            if (members.required().contains(name)) {
                object.put(name, minimal(shape));
            }
        });
        return object;
    }
}
