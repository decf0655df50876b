package dev.anteroom.phi;

/**
 * One layer of detection: looks at all positions of a call and proposes spans.
 * Thread-safe: one instance serves all calls. It must take time linear in the text; one that cannot do its work throws, and the call is refused.
 */
public interface Detector {

    /** Returns what decides this detector's results, such as a rule version or the hash of a model, for the redactor's digest. */
    String version();

    /**
     * Returns how many positions to either side may change what this layer finds in a position. Spans of a position are kept for the next
     * turn of its conversation, so they must depend on nothing else in the call.
     */
    default int reach() {
        return 0;
    }

    /** Adds candidate spans, in folded coordinates, for what this layer finds in the document. */
    void detect(Document document, Candidates candidates);
}
