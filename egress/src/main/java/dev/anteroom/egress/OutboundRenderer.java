package dev.anteroom.egress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes an outbound tree as JSON. One instance renders one tree. */
final class OutboundRenderer {
    private static final int INITIAL_BYTES = 2048;

    private final JsonBytes out = new JsonBytes(INITIAL_BYTES);
    private final boolean withOpaqueParts;
    private int modelSlot = -1;

    private OutboundRenderer(boolean withOpaqueParts) {
        this.withOpaqueParts = withOpaqueParts;
    }

    static RenderedBody render(OutboundNode body) {
        OutboundRenderer renderer = new OutboundRenderer(true);
        renderer.write(body);
        byte[] all = renderer.out.toArray();
        if (renderer.modelSlot < 0) {
            return new RenderedBody(all, new byte[0], false);
        }
        return new RenderedBody(
                Arrays.copyOf(all, renderer.modelSlot), Arrays.copyOfRange(all, renderer.modelSlot, all.length), true);
    }

    static String recordText(OutboundNode body) {
        OutboundRenderer renderer = new OutboundRenderer(false);
        renderer.write(body);
        return new String(renderer.out.toArray(), StandardCharsets.UTF_8);
    }

    private void write(OutboundNode node) {
        switch (node) {
            case OutboundNode.ObjectNode object -> writeObject(object);
            case OutboundNode.ArrayNode array -> writeArray(array);
            case OutboundNode.TextNode text -> out.string(text.text().value());
            case OutboundNode.NumberNode number -> out.raw(number.number().value());
            case OutboundNode.ParameterNode parameter ->
                out.raw(parameter.number().token());
            case OutboundNode.ConstantNode constant ->
                out.string(constant.constant().text());
            case OutboundNode.FlagNode flag -> out.raw(flag.value() ? "true" : "false");
            case OutboundNode.NullNode n -> out.raw("null");
            case OutboundNode.EmbeddedJsonNode embedded -> writeEmbedded(embedded);
            case OutboundNode.HandleNode handle -> out.string(handle.prefix().text() + handle.ordinal());
            case OutboundNode.OpaqueNode opaque -> out.string(withOpaqueParts ? opaque.content() : "(not recorded)");
            case OutboundNode.ModelSlotNode slot -> writeModelSlot();
        }
    }

    private void writeModelSlot() {
        if (!withOpaqueParts) {
            out.raw("\"\"");
            return;
        }
        if (modelSlot >= 0) {
            throw new IllegalStateException("a request has one model slot");
        }
        modelSlot = out.length();
    }

    private void writeObject(OutboundNode.ObjectNode object) {
        out.raw('{');
        List<OutboundNode.Member> members = object.members();
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            switch (members.get(i).name()) {
                case WireConstant constant -> out.string(constant.text());
                case RedactedName name -> out.string(name.text().value());
            }
            out.raw(':');
            write(members.get(i).value());
        }
        out.raw('}');
    }

    private void writeArray(OutboundNode.ArrayNode array) {
        out.raw('[');
        List<OutboundNode> elements = array.elements();
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            write(elements.get(i));
        }
        out.raw(']');
    }

    private void writeEmbedded(OutboundNode.EmbeddedJsonNode embedded) {
        OutboundRenderer inner = new OutboundRenderer(withOpaqueParts);
        inner.write(embedded.document());
        if (inner.modelSlot >= 0) {
            throw new IllegalStateException("the model slot stands at the top of a request");
        }
        out.string(new String(inner.out.toArray(), StandardCharsets.UTF_8));
    }
}
