package dev.anteroom.routing;

/**
 * What the whole gateway takes on at once. Immutable.
 *
 * @param maxConcurrent calls between admission and their last byte
 * @param maxBytesInFlight bytes of request bodies held at the same time
 */
public record AdmissionLimits(int maxConcurrent, long maxBytesInFlight) {

    public AdmissionLimits {
        Checks.positive(maxConcurrent, "maxConcurrent");
        Checks.positive(maxBytesInFlight, "maxBytesInFlight");
    }
}
