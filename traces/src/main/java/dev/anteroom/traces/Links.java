package dev.anteroom.traces;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that logs follow one another as their first records say. Confined to one thread; logs come oldest first. */
final class Links {
    private final ReportBuilder report;
    private final LogTrust trust;
    private final Set<String> logs = new HashSet<>();
    private @Nullable String lastLog;
    private @Nullable SaidOfLog lastSaid;

    Links(ReportBuilder report, LogTrust trust) {
        this.report = report;
        this.trust = trust;
    }

    /** The checkpoint in the text of a first record; null where it is none, as in the very first log. */
    static @Nullable Checkpoint parse(byte[] link) {
        try {
            return Checkpoint.parse(SignedNote.parse(link).text());
        } catch (NoteException e) {
            return null;
        }
    }

    /** The log that a checkpoint is of. */
    static String log(Checkpoint checkpoint) {
        try {
            return checkpoint.log();
        } catch (NoteException e) {
            return checkpoint.origin();
        }
    }

    void add(String log, SaidOfLog said, @Nullable Checkpoint link) {
        logs.add(log);
        String before = link == null ? "" : log(link);
        if (lastLog != null && lastSaid != null && link != null) {
            if (before.equals(lastLog)) {
                lastSaid.addSuccessor(link.head());
            } else if (before.compareTo(lastLog) > 0) {
                logs.add(before);
                report.problem(
                        LogReport.Kind.REMOVED,
                        before,
                        "",
                        0,
                        "the log is missing: it had " + link.size() + " records, and " + log + " goes on from it");
            }
        }
        if (link != null || lastLog == null) {
            lastLog = log;
            lastSaid = said;
        }
    }

    /** All logs are there: whatever else the verifier holds a checkpoint of is not. */
    void end() {
        for (SignedNote held : trust.held()) {
            Checkpoint checkpoint = parse(held.encode().getBytes(StandardCharsets.UTF_8));
            if (checkpoint != null && logs.add(log(checkpoint)) && checkpoint.size() > 0) {
                report.problem(
                        LogReport.Kind.ROLLED_BACK,
                        log(checkpoint),
                        "",
                        0,
                        "the log is missing: a checkpoint that is held says it had " + checkpoint.size() + " records");
            }
        }
    }
}
