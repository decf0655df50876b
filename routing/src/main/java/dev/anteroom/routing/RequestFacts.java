package dev.anteroom.routing;

import java.util.List;
import java.util.Set;

/**
 * All that routing is told of a call. Immutable.
 *
 * @param model the public name the app asked for
 * @param routes the routes of the caller's workflow, in order
 * @param environment of the caller
 * @param residue the kinds of parts that could not be read
 * @param insideOnly whether the texts may go only to targets inside the trust boundary
 * @param workflowProfile the profile that the workflow demands
 * @param stream whether the app asked for a stream
 */
public record RequestFacts(
        String model,
        List<String> routes,
        Environment environment,
        Set<Modality> residue,
        boolean insideOnly,
        Strictness workflowProfile,
        boolean stream) {

    public RequestFacts {
        routes = List.copyOf(routes);
        residue = Set.copyOf(residue);
    }
}
