package dev.anteroom.gateway.cli.keeping;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.TimeOptions;
import dev.anteroom.traces.Selection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which calls are meant, but for their ids: a mixin. Confined to one command. */
final class CallOptions {
    @Option(names = "--tenant", paramLabel = "NAME", description = "calls of this tenant")
    private @Nullable String tenant;

    @Mixin
    private TimeOptions times = new TimeOptions();

    Selection selection(List<String> ids) throws CommandFailure {
        Instant begin = times.from().orElse(Instant.EPOCH);
        Instant end = times.until().orElse(Instant.MAX);
        if (!begin.isBefore(end)) {
            throw new CommandFailure(2, "--until: expected a time after --from");
        }
        try {
            return new Selection(ids, tenant == null ? "" : tenant, begin, end);
        } catch (IllegalArgumentException notAnId) {
            throw new CommandFailure(2, "one of these is not a trace id; it is the value of x-anteroom-trace-id");
        }
    }

    /** A text of a person on one line, without anything that a terminal would obey. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** The calls in words. */
    static String text(Selection calls) {
        StringBuilder text = new StringBuilder();
        if (!calls.traceIds().isEmpty()) {
            text.append(String.join(" ", calls.traceIds()));
        }
        if (!calls.tenant().isEmpty()) {
            text.append(" of tenant ").append(calls.tenant());
        }
        if (!calls.from().equals(Instant.EPOCH)) {
            text.append(" from ").append(calls.from());
        }
        if (!calls.until().equals(Instant.MAX)) {
            text.append(" until ").append(calls.until());
        }
        return text.isEmpty() ? "all calls" : text.toString().strip();
    }
}
