package dev.anteroom.gateway.wire;

import java.util.List;
import java.util.Map;

/** A parsed JSON value (RFC 8259). Immutable; numbers keep their token. No type here prints its content. */
public sealed interface Json {

    /** An object without duplicate names, in the order of the text. */
    record JsonObject(Map<String, Json> members) implements Json {
        @Override
        public String toString() {
            return "object of " + members.size();
        }
    }

    /** An array. */
    record JsonArray(List<Json> elements) implements Json {
        @Override
        public String toString() {
            return "array of " + elements.size();
        }
    }

    /** A string without lone surrogates. */
    record JsonString(String text) implements Json {
        @Override
        public String toString() {
            return "string of " + text.length();
        }
    }

    /** A number as it was written. */
    record JsonNumber(String token) implements Json {
        @Override
        public String toString() {
            return "number";
        }
    }

    /** {@code true} or {@code false}. */
    record JsonFlag(boolean value) implements Json {}

    /** {@code null}. */
    record JsonNull() implements Json {}
}
