package dev.anteroom.traces;

/**
 * A record as it was written, character for character: the form that the build that wrote it reads, whatever later ones add. Immutable.
 *
 * @param decision the record without its text, one JSON object on one line
 * @param body its text, one JSON object on one line; empty where it has none, or none any more
 */
public record WrittenJson(String decision, String body) {

    /** Lengths only: content must not get into a log by accident. */
    @Override
    public String toString() {
        return "WrittenJson[" + decision.length() + ", " + body.length() + "]";
    }
}
