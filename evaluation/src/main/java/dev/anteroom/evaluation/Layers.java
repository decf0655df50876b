package dev.anteroom.evaluation;

import dev.anteroom.phi.Detector;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which layers of detection are measured. Immutable. */
enum Layers {
    /** The rules alone. */
    RULES,
    /** The trained tagger alone. */
    MODEL,
    /** Both, as calls are redacted. */
    BOTH;

    /** Returns a redactor with these layers; the rules alone need no tagger. */
    Redactor redactor(Profile profile, @Nullable PhiTagger tagger) {
        return switch (this) {
            case RULES -> Redactor.create(profile, SiteKnowledge.none());
            case MODEL -> Redactor.withoutRules(profile, List.of(layer(profile, tagger)));
            case BOTH -> Redactor.create(profile, SiteKnowledge.none(), List.of(layer(profile, tagger)));
        };
    }

    private static Detector layer(Profile profile, @Nullable PhiTagger tagger) {
        return Objects.requireNonNull(tagger).layer(profile);
    }
}
