package dev.anteroom.gateway.config;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a party may receive, where, and until when. Immutable.
 *
 * @param endpoints URLs below which its targets must lie; {@code built-in} for what runs inside this process
 * @param leastProfile the least redaction that everything sent under it has passed
 * @param expires the last day on which it holds (UTC); absent only for the built-in contract
 * @param insideBoundary whether the party runs inside the trust boundary of the health system
 */
public record ContractConfig(
        String id,
        String party,
        List<String> endpoints,
        Set<ContractModality> modalities,
        List<String> regions,
        String retention,
        Profile leastProfile,
        @Nullable LocalDate expires,
        boolean insideBoundary) {

    /** The endpoint of a provider that is part of this process. */
    public static final String BUILT_IN = "built-in";

    public ContractConfig {
        endpoints = List.copyOf(endpoints);
        modalities = modalities.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(modalities));
        regions = List.copyOf(regions);
    }

    /** Whether the contract no longer holds on the given day (UTC). */
    public boolean expiredOn(LocalDate day) {
        LocalDate last = expires;
        return last != null && day.isAfter(last);
    }
}
