package dev.anteroom.bench;

import dev.anteroom.phi.PhiTagger;

/** The tagger of the gateway, compiled as far as it goes. */
final class BenchTagger {
    private BenchTagger() {}

    static PhiTagger warm() {
        PhiTagger tagger = PhiTagger.shipped();
        tagger.warmUp();
        return tagger;
    }
}
