package dev.anteroom.traces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export of records with public keys alone. Confined to one call.
 *
 * <p>Every record brings the proof of its place, so what was altered is named by itself; a number that is skipped names what was
 * removed, one that goes back what was moved. The lines are read once, one at a time.
 */
public final class ExportVerifier {
    private final LogTrust trust;
    private final LongConsumer progress;
    private final ReportBuilder report = new ReportBuilder();
    private final Hashes hashes = new Hashes();
    private final MerkleProofs proofs = new MerkleProofs(hashes);
    private final Links links;
    private @Nullable Log log;
    private @Nullable TreeHead before;
    private String beforeLog = "";
    private long logs;
    private long records;
    private boolean ended;

    private ExportVerifier(LogTrust trust, LongConsumer progress) {
        this.trust = trust;
        this.progress = progress;
        this.links = new Links(report, trust);
    }

    /** Reads a whole export; the stream is not closed. Throws where it cannot be read as bytes; whatever else is wrong is in the report. */
    public static LogReport verify(InputStream export, LogTrust trust, LongConsumer progress) throws IOException {
        return new ExportVerifier(trust, progress).read(new Lines(export));
    }

    private LogReport read(Lines lines) throws IOException {
        long number = 0;
        while (true) {
            byte[] line = lines.next();
            if (line == null) {
                break;
            }
            number++;
            try {
                ExportLine fields = ExportLine.parse(line);
                if (ended) {
                    throw new NoteException("a line behind the end");
                }
                switch (fields.string("type")) {
                    case "log" -> header(fields);
                    case "record" -> record(fields, number);
                    case "end" -> end(fields);
                    default -> throw new NoteException("a line of a type that is not known");
                }
                fields.requireAllRead();
            } catch (NoteException e) {
                report.problem(
                        LogReport.Kind.ALTERED,
                        log == null ? "" : log.id,
                        "",
                        0,
                        "line " + number + " is not as it was written: " + e.getMessage());
            }
        }
        endLog();
        if (!ended) {
            report.problem(LogReport.Kind.TRUNCATED, "", "", 0, "the end of the export is missing");
        }
        links.end();
        return report.build();
    }

    /** One log being read. */
    private final class Log {
        private final String id;
        private final SaidOfLog said;
        private final TreeHead head;
        private final long first;
        private final long count;
        private final HeadCheck<SaidOfLog.By> check;
        private final boolean whole;
        private @Nullable Checkpoint link;
        private long next;
        private long read;
        private long lastSequence;
        private boolean broken;

        Log(String id, SaidOfLog said, TreeHead head, long first, long count) {
            this.id = id;
            this.said = said;
            this.head = head;
            this.first = first;
            this.count = count;
            this.next = first;
            this.whole = first == 0 && count == head.size();
            this.check = new HeadCheck<>(hashes, said.said());
        }
    }

    private void header(ExportLine fields) throws NoteException {
        endLog();
        if (fields.number("format") != LogExport.FORMAT) {
            throw new NoteException("an export of another format");
        }
        String gateway = fields.string("gateway");
        String id = fields.string("log");
        SignedNote note = SignedNote.parse(fields.string("checkpoint"));
        TreeHead head = Checkpoint.parse(note.text()).head();
        long first = fields.number("first");
        long count = fields.number("records");
        if (first < 0 || count < 0 || first + count > head.size()) {
            throw new NoteException("more records than the checkpoint covers");
        }
        SaidOfLog said = new SaidOfLog(gateway, id, trust, report);
        said.add(note, SaidOfLog.By.LOG, "the log's checkpoint");
        if (fields.has("cosigned")) {
            SignedNote cosigned = SignedNote.parse(fields.string("cosigned"));
            TreeHead smaller = Checkpoint.parse(cosigned.text()).head();
            said.add(cosigned, SaidOfLog.By.LOG, "the cosigned checkpoint");
            if (!proofs.isConsistent(smaller, head, fields.hashes("consistency"))) {
                report.problem(
                        LogReport.Kind.ROLLED_BACK,
                        id,
                        "",
                        0,
                        "the checkpoint is not of the history that the cosigned one is of");
            }
        }
        log = new Log(id, said, head, first, count);
        logs++;
    }

    private void record(ExportLine fields, long number) throws NoteException {
        Log of = log;
        if (of == null) {
            throw new NoteException("a record before the line of its log");
        }
        long index = fields.number("index");
        Leaf leaf = Leaf.of(
                Frame.kind(fields.string("kind")),
                fields.number("sequence"),
                fields.number("millis"),
                traceId(fields),
                commitment(fields, Frame.Section.DECISION),
                commitment(fields, Frame.Section.BODY));
        long sequence = leaf.sequence();
        if (index > of.next) {
            of.broken = true;
            report.problem(
                    LogReport.Kind.REMOVED,
                    of.id,
                    "",
                    0,
                    (index - of.next == 1
                                    ? "record number " + (of.next + 1) + " is"
                                    : "records number " + (of.next + 1) + " to " + index + " are")
                            + " missing before sequence " + sequence);
        } else if (index < of.next) {
            of.broken = true;
            report.problem(
                    LogReport.Kind.REORDERED, of.id, "", sequence, "it stands behind records that came after it");
        }
        of.next = Math.max(of.next, index + 1);
        of.read++;
        of.lastSequence = Math.max(of.lastSequence, sequence);
        byte[] hash = hashes.leaf(leaf.data());
        if (!proofs.isIncluded(index, hash, of.head, fields.hashes("proof"))) {
            of.broken = true;
            report.problem(
                    LogReport.Kind.ALTERED,
                    of.id,
                    "",
                    sequence,
                    "not what was signed in this place (line " + number + ")");
        }
        of.check.add(hash, CompactRange.Listener.NONE);
        for (Frame.Section section : Frame.Section.values()) {
            text(of, leaf, section, fields);
        }
        if ((++records & 0xfff) == 0) {
            progress.accept(records);
        }
    }

    private static String traceId(ExportLine fields) throws NoteException {
        String traceId = fields.string("trace_id");
        if (!TraceIds.isId(traceId)) {
            throw new NoteException("trace_id is no UUID");
        }
        return traceId;
    }

    private static byte[] commitment(ExportLine fields, Frame.Section section) throws NoteException {
        String name = section.word + "_commitment";
        byte[] commitment = fields.has(name) ? SignedNote.base64(fields.string(name)) : new byte[Hashes.BYTES];
        if (commitment.length != Hashes.BYTES) {
            throw new NoteException(name + " is no hash");
        }
        return commitment;
    }

    private void text(Log of, Leaf leaf, Frame.Section section, ExportLine fields) throws NoteException {
        if (!fields.has(section.word)) {
            return;
        }
        ExportLine part = fields.object(section.word);
        if (part.has("shredded")) {
            part.requireAllRead();
            return;
        }
        byte[] salt = SignedNote.base64(part.string("salt"));
        byte[] text = part.string("text").getBytes(StandardCharsets.UTF_8);
        part.requireAllRead();
        byte[] both = Arrays.copyOf(salt, salt.length + text.length);
        System.arraycopy(text, 0, both, salt.length, text.length);
        if (salt.length != Frame.SALT_BYTES || !Hashes.equal(hashes.plain(both), leaf.commitment(section))) {
            report.problem(
                    LogReport.Kind.ALTERED,
                    of.id,
                    "",
                    leaf.sequence(),
                    "its " + section.word + " is not what the record commits to");
            return;
        }
        if (leaf.kind() == Frame.LINK) {
            of.link = Links.parse(text);
        }
    }

    private void endLog() {
        Log of = log;
        log = null;
        if (of == null) {
            return;
        }
        if (of.next < of.first + of.count) {
            of.broken = true;
            report.problem(
                    LogReport.Kind.TRUNCATED,
                    of.id,
                    "",
                    0,
                    "of " + of.count + " records the last " + (of.first + of.count - of.next)
                            + " are missing, behind sequence " + of.lastSequence);
        }
        if (of.whole && !of.broken) {
            LogEnd.judge(of.id, of.check, of.said, true, of.lastSequence, report);
        } else if (of.said.signedSize() >= 0) {
            LogEnd.judgeHeld(of.id, of.head, of.said, report);
        }
        links(of);
        report.log(new LogReport.Log(
                of.said.gateway(),
                of.id,
                of.link == null ? "" : Links.log(of.link),
                of.read,
                of.said.signedSize(),
                HexFormat.of().formatHex(of.head.root()),
                of.said.witnessedSize()));
    }

    /** What this log says of the end of the one before it. */
    private void links(Log of) {
        links.add(of.id, of.said, of.link);
        Checkpoint link = of.link;
        TreeHead end = before;
        if (link != null && end != null && Links.log(link).equals(beforeLog)) {
            if (link.size() > end.size()) {
                report.problem(
                        LogReport.Kind.TRUNCATED,
                        beforeLog,
                        "",
                        0,
                        "the next log says that it had " + link.size() + " records, its checkpoint here covers "
                                + end.size());
            } else if (link.size() == end.size() && !Hashes.equal(link.head().root(), end.root())) {
                report.problem(
                        LogReport.Kind.ALTERED, beforeLog, "", 0, "it is not the log that the next one goes on from");
            }
        }
        before = of.head;
        beforeLog = of.id;
    }

    private void end(ExportLine fields) throws NoteException {
        endLog();
        ended = true;
        long exportedLogs = fields.number("logs");
        long exportedRecords = fields.number("records");
        if (exportedLogs != logs || exportedRecords != records) {
            report.problem(
                    LogReport.Kind.REMOVED,
                    "",
                    "",
                    0,
                    exportedRecords + " records of " + exportedLogs + " logs were exported, and " + records + " of "
                            + logs + " are there");
        }
    }

    /** The lines of a stream, one at a time. */
    private static final class Lines {
        private static final int MOST_BYTES = 512 << 20;

        private final InputStream in;
        private final byte[] buffer = new byte[64 << 10];
        private int at;
        private int end;

        Lines(InputStream in) {
            this.in = in;
        }

        /** The next line without its end, or null. */
        byte @Nullable [] next() throws IOException {
            List<byte[]> parts = new ArrayList<>(1);
            int length = 0;
            while (true) {
                if (at == end) {
                    end = in.read(buffer);
                    at = 0;
                    if (end <= 0) {
                        end = 0;
                        return parts.isEmpty() ? null : join(parts, length);
                    }
                }
                int from = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                parts.add(Arrays.copyOfRange(buffer, from, at));
                length += at - from;
                if (length > MOST_BYTES) {
                    throw new IOException("a line is longer than any record");
                }
                if (at < end) {
                    at++;
                    return join(parts, length);
                }
            }
        }

        private static byte[] join(List<byte[]> parts, int length) {
            if (parts.size() == 1) {
                return parts.getFirst();
            }
            byte[] line = new byte[length];
            int to = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, line, to, part.length);
                to += part.length;
            }
            return line;
        }
    }
}
