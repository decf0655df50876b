package dev.anteroom.phi;

import java.util.List;

/**
 * A call after redaction: every position's text, what was found, and the way back.
 * Immutable.
 */
public final class Redaction {

    /** A {@link RedactedText} or a {@link RedactedNumber} for every position. */
    private final List<Object> positions;

    private final List<Span> spans;

    /** For every span. */
    private final List<String> treatments;

    private final Vault vault;
    private final OutboundScan outboundScan;

    Redaction(
            List<Object> positions, List<Span> spans, List<String> treatments, Vault vault, OutboundScan outboundScan) {
        this.positions = List.copyOf(positions);
        this.spans = List.copyOf(spans);
        this.treatments = List.copyOf(treatments);
        this.vault = vault;
        this.outboundScan = outboundScan;
    }

    /** Returns the redacted text of a position of text or of a person. */
    public RedactedText text(int position) {
        return (RedactedText) positions.get(position);
    }

    /** Returns the number token, or its stand-in, of a number position. */
    public RedactedNumber number(int position) {
        return (RedactedNumber) positions.get(position);
    }

    /** Returns what was found, sorted and disjoint. */
    public List<Span> spans() {
        return spans;
    }

    /** Returns what was written instead of a span: a placeholder, or {@code stand_in} for another number. */
    public String treatment(int span) {
        return treatments.get(span);
    }

    /** Returns the way back from placeholders and stand-ins to what they stand for. */
    public Vault vault() {
        return vault;
    }

    /** Returns the second scan for the bytes of this call. */
    public OutboundScan outboundScan() {
        return outboundScan;
    }

    @Override
    public String toString() {
        return "Redaction[" + positions.size() + " positions, " + spans.size() + " spans]";
    }
}
