package dev.anteroom.traces;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Compares a tree, while it grows, with what was said of it at certain sizes. Confined to one thread.
 *
 * @param <T> who said it
 */
final class HeadCheck<T> {
    /** What was said of the tree, and by whom. Immutable. */
    record Said<T>(TreeHead head, T by) {}

    private final CompactRange range;
    private final Deque<Said<T>> ahead;
    private final List<Said<T>> wrong = new ArrayList<>();
    private long agreedSize;

    /** Begins with a tree without leaves. */
    HeadCheck(Hashes hashes, List<Said<T>> said) {
        this.range = new CompactRange(hashes);
        this.ahead = new ArrayDeque<>(said.stream()
                .sorted(Comparator.comparingLong(one -> one.head().size()))
                .toList());
        compare();
    }

    void add(byte[] leafHash, CompactRange.Listener listener) {
        range.add(leafHash, 0, listener);
        compare();
    }

    private void compare() {
        while (!ahead.isEmpty() && ahead.getFirst().head().size() == range.size()) {
            Said<T> said = ahead.removeFirst();
            if (Hashes.equal(said.head().root(), range.root())) {
                agreedSize = range.size();
            } else {
                wrong.add(said);
            }
        }
    }

    TreeHead head() {
        return range.head();
    }

    /** What was said of a size that the tree reached, and is not so; smallest first. */
    List<Said<T>> wrong() {
        return wrong;
    }

    /** What was said of sizes that the tree did not reach; smallest first. */
    List<Said<T>> ahead() {
        return List.copyOf(ahead);
    }

    /** The largest size at which what was said is so; 0 where there is none. */
    long agreedSize() {
        return agreedSize;
    }
}
