package dev.anteroom.phi;

/**
 * Note that a placeholder in an answer was not restored, and why; it never holds the value.
 * Immutable.
 *
 * @param kind     why the placeholder stayed
 * @param category category that the placeholder names ({@link PhiCategory#ID} for a stand-in number)
 * @param channel  channel of the answer in which it stood
 */
public record RestoreFinding(Kind kind, PhiCategory category, String channel) {

    /** Reason why a placeholder stayed as the model wrote it. */
    public enum Kind {
        /** It stood inside a web address. */
        IN_URL,
        /** It stood next to characters that make it part of a host name, a path or an e-mail address. */
        IN_HOST_OR_EMAIL,
        /** It stood in a Markdown link or image target, an autolink or a reference definition. */
        IN_LINK_TARGET,
        /** It stood inside a markup tag. */
        IN_MARKUP_ATTRIBUTE,
        /** It stood in a JSON document, but not in a string. */
        OUTSIDE_JSON_STRING,
        /** The channel belongs to a tool that the workflow does not list. */
        UNLISTED_TOOL,
        /** The call has no such placeholder. */
        UNKNOWN_PLACEHOLDER,
        /** What would have decided did not come within the hold bound. */
        HOLD_LIMIT
    }
}
