package dev.anteroom.corpus;

import java.util.List;

/**
 * One clinical conversation. Immutable.
 *
 * @param patient whom it is about
 * @param turns what was said; the clinician speaks first and then they alternate
 */
public record Dialogue(Patient patient, List<LabelledText> turns) {
    /** Copies the list. */
    public Dialogue {
        turns = List.copyOf(turns);
    }

    /** All turns as one text, a line each. */
    public LabelledText joined() {
        return LabelledText.join("\n", turns);
    }
}
