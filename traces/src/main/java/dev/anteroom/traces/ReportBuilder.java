package dev.anteroom.traces;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what a verification finds, each thing once. Confined to one thread. */
final class ReportBuilder {
    private static final int MOST_KEPT = 1000;

    private record Place(LogReport.Kind kind, String log, String segment, long sequence) {}

    private final List<LogReport.Log> logs = new ArrayList<>();
    private final List<LogReport.Problem> problems = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private long problemCount;
    private long records;

    void problem(LogReport.Kind kind, String log, String segment, long sequence, String what) {
        if (sequence > 0 && places.size() < MOST_KEPT && !places.add(new Place(kind, log, segment, sequence))) {
            return;
        }
        problemCount++;
        if (problems.size() < MOST_KEPT) {
            problems.add(new LogReport.Problem(kind, log, segment, sequence, what));
        }
    }

    void log(LogReport.Log log) {
        logs.add(log);
        records += log.records();
    }

    LogReport build() {
        return new LogReport(logs, problems, problemCount, records);
    }
}
