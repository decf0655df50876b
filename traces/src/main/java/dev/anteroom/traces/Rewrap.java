package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * New contents of key slots on their way into one segment. Used under the lock of {@link Maintenance}. Stateless.
 *
 * <p>A slot may lie across two sectors, so writing it in place could leave neither the old key nor the new one. All slots of a segment are therefore
 * written to a file beside it first, {@code SEGMENT.rewrap}, and forced; where that file is whole it is applied, again and again if need be, and where it
 * is not, nothing was changed yet. It holds wrapped keys and is overwritten before it is deleted: a key that is shredded later must not survive there.
 */
final class Rewrap {
    private static final String SUFFIX = ".rewrap";
    private static final long MAGIC = 0x414e545245575231L;
    private static final int HEAD_BYTES = 12;
    private static final int ENTRY_BYTES = 8 + Frame.SLOT_BYTES;

    private Rewrap() {}

    /** A slot, and what is to stand there: id and wrapped key. */
    record Slot(long at, byte[] content) {}

    /** Writes the slots so that a crash leaves each of them old or new. */
    static void write(Path segment, List<Slot> slots, Disk disk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + slots.size() * ENTRY_BYTES + 4);
        bytes.putLong(MAGIC).putInt(slots.size());
        for (Slot slot : slots) {
            bytes.putLong(slot.at).put(slot.content);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) crc.getValue()).flip();
        Path file = segment.resolveSibling(segment.getFileName() + SUFFIX);
        try (FileChannel out = JournalFiles.createPrivate(file)) {
            disk.write(out, bytes, 0);
            disk.force(out);
        }
        Disk.forceDirectory(JournalFiles.folder(file));
        apply(file, segment, disk);
    }

    /** Applies what an earlier process had written whole, and removes what it had not. */
    static void finishPending(Path folder, Disk disk) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                apply(file, file.resolveSibling(name.substring(0, name.length() - SUFFIX.length())), disk);
            }
        } catch (NoSuchFileException e) {
            // There is no journal yet.
        }
    }

    private static void apply(Path file, Path segment, Disk disk) throws IOException {
        byte[] written = Files.readAllBytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(written);
        if (isWhole(written) && Files.exists(segment)) {
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                for (int at = HEAD_BYTES; at + 4 < written.length; at += ENTRY_BYTES) {
                    disk.write(channel, bytes.slice(at + 8, Frame.SLOT_BYTES), bytes.getLong(at));
                }
                disk.force(channel);
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            disk.write(channel, ByteBuffer.allocate(written.length), 0);
            disk.force(channel);
        }
        Files.delete(file);
        Disk.forceDirectory(JournalFiles.folder(file));
    }

    private static boolean isWhole(byte[] written) {
        int length = written.length;
        ByteBuffer bytes = ByteBuffer.wrap(written);
        if (length < HEAD_BYTES + 4
                || bytes.getLong(0) != MAGIC
                || length != HEAD_BYTES + (long) bytes.getInt(8) * ENTRY_BYTES + 4) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(written, 0, length - 4);
        return bytes.getInt(length - 4) == (int) crc.getValue();
    }
}
