package dev.anteroom.phi;

/**
 * One layer of detection: looks at all positions of a call and proposes spans.
 * Thread-safe: one instance serves all calls. It must take time linear in the text; one that cannot do its work throws, and the call is refused.
 */
public interface Detector {

    /** Returns what decides this detector's results, such as a rule version or the hash of a model, for the redactor's digest. */
    String version();

    /** Adds candidate spans, in folded coordinates, for what this layer finds in the document. */
    void detect(Document document, Candidates candidates);
}
