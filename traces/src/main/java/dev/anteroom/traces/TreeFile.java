package dev.anteroom.traces;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * The hashes of a log's tree on disk, so that a proof need not read the log. Confined to one thread; others may read the
 * file meanwhile.
 *
 * <p>Each hash of a perfect subtree stands there once, in the order in which they become complete: the order of {@code
 * StoredHashIndex} in golang.org/x/mod/sumdb/tlog. 64 bytes a record. Nothing rests on the file being right: a proof that is
 * made of wrong hashes does not verify, and where the file is missing it is made again from the log.
 */
final class TreeFile implements MerkleTree.Subtrees, AutoCloseable {
    private final FileChannel channel;
    private long end;

    private TreeFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /** An empty one, readable to its owner only; what the file held is gone. */
    static TreeFile create(Path file) throws IOException {
        return new TreeFile(
                FileChannel.open(
                        file,
                        EnumSet.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                0);
    }

    static TreeFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new TreeFile(channel, channel.size());
    }

    /** Appends hashes; where that fails, the same ones can be appended again. */
    void append(byte[] hashes, int length) throws IOException {
        Disk.writeFully(channel, ByteBuffer.wrap(hashes, 0, length), end);
        end += length;
    }

    @Override
    public byte[] hash(int level, long index) throws IOException {
        ByteBuffer hash = ByteBuffer.allocate(Hashes.BYTES);
        long at = place(level, index) * Hashes.BYTES;
        while (hash.hasRemaining()) {
            if (channel.read(hash, at + hash.position()) < 0) {
                throw new EOFException("the file of hashes ends before the hash at level " + level + ", " + index);
            }
        }
        return hash.array();
    }

    /** How many hashes stand before this one: those of all leaves up to its last one, and of its own lower levels. */
    static long place(int level, long index) {
        long lastLeaf = ((index + 1) << level) - 1;
        return 2 * lastLeaf - Long.bitCount(lastLeaf) + level;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
