package dev.anteroom.traces;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * When a key was destroyed, as its slot says, and by whom, as the access journal says. Immutable.
 *
 * @param by {@link Access#RETENTION} where its time had come, else who asked for it; {@code ""} where the reader was not told to look that up
 */
public record Shredding(Instant at, String by) {

    /** What stands in the place of a key and its id: when, then zeros. */
    byte[] slot() {
        long when = at.toEpochMilli() << 1 | (by.equals(Access.RETENTION) ? 1 : 0);
        return ByteBuffer.allocate(Frame.SLOT_BYTES).putLong(when).array();
    }

    /** What the place of a key's id says of its end. */
    static Shredding of(long keyId, ShreddedBy who) throws JournalException {
        Instant at = Instant.ofEpochMilli(keyId >>> 1);
        return new Shredding(at, (keyId & 1) == 1 ? Access.RETENTION : who.at(at));
    }

    /** Such as {@code shredded on 2026-11-29 (retention)} or {@code (by jane)}. */
    @Override
    public String toString() {
        String whose = by.equals(Access.RETENTION) ? by : by.isEmpty() ? "on demand" : "by " + by;
        return "shredded on " + at.toString().substring(0, 10) + " (" + whose + ")";
    }
}
