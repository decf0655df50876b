package dev.anteroom.traces;

import java.util.List;

/**
 * A target that was considered, and why it was admitted or not. Immutable.
 *
 * @param reason the first filter that it did not pass, else that it was admitted
 * @param filters every filter with its verdict, in the order in which they count
 */
public record Candidate(String target, boolean admitted, String reason, List<Filter> filters) {
    public Candidate {
        filters = List.copyOf(filters);
    }

    /** One condition that a target must meet. Immutable. */
    public record Filter(String name, boolean passed) {}
}
