package dev.anteroom.acceptance;

import java.util.Random;
import java.util.random.RandomGenerator;

/** The random source of a test: prints its seed, and takes it from {@code -Danteroom.seed} to replay a run. Stateless. */
final class TestSeed {
    private TestSeed() {}

    static RandomGenerator of(String test) {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println(test + ": replay with -Danteroom.seed=" + seed);
        return new Random(seed);
    }
}
