package dev.anteroom.phi;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one value that was found, without the value: how its forms begin, hashed under a secret key, and where in it the parts
 * stand whose every occurrence is found. With the text at hand it saves writing the forms of a value that no new text can hold.
 * Immutable.
 */
final class ValueTrace {

    /** Start and end of each part within the value, in turn. */
    private final int[] sure;

    /** The hash of each beginning. */
    private final long[] leads;

    private ValueTrace(int[] sure, long[] leads) {
        this.sure = sure;
        this.leads = leads;
    }

    /** Adds the parts of which every occurrence is found. */
    void addSure(String value, Set<String> originals) {
        for (int i = 0; i < sure.length; i += 2) {
            originals.add(value.substring(sure[i], sure[i + 1]));
        }
    }

    /** Returns whether a form of the value may stand in the text of a fingerprint under the same key. */
    boolean mayStandIn(Fingerprint fingerprint) {
        for (long lead : leads) {
            if (fingerprint.mayHold(lead)) {
                return true;
            }
        }
        return false;
    }

    /** Returns about how many bytes of memory this holds. */
    int bytes() {
        return 56 + sure.length * Integer.BYTES + leads.length * Long.BYTES;
    }

    @Override
    public String toString() {
        return "ValueTrace";
    }

    /** Hears what is made of one value after the other. Confined to one thread. */
    static final class Recorder implements ValuePatterns.Leads {

        private final SipHash hash;
        private String value = "";
        private int[] sure = new int[8];
        private int sureSize;
        private long[] leads = new long[16];
        private int leadsSize;
        private boolean complete;

        Recorder(SipHash hash) {
            this.hash = hash;
        }

        void begin(String nextValue) {
            value = nextValue;
            sureSize = 0;
            leadsSize = 0;
            complete = true;
        }

        /** Takes a part of which every occurrence is found. */
        void sure(String part) {
            int start = value.indexOf(part);
            complete &= start >= 0;
            if (sureSize == sure.length) {
                sure = Arrays.copyOf(sure, 2 * sureSize);
            }
            sure[sureSize++] = start;
            sure[sureSize++] = start + part.length();
        }

        @Override
        public void lead(long lead, int length) {
            complete &= length > 0;
            if (leadsSize == leads.length) {
                leads = Arrays.copyOf(leads, 2 * leadsSize);
            }
            leads[leadsSize++] = Fingerprint.hash(hash, lead, length);
        }

        /** Returns the trace of the value, or null where it has a form that may begin anywhere, or a part that is spelled differently in it. */
        @Nullable
        ValueTrace end() {
            return complete ? new ValueTrace(Arrays.copyOf(sure, sureSize), Arrays.copyOf(leads, leadsSize)) : null;
        }

        @Override
        public String toString() {
            return "ValueTrace.Recorder";
        }
    }
}
