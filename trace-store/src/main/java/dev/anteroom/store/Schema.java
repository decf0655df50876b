package dev.anteroom.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;

/**
 * The tables: numbered scripts, each applied once and never changed after, and a partition a month. Stateless.
 *
 * <p>Gateways that start together wait for each other on an advisory lock of the database.
 */
final class Schema {
    private static final List<String> SCRIPTS = List.of("V001__calls.sql");
    /** Any number that nothing else in the database locks: "anteroom" in ASCII. */
    private static final long LOCK = 0x616e7465726f6f6dL;

    private static final String VERSIONS = """
            CREATE TABLE IF NOT EXISTS schema_version (
                version integer PRIMARY KEY, script text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """;

    private Schema() {}

    /** Brings the database to this build's version; refuses one that is ahead or that another build has made. */
    static void migrate(Connection database) throws StoreException {
        database.transaction(() -> {
            var _ = database.query("SELECT pg_advisory_xact_lock($1)", Tuple.of(LOCK));
            database.script(VERSIONS);
            int applied = applied(database);
            for (int version = applied + 1; version <= SCRIPTS.size(); version++) {
                String script = SCRIPTS.get(version - 1);
                database.script(read(script));
                var _ = database.query(
                        "INSERT INTO schema_version (version, script, sha256) VALUES ($1, $2, $3)",
                        Tuple.of(version, script, sha256(script)));
            }
        });
    }

    /** Refuses a database without tables, or with those of another version. */
    static void check(Connection database) throws StoreException {
        boolean none = database.query("SELECT to_regclass('schema_version') IS NULL", Tuple.tuple())
                .iterator()
                .next()
                .getBoolean(0);
        if (none || applied(database) < SCRIPTS.size()) {
            throw new StoreException(
                    "the database does not have the tables of this version; the gateway makes them when"
                            + " it starts with this store");
        }
    }

    private static int applied(Connection database) throws StoreException {
        int last = 0;
        for (Row row : database.query("SELECT version, sha256 FROM schema_version ORDER BY version", Tuple.tuple())) {
            last = row.getInteger(0);
            if (last > SCRIPTS.size()) {
                throw new StoreException("the database has the tables of a later version (" + last
                        + "; expected: at most " + SCRIPTS.size() + ")");
            }
            if (!row.getString(1).equals(sha256(SCRIPTS.get(last - 1)))) {
                throw new StoreException("the database has tables of version " + last + " that another build has made");
            }
        }
        return last;
    }

    /** Makes the partition of a month where it is missing. */
    static void partition(Connection database, YearMonth month) throws StoreException {
        database.transaction(() -> {
            var _ = database.query("SELECT pg_advisory_xact_lock($1)", Tuple.of(LOCK));
            database.script(
                    "CREATE TABLE IF NOT EXISTS calls_%04d_%02d PARTITION OF calls FOR VALUES FROM ('%s') TO ('%s')"
                            .formatted(
                                    month.getYear(), month.getMonthValue(), start(month), start(month.plusMonths(1))));
        });
    }

    private static String start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }

    private static String read(String script) {
        try (InputStream in = Schema.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException(script + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String script) {
        try {
            byte[] text = read(script).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
