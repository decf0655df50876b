package dev.anteroom.traces;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Gathers what checkpoints say of one log, after checking who signed them. Confined to one thread.
 */
final class SaidOfLog {
    /** Who says it. */
    enum By {
        /** The gateway, in a file beside its records. */
        LOG,
        /** The gateway, in the first record of the log after this one. */
        SUCCESSOR,
        /** A witness, in a file beside the records. */
        WITNESS,
        /** A checkpoint that the verifier keeps. */
        HELD
    }

    private final String gateway;
    private final String log;
    private final LogTrust trust;
    private final ReportBuilder report;
    private final List<HeadCheck.Said<By>> said = new ArrayList<>();
    private long signedSize = -1;
    private long witnessedSize;

    SaidOfLog(String gateway, String log, LogTrust trust, ReportBuilder report) {
        this.gateway = gateway;
        this.log = log;
        this.trust = trust;
        this.report = report;
        for (SignedNote held : trust.held()) {
            try {
                if (Checkpoint.parse(held.text()).log().equals(log)) {
                    add(held, By.HELD, "a checkpoint that is held");
                }
            } catch (NoteException e) {
                throw new IllegalStateException("it was parsed before", e);
            }
        }
    }

    /** Takes a checkpoint where it is signed by the log's key; tells what is wrong with it otherwise. */
    void add(SignedNote note, By by, String where) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (NoteException e) {
            problem(LogReport.Kind.FORGED, where + ": " + e.getMessage());
            return;
        }
        if (!checkpoint.origin().equals(Checkpoint.origin(gateway, log))) {
            problem(LogReport.Kind.FORGED, where + ": it is of another log");
            return;
        }
        boolean signed = false;
        for (NoteKey key : trust.logKeys()) {
            switch (key.check(note)) {
                case NoteKey.Check.Valid _ -> signed = true;
                case NoteKey.Check.Absent _ -> {}
                case NoteKey.Check.Invalid _ -> {
                    problem(LogReport.Kind.FORGED, where + ": the signature of " + key.name() + " does not hold");
                    return;
                }
            }
        }
        if (!signed) {
            problem(
                    LogReport.Kind.UNKNOWN_KEY,
                    where + ": signed by " + note.signatures().getFirst() + ", a key that is not known");
            return;
        }
        said.add(new HeadCheck.Said<>(checkpoint.head(), by));
        if (by == By.LOG) {
            signedSize = Math.max(signedSize, checkpoint.size());
        }
        witness(note, checkpoint, where);
    }

    private void witness(SignedNote note, Checkpoint checkpoint, String where) {
        for (NoteKey key : trust.witnessKeys()) {
            switch (key.check(note)) {
                case NoteKey.Check.Valid _ -> {
                    said.add(new HeadCheck.Said<>(checkpoint.head(), By.WITNESS));
                    witnessedSize = Math.max(witnessedSize, checkpoint.size());
                }
                case NoteKey.Check.Absent _ -> {}
                case NoteKey.Check.Invalid _ ->
                    problem(LogReport.Kind.FORGED, where + ": the cosignature of " + key.name() + " does not hold");
            }
        }
    }

    /** Takes what the log after this one says of its end; that log's own checkpoints vouch for it. */
    void addSuccessor(TreeHead head) {
        said.add(new HeadCheck.Said<>(head, By.SUCCESSOR));
    }

    String gateway() {
        return gateway;
    }

    List<HeadCheck.Said<By>> said() {
        return said;
    }

    /** How many records the largest known checkpoint of the log covers; -1 where there is none. */
    long signedSize() {
        return signedSize;
    }

    long witnessedSize() {
        return witnessedSize;
    }

    /** Tells of a file that holds no checkpoint at all. */
    void forged(String what) {
        problem(LogReport.Kind.FORGED, what);
    }

    /** The log as it is reported. */
    LogReport.Log log(String predecessor, TreeHead head, long agreedSize) {
        return new LogReport.Log(
                gateway,
                log,
                predecessor,
                head.size(),
                signedSize < 0 ? -1 : Math.min(agreedSize, head.size()),
                HexFormat.of().formatHex(head.root()),
                Math.min(witnessedSize, agreedSize));
    }

    private void problem(LogReport.Kind kind, String what) {
        report.problem(kind, log, "", 0, what);
    }
}
