package dev.anteroom.traces;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;

/**
 * The right to change key slots of a data directory's journals in place: one process and one thread at a time has it. Close it soon; a running gateway
 * goes on writing meanwhile. Confined to one thread.
 */
final class Maintenance implements AutoCloseable {
    private static final String LOCK = "MAINTENANCE";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;

    private final FileChannel channel;

    private Maintenance(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the right, a minute at most. */
    static Maintenance begin(Path dataDirectory) throws IOException, JournalException {
        Disk.createPrivateDirectories(dataDirectory);
        FileChannel channel = FileChannel.open(
                dataDirectory.resolve(LOCK),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean begun = false;
        try {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!tryLock(channel)) {
                if (System.nanoTime() - until > 0) {
                    throw new JournalException(
                            JournalException.Kind.LOCKED,
                            dataDirectory + ": another process has been shredding or wrapping keys for "
                                    + PATIENCE.toSeconds() + " s; try again later");
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            begun = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException(JournalException.Kind.LOCKED, dataDirectory + ": interrupted");
        } finally {
            if (!begun) {
                channel.close();
            }
        }
        return new Maintenance(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
