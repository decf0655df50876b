package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What earlier lifetimes that were not closed left behind: intents without an end. Confined to the start of a journal.
 *
 * <p>All of them are read together and in order, since a lifetime that died in its own recovery may already have ended
 * intents of the one before. Only clear headers are read.
 */
final class Recovery {
    private record Ended(JournalFiles.Lifetime lifetime, JournalFiles.End end) {}

    private final Path folder;
    private final List<Interrupted> orphans = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();

    private Recovery(Path folder) {
        this.folder = folder;
    }

    static Recovery scan(Path folder, List<JournalFiles.Lifetime> lifetimes, Clock clock)
            throws IOException, JournalException {
        Recovery recovery = new Recovery(folder);
        List<String> damage = new ArrayList<>();
        SegmentScanner scanner = new SegmentScanner(damage::add);
        Set<UUID> open = new LinkedHashSet<>();
        for (JournalFiles.Lifetime lifetime : lifetimes) {
            if (lifetime.closed() != null) {
                continue;
            }
            int segments = lifetime.segments().size();
            JournalFiles.End end = scanner.scan(lifetime, 0, segments, true, (place, bytes, at) -> {
                UUID trace = new UUID(place.most(), place.least());
                if (place.kind() == Frame.INTENT) {
                    open.add(trace);
                } else if (Frame.endsCall(place.kind())) {
                    open.remove(trace);
                }
                return true;
            });
            if (end == null || !damage.isEmpty()) {
                throw new JournalException(
                        JournalException.Kind.CORRUPT,
                        String.join("; ", damage) + " (nothing was changed; move the files of this lifetime out of "
                                + folder + " to start without them)");
            }
            recovery.ended.add(new Ended(lifetime, end));
        }
        Instant now = clock.instant();
        for (UUID trace : open) {
            recovery.orphans.add(
                    new Interrupted(trace.toString(), now, "the gateway ended before the outcome was recorded"));
        }
        return recovery;
    }

    /** One record for each intent without an end; to be made durable before {@link #finish}. */
    List<Interrupted> orphans() {
        return orphans;
    }

    /** Marks the lifetimes as recovered, so that no later start reads them, and cuts unused zeros off. */
    void finish() throws IOException {
        for (Ended one : ended) {
            trim(one.lifetime.segments().getLast().file(), one.end.offset());
            JournalFiles.close(folder, one.lifetime.gatewayId(), one.lifetime.startId(), one.end);
        }
    }

    /** Truncates to this offset where only zeros follow; a torn batch is left as it is. */
    private static void trim(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            ByteBuffer read = ByteBuffer.allocate(1 << 20);
            long at = offset;
            while (channel.read(read.clear(), at) > 0) {
                read.flip();
                at += read.limit();
                if (!read.equals(zeros.clear().limit(read.limit()))) {
                    return;
                }
            }
            channel.truncate(offset);
            channel.force(true);
        }
    }
}
