package dev.anteroom.evaluation;

import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.util.List;

/** Which layers of detection are measured. Immutable. */
enum Layers {
    /** The rules alone. */
    RULES,
    /** The trained tagger alone. */
    MODEL,
    /** Both, as calls are redacted. */
    BOTH;

    /** Returns a redactor with these layers. */
    Redactor redactor(Profile profile, PhiTagger tagger) {
        return switch (this) {
            case RULES -> Redactor.create(profile, SiteKnowledge.none());
            case MODEL -> Redactor.withoutRules(profile, List.of(tagger.layer(profile)));
            case BOTH -> Redactor.create(profile, SiteKnowledge.none(), List.of(tagger.layer(profile)));
        };
    }
}
