package dev.anteroom.gateway.wire;

/**
 * A document, or one event of a stream, made of an answer that the release gate let through, or of its word that it did not. Immutable;
 * made only in this package, from what the gate gave. It is the only form in which a model's answer can be written to an app.
 */
public final class ReleasedJson {
    private final byte[] bytes;

    private ReleasedJson(byte[] bytes) {
        this.bytes = bytes;
    }

    static ReleasedJson of(JsonOutput.Content content) {
        return new ReleasedJson(JsonOutput.bytes(content));
    }

    /** The bytes; the writer's to read, nobody's to change. */
    public byte[] bytes() {
        return bytes;
    }

    /** Says how much, never what. */
    @Override
    public String toString() {
        return "ReleasedJson[" + bytes.length + " bytes]";
    }
}
