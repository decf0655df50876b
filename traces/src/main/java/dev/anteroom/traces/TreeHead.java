package dev.anteroom.traces;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * How many leaves a tree has and the root over them: what determines all of it. Immutable; the array is not copied and
 * not to be written.
 */
record TreeHead(long size, byte[] root) {
    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHead head && head.size == size && Arrays.equals(head.root, root);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(size) + Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return size + ":" + HexFormat.of().formatHex(root);
    }
}
