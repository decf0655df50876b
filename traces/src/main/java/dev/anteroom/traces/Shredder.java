package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Destroys the keys of parts of records, in place, in the journal of decisions. Thread-safe; every method blocks on files.
 *
 * <p><b>Guarantees.</b>
 *
 * <ul>
 *   <li>Only key slots change, which neither the CRC nor the leaf of a record covers: every proof stays valid, and every other record readable.
 *   <li>Nothing under a hold that was in force when it was asked is touched. Whose tenant is not known is under every hold of a tenant.
 *   <li>An entry in the access journal is durable before the first key is destroyed. When a call returns, the destruction is durable.
 *   <li>A running gateway is not disturbed, and its newest records can be shredded too: a frame is made durable before its slot is written to.
 *   <li>Killed at any point, the same call goes on where it ended.
 * </ul>
 *
 * What this cannot reach: copies, snapshots and old blocks of the file system. See {@link KeyRotation}.
 */
public final class Shredder {
    private static final int TRIES = 5;
    private static final int ZERO_BYTES = 1 << 20;

    private final Path data;
    private final Path folder;
    private final KeyRing keys;
    private final AccessLog access;
    private final Clock clock;

    public Shredder(Path dataDirectory, KeyRing keys, AccessLog access, Clock clock) {
        this.data = dataDirectory;
        this.folder = dataDirectory.resolve(JournalFiles.FOLDER);
        this.keys = keys;
        this.access = access;
        this.clock = clock;
    }

    /**
     * What was, or would be, shredded. Immutable.
     *
     * @param parts how many parts of records, of each kind
     * @param held how many were left, by the name of the hold
     * @param problems damage that hid records
     */
    public record Report(Map<RecordPart, Long> parts, Map<String, Long> held, List<String> problems) {
        public Report {
            parts = Map.copyOf(parts);
            held = Map.copyOf(held);
            problems = List.copyOf(problems);
        }

        /** All parts together. */
        public long total() {
            return parts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What {@link #shred} would do. */
    public Report plan(Selection calls, Set<RecordPart> parts) throws JournalException {
        return plan(wish(calls, parts));
    }

    /** Shreds these parts of these calls. */
    public Report shred(Selection calls, Set<RecordPart> parts, String actor, String reason) throws JournalException {
        return carryOut(wish(calls, parts), actor, reason);
    }

    private static Wish wish(Selection calls, Set<RecordPart> parts) {
        Map<RecordPart, Long> before = new EnumMap<>(RecordPart.class);
        parts.forEach(part -> before.put(part, Long.MAX_VALUE));
        long from = calls.from().equals(Instant.EPOCH) ? 0 : calls.from().toEpochMilli();
        if (!calls.traceIds().isEmpty()) {
            from = Math.max(
                    from,
                    calls.traceIds().stream()
                            .mapToLong(id -> TraceIds.millis(TraceIds.most(id)))
                            .min()
                            .orElse(0));
        }
        // To the end: a call that a process left open may be ended much later.
        return new Wish(calls, before, from, Long.MAX_VALUE);
    }

    /** What {@link #expire} would do, on all records. */
    public Report planExpired(RetentionPolicy policy) throws JournalException {
        return plan(expired(policy, EnumSet.allOf(RecordPart.class), 0));
    }

    /** Shreds everything that is older than the policy lets it be, wherever it lies. */
    public Report expire(RetentionPolicy policy, String actor, String reason) throws JournalException {
        return carryOut(expired(policy, EnumSet.allOf(RecordPart.class), 0), actor, reason);
    }

    /** The same for whoever does it again and again: reads only what the last time left. */
    public Report expireNew(RetentionPolicy policy) throws JournalException {
        Map<RecordPart, Long> parts = new EnumMap<>(RecordPart.class);
        Map<String, Long> held = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        finishRewrap();
        for (RecordPart part : RecordPart.values()) {
            Report one;
            try {
                long done = RetentionProgress.read(data, part);
                Wish wish = expired(policy, EnumSet.of(part), done);
                List<Hold> holds = Holds.list(data);
                one = carryOut(wish, Access.RETENTION, "kept for as long as the configuration says");
                try (Maintenance _ = Maintenance.begin(data)) {
                    if (one.problems().isEmpty() && holds.equals(Holds.list(data))) {
                        RetentionProgress.write(data, part, wish.untilMillis);
                    }
                }
            } catch (IOException e) {
                throw failed(e);
            }
            parts.putAll(one.parts());
            one.held().forEach((hold, count) -> held.merge(hold, count, Long::sum));
            problems.addAll(one.problems());
        }
        return new Report(parts, held, problems);
    }

    /** Mends what a process that died while it wrapped keys anew may have left. */
    private void finishRewrap() throws JournalException {
        try (Maintenance _ = Maintenance.begin(data)) {
            Rewrap.finishPending(folder, Disk.REAL);
            Rewrap.finishPending(data.resolve(AccessLog.FOLDER), Disk.REAL);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Wish expired(RetentionPolicy policy, Set<RecordPart> parts, long fromMillis) {
        Map<RecordPart, Long> before = new EnumMap<>(RecordPart.class);
        long until = Long.MIN_VALUE;
        for (RecordPart part : parts) {
            long cutoff = clock.instant()
                    .minus(
                            switch (part) {
                                case BODIES -> policy.bodies();
                                case DECISIONS -> policy.decisions();
                                case ORIGINALS -> policy.originals();
                            })
                    .toEpochMilli();
            before.put(part, cutoff);
            until = Math.max(until, cutoff);
        }
        return new Wish(Selection.all(), before, fromMillis, until);
    }

    /**
     * What to shred. Immutable.
     *
     * @param before of each part that is meant, before when it was written
     * @param fromMillis where in the journal to begin; {@code untilMillis} where to end
     */
    private record Wish(Selection calls, Map<RecordPart, Long> before, long fromMillis, long untilMillis) {
        Selection said() {
            return calls.isAll() && untilMillis != Long.MAX_VALUE
                    ? new Selection(List.of(), "", Instant.EPOCH, Instant.ofEpochMilli(Math.max(0, untilMillis)))
                    : calls;
        }
    }

    private Report plan(Wish wish) throws JournalException {
        try {
            return new Run(wish, Holds.list(data)).plan();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Report carryOut(Wish wish, String actor, String reason) throws JournalException {
        try {
            for (int i = 0; i < TRIES; i++) {
                Run run = new Run(wish, Holds.list(data));
                Report plan = run.plan();
                if (plan.total() == 0) {
                    return plan;
                }
                List<RecordPart> parts = plan.parts().keySet().stream().sorted().toList();
                access.record(actor, reason, new Act.Shredded(wish.said(), parts, plan.total()));
                if (run.apply(actor)) {
                    return plan;
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        throw new JournalException(
                JournalException.Kind.LOCKED, "holds are being changed; what was not shredded yet is left: try again");
    }

    private static JournalException failed(IOException e) {
        return new JournalException(JournalException.Kind.FAILED, "shredding: " + e.getMessage(), e);
    }

    /** A key slot that is to go. */
    private record Slot(RecordPart part, long at) {}

    /** One wish, with the holds of one moment. */
    private final class Run {
        private final Wish wish;
        private final List<Hold> holds;
        private final Selection.Matcher calls;
        private final Map<String, Selection.Matcher> held = new TreeMap<>();
        private final Map<UUID, String> tenants = new HashMap<>();
        private final List<String> problems = new ArrayList<>();
        private final SegmentScanner scanner = new SegmentScanner(found -> problems.add(found.toString()));
        private final List<Segments.Located> segments = new ArrayList<>();

        Run(Wish wish, List<Hold> holds) throws IOException, JournalException {
            this.wish = wish;
            this.holds = holds;
            this.calls = wish.calls.matcher();
            holds.forEach(hold -> held.put(hold.name(), hold.selection().matcher()));
            List<Segments.Located> all = Segments.locate(folder, scanner);
            int first = Segments.firstAt(all, wish.fromMillis - Segments.SLACK_MILLIS);
            for (Segments.Located one : all.subList(Math.min(first, all.size()), all.size())) {
                if (one.openedMillis() <= wish.untilMillis) {
                    segments.add(one);
                }
            }
            if (!calls.tenant().isEmpty()
                    || held.values().stream().anyMatch(hold -> !hold.tenant().isEmpty())) {
                learnTenants(all);
            }
        }

        /** Reads whose calls they are; one that cannot be read stays unknown. */
        private void learnTenants(List<Segments.Located> all) throws IOException {
            Unsealer unsealer = new Unsealer(keys);
            SegmentScanner quiet = new SegmentScanner(_ -> {});
            int first = Segments.firstAt(all, wish.fromMillis - 2 * Segments.SLACK_MILLIS);
            for (Segments.Located one : all.subList(Math.min(first, all.size()), all.size())) {
                if (one.openedMillis() - Segments.SLACK_MILLIS > wish.untilMillis) {
                    continue;
                }
                one.scan(quiet, (place, bytes, at) -> {
                    if (place.kind() == Frame.INTENT || place.kind() == Frame.REFUSAL) {
                        UUID trace = new UUID(place.most(), place.least());
                        if (tenantMatters(trace)) {
                            String tenant = tenant(unsealer, place, bytes, at);
                            if (tenant != null) {
                                tenants.put(trace, tenant);
                            }
                        }
                    }
                    return true;
                });
            }
        }

        private boolean tenantMatters(UUID trace) {
            return (!calls.tenant().isEmpty() && calls.matchesButTenant(trace))
                    || held.values().stream()
                            .anyMatch(hold -> !hold.tenant().isEmpty() && hold.matchesButTenant(trace));
        }

        private @Nullable String tenant(Unsealer unsealer, SegmentScanner.Place place, byte[] bytes, int at) {
            try {
                return switch (unsealer.open(place, bytes, at)) {
                    case Intent intent -> intent.caller().tenant();
                    case Refusal refusal -> refusal.caller().tenant();
                    default -> null;
                };
            } catch (JournalException e) {
                return null;
            }
        }

        Report plan() throws IOException {
            Map<RecordPart, Long> parts = new EnumMap<>(RecordPart.class);
            Map<String, Long> left = new TreeMap<>();
            for (Segments.Located one : segments) {
                List<Slot> slots = new ArrayList<>();
                var _ = collect(one, slots, left);
                slots.forEach(slot -> parts.merge(slot.part, 1L, Long::sum));
            }
            return new Report(parts, left, problems);
        }

        /** False where the holds are not those of the plan any more; what was not done yet is then left. */
        boolean apply(String by) throws IOException, JournalException {
            byte[] gone = new Shredding(clock.instant(), by).slot();
            for (Segments.Located one : segments) {
                try (Maintenance _ = Maintenance.begin(data)) {
                    if (!Holds.list(data).equals(holds)) {
                        return false;
                    }
                    Rewrap.finishPending(folder, Disk.REAL);
                    List<Slot> slots = new ArrayList<>();
                    JournalFiles.End end = collect(one, slots, new TreeMap<>());
                    if (!slots.isEmpty()) {
                        overwrite(one, slots, gone);
                        if (end != null && one.isFinished()) {
                            clearBehind(one, end.offset());
                        }
                    }
                }
            }
            return true;
        }

        /** Collects the slots of a segment that are to go, counts those that a hold keeps, and says where the segment ends. */
        private JournalFiles.@Nullable End collect(Segments.Located segment, List<Slot> slots, Map<String, Long> left)
                throws IOException {
            return segment.scan(scanner, (place, bytes, at) -> {
                UUID trace = new UUID(place.most(), place.least());
                long millis = ByteBuffer.wrap(bytes).getLong(at + Frame.MILLIS_AT);
                for (Frame.Section section : Frame.Section.values()) {
                    RecordPart part = part(place.kind(), section);
                    if (part == null
                            || millis >= wish.before.getOrDefault(part, Long.MIN_VALUE)
                            || section.length(bytes, at) == 0
                            || section.isShredded(bytes, at)
                            || !isMeant(trace)) {
                        continue;
                    }
                    String hold = holdOf(trace);
                    if (hold != null) {
                        left.merge(hold, 1L, Long::sum);
                    } else {
                        slots.add(new Slot(part, place.offset() + section.keyIdAt));
                    }
                }
                return true;
            });
        }

        private boolean isMeant(UUID trace) {
            return calls.matchesButTenant(trace)
                    && (calls.tenant().isEmpty() || calls.tenant().equals(tenants.get(trace)));
        }

        private @Nullable String holdOf(UUID trace) {
            for (var hold : held.entrySet()) {
                String tenant = tenants.get(trace);
                if (hold.getValue().matchesButTenant(trace)
                        && (hold.getValue().tenant().isEmpty()
                                || tenant == null
                                || tenant.equals(hold.getValue().tenant()))) {
                    return hold.getKey();
                }
            }
            return null;
        }
    }

    private static @Nullable RecordPart part(byte kind, Frame.Section section) {
        return switch (kind) {
            case Frame.ORIGINAL -> section == Frame.Section.BODY ? RecordPart.ORIGINALS : RecordPart.DECISIONS;
            case Frame.INTENT, Frame.OUTCOME, Frame.REFUSAL, Frame.INTERRUPTED ->
                section == Frame.Section.BODY ? RecordPart.BODIES : RecordPart.DECISIONS;
            default -> null; // what holds the journal together stays
        };
    }

    private static void overwrite(Segments.Located segment, List<Slot> slots, byte[] gone) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.segment().file(), StandardOpenOption.WRITE)) {
            if (!segment.isFinished()) {
                channel.force(false); // so that what is written to below is a durable frame
            }
            for (Slot slot : slots) {
                Disk.writeFully(channel, ByteBuffer.wrap(gone), slot.at);
            }
            channel.force(false);
        }
    }

    /** What lies behind the end of a segment was never acknowledged, but may hold texts and their keys. */
    private static void clearBehind(Segments.Located segment, long end) throws IOException {
        try (FileChannel channel = FileChannel.open(segment.segment().file(), StandardOpenOption.WRITE)) {
            for (long at = end; at < channel.size(); at += ZERO_BYTES) {
                ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(ZERO_BYTES, channel.size() - at));
                Disk.writeFully(channel, zeros, at);
            }
            if (channel.size() > end) {
                channel.force(false);
                channel.truncate(end);
                channel.force(true);
            }
        }
    }
}
