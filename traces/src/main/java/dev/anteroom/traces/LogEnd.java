package dev.anteroom.traces;

/** Says what it means that a log and the checkpoints of it do not agree. Stateless. */
final class LogEnd {
    private LogEnd() {}

    /**
     * @param whole whether the log has ended, so that its last checkpoint covers all of it
     * @param lastSequence of the last record that is there
     */
    static void judge(
            String log,
            HeadCheck<SaidOfLog.By> check,
            SaidOfLog said,
            boolean whole,
            long lastSequence,
            ReportBuilder report) {
        long records = check.head().size();
        long agreed = check.agreedSize();
        for (HeadCheck.Said<SaidOfLog.By> one : check.wrong()) {
            String covered = "records " + (agreed + 1) + " to " + one.head().size();
            switch (one.by()) {
                case LOG, SUCCESSOR ->
                    report.problem(
                            LogReport.Kind.ALTERED,
                            log,
                            "",
                            0,
                            "something among " + covered + " is not as it was when they were signed");
                case WITNESS, HELD ->
                    report.problem(
                            LogReport.Kind.ROLLED_BACK,
                            log,
                            "",
                            0,
                            "another history: " + covered + " are not those of " + name(one.by()));
            }
        }
        for (HeadCheck.Said<SaidOfLog.By> one : check.ahead()) {
            switch (one.by()) {
                case LOG, SUCCESSOR ->
                    report.problem(
                            LogReport.Kind.TRUNCATED,
                            log,
                            "",
                            0,
                            name(one.by()) + " covers " + one.head().size() + " records, and " + records
                                    + " are there: what came behind sequence " + lastSequence + " is missing");
                case WITNESS, HELD ->
                    report.problem(
                            LogReport.Kind.ROLLED_BACK,
                            log,
                            "",
                            0,
                            "an older state: " + name(one.by()) + " covers "
                                    + one.head().size() + " records, and " + records + " are there");
            }
        }
        if (records > 0 && said.signedSize() < 0) {
            report.problem(LogReport.Kind.REMOVED, log, "", 0, "no checkpoint of it by a known key is there");
        } else if (whole && said.signedSize() < records) {
            report.problem(
                    LogReport.Kind.ROLLED_BACK,
                    log,
                    "",
                    0,
                    "its last checkpoint covers " + said.signedSize() + " records, and it ended with " + records);
        }
    }

    /** Compares checkpoints that are held with the one that a part of a log is proved against. */
    static void judgeHeld(String log, TreeHead head, SaidOfLog said, ReportBuilder report) {
        for (HeadCheck.Said<SaidOfLog.By> one : said.said()) {
            if (one.head().size() > head.size()) {
                report.problem(
                        LogReport.Kind.ROLLED_BACK,
                        log,
                        "",
                        0,
                        "an older state: " + name(one.by()) + " covers "
                                + one.head().size() + " records, the checkpoint here " + head.size());
            } else if (one.head().size() == head.size()
                    && !Hashes.equal(one.head().root(), head.root())) {
                report.problem(
                        LogReport.Kind.ROLLED_BACK,
                        log,
                        "",
                        0,
                        "another history: the checkpoint here is not " + name(one.by()) + " of the same size");
            }
        }
    }

    private static String name(SaidOfLog.By by) {
        return switch (by) {
            case LOG -> "its checkpoint";
            case SUCCESSOR -> "what the next log says of it";
            case WITNESS -> "a checkpoint that a witness has signed";
            case HELD -> "a checkpoint that is held";
        };
    }
}
