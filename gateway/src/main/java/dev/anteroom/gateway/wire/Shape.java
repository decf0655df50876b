package dev.anteroom.gateway.wire;

import dev.anteroom.egress.Modality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at a position of a request, and the treatment it gets. Deeply immutable.
 *
 * <p>A tree of shapes is a position table: whatever it does not declare is refused with the position's path. Treatments are those of the
 * wire surface: text is scanned and replaced, JSON is parsed and treated leaf by leaf, identifiers are scanned word by word, what cannot
 * be read becomes residue, and the rest is refused or dropped.
 */
public sealed interface Shape {

    /** An object of these members and no others. Members are compiled and written in this order, whatever order they came in. */
    record Members(Map<String, Shape> shapes, Set<String> required) implements Shape {}

    /** An object whose member {@code tag} says which members it has. */
    record Tagged(String tag, Map<String, Members> variants) implements Shape {}

    /** An array. */
    record Elements(Shape element, int maxElements) implements Shape {}

    /** One shape for each JSON type that is accepted; null refuses the type. */
    record ByType(
            @Nullable Shape string,
            @Nullable Shape array,
            @Nullable Shape object) implements Shape {}

    /** Free text: scanned, replaced, restored on the way back. */
    record Text() implements Shape {}

    /** Text that is a person's name by definition. */
    record PersonName() implements Shape {}

    /** Free text that is treated as JSON where it is a JSON object or array: tool arguments and tool results. */
    record TextOrJson() implements Shape {}

    /** Any JSON: every name, string and number in it is treated. */
    record FreeJson() implements Shape {}

    /** A name the model reads: letters, digits, {@code _ - .}; refused where its words hold an identifier. */
    record Identifier() implements Shape {}

    /** A text that must not change to work, as stop sequences: refused where something in it would be replaced. */
    record ExactText() implements Shape {}

    /** One of a closed list of words. */
    record Word(Set<String> words) implements Shape {}

    /** A number within bounds, kept as it was written. */
    record Bounded(double least, double most, boolean integer) implements Shape {}

    /** {@code true} or {@code false}. */
    record Flag() implements Shape {}

    /** Only this boolean; the other is refused with advice. */
    record OnlyFlag(boolean value, String advice) implements Shape {}

    /** An identifier that nobody reads: replaced by a prefix and the ordinal of its first use. */
    record Handle(String prefix) implements Shape {}

    /** Bytes that cannot be read, as a data URL or base64. */
    record Unreadable(Modality modality, boolean dataUrl) implements Shape {}

    /** The model's public name. */
    record ModelName() implements Shape {}

    /** Accepted and not forwarded. */
    record Dropped() implements Shape {}

    /** Declared, and not accepted. */
    record Refused(ErrorCode code, String advice) implements Shape {}

    /** A part that the gateway itself reads and never forwards. */
    record Own(OwnField field) implements Shape {}

    /** Anteroom's own request fields. */
    enum OwnField {
        DOCUMENTS,
        PATIENT,
        CALL
    }

    /** Collects the members of an object in canonical order. Confined to one thread. */
    final class Builder {
        private final Map<String, Shape> shapes = new LinkedHashMap<>();
        private final Set<String> required = new java.util.HashSet<>();

        /** A member that may be left out or null. */
        public Builder optional(String name, Shape shape) {
            shapes.put(name, shape);
            return this;
        }

        /** A member that must be there. */
        public Builder required(String name, Shape shape) {
            shapes.put(name, shape);
            required.add(name);
            return this;
        }

        /** The object shape. */
        public Members build() {
            return new Members(
                    java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shapes)), Set.copyOf(required));
        }
    }

    /** Starts an object. */
    static Builder members() {
        return new Builder();
    }

    /** A closed list of words. */
    static Word word(String... words) {
        return new Word(Set.of(words));
    }
}
