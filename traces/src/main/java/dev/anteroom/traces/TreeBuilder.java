package dev.anteroom.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds the tree of a log from its frames: the file of its hashes, and whether it agrees with a checkpoint. Confined to one
 * thread.
 */
final class TreeBuilder implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Hashes hashes = new Hashes();
    private final TreeFile file;
    private final HeadCheck<SignedNote> check;
    private final byte[] leaf = new byte[Leaf.BYTES];
    private final byte[] leafHash = new byte[Hashes.BYTES];
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;

    TreeBuilder(Path file, List<HeadCheck.Said<SignedNote>> said) throws IOException {
        this.file = TreeFile.create(file);
        this.check = new HeadCheck<>(hashes, said);
    }

    /** Adds the frame at {@code at}; throws unchecked where the file cannot be written. */
    void add(byte[] frame, int at) {
        Leaf.copy(frame, at, leaf, 0);
        hashes.leaf(leaf, 0, Leaf.BYTES, leafHash, 0);
        check.add(leafHash, this::keep);
    }

    private void keep(int level, byte[] hash, int at) {
        if (buffered == buffer.length) {
            try {
                flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        System.arraycopy(hash, at, buffer, buffered, Hashes.BYTES);
        buffered += Hashes.BYTES;
    }

    void flush() throws IOException {
        file.append(buffer, buffered);
        buffered = 0;
    }

    /** The tree so far, compared. */
    HeadCheck<SignedNote> check() {
        return check;
    }

    /** The hashes so far; {@link #flush} first. */
    MerkleTree tree() {
        return new MerkleTree(hashes, file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
