package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a journal in the order in which they were taken into use. Stateless. */
final class Segments {
    /** How far a record's wall time may be from the time in its trace id, or from that of the segment. */
    static final long SLACK_MILLIS = 3_600_000L;

    private Segments() {}

    /** A segment and when it was taken into use. Immutable. */
    record Located(JournalFiles.Lifetime lifetime, int index, long openedMillis) {
        JournalFiles.Segment segment() {
            return lifetime.segments().get(index);
        }

        /** Whether no process can be writing to it. */
        boolean isFinished() {
            return lifetime.closed() != null || index + 1 < lifetime.segments().size();
        }

        /** Walks its frames; where its end is not known, behind the first bad one too. */
        JournalFiles.@Nullable End scan(SegmentScanner scanner, SegmentScanner.Visitor visitor) throws IOException {
            boolean last = index + 1 == lifetime.segments().size();
            return scanner.scan(lifetime, index, index + 1, last, visitor);
        }
    }

    static List<Located> locate(Path folder, SegmentScanner scanner) throws IOException, JournalException {
        List<Located> located = new ArrayList<>();
        long opened = Long.MIN_VALUE;
        for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
            for (int i = 0; i < lifetime.segments().size(); i++) {
                SegmentHeader header =
                        scanner.header(lifetime, lifetime.segments().get(i));
                opened = header == null ? opened : header.openedMillis();
                located.add(new Located(lifetime, i, opened));
            }
        }
        return located;
    }

    /** The last segment opened before this time, which may hold records of it; the clock may have gone back. */
    static int firstAt(List<Located> segments, long millis) {
        int first = 0;
        while (first + 1 < segments.size() && segments.get(first + 1).openedMillis <= millis) {
            first++;
        }
        return first;
    }
}
