package dev.anteroom.egress;

import dev.anteroom.phi.RedactedNumber;
import dev.anteroom.phi.RedactedText;
import java.util.List;

/**
 * A node of the tree that can be sent to a provider. Deeply immutable.
 *
 * <p>The closed set of leaves is the guarantee: nothing but redacted text, redacted numbers, constants of the snapshot, bounded
 * parameters, ordinals and declared opaque parts can stand in a request.
 */
public sealed interface OutboundNode {

    /** An object; members are written in this order. */
    record ObjectNode(List<Member> members) implements OutboundNode {
        public ObjectNode {
            members = List.copyOf(members);
        }
    }

    /** A member of an object. */
    record Member(OutboundName name, OutboundNode value) {}

    /** An array. */
    record ArrayNode(List<OutboundNode> elements) implements OutboundNode {
        public ArrayNode {
            elements = List.copyOf(elements);
        }
    }

    /** Text that passed the redactor. */
    record TextNode(RedactedText text) implements OutboundNode {}

    /** A number out of a caller's own JSON that passed the redactor. */
    record NumberNode(RedactedNumber number) implements OutboundNode {}

    /** A bounded numeric parameter of the protocol. */
    record ParameterNode(WireNumber number) implements OutboundNode {}

    /** A constant of the protocol or the snapshot. */
    record ConstantNode(WireConstant constant) implements OutboundNode {}

    /** {@code true} or {@code false}. */
    record FlagNode(boolean value) implements OutboundNode {}

    /** {@code null}. */
    record NullNode() implements OutboundNode {}

    /** A JSON document inside a string, as tool arguments are. */
    record EmbeddedJsonNode(OutboundNode document) implements OutboundNode {}

    /** An identifier that nobody reads, replaced by its ordinal in the request: {@code call_1}. */
    record HandleNode(WireConstant prefix, int ordinal) implements OutboundNode {}

    /** Where the model of the target that is tried is written. */
    record ModelSlotNode() implements OutboundNode {}

    /** A part that cannot be read, sent as it came, only under a contract that names its modality. */
    record OpaqueNode(Modality modality, String content) implements OutboundNode {
        @Override
        public String toString() {
            return "OpaqueNode[" + modality + ", " + content.length() + " chars]";
        }
    }
}
