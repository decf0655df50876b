package dev.anteroom.traces;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says who destroyed a key on demand. */
@FunctionalInterface
interface ShreddedBy {
    /** Who did so at this time; {@code ""} where that is not known. */
    String at(Instant time) throws JournalException;

    /** Does not look. */
    static ShreddedBy nobody() {
        return _ -> "";
    }

    /** Looks into the access journal when it is asked first: the entry stands there from just before the keys are destroyed. */
    static ShreddedBy in(AccessLog access) {
        return new ShreddedBy() {
            private @Nullable TreeMap<Instant, String> actors;

            @Override
            public synchronized String at(Instant time) throws JournalException {
                TreeMap<Instant, String> known = actors;
                if (known == null) {
                    TreeMap<Instant, String> read = new TreeMap<>();
                    access.forEach(entry -> {
                        if (entry.act() instanceof Act.Shredded
                                && !entry.actor().equals(Access.RETENTION)) {
                            read.put(Instant.ofEpochMilli(entry.time().toEpochMilli()), entry.actor());
                        }
                    });
                    known = read;
                    actors = read;
                }
                Map.Entry<Instant, String> last = known.floorEntry(time);
                return last == null ? "" : last.getValue();
            }
        };
    }
}
