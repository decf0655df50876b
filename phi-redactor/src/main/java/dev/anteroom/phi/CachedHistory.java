package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cache knows of the positions of one call.
 * Confined to one thread.
 *
 * <p>What a position holds by itself follows from the positions up to it and its detectors' reach beyond it, so it is kept under the node of
 * the chain where that reach ends. What it repeats of other positions follows from all values of the call; values only come after those
 * that an earlier call had, in the same order, so a position with none of the new ones stays as it was.
 */
final class CachedHistory implements History {

    /**
     * What decides beside the positions. Immutable.
     *
     * @param redactor digest of the redactor
     * @param exceptions how many of its exceptions are in force, which says which: they only expire
     */
    record Basis(String redactor, int exceptions, KnownValues known) {
        @Override
        public String toString() {
            return "Basis";
        }
    }

    /** Says in the chain that a text is that of the position before; no text has such a length. */
    private static final long SAME = -1;

    private final Document document;
    private final RedactionCache cache;
    private final SipHash chain;
    private final SipHash fingerprintHash;
    private final int reach;
    private final int count;
    private final long[] low;
    private final long[] high;
    private final RedactionCache.@Nullable Entry[] entries;
    private final List<List<Span>> own = new ArrayList<>();
    /** What positions hold in the end if no value of this call must be searched in them. */
    private final List<List<Span>> settled = new ArrayList<>();

    private final @Nullable ValueTrace[][] traces;
    private final @Nullable Fingerprint[] fingerprints;

    /**
     * For each known position, the last one whose values were looked for in it; -1 where it must be searched for all. Read off its entry once:
     * another call may move an entry's head at any time.
     */
    private final int[] searchedUntil;

    /** The last position whose values were looked for in all positions that are known. */
    private int settledUntil = -1;

    private final BitSet fresh = new BitSet();
    private final BitSet open = new BitSet();

    /**
     * Looks a call up.
     *
     * @param reach how many positions to either side may change what is found in a position
     */
    CachedHistory(Document document, RedactionCache cache, RedactionCache.Scope scope, Basis basis, int reach) {
        this.document = document;
        this.cache = cache;
        this.chain = cache.chain();
        this.fingerprintHash = cache.fingerprints();
        this.reach = reach;
        this.count = document.size();
        this.low = new long[count];
        this.high = new long[count];
        this.entries = new RedactionCache.Entry[count];
        this.traces = new ValueTrace[count][];
        this.fingerprints = new Fingerprint[count];
        this.searchedUntil = new int[count];
        link(scope, basis);
        for (int i = 0; i < count; i++) {
            entries[i] = cache.get(key(i));
            fresh.set(i, entries[i] == null);
        }
    }

    private void link(RedactionCache.Scope scope, Basis basis) {
        chain.start()
                .absorb(scope.tenant())
                .absorb(basis.redactor)
                .absorb(basis.exceptions)
                .absorb(basis.known.size());
        for (KnownValues.Value value : basis.known.values()) {
            chain.absorb(value.category().name()).absorb(value.text());
        }
        chain.end();
        String form = "";
        String path = "";
        String label = "";
        for (int i = 0; i < count; i++) {
            Position position = document.position(i);
            chain.start().absorb(chain.low()).absorb(chain.high());
            absorbNext(form, position.form().name());
            absorbNext(path, position.path());
            absorbNext(label, position.label());
            chain.absorb(position.text()).end();
            form = position.form().name();
            path = position.path();
            label = position.label();
            low[i] = chain.low();
            high[i] = chain.high();
        }
    }

    /** Absorbs a text that is mostly the same as in the position before. */
    private void absorbNext(String before, String text) {
        if (text.equals(before)) {
            chain.absorb(SAME);
        } else {
            chain.absorb(text);
        }
    }

    private RedactionCache.Key key(int position) {
        int node = Math.min(position + reach, count - 1);
        return new RedactionCache.Key(low[node], high[node], node - position);
    }

    @Override
    public BitSet fresh() {
        return fresh;
    }

    @Override
    public List<Span> own(List<Span> found) {
        List<Span> all = new ArrayList<>(found.size() + count);
        int next = 0;
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            List<Span> here;
            if (entry != null) {
                here = entry.own;
            } else {
                int end = endOf(found, next, i);
                here = List.copyOf(found.subList(next, end));
                next = end;
            }
            own.add(here);
            traces[i] = entry != null ? entry.traces : new ValueTrace[here.size()];
            all.addAll(here);
        }
        readHeads();
        return all;
    }

    private void readHeads() {
        settledUntil = count - 1;
        RedactionCache.Head last = null;
        int until = -1;
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            if (entry == null) {
                continue;
            }
            RedactionCache.Head head = entry.head();
            if (!head.equals(last)) {
                last = head;
                until = isPast(head) ? head.last() : -1;
            }
            searchedUntil[i] = until;
            settledUntil = Math.min(settledUntil, until);
        }
    }

    @Override
    public @Nullable ValueTrace trace(int position, int nth, BitSet searched) {
        if (position > settledUntil || fresh.get(position)) {
            return null;
        }
        ValueTrace trace = traces[position][nth];
        if (trace == null) {
            return null;
        }
        for (int i = searched.nextSetBit(0); i >= 0; i = searched.nextSetBit(i + 1)) {
            RedactionCache.Entry entry = entries[i];
            Fingerprint fingerprint = entry == null ? ownFingerprint(i) : entry.fingerprint;
            if (fingerprint == null || trace.mayStandIn(fingerprint)) {
                return null;
            }
        }
        return trace;
    }

    @Override
    public ValueTrace.Recorder recorder() {
        return new ValueTrace.Recorder(fingerprintHash);
    }

    @Override
    public void keep(int position, int nth, @Nullable ValueTrace trace) {
        if (fresh.get(position)) {
            traces[position][nth] = trace;
        }
    }

    private static int endOf(List<Span> spans, int from, int position) {
        int end = from;
        while (end < spans.size() && spans.get(end).position() == position) {
            end++;
        }
        return end;
    }

    @Override
    public BitSet open(ValuePatterns values, int[] until) {
        int[] from = new int[count];
        int first = values.size();
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            if (entry == null) {
                settled.add(List.of());
                continue;
            }
            // Before the first position there are no values.
            from[i] = until[searchedUntil[i] + 1];
            first = Math.min(first, from[i]);
            settled.add(searchedUntil[i] >= 0 ? entry.spans : entry.own);
        }
        Fingerprint.Leads leads = new Fingerprint.Leads(values, first, fingerprintHash);
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            open.set(i, entry == null || mayHold(entry.fingerprint, leads, from[i], values.size()));
        }
        return open;
    }

    private static boolean mayHold(@Nullable Fingerprint fingerprint, Fingerprint.Leads leads, int from, int size) {
        return from < size && (fingerprint == null || fingerprint.mayHold(leads, from));
    }

    /** Returns whether a call that ended there is the beginning of this one, with the same values. */
    private boolean isPast(RedactionCache.Head head) {
        return head.last() < count && head.equals(head(head.last()));
    }

    /** Returns what a call was that ended with a position: all until there, and what was found where later positions still reach. */
    private RedactionCache.Head head(int last) {
        chain.start().absorb(low[last]).absorb(high[last]);
        for (int i = Math.max(0, last - reach + 1); i <= last; i++) {
            for (Span span : own.get(i)) {
                chain.absorb(span.position())
                        .absorb(span.start())
                        .absorb(span.end())
                        .absorb(span.category().name())
                        .absorb(Float.floatToIntBits(span.score()))
                        .absorb(span.layer());
            }
        }
        chain.end();
        return new RedactionCache.Head(last, chain.low(), chain.high());
    }

    @Override
    public List<Span> settle(List<Span> found) {
        if (count == 0) {
            return found;
        }
        RedactionCache.Head head = head(count - 1);
        List<Span> all = new ArrayList<>(found.size() + count);
        int next = 0;
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            List<Span> spans = settled.get(i);
            if (open.get(i)) {
                int end = endOf(found, next, i);
                spans = found.subList(next, end);
                next = end;
            }
            all.addAll(spans);
            if (entry != null && entry.spans.equals(spans)) {
                entry.advance(head);
            } else {
                Fingerprint fingerprint = entry != null ? entry.fingerprint : keptFingerprint(i);
                cache.put(
                        key(i), new RedactionCache.Entry(own.get(i), traces[i], List.copyOf(spans), fingerprint, head));
            }
        }
        return all;
    }

    /** Returns none for a position near the end either: with the next turn it is a fresh one. */
    private @Nullable Fingerprint keptFingerprint(int position) {
        return position + reach < count ? ownFingerprint(position) : null;
    }

    /** Returns the fingerprint of a position, or null where it holds text in disguise. */
    private @Nullable Fingerprint ownFingerprint(int position) {
        if (fingerprints[position] == null && document.encoded(position).isEmpty()) {
            fingerprints[position] = Fingerprint.of(document, position, fingerprintHash);
        }
        return fingerprints[position];
    }

    @Override
    public String toString() {
        return "CachedHistory[" + count + "]";
    }
}
