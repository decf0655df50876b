package dev.anteroom.gateway.wire;

import dev.anteroom.guardrails.ReceivedText;
import dev.anteroom.phi.RestoreFinding;
import dev.anteroom.phi.RestorePolicy;
import dev.anteroom.phi.Restorer;
import dev.anteroom.phi.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The channels of one answer: choice × content, refusal, reasoning or tool arguments. Confined to one call.
 *
 * <p>Each channel has its own restorer, and keeps what the model wrote, in placeholder space and up to a bound, for the record.
 */
final class AnswerChannels {
    private static final String CONTENT = "content";
    private static final int MAX_RECORDED_CHARS = 1 << 20;

    /** One channel: what the model wrote, and how it is restored. */
    final class Channel {
        private final String name;
        private final boolean content;
        private final Restorer restorer;
        private final StringBuilder written = new StringBuilder();
        private final StringBuilder released = new StringBuilder();
        private boolean finished;

        private Channel(String name, boolean content, Restorer restorer) {
            this.name = name;
            this.content = content;
            this.restorer = restorer;
        }

        /** What can be released after this piece; valid until the next call. */
        StringBuilder append(String piece) {
            int kept = Math.min(piece.length(), MAX_RECORDED_CHARS - recordedChars);
            written.append(piece, 0, kept);
            recordedChars += kept;
            writtenChars += piece.length();
            released.setLength(0);
            restorer.append(piece, released);
            return released;
        }

        /** What was still held back. */
        StringBuilder finish() {
            released.setLength(0);
            if (!finished) {
                finished = true;
                restorer.finish(released);
            }
            return released;
        }

        String written() {
            return written.toString();
        }
    }

    private final Vault vault;
    private final Predicate<String> restoresTool;
    private final boolean jsonContent;
    private final Map<String, Channel> channels = new LinkedHashMap<>(4);
    private int recordedChars;
    private int writtenChars;

    /** Channels of one answer; {@code jsonContent} where its content is a JSON document, as the request asked for. */
    AnswerChannels(Vault vault, Predicate<String> restoresTool, boolean jsonContent) {
        this.vault = vault;
        this.restoresTool = restoresTool;
        this.jsonContent = jsonContent;
    }

    boolean hasText(int choice, String kind) {
        return channels.containsKey(textName(choice, kind));
    }

    private static String textName(int choice, String kind) {
        return choice == 0 ? kind : "choice " + choice + " " + kind;
    }

    Channel text(int choice, String kind) {
        String name = textName(choice, kind);
        Channel channel = channels.get(name);
        if (channel == null) {
            boolean content = kind.equals(CONTENT);
            RestorePolicy policy = RestorePolicy.restoring(name);
            channel = new Channel(name, content, content ? contentRestorer(policy) : vault.textRestorer(policy));
            channels.put(name, channel);
        }
        return channel;
    }

    private Restorer contentRestorer(RestorePolicy policy) {
        return jsonContent ? vault.jsonRestorer(policy) : vault.textRestorer(policy);
    }

    /** The originals of a whole content; beside the channels, which have their own record of it. */
    String restoreContent(String content) {
        Restorer restorer = contentRestorer(RestorePolicy.restoring(CONTENT));
        StringBuilder restored = new StringBuilder(content.length() + 64);
        restorer.append(content, restored);
        restorer.finish(restored);
        return restored.toString();
    }

    /** The channel of a tool call's arguments (JSON) or of a custom tool's input (text). */
    Channel tool(int choice, int call, String toolName, boolean json) {
        String name = "choice " + choice + " tool call " + call;
        Channel channel = channels.get(name);
        if (channel == null) {
            RestorePolicy policy =
                    restoresTool.test(toolName) ? RestorePolicy.restoring(name) : RestorePolicy.withholding(name);
            channel = new Channel(name, false, json ? vault.jsonRestorer(policy) : vault.textRestorer(policy));
            channels.put(name, channel);
        }
        return channel;
    }

    List<RestoreFinding> findings() {
        List<RestoreFinding> findings = new ArrayList<>();
        for (Channel channel : channels.values()) {
            findings.addAll(channel.restorer.findings());
        }
        return findings;
    }

    /** Everything the model wrote, a channel a paragraph, in placeholder space. */
    String recordText() {
        if (channels.size() == 1) {
            Channel only = channels.values().iterator().next();
            return only.name.equals("content") ? only.written() : "[" + only.name + "]\n" + only.written();
        }
        StringBuilder text = new StringBuilder();
        for (Channel channel : channels.values()) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append('[').append(channel.name).append("]\n").append(channel.written);
        }
        return text.toString();
    }

    /** How many characters the model wrote, recorded or not. */
    int writtenChars() {
        return writtenChars;
    }

    /** What the release gate reads, of these contents and what else the channels hold. */
    ReceivedText received(List<String> contents, boolean callsTools) {
        boolean saysMore = channels.values().stream().anyMatch(c -> !c.content && !c.written.isEmpty());
        return new ReceivedText(contents, callsTools, saysMore, isTruncated());
    }

    /** Whether the model wrote more than the record keeps. */
    boolean isTruncated() {
        return writtenChars > recordedChars;
    }
}
