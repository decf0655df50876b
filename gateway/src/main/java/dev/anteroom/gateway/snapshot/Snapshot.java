package dev.anteroom.gateway.snapshot;

import dev.anteroom.egress.ProviderTarget;
import dev.anteroom.egress.WireVocabulary;
import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.Profile;
import dev.anteroom.gateway.kept.SnapshotParts;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.phi.Redactor;
import dev.anteroom.routing.RoutingTable;
import dev.anteroom.routing.Strictness;
import dev.anteroom.traces.ModelDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that decides, compiled and hashed. Deeply immutable, thread-safe.
 *
 * <p>A call pins the snapshot it arrives under and keeps it to its last byte.
 *
 * @param hash SHA-256 in hex over its {@code parts}: the configuration's canonical text, the redactors' digests and the build
 * @param models the files of the tagger in the redactors
 * @param strictWaits whether the strict redactor waits for a model on other threads, so that no event loop may run it
 */
public record Snapshot(
        String hash,
        SnapshotParts parts,
        List<ModelDigest> models,
        Config config,
        WireVocabulary vocabulary,
        JsonReader reader,
        RoutingTable routing,
        Map<String, Workflow> workflows,
        Map<String, ProviderTarget> providerTargets,
        Redactor strict,
        Redactor balanced,
        boolean strictWaits) {
    private static final int SHORT_CHARS = 12;

    public Snapshot {
        models = List.copyOf(models);
        workflows = Map.copyOf(workflows);
        providerTargets = Map.copyOf(providerTargets);
    }

    /** The name of what this process was built from. */
    public String build() {
        return parts.build();
    }

    /** The redactor of a profile. */
    public Redactor redactor(Strictness strictness) {
        return switch (strictness) {
            case STRICT -> strict;
            case BALANCED -> balanced;
        };
    }

    /** Whether a call of this workflow may have to wait for a model: a contract can demand the strict profile of any. */
    public boolean mayWait(Workflow workflow) {
        return strictWaits
                && (workflow.profile() == Strictness.STRICT
                        || config.contracts().stream().anyMatch(contract -> contract.leastProfile() == Profile.STRICT));
    }

    /** The workflow of this id, or null where the configuration has none. */
    public @Nullable Workflow workflow(String id) {
        return workflows.get(id);
    }

    /** The beginning of the hash, for headers and people. */
    public String shortHash() {
        return hash.substring(0, SHORT_CHARS);
    }

    @Override
    public String toString() {
        return "Snapshot[" + shortHash() + "]";
    }
}
