package dev.anteroom.gateway.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a document: {@code messages[0].content}. Immutable; spelled out only when asked, since most never are.
 *
 * <p>Only declared names appear in it: the names of free-form objects are shown as {@code *}, for a caller may have put PHI in them.
 */
final class JsonPath {
    static final JsonPath ROOT = new JsonPath(null, "", -1);

    private final @Nullable JsonPath parent;
    private final String name;
    private final int index;

    private JsonPath(@Nullable JsonPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    JsonPath member(String declaredName) {
        return new JsonPath(this, declaredName, -1);
    }

    JsonPath freeMember() {
        return new JsonPath(this, "*", -1);
    }

    JsonPath element(int at) {
        return new JsonPath(this, "", at);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        spell(out);
        return out.toString();
    }

    private void spell(StringBuilder out) {
        if (parent == null) {
            return;
        }
        parent.spell(out);
        if (index >= 0) {
            out.append('[').append(index).append(']');
        } else {
            if (!out.isEmpty()) {
                out.append('.');
            }
            out.append(name);
        }
    }
}
