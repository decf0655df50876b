package dev.anteroom.gateway.wire;

import dev.anteroom.guardrails.ReceivedText;
import dev.anteroom.phi.RestoreFinding;
import java.util.List;

/** What came back from a provider, whole or so far: what the release gate judges and the record keeps. Confined to one call. */
public sealed interface ReceivedAnswer permits ChatAnswer, ChatStream {
    /** What the release gate reads of it. */
    ReceivedText text();

    /** What was not restored, and why. */
    List<RestoreFinding> findings();

    /** Everything the model wrote, in placeholder space, up to a bound. */
    String recordText();

    /** How many characters the model wrote. */
    int writtenChars();

    /** Whether {@link #recordText} leaves out the end of what the model wrote. */
    boolean isTruncated();

    /** What the answer says about itself. */
    AnswerFacts facts();
}
