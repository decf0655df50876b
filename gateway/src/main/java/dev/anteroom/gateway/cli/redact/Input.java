package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.wire.Json;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import java.util.List;

/** One thing that was read: a text, or a line that is none. */
sealed interface Input {

    /** What the line calls itself; JSON null where it does not. */
    Json id();

    /**
     * A text and what is known about its patient. Immutable.
     *
     * @param number of the text in the input, from 1
     */
    record Text(int number, Json id, String text, KnownValues known) implements Input {
        List<Position> positions() {
            return List.of(Position.text("", text));
        }

        /** How people are told which text is meant: its id where that is a text, else its number. */
        String name() {
            String name = id instanceof Json.JsonString given ? given.text() : "text " + number;
            StringBuilder shown = new StringBuilder(name.length());
            name.codePoints().limit(80).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
            return shown.toString();
        }

        @Override
        public String toString() {
            return "Text[" + number + "]";
        }
    }

    /** A line that is no text, and why. Immutable. */
    record Unreadable(Json id, String error) implements Input {}
}
