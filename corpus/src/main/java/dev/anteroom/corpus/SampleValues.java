package dev.anteroom.corpus;

import java.util.Random;

/** A seeded source of single invented values, for texts that are written elsewhere. Confined to one thread. */
public final class SampleValues {
    private final ValueMaker maker;

    private SampleValues(Random random) {
        this.maker = new ValueMaker(random);
    }

    /** A source that draws from {@code random}. */
    public static SampleValues from(Random random) {
        return new SampleValues(random);
    }

    /** A value for a slot such as {@code phone}, {@code ssn.dashed} or {@code date.birth}. */
    public String next(String slot) {
        return maker.make(slot);
    }

    /** The kind of the values of a slot. */
    public static Identifier kindOf(String slot) {
        return Carriers.kindOf(slot);
    }
}
