package dev.anteroom.traces;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names in a journal's folder. Stateless.
 *
 * <pre>
 *   LOCK                            held by the process that writes
 *   GATEWAY-STARTID-SEGMENT.log     a segment in use or used
 *   GATEWAY-STARTID-N.prep          zeros, the next segment to be
 *   GATEWAY-STARTID.closed          where the lifetime ends; it needs no recovery any more
 * </pre>
 *
 * and what {@link CheckpointFiles} names.
 *
 * <p>A start id is a UUIDv7 in hex, made greater than every one before: sorted names are lifetimes in their order.
 */
final class JournalFiles {
    static final String FOLDER = "journal";
    static final String LOCK = "LOCK";

    private static final Pattern SEGMENT = Pattern.compile("(.+)-([0-9a-f]{32})-([0-9]{6,9})\\.log");
    private static final Pattern MARKER = Pattern.compile("end segment=([0-9]+) offset=([0-9]+) sequence=([0-9]+)");

    private JournalFiles() {}

    /** One run of one process, its segments in order. Immutable. */
    record Lifetime(
            String gatewayId,
            String startId,
            List<Segment> segments,
            @Nullable End closed) {}

    /** A segment file. Immutable. */
    record Segment(Path file, int number) {
        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    /** Where a lifetime ends. Immutable. */
    record End(int segment, long offset, long sequence) {}

    /** The folder that a file lies in. */
    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    static Path segment(Path folder, String gatewayId, String startId, int number) {
        return folder.resolve(String.format(Locale.ROOT, "%s-%s-%06d.log", gatewayId, startId, number));
    }

    static Path draft(Path folder, String gatewayId, String startId, long number) {
        return folder.resolve(gatewayId + "-" + startId + "-" + number + ".prep");
    }

    private static Path marker(Path folder, String gatewayId, String startId) {
        return folder.resolve(gatewayId + "-" + startId + ".closed");
    }

    static FileChannel createPrivate(Path file) throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(mode);
        return FileChannel.open(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attribute);
    }

    /** All lifetimes that have a segment, oldest first. */
    static List<Lifetime> lifetimes(Path folder) throws IOException, JournalException {
        record Key(String startId, String gatewayId) {}
        Comparator<Key> order = Comparator.comparing(Key::startId).thenComparing(Key::gatewayId);
        TreeMap<Key, List<Segment>> found = new TreeMap<>(order);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.log")) {
            for (Path file : files) {
                Matcher name = SEGMENT.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    found.computeIfAbsent(new Key(name.group(2), name.group(1)), k -> new ArrayList<>())
                            .add(new Segment(file, Integer.parseInt(name.group(3))));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<Lifetime> lifetimes = new ArrayList<>();
        for (var entry : found.entrySet()) {
            List<Segment> segments = entry.getValue();
            segments.sort(Comparator.comparingInt(Segment::number));
            String gatewayId = entry.getKey().gatewayId();
            String startId = entry.getKey().startId();
            End end = end(marker(folder, gatewayId, startId));
            int last = Math.max(segments.getLast().number(), end == null ? 0 : end.segment());
            lifetimes.add(new Lifetime(gatewayId, startId, complete(folder, gatewayId, startId, segments, last), end));
        }
        return lifetimes;
    }

    /** Adds segments that a running gateway took into use while the directory was being listed. */
    private static List<Segment> complete(
            Path folder, String gatewayId, String startId, List<Segment> listed, int last) {
        int first = listed.getFirst().number();
        if (listed.size() == last - first + 1) {
            return List.copyOf(listed);
        }
        List<Segment> segments = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            Path file = segment(folder, gatewayId, startId, number);
            if (Files.exists(file)) {
                segments.add(new Segment(file, number));
            }
        }
        return segments;
    }

    private static @Nullable End end(Path marker) throws IOException, JournalException {
        String text;
        try {
            text = Files.readString(marker, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return null;
        }
        Matcher end = MARKER.matcher(text.strip());
        if (!end.matches()) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, marker.getFileName() + ": damaged (expected: end segment=...)");
        }
        return new End(Integer.parseInt(end.group(1)), Long.parseLong(end.group(2)), Long.parseLong(end.group(3)));
    }

    /** Durably says that a lifetime is complete and recovered. */
    static void close(Path folder, String gatewayId, String startId, End end) throws IOException {
        Path marker = marker(folder, gatewayId, startId);
        Disk.replaceWhole(
                marker, "end segment=" + end.segment + " offset=" + end.offset + " sequence=" + end.sequence + "\n");
        Disk.forceDirectory(folder);
    }

    /** Removes what earlier processes prepared and never used. */
    static void deleteDrafts(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{prep,draft}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
