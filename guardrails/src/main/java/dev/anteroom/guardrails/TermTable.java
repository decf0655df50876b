package dev.anteroom.guardrails;

import java.util.Arrays;

/** Terms and a small number for each; open addressing. Confined to one thread while filled, immutable after. */
final class TermTable {

    /** The value of a term that is not in the table. */
    static final int NONE = -1;

    private final long[] terms;
    private final int[] values;
    private final int mask;
    private int size;

    TermTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 4);
        terms = new long[capacity];
        values = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(values, NONE);
    }

    int get(long term) {
        int slot = slot(term);
        while (terms[slot] != 0) {
            if (terms[slot] == term) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    /** Enters a term unless it is there already or the table is half full. */
    void putIfAbsent(long term, int value) {
        int slot = slot(term);
        while (terms[slot] != 0) {
            if (terms[slot] == term) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        if (size < terms.length / 2) {
            terms[slot] = term;
            values[slot] = value;
            size++;
        }
    }

    private int slot(long term) {
        return (int) (term ^ (term >>> 32)) & mask;
    }
}
