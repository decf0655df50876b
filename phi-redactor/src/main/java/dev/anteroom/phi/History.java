package dev.anteroom.phi;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is already known of the positions of one call, and what must be looked at again.
 * Confined to one thread. It is asked in this order: {@link #fresh}, {@link #own}, {@link #trace}, {@link #open}, {@link #settle}.
 */
interface History {

    /** Returns the history of a call of which nothing is known or kept. */
    static History none(Document document) {
        BitSet all = new BitSet(document.size());
        all.set(0, document.size());
        return new Nothing(all);
    }

    /** Returns the positions that no detector has seen yet. */
    BitSet fresh();

    /** Takes what was found in fresh positions, and returns it with what was found in the others before. */
    List<Span> own(List<Span> found);

    /**
     * Returns the trace of a value that was found in a position, if all searched positions are without it and the others were searched for it
     * before; else null.
     *
     * @param nth which of the position's own spans holds the value
     */
    @Nullable
    ValueTrace trace(int position, int nth, BitSet searched);

    /** Returns who hears what is made of values whose traces are to be kept, or null where none are. */
    ValueTrace.@Nullable Recorder recorder();

    /** Keeps the trace of a value that was found in a position; null where it has none. */
    void keep(int position, int nth, @Nullable ValueTrace trace);

    /**
     * Returns the positions in which the values of this call must be searched.
     *
     * @param until how many of the values are from positions before each position
     */
    BitSet open(ValuePatterns values, int[] until);

    /** Takes what open positions hold in the end, keeps it, and returns it with what the others hold. */
    List<Span> settle(List<Span> found);

    /** Immutable. */
    record Nothing(BitSet all) implements History {

        @Override
        public BitSet fresh() {
            return all;
        }

        @Override
        public List<Span> own(List<Span> found) {
            return found;
        }

        @Override
        public @Nullable ValueTrace trace(int position, int nth, BitSet searched) {
            return null;
        }

        @Override
        public ValueTrace.@Nullable Recorder recorder() {
            return null;
        }

        @Override
        public void keep(int position, int nth, @Nullable ValueTrace trace) {}

        @Override
        public BitSet open(ValuePatterns values, int[] until) {
            return all;
        }

        @Override
        public List<Span> settle(List<Span> found) {
            return found;
        }
    }
}
