package dev.anteroom.egress;

import dev.anteroom.phi.OutboundScan;
import dev.anteroom.phi.Redaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A request from which everything that was found is gone. Deeply immutable, thread-safe.
 *
 * <p>It is rendered once, when it is made; the bytes stay in this package, where the socket writer scans them again against every value
 * the redaction knows before they leave. The model is filled in per attempt, since targets name it differently.
 */
public final class DeidentifiedRequest {
    private final OutboundNode body;
    private final Set<Modality> residue;
    private final Set<String> shortParameters;
    private final OutboundScan scan;
    private final RenderedBody rendered;
    private final String digest;

    private DeidentifiedRequest(OutboundNode body, Inventory inventory, OutboundScan scan, RenderedBody rendered) {
        this.body = body;
        this.residue = Set.copyOf(inventory.residue);
        this.shortParameters = Set.copyOf(inventory.shortParameters);
        this.scan = scan;
        this.rendered = rendered;
        this.digest = sha256(rendered.head(), rendered.tail());
    }

    /** The request with this body; {@code redaction} is the one that made its texts and knows what must not be in it. */
    public static DeidentifiedRequest of(OutboundNode.ObjectNode body, Redaction redaction) {
        Inventory inventory = new Inventory();
        inventory.take(body);
        return new DeidentifiedRequest(body, inventory, redaction.outboundScan(), OutboundRenderer.render(body));
    }

    /** The tree, for readers inside the process: records and the built-in provider. */
    public OutboundNode body() {
        return body;
    }

    /** The modalities of the parts that could not be read; computed from the tree, not declared. */
    public Set<Modality> residue() {
        return residue;
    }

    /** SHA-256 of the rendered body without the model, in hex: binds a durable intent to this very request. */
    public String digest() {
        return digest;
    }

    /** How many bytes the body has without the model's name. */
    public int sizeBytes() {
        return rendered.head().length + rendered.tail().length;
    }

    /** The rendered text for the record; it is redacted and opaque parts are left out of it. */
    public String recordText() {
        return OutboundRenderer.recordText(body);
    }

    /**
     * The second scan: whether these bytes, about to be sent, hold none of the values the redaction knows.
     *
     * <p>Constants of the vocabulary are not the caller's, and a parameter of a few digits says nothing of anybody: {@code max_tokens: 512}
     * must not be refused because a room 512 was found.
     */
    boolean isClean(byte[] bytes, WireVocabulary vocabulary) {
        return scan.clean(
                bytes, 0, bytes.length, token -> vocabulary.contains(token) || shortParameters.contains(token));
    }

    RenderedBody rendered() {
        return rendered;
    }

    @Override
    public String toString() {
        return "DeidentifiedRequest[" + digest.substring(0, 12) + ", " + sizeBytes() + " bytes]";
    }

    /** What a tree holds, gathered from the tree itself. */
    private static final class Inventory {
        private static final int SHORT_CHARS = 4;

        private final EnumSet<Modality> residue = EnumSet.noneOf(Modality.class);
        private final Set<String> shortParameters = new HashSet<>();

        void take(OutboundNode node) {
            switch (node) {
                case OutboundNode.ObjectNode object -> {
                    List<OutboundNode.Member> members = object.members();
                    for (int i = 0; i < members.size(); i++) {
                        take(members.get(i).value());
                    }
                }
                case OutboundNode.ArrayNode array -> {
                    List<OutboundNode> elements = array.elements();
                    for (int i = 0; i < elements.size(); i++) {
                        take(elements.get(i));
                    }
                }
                case OutboundNode.EmbeddedJsonNode embedded -> take(embedded.document());
                case OutboundNode.OpaqueNode opaque -> residue.add(opaque.modality());
                case OutboundNode.ParameterNode parameter -> {
                    if (parameter.number().token().length() <= SHORT_CHARS) {
                        shortParameters.add(parameter.number().token());
                    }
                }
                case OutboundNode.TextNode t -> {}
                case OutboundNode.NumberNode n -> {}
                case OutboundNode.ConstantNode c -> {}
                case OutboundNode.FlagNode f -> {}
                case OutboundNode.NullNode n -> {}
                case OutboundNode.HandleNode h -> {}
                case OutboundNode.ModelSlotNode m -> {}
            }
        }
    }

    private static String sha256(byte[] head, byte[] tail) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head);
            return HexFormat.of().formatHex(digest.digest(tail));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
