package dev.anteroom.traces;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which calls are meant: those that match everything that is said. Immutable.
 *
 * <p>The time of a call is the one in its trace id, so all records of a call are in or none is.
 *
 * @param traceIds UUIDs in lower-case text; empty for any
 * @param tenant {@code ""} for any
 * @param from inclusive; {@link Instant#EPOCH} for no bound
 * @param until exclusive; {@link Instant#MAX} for no bound
 */
public record Selection(List<String> traceIds, String tenant, Instant from, Instant until) {
    public Selection {
        traceIds = List.copyOf(traceIds);
        for (String id : traceIds) {
            if (!TraceIds.isId(id)) {
                throw new IllegalArgumentException("traceIds: one is no UUID in lower case");
            }
        }
    }

    /** Every call. */
    public static Selection all() {
        return new Selection(List.of(), "", Instant.EPOCH, Instant.MAX);
    }

    /** One call. */
    public static Selection of(String traceId) {
        return new Selection(List.of(traceId), "", Instant.EPOCH, Instant.MAX);
    }

    public boolean isAll() {
        return equals(all());
    }

    /** The same for many calls. */
    Matcher matcher() {
        Set<UUID> ids = new HashSet<>();
        traceIds.forEach(id -> ids.add(new UUID(TraceIds.most(id), TraceIds.least(id))));
        return new Matcher(ids, tenant, from, until);
    }

    /** Decides about calls, one by one. Thread-safe. */
    record Matcher(Set<UUID> ids, String tenant, Instant from, Instant until) {
        /** Whether the call is meant, its tenant aside. */
        boolean matchesButTenant(UUID trace) {
            Instant time = Instant.ofEpochMilli(TraceIds.millis(trace.getMostSignificantBits()));
            return (ids.isEmpty() || ids.contains(trace)) && !time.isBefore(from) && time.isBefore(until);
        }
    }
}
