package dev.anteroom.egress;

/**
 * A string of the wire protocol or of the snapshot: a member name, an enumeration value, a provider's model. Immutable.
 *
 * <p>Made only by {@link WireVocabulary}, never from a request: text of a request can select a constant, it cannot become one.
 */
public final class WireConstant implements OutboundName {
    private final String text;

    WireConstant(String text) {
        this.text = text;
    }

    /** The constant itself; it holds no caller's data. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
