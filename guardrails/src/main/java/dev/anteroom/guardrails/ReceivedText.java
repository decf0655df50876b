package dev.anteroom.guardrails;

import java.util.List;

/**
 * What a model answered, as far as the gate reads it. Immutable.
 *
 * @param contents the text of each choice, in placeholder space
 * @param callsTools whether some choice calls a tool
 * @param saysMore whether there is text beside the contents: a refusal, reasoning
 * @param truncated whether the contents are not the whole of what the model wrote
 */
public record ReceivedText(List<String> contents, boolean callsTools, boolean saysMore, boolean truncated) {
    public ReceivedText {
        contents = List.copyOf(contents);
    }

    /** An answer of one choice and nothing but text. */
    public static ReceivedText of(String content) {
        return new ReceivedText(List.of(content), false, false, false);
    }

    /** Says how much, never what. */
    @Override
    public String toString() {
        return "ReceivedText[" + contents.size() + " choices]";
    }
}
