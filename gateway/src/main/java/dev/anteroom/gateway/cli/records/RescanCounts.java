package dev.anteroom.gateway.cli.records;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts calls, and what they let out by target and by type. Confined to one thread. */
final class RescanCounts {
    private final Map<String, Integer> callsByTarget = new TreeMap<>();
    private final Map<String, Integer> stretchesByType = new TreeMap<>();
    private long read;
    private long leaking;
    private long unreadable;
    private long shredded;

    void clean() {
        read++;
    }

    void unreadable() {
        read++;
        unreadable++;
    }

    /** A call whose request nobody can read any more. */
    void shredded() {
        shredded++;
    }

    void leaking(SentCall call, List<Rescan.LetOut> letOut) {
        read++;
        leaking++;
        call.targets().forEach(target -> callsByTarget.merge(target, 1, Integer::sum));
        letOut.forEach(one -> stretchesByType.merge(one.span().category().name(), 1, Integer::sum));
    }

    boolean allClean() {
        return leaking + unreadable == 0;
    }

    void print(PrintWriter err) {
        err.println("read " + read + (read == 1 ? " call" : " calls") + " that were sent or may have been: " + leaking
                + " let something out" + (unreadable == 0 ? "" : ", " + unreadable + " could not be read")
                + (shredded == 0 ? "" : "; " + shredded + " more were shredded"));
        if (leaking > 0) {
            err.println("  calls by target: " + list(callsByTarget));
            err.println("  stretches by type: " + list(stretchesByType));
        }
    }

    private static String list(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
