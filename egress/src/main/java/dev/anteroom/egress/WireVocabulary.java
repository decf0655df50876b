package dev.anteroom.egress;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of strings that may leave without having been de-identified. Immutable, thread-safe.
 *
 * <p>It is made when a snapshot is compiled, from the position tables and the configuration, before any request is seen. The build
 * forbids its creation anywhere else.
 */
public final class WireVocabulary {
    private final Map<String, WireConstant> constants;

    private WireVocabulary(Map<String, WireConstant> constants) {
        this.constants = constants;
    }

    /** A vocabulary of exactly these strings. */
    public static WireVocabulary of(Collection<String> texts) {
        Map<String, WireConstant> constants = HashMap.newHashMap(texts.size());
        for (String text : texts) {
            constants.putIfAbsent(text, new WireConstant(text));
        }
        return new WireVocabulary(constants);
    }

    /** The constant that is spelled {@code text}, or null where there is none. */
    public @Nullable WireConstant find(String text) {
        return constants.get(text);
    }

    /**
     * The constant that is spelled {@code text}.
     *
     * @throws IllegalArgumentException where there is none; the message does not repeat the text
     */
    public WireConstant require(String text) {
        WireConstant constant = constants.get(text);
        if (constant == null) {
            throw new IllegalArgumentException("not a constant of this vocabulary");
        }
        return constant;
    }

    /** Whether {@code text} is one of the constants. */
    public boolean contains(String text) {
        return constants.containsKey(text);
    }
}
