package dev.anteroom.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names the records that are not those of a tree, whose hashes were found to be what was signed. Confined to one thread.
 *
 * <p>A record that does not stand where it should is looked for further on, as far as 4,096 records: what is passed over was removed, unless it
 * turns up later, out of its place.
 */
final class Differences implements SegmentScanner.Visitor {
    private static final int WINDOW = 4096;

    private final String log;
    private final TreeFile tree;
    private final long size;
    private final ReportBuilder report;
    private final Hashes hashes = new Hashes();
    private final byte[] data = new byte[Leaf.BYTES];

    /** Records of the tree that were passed over, by hash, with their numbers from 0. */
    private final Map<String, Long> missing = new LinkedHashMap<>();

    private long index;

    Differences(String log, TreeFile tree, long size, ReportBuilder report) {
        this.log = log;
        this.tree = tree;
        this.size = size;
        this.report = report;
    }

    @Override
    public boolean frame(SegmentScanner.Place place, byte[] bytes, int at) {
        if (index >= size && missing.isEmpty()) {
            return false;
        }
        Leaf.copy(bytes, at, data, 0);
        String hash = HexFormat.of().formatHex(hashes.leaf(data));
        String segment = place.segment().name();
        if (missing.remove(hash) != null) {
            report.problem(
                    LogReport.Kind.REORDERED,
                    log,
                    segment,
                    place.sequence(),
                    "it stands behind records that came after it");
            return true;
        }
        long found = find(hash);
        if (found < 0) {
            if (index < size) {
                report.problem(
                        LogReport.Kind.ALTERED, log, segment, place.sequence(), "not what was signed in its place");
                index++;
            }
            return true;
        }
        for (long passed = index; passed < found; passed++) {
            missing.put(tree(passed), passed);
        }
        index = found + 1;
        return true;
    }

    /** Tells what never turned up; what is missing at the end of the log is told by its size. */
    void end() {
        missing.values()
                .forEach(passed -> report.problem(
                        LogReport.Kind.REMOVED,
                        log,
                        "",
                        passed + 1,
                        "record number " + (passed + 1) + " of the log was signed and is not there"));
    }

    private long find(String hash) {
        long to = Math.min(size, index + WINDOW - missing.size());
        for (long at = index; at < to; at++) {
            if (tree(at).equals(hash)) {
                return at;
            }
        }
        return -1;
    }

    private String tree(long at) {
        try {
            return HexFormat.of().formatHex(tree.hash(0, at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
