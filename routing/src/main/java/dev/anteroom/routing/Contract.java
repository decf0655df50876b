package dev.anteroom.routing;

import java.time.Instant;
import java.util.Set;

/**
 * What a target may receive, as somebody signed it. Immutable.
 *
 * @param modalities the kinds of residue that may be sent although nobody could read them
 * @param leastProfile the least strict redaction profile under which anything may be sent
 * @param expires the first instant at which the contract is no longer in force
 * @param insideBoundary whether the target stands inside the health system's own trust boundary; nothing is redacted less for it
 */
public record Contract(
        String id, Set<Modality> modalities, Strictness leastProfile, Instant expires, boolean insideBoundary) {

    public Contract {
        Checks.id(id, "contract id");
        modalities = Set.copyOf(modalities);
    }

    /** Whether every kind of residue in the request may go to the target. */
    public boolean admits(Set<Modality> residue) {
        return modalities.containsAll(residue);
    }

    /** Whether the contract is in force at this instant; at its expiry it no longer is. */
    public boolean inForce(Instant now) {
        return now.isBefore(expires);
    }
}
