package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is already known of the positions of one call, and what must be looked at again.
 * Confined to one thread. It is asked in this order: {@link #fresh}, {@link #own}, {@link #open}, {@link #settle}.
 *
 * <p>What a position holds by itself follows from the positions up to it and its detectors' reach beyond it, so it is kept under the node of
 * the chain where that reach ends. What it repeats of other positions follows from all values of the call; values only come after those
 * that an earlier call had, in the same order, so a position with none of the new ones stays as it was.
 */
final class History {

    private final Document document;
    private final @Nullable RedactionCache cache;
    private final int reach;
    private final int count;
    private final long[] low;
    private final long[] high;
    private final RedactionCache.@Nullable Entry[] entries;
    private final List<List<Span>> own = new ArrayList<>();
    private final BitSet fresh = new BitSet();
    private final BitSet open = new BitSet();

    private History(Document document, @Nullable RedactionCache cache, int reach, int nodes) {
        this.document = document;
        this.cache = cache;
        this.reach = reach;
        this.count = document.size();
        this.low = new long[nodes];
        this.high = new long[nodes];
        this.entries = new RedactionCache.Entry[nodes];
    }

    /** Returns the history of a call of which nothing is known or kept. */
    static History none(Document document) {
        History history = new History(document, null, 0, 0);
        history.fresh.set(0, history.count);
        history.open.set(0, history.count);
        return history;
    }

    /** Looks a call up. */
    static History of(
            Document document,
            RedactionCache cache,
            RedactionCache.Scope scope,
            String redactor,
            KnownValues known,
            int reach) {
        History history = new History(document, cache, reach, document.size());
        SipHash hash =
                cache.chain().start().absorb(scope.tenant()).absorb(redactor).absorb(known.size());
        for (KnownValues.Value value : known.values()) {
            hash.absorb(value.category().name()).absorb(value.text());
        }
        hash.end();
        for (int i = 0; i < history.count; i++) {
            Position position = document.position(i);
            hash.start()
                    .absorb(hash.low())
                    .absorb(hash.high())
                    .absorb(position.form().name())
                    .absorb(position.path())
                    .absorb(position.label())
                    .absorb(position.text())
                    .end();
            history.low[i] = hash.low();
            history.high[i] = hash.high();
        }
        for (int i = 0; i < history.count; i++) {
            RedactionCache.Entry entry = cache.get(history.key(i));
            history.entries[i] = entry;
            history.fresh.set(i, entry == null);
        }
        return history;
    }

    private RedactionCache.Key key(int position) {
        int node = Math.min(position + reach, count - 1);
        return new RedactionCache.Key(low[node], high[node], node - position);
    }

    /** Returns the positions that no detector has seen yet. */
    BitSet fresh() {
        return fresh;
    }

    /** Takes what was found in fresh positions, and returns it with what was found in the others before. */
    List<Span> own(List<Span> found) {
        if (cache == null) {
            return found;
        }
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
            all.addAll(here);
        }
        return all;
    }

    private static int endOf(List<Span> spans, int from, int position) {
        int end = from;
        while (end < spans.size() && spans.get(end).position() == position) {
            end++;
        }
        return end;
    }

    /**
     * Returns the positions in which the values of this call must be searched.
     *
     * @param until how many of the values are from positions before each position
     */
    BitSet open(ValuePatterns values, int[] until) {
        if (cache == null) {
            return open;
        }
        int[] known = new int[count];
        int first = values.size();
        RedactionCache.Head last = null;
        int lastKnown = -1;
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            if (entry == null) {
                known[i] = -1;
                continue;
            }
            RedactionCache.Head head = entry.head();
            if (last == null || !head.equals(last)) {
                last = head;
                lastKnown = isPast(head) ? until[head.last() + 1] : -1;
            }
            known[i] = lastKnown;
            if (lastKnown >= 0) {
                first = Math.min(first, lastKnown);
            }
        }
        Fingerprint.Leads leads = new Fingerprint.Leads(values, first, cache.fingerprints());
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            open.set(i, entry == null || known[i] < 0 || mayHold(entry.fingerprint, leads, known[i], values.size()));
        }
        return open;
    }

    private static boolean mayHold(@Nullable Fingerprint fingerprint, Fingerprint.Leads leads, int from, int size) {
        return from < size && (fingerprint == null || fingerprint.mayHold(leads, from));
    }

    /** Returns whether a call that ended there is the beginning of this one, with the same values. */
    private boolean isPast(RedactionCache.Head head) {
        return head.last() < count
                && low[head.last()] == head.low()
                && high[head.last()] == head.high()
                && (reach == 0 || tail(head.last()).equals(head.tail()));
    }

    private List<Span> tail(int last) {
        List<Span> tail = new ArrayList<>();
        for (int i = Math.max(0, last - reach + 1); i <= last; i++) {
            tail.addAll(own.get(i));
        }
        return List.copyOf(tail);
    }

    /** Takes what open positions hold in the end, keeps it, and returns it with what the others hold. */
    List<Span> settle(List<Span> found) {
        if (cache == null || count == 0) {
            return found;
        }
        RedactionCache.Head head = new RedactionCache.Head(count - 1, low[count - 1], high[count - 1], tail(count - 1));
        List<Span> all = new ArrayList<>(found.size() + count);
        int next = 0;
        for (int i = 0; i < count; i++) {
            RedactionCache.Entry entry = entries[i];
            if (entry != null && !open.get(i)) {
                entry.advance(head);
                all.addAll(entry.spans);
                continue;
            }
            int end = endOf(found, next, i);
            List<Span> spans = found.subList(next, end);
            next = end;
            all.addAll(spans);
            if (entry != null && entry.spans.equals(spans)) {
                entry.advance(head);
            } else {
                Fingerprint fingerprint = entry != null ? entry.fingerprint : fingerprint(i);
                cache.put(key(i), new RedactionCache.Entry(own.get(i), List.copyOf(spans), fingerprint, head));
            }
        }
        return all;
    }

    private @Nullable Fingerprint fingerprint(int position) {
        if (cache == null || !document.encoded(position).isEmpty()) {
            return null;
        }
        return Fingerprint.of(document, position, cache.fingerprints());
    }

    @Override
    public String toString() {
        return "History[" + count + "]";
    }
}
