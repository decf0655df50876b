package dev.anteroom.traces;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The journal of who did what with records: in the folder {@code access} of a data directory, sealed and chained like the journal of decisions.
 * Thread-safe; every method blocks on files.
 *
 * <p>Nobody holds it open: it is opened for every entry, by a command as by the gateway, and waited for where another is writing. Its entries are never
 * shredded.
 */
public final class AccessLog {
    static final String FOLDER = "access";
    private static final long SEGMENT_BYTES = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NO_GATEWAY = "local";
    private static final long PAUSE_MILLIS = 20;

    private final Path data;
    private final KeyRing keys;
    private final Clock clock;
    private final SecureRandom random;
    private final TraceIds ids;

    /** The access journal of this data directory, under the name of the gateway that wrote to it last. */
    public AccessLog(Path dataDirectory, KeyRing keys, Clock clock, SecureRandom random) {
        this.data = dataDirectory;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.ids = new TraceIds(clock, random);
    }

    /** Writes an entry; when this returns it is on disk. */
    public Access record(String actor, String reason, Act act) throws JournalException {
        Access access = new Access(ids.next(), clock.instant(), actor, reason, act);
        try (Journal journal = open()) {
            return journal.append(access).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof JournalException known ? known : failed(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw failed("the disk does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private Journal open() throws JournalException, InterruptedException {
        JournalOptions options = JournalOptions.defaults(data, gatewayId(), keys)
                .withSources(clock, random)
                .withSegmentBytes(SEGMENT_BYTES)
                .withSpace(0, 0, () -> Long.MAX_VALUE / 2);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Journal.open(options, Disk.REAL, FOLDER);
            } catch (JournalException e) {
                if (e.kind() != JournalException.Kind.LOCKED || System.nanoTime() - until > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private String gatewayId() throws JournalException {
        try {
            List<JournalFiles.Lifetime> lifetimes = JournalFiles.lifetimes(data.resolve(JournalFiles.FOLDER));
            return lifetimes.isEmpty() ? NO_GATEWAY : lifetimes.getLast().gatewayId();
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private static JournalException failed(String why) {
        return new JournalException(JournalException.Kind.FAILED, FOLDER + ": the entry was not written: " + why);
    }

    /** What was said of a call, oldest first. */
    public List<Access> annotations(String traceId) throws JournalException {
        List<Access> found = new ArrayList<>();
        forEach(entry -> {
            if (entry.act() instanceof Act.Annotated annotated
                    && annotated.traceId().equals(traceId)) {
                found.add(entry);
            }
        });
        return found;
    }

    /** Visits all entries, oldest first. */
    public void forEach(Consumer<Access> consumer) throws JournalException {
        TraceReader.openAccess(data, keys).forEachAfter(Optional.empty(), entry -> {
            if (entry.record() instanceof Access access) {
                consumer.accept(access);
            }
            return true;
        });
    }
}
