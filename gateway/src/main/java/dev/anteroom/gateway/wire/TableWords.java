package dev.anteroom.gateway.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the constants of a position table: names, words, prefixes, and the words of JSON Schema for its free-form parts. */
public final class TableWords {
    /** Keywords and type names of JSON Schema 2020-12 that stay as they are in tool and answer schemas. */
    private static final List<String> JSON_SCHEMA = List.of(
            "$schema",
            "$id",
            "$ref",
            "$defs",
            "$comment",
            "definitions",
            "type",
            "properties",
            "required",
            "items",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "description",
            "title",
            "enum",
            "const",
            "default",
            "examples",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "if",
            "then",
            "else",
            "prefixItems",
            "contains",
            "nullable",
            "strict",
            "string",
            "number",
            "integer",
            "boolean",
            "object",
            "array",
            "null",
            "date",
            "date-time",
            "time",
            "email",
            "uri",
            "uuid");

    /** The values of {@code $schema} that the official clients' helpers write. */
    private static final List<String> JSON_SCHEMA_DIALECTS = List.of(
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema");

    private TableWords() {}

    /** Every constant that a request of this table can need. */
    public static Set<String> of(Shape.Members table) {
        Set<String> words = new HashSet<>(JSON_SCHEMA);
        words.addAll(JSON_SCHEMA_DIALECTS);
        collect(table, words);
        return words;
    }

    private static void collect(@Nullable Shape shape, Set<String> words) {
        switch (shape) {
            case null -> {}
            case Shape.Members members ->
                members.shapes().forEach((name, member) -> {
                    words.add(name);
                    collect(member, words);
                });
            case Shape.Tagged tagged -> tagged.variants().values().forEach(variant -> collect(variant, words));
            case Shape.Elements elements -> collect(elements.element(), words);
            case Shape.ByType byType -> {
                collect(byType.string(), words);
                collect(byType.array(), words);
                collect(byType.object(), words);
            }
            case Shape.Word word -> words.addAll(word.words());
            case Shape.Handle handle -> words.add(handle.prefix());
            case Shape.Text t -> {}
            case Shape.PersonName p -> {}
            case Shape.TextOrJson t -> {}
            case Shape.FreeJson f -> {}
            case Shape.Identifier i -> {}
            case Shape.ExactText e -> {}
            case Shape.Bounded b -> {}
            case Shape.Flag f -> {}
            case Shape.OnlyFlag f -> {}
            case Shape.Unreadable u -> {}
            case Shape.ModelName m -> {}
            case Shape.Dropped d -> {}
            case Shape.Refused r -> {}
            case Shape.Own o -> {}
        }
    }
}
