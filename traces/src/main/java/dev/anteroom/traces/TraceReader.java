package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal, whether or not a gateway writes to it. Thread-safe: every call looks at the directory anew.
 * Every method blocks on files: not for an event loop.
 *
 * <p>An unfinished tail is not an error. Damage is: a call visits all that can be read and then throws, naming segment
 * and sequence.
 */
public final class TraceReader {
    private final Path folder;
    private final KeyRing keys;
    private final boolean originals;
    private final ShreddedBy shreddedBy;

    private TraceReader(Path folder, KeyRing keys, boolean originals, ShreddedBy shreddedBy) {
        this.folder = folder;
        this.keys = keys;
        this.originals = originals;
        this.shreddedBy = shreddedBy;
    }

    /** The records of this data directory; one without any is not an error. */
    public static TraceReader open(Path dataDirectory, KeyRing keys) {
        return new TraceReader(dataDirectory.resolve(JournalFiles.FOLDER), keys, false, ShreddedBy.nobody());
    }

    /** The entries of the access journal of this data directory. */
    static TraceReader openAccess(Path dataDirectory, KeyRing keys) {
        return new TraceReader(dataDirectory.resolve(AccessLog.FOLDER), keys, false, ShreddedBy.nobody());
    }

    /** Returns a reader whose traces begin with what the call asked, where that was kept. Whoever uses it sees patients' data. */
    public TraceReader withOriginals() {
        return new TraceReader(folder, keys, true, shreddedBy);
    }

    /** Returns a reader that also says who shredded what is shredded, for people who may know. */
    public TraceReader namingShredders(AccessLog access) {
        return new TraceReader(folder, keys, originals, ShreddedBy.in(access));
    }

    private boolean isLeftOut(SegmentScanner.Place place) {
        return place.kind() == Frame.LINK || (!originals && place.kind() == Frame.ORIGINAL);
    }

    /** What a full check found: how many records were opened, and what is wrong. Immutable. */
    public record Check(long records, List<String> problems) {
        public Check {
            problems = List.copyOf(problems);
        }
    }

    /** Visits all calls, newest last. Holds some 200 bytes a call meanwhile. */
    public void forEach(Consumer<TraceSummary> consumer) throws JournalException {
        Problems problems = new Problems();
        try (Frames frames = new Frames()) {
            for (Row row : rows(0, problems)) {
                TraceSummary summary = summary(row, frames, problems);
                if (summary != null) {
                    consumer.accept(summary);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        problems.check();
    }

    /** The newest calls that match, newest last; opens no more records than it must. */
    public List<TraceSummary> list(Query query) throws JournalException {
        Predicate<TraceSummary> matches = summary -> !summary.time().isBefore(query.from())
                && summary.time().isBefore(query.until())
                && (query.tenant().isEmpty()
                        || query.tenant().equals(summary.caller().tenant()))
                && (query.kind().isEmpty() || query.kind().equals(summary.kind()));
        Problems problems = new Problems();
        List<TraceSummary> found = new ArrayList<>();
        try (Frames frames = new Frames()) {
            List<Row> rows = rows(Math.max(0, query.from().getEpochSecond()) * 1000, problems);
            for (int i = rows.size() - 1; i >= 0 && found.size() < query.limit(); i--) {
                TraceSummary summary = summary(rows.get(i), frames, problems);
                if (summary != null && matches.test(summary)) {
                    found.add(summary);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        problems.check();
        return List.copyOf(found.reversed());
    }

    /**
     * Visits the records of every call that began in {@code [from, until)}, each call when it has ended, those that have not at last.
     * Reads the journal once, and holds the calls that are open meanwhile.
     */
    public void forEachTrace(Instant from, Instant until, Consumer<Trace> consumer) throws JournalException {
        long fromMillis = Math.max(0, from.getEpochSecond()) * 1000;
        Problems problems = new Problems();
        Unsealer unsealer = new Unsealer(keys, shreddedBy);
        Map<UUID, List<Trace.Entry>> open = new LinkedHashMap<>();
        try {
            SegmentScanner scanner = new SegmentScanner(problems::damage);
            List<Segments.Located> segments = Segments.locate(folder, scanner);
            for (int i = Segments.firstAt(segments, fromMillis - Segments.SLACK_MILLIS); i < segments.size(); i++) {
                Segments.Located one = segments.get(i);
                boolean thorough = one.index() + 1 == one.lifetime().segments().size();
                scanner.scan(one.lifetime(), one.index(), one.index() + 1, thorough, (place, bytes, at) -> {
                    if (isLeftOut(place)) {
                        return true;
                    }
                    UUID id = new UUID(place.most(), place.least());
                    List<Trace.Entry> before = open.get(id);
                    boolean ends = Frame.endsCall(place.kind());
                    boolean begins = !ends || place.kind() == Frame.REFUSAL;
                    if (before == null && !begins) {
                        return true;
                    }
                    try {
                        TraceRecord record = unsealer.open(place, bytes, at);
                        if (begins
                                && (record.time().isBefore(from)
                                        || !record.time().isBefore(until))) {
                            return true;
                        }
                        List<Trace.Entry> entries = before == null ? new ArrayList<>(2) : before;
                        entries.add(new Trace.Entry(
                                place.id(), place.segment().name(), record, originals ? unsealer.written() : null));
                        if (!ends) {
                            open.put(id, entries);
                        } else {
                            open.remove(id);
                            consumer.accept(new Trace(entries));
                        }
                    } catch (JournalException e) {
                        problems.add(e);
                    }
                    return true;
                });
            }
        } catch (IOException e) {
            throw failed(e);
        }
        open.values().forEach(entries -> consumer.accept(new Trace(entries)));
        problems.check();
    }

    /**
     * All records of one call, or empty where there are none.
     *
     * <p>The time in the id says where to look: from an hour before it, until the end of the call is found. Reads whole
     * segments of clear headers, at some 2 GB/s where they are cached, and opens the records of this call only.
     */
    public Optional<Trace> find(String traceId) throws JournalException {
        if (!TraceIds.isId(traceId)) {
            return Optional.empty();
        }
        long millis = TraceIds.millis(TraceIds.most(traceId));
        Problems problems = new Problems();
        Finder finder = new Finder(traceId, problems);
        try {
            SegmentScanner scanner = new SegmentScanner(problems::damage);
            List<Segments.Located> segments = Segments.locate(folder, scanner);
            for (int i = Segments.firstAt(segments, millis - Segments.SLACK_MILLIS);
                    i < segments.size() && !finder.ended;
                    i++) {
                Segments.Located one = segments.get(i);
                if (finder.entries.isEmpty() && one.openedMillis() > millis + Segments.SLACK_MILLIS) {
                    break;
                }
                scanner.scan(one.lifetime(), one.index(), one.index() + 1, false, finder);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        problems.check();
        return finder.entries.isEmpty() ? Optional.empty() : Optional.of(new Trace(finder.entries));
    }

    /**
     * Visits the records behind a place in the order they were written, until the visitor says false: what ships records
     * elsewhere goes on where it ended. Reads the clear headers of the segment it begins in from the start.
     *
     * @param after visit what comes after this one; empty for all
     */
    public void forEachAfter(Optional<RecordId> after, Predicate<Trace.Entry> visitor) throws JournalException {
        Problems problems = new Problems();
        SegmentScanner scanner = new SegmentScanner(problems::damage);
        Unsealer unsealer = new Unsealer(keys, shreddedBy);
        boolean[] stopped = new boolean[1];
        try {
            for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
                if (stopped[0]
                        || (after.isPresent()
                                && lifetime.startId().compareTo(after.get().log()) < 0)) {
                    continue;
                }
                int from = after.isPresent() ? segmentAfter(scanner, lifetime, after.get()) : 0;
                scanner.scan(lifetime, from, lifetime.segments().size(), true, (place, bytes, at) -> {
                    if ((after.isPresent() && place.id().compareTo(after.get()) <= 0) || isLeftOut(place)) {
                        return true;
                    }
                    try {
                        TraceRecord record = unsealer.open(place, bytes, at);
                        stopped[0] = !visitor.test(new Trace.Entry(
                                place.id(), place.segment().name(), record, originals ? unsealer.written() : null));
                    } catch (JournalException e) {
                        problems.add(e);
                    }
                    return !stopped[0];
                });
            }
        } catch (IOException e) {
            throw failed(e);
        }
        problems.check();
    }

    /** The segment that holds what comes after a record, or the first one of a later lifetime. */
    private static int segmentAfter(SegmentScanner scanner, JournalFiles.Lifetime lifetime, RecordId after)
            throws IOException {
        if (!lifetime.startId().equals(after.log())) {
            return 0;
        }
        for (int i = lifetime.segments().size() - 1; i > 0; i--) {
            SegmentHeader header = scanner.header(lifetime, lifetime.segments().get(i));
            if (header != null && header.firstSequence() <= after.sequence() + 1) {
                return i;
            }
        }
        return 0;
    }

    /**
     * How many records there are behind a place, at most: numbers of writes that failed count as well. Opens no segment.
     *
     * @param after count what comes after this one; empty for all
     * @param until the last to count: {@link Journal#durable()} where a journal writes here
     */
    public long countAfter(Optional<RecordId> after, RecordId until) throws JournalException {
        long count = 0;
        try {
            for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
                JournalFiles.End end = lifetime.closed();
                long sequence =
                        lifetime.startId().equals(until.log()) ? until.sequence() : end == null ? 0 : end.sequence();
                RecordId last = new RecordId(lifetime.startId(), sequence);
                int order = after.isEmpty()
                        ? 1
                        : lifetime.startId().compareTo(after.get().log());
                if (order > 0) {
                    count += last.callRecords();
                } else if (order == 0) {
                    count += Math.max(0, last.sequence() - after.get().sequence());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return count;
    }

    /** Opens every record and reports whatever is damaged, missing or not authentic. */
    public Check check() throws JournalException {
        List<String> problems = new ArrayList<>();
        Unsealer unsealer = new Unsealer(keys, shreddedBy);
        long[] records = new long[1];
        try {
            SegmentScanner scanner = new SegmentScanner(damage -> problems.add(damage.toString()));
            for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
                scanner.scan(lifetime, 0, lifetime.segments().size(), true, (place, bytes, at) -> {
                    try {
                        if (place.kind() == Frame.LINK) {
                            unsealer.section(Frame.Section.DECISION, place, bytes, at);
                            return true;
                        }
                        unsealer.open(place, bytes, at);
                        records[0]++;
                    } catch (JournalException e) {
                        problems.add(String.valueOf(e.getMessage()));
                    }
                    return true;
                });
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return new Check(records[0], problems);
    }

    /** Where the records of one call lie. */
    private static final class Row {
        private final SegmentScanner.Place begin;
        private SegmentScanner.@Nullable Place end;

        Row(SegmentScanner.Place begin) {
            this.begin = begin;
        }
    }

    private List<Row> rows(long fromMillis, Problems problems) throws IOException, JournalException {
        SegmentScanner scanner = new SegmentScanner(problems::damage);
        List<Segments.Located> segments = Segments.locate(folder, scanner);
        List<Row> rows = new ArrayList<>();
        Map<UUID, Row> open = new HashMap<>();
        for (int i = Segments.firstAt(segments, fromMillis - Segments.SLACK_MILLIS); i < segments.size(); i++) {
            Segments.Located one = segments.get(i);
            boolean thorough = one.index() + 1 == one.lifetime().segments().size();
            scanner.scan(one.lifetime(), one.index(), one.index() + 1, thorough, (place, bytes, at) -> {
                UUID trace = new UUID(place.most(), place.least());
                if (place.kind() == Frame.INTENT || place.kind() == Frame.REFUSAL) {
                    Row row = new Row(place);
                    rows.add(row);
                    if (place.kind() == Frame.INTENT) {
                        open.put(trace, row);
                    }
                } else if (Frame.endsCall(place.kind())) {
                    Row row = open.remove(trace);
                    if (row != null) {
                        row.end = place;
                    }
                }
                return true;
            });
        }
        return rows;
    }

    private static @Nullable TraceSummary summary(Row row, Frames frames, Problems problems) throws IOException {
        try {
            return switch (frames.read(row.begin)) {
                case Refusal r ->
                    new TraceSummary(r.traceId(), r.time(), "refused", r.caller(), "", r.status(), r.code());
                case Intent intent -> {
                    SegmentScanner.Place end = row.end;
                    TraceRecord last = end == null ? intent : frames.read(end);
                    yield switch (last) {
                        case Outcome o -> summary(intent, "completed", o.status(), o.finish());
                        case Interrupted x -> summary(intent, "interrupted", 0, x.reason());
                        case Intent i -> summary(intent, "open", 0, "");
                        case Refusal r -> throw new IOException("a refusal is no end of an intent");
                        case Original o -> throw new IOException("an original is no end of an intent");
                        case Access a -> throw new IOException("an access is no end of an intent");
                        case ShreddedRecord s ->
                            summary(intent, s.kind().equals("outcome") ? "completed" : s.kind(), 0, "shredded");
                    };
                }
                case Original o -> throw new IOException("an original is no begin");
                case Outcome o -> throw new IOException("an outcome is no begin");
                case Interrupted i -> throw new IOException("an interruption is no begin");
                case ShreddedRecord s ->
                    new TraceSummary(
                            s.traceId(),
                            s.time(),
                            "shredded",
                            new Caller("", "", "", "", ""),
                            "",
                            0,
                            s.when().toString());
                case Access a -> throw new IOException("an access is no call");
            };
        } catch (JournalException e) {
            problems.add(e);
            return null;
        }
    }

    private static TraceSummary summary(Intent intent, String kind, int status, String finish) {
        return new TraceSummary(
                intent.traceId(), intent.time(), kind, intent.caller(), intent.requestedModel(), status, finish);
    }

    private JournalException failed(IOException e) {
        String what = e instanceof NoSuchFileException ? "gone while reading: " : "";
        return new JournalException(JournalException.Kind.FAILED, what + e.getMessage(), e);
    }

    /** The first thing that was wrong, and how many there were. */
    private static final class Problems {
        private @Nullable JournalException first;
        private int count;

        void damage(Damage what) {
            add(new JournalException(JournalException.Kind.CORRUPT, what.toString()));
        }

        void add(JournalException problem) {
            if (first == null) {
                first = problem;
            }
            count++;
        }

        void check() throws JournalException {
            if (first != null) {
                String more = count > 1 ? " (and " + (count - 1) + " more)" : "";
                throw new JournalException(first.kind(), first.getMessage() + more);
            }
        }
    }

    /** Collects the records of one call. */
    private final class Finder implements SegmentScanner.Visitor {
        private final long most;
        private final long least;
        private final Problems problems;
        private final Unsealer unsealer = new Unsealer(keys, shreddedBy);
        private final List<Trace.Entry> entries = new ArrayList<>();
        private boolean ended;

        Finder(String traceId, Problems problems) {
            this.most = TraceIds.most(traceId);
            this.least = TraceIds.least(traceId);
            this.problems = problems;
        }

        @Override
        public boolean frame(SegmentScanner.Place place, byte[] bytes, int at) {
            if (place.most() != most || place.least() != least || isLeftOut(place)) {
                return true;
            }
            try {
                TraceRecord record = unsealer.open(place, bytes, at);
                entries.add(new Trace.Entry(
                        place.id(), place.segment().name(), record, originals ? unsealer.written() : null));
            } catch (JournalException e) {
                problems.add(e);
            }
            ended = Frame.endsCall(place.kind());
            return !ended;
        }
    }

    /** Reads frames by their place, with the segment used last kept open. */
    private final class Frames implements AutoCloseable {
        private final Unsealer unsealer = new Unsealer(keys, shreddedBy);
        private @Nullable Path file;
        private @Nullable FileChannel channel;

        TraceRecord read(SegmentScanner.Place place) throws IOException, JournalException {
            FileChannel open = channel;
            if (open == null || !place.segment().file().equals(file)) {
                close();
                open = FileChannel.open(place.segment().file(), StandardOpenOption.READ);
                channel = open;
                file = place.segment().file();
            }
            ByteBuffer frame = ByteBuffer.allocate(place.length());
            while (frame.hasRemaining() && open.read(frame, place.offset() + frame.position()) >= 0) {
                // until full or at the end of the file, where authentication will fail
            }
            return unsealer.open(place, frame.array(), 0);
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
