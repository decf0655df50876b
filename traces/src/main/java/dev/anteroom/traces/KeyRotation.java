package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts another key in force, and wraps the keys of kept records anew under it. Confined to one thread; every method blocks on files.
 *
 * <p>Shredding reaches no backup. Once every kept record is wrapped under a new key and the old one is destroyed, an old copy of the journal cannot be
 * read any more either: neither what was shredded since, nor anything else in it.
 */
public final class KeyRotation {
    private static final String UNFINISHED = "rewrap-";

    private final Path data;
    private final KeyRing keys;
    private final KeyRing.Role role;
    private final AccessLog access;
    private final Disk disk;

    /** Rotation of the keys of this role; {@code keys} is what there is now. */
    public KeyRotation(Path dataDirectory, KeyRing keys, KeyRing.Role role, AccessLog access) {
        this(dataDirectory, keys, role, access, Disk.REAL);
    }

    KeyRotation(Path dataDirectory, KeyRing keys, KeyRing.Role role, AccessLog access, Disk disk) {
        this.data = dataDirectory;
        this.keys = keys;
        this.role = role;
        this.access = access;
        this.disk = disk;
    }

    /**
     * What a rotation did. Immutable.
     *
     * @param newKey the id in hex
     * @param oldFile where the old key is now
     */
    public record Rotated(String oldKey, String newKey, Path file, Path oldFile) {}

    /**
     * What wrapping anew came to. Immutable.
     *
     * @param records keys of records that were wrapped anew
     * @param left keys of records that still need an older key
     * @param running of these, in lifetimes that have not ended
     * @param olderKeys ids in hex of the older keys that are still needed
     * @param problems why some were left
     */
    public record Rewrapped(long records, long left, long running, Set<String> olderKeys, List<String> problems) {
        public Rewrapped {
            olderKeys = Set.copyOf(olderKeys);
            problems = List.copyOf(problems);
        }

        /** Whether older keys of this role can be destroyed. */
        public boolean isComplete() {
            return left == 0 && problems.isEmpty();
        }
    }

    /** Whether an earlier wrapping anew did not come to its end: it goes on with the key that is in force. */
    public boolean isUnfinished() {
        return Files.exists(unfinished());
    }

    private Path unfinished() {
        return data.resolve(UNFINISHED + role.word());
    }

    /**
     * Makes a new key file; the old one stays beside it and opens still. A running gateway goes on with the old key until its next start.
     *
     * @throws JournalException of kind {@code INVALID} where the key comes from a command, which alone can make another
     */
    public Rotated rotate(String actor, String reason, SecureRandom random) throws JournalException {
        if (!(keys.source(role) instanceof KeySource.File(Path file))) {
            throw new JournalException(
                    JournalException.Kind.INVALID,
                    "the key comes from " + keys.source(role)
                            + ": make the new one there; it prints the new key first, older ones behind it");
        }
        try (KeyFiles.Draft draft = KeyFiles.draft(file, random)) {
            String oldKey = KeyRing.hex(keys.activeId(role));
            String newKey = KeyRing.hex(draft.id());
            access.record(actor, reason, new Act.KeyRotated(role.word(), oldKey, newKey));
            return new Rotated(oldKey, newKey, file, draft.replace());
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.KEY, file + ": " + e, e);
        }
    }

    /**
     * Wraps the keys of all records of finished lifetimes under the key in force. Killed at any point, the next one goes on; no record is ever without a
     * key that opens it.
     */
    public Rewrapped rewrap(String actor, String reason) throws JournalException {
        Set<String> older = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        Count count = new Count();
        try {
            if (!isUnfinished()) {
                JournalFiles.createPrivate(unfinished()).close();
                Disk.forceDirectory(data);
            }
            String newKey = KeyRing.hex(keys.activeId(role));
            access.record(actor, reason, new Act.KeysRewrapped(role.word(), newKey, needed()));
            for (String name : List.of(JournalFiles.FOLDER, AccessLog.FOLDER)) {
                Path folder = data.resolve(name);
                SegmentScanner scanner = new SegmentScanner(found -> problems.add(found.toString()));
                for (Segments.Located one : Segments.locate(folder, scanner)) {
                    try (Maintenance _ = Maintenance.begin(data)) {
                        Rewrap.finishPending(folder, disk);
                        rewrap(one, scanner, count, older, problems);
                    }
                }
            }
            if (count.left == 0 && problems.isEmpty()) {
                Files.deleteIfExists(unfinished());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new JournalException(JournalException.Kind.FAILED, "re-wrap: " + e.getMessage(), e);
        }
        return new Rewrapped(count.wrapped, count.left, count.running, older, problems);
    }

    private static final class Count {
        private long wrapped;
        private long left;
        private long running;
    }

    /** How many keys of records are under an older key, in finished lifetimes. */
    private long needed() throws IOException, JournalException {
        long[] needed = new long[1];
        for (String name : List.of(JournalFiles.FOLDER, AccessLog.FOLDER)) {
            SegmentScanner quiet = new SegmentScanner(_ -> {});
            for (Segments.Located one : Segments.locate(data.resolve(name), quiet)) {
                if (one.lifetime().closed() != null) {
                    one.scan(quiet, (place, bytes, at) -> {
                        for (Frame.Section section : Frame.Section.values()) {
                            needed[0] += isUnderOlder(section, place, bytes, at) ? 1 : 0;
                        }
                        return true;
                    });
                }
            }
        }
        return needed[0];
    }

    private boolean isUnderOlder(Frame.Section section, SegmentScanner.Place place, byte[] frame, int at) {
        return section.role(place.kind()) == role
                && section.length(frame, at) > 0
                && !section.isShredded(frame, at)
                && section.keyId(frame, at) != keys.activeId(role);
    }

    private void rewrap(
            Segments.Located segment, SegmentScanner scanner, Count count, Set<String> older, List<String> problems)
            throws IOException, GeneralSecurityException {
        boolean closed = segment.lifetime().closed() != null;
        List<Rewrap.Slot> slots = new ArrayList<>();
        Unsealer unsealer = new Unsealer(keys);
        @Nullable GeneralSecurityException[] failure = new GeneralSecurityException[1];
        segment.scan(scanner, (place, bytes, at) -> {
            for (Frame.Section section : Frame.Section.values()) {
                if (!isUnderOlder(section, place, bytes, at)) {
                    continue;
                }
                if (!closed) {
                    count.left++;
                    count.running++;
                    older.add(KeyRing.hex(section.keyId(bytes, at)));
                    continue;
                }
                try {
                    byte[] slot = unsealer.rewrap(section, place, bytes, at, keys.activeId(role));
                    slots.add(new Rewrap.Slot(place.offset() + section.keyIdAt, slot));
                } catch (JournalException e) {
                    count.left++;
                    older.add(KeyRing.hex(section.keyId(bytes, at)));
                    if (problems.size() < 10) {
                        problems.add(String.valueOf(e.getMessage()));
                    }
                } catch (GeneralSecurityException e) {
                    failure[0] = e;
                    return false;
                }
            }
            return true;
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        if (!slots.isEmpty()) {
            Rewrap.write(segment.segment().file(), slots, disk);
            count.wrapped += slots.size();
        }
    }
}
