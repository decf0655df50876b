package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.models.ModelException;
import dev.anteroom.phi.PhiTagger;

/** The tagger that comes with the gateway, for commands that need it. Stateless. */
public final class ShippedTagger {

    private ShippedTagger() {}

    /** Reads it, and the classifier that a configuration names. */
    public static SnapshotCompiler.Models with(Config config) throws CommandFailure {
        PhiTagger tagger = load();
        try {
            return SnapshotCompiler.Models.open(tagger, config);
        } catch (ModelException e) {
            throw new CommandFailure(2, String.valueOf(e.getMessage()));
        }
    }

    /** Reads it; fails where its files are missing or damaged. */
    public static PhiTagger load() throws CommandFailure {
        try {
            return PhiTagger.shipped();
        } catch (ModelException e) {
            throw new CommandFailure(2, String.valueOf(e.getMessage()));
        }
    }
}
