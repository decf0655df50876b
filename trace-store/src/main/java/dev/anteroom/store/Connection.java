package dev.anteroom.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection whose methods wait. Confined to one thread, which must not be an event loop. After a
 * {@link StoreException} it is to be closed.
 */
final class Connection implements AutoCloseable {
    private static final int STATEMENTS = 64;
    private static final long CLOSE_SECONDS = 5;

    private final long patienceMillis;
    private @Nullable PgConnection session;

    private Connection(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /** An event loop of the store's own: nothing of it shares a thread with calls. */
    static Vertx loop() {
        return Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    }

    /** Ends a loop and what is open on it; waits for that. */
    static void end(Vertx loop) {
        boolean interrupted = Thread.interrupted();
        try {
            loop.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Its threads are daemons that nobody uses any more.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static Connection open(StoreOptions options, Vertx loop) throws StoreException {
        PgConnectOptions connect = connectOptions(options);
        Connection connection = new Connection(options.patience().toMillis());
        PgConnection session = connection.await(PgConnection.connect(loop, connect));
        // Whoever asks next hears that it is gone; left alone, Vert.x would log what the server said.
        connection.session = session.exceptionHandler(gone -> {});
        return connection;
    }

    private static PgConnectOptions connectOptions(StoreOptions options) throws StoreException {
        String password =
                options.password().get().orElseThrow(() -> new StoreException("the password of the store is missing"));
        PgConnectOptions connect = PgConnectOptions.fromUri(options.url())
                .setUser(options.user())
                .setPassword(password)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS)
                .setSslMode(SslMode.DISABLE);
        options.ca()
                .ifPresent(ca -> connect.setSslMode(SslMode.VERIFY_FULL)
                        .setSslOptions(new ClientSSLOptions()
                                .setHostnameVerificationAlgorithm("HTTPS")
                                .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()))));
        return connect;
    }

    /** Statements of a script, which take no parameters. */
    void script(String sql) throws StoreException {
        var _ = await(session().query(sql).execute());
    }

    RowSet<Row> query(String sql, Tuple parameters) throws StoreException {
        return await(session().preparedQuery(sql).execute(parameters));
    }

    void batch(String sql, List<Tuple> rows) throws StoreException {
        if (!rows.isEmpty()) {
            var _ = await(session().preparedQuery(sql).executeBatch(rows));
        }
    }

    /** What is done between the begin and the commit of a transaction. */
    interface Work {
        void run() throws StoreException;
    }

    /** All of it or nothing; where this throws, the caller closes the connection, and the server rolls back. */
    void transaction(Work work) throws StoreException {
        Transaction transaction = await(session().begin());
        work.run();
        var _ = await(transaction.commit());
    }

    private PgConnection session() throws StoreException {
        PgConnection open = session;
        if (open == null) {
            throw new StoreException("the connection is closed");
        }
        return open;
    }

    private <T> T await(Future<T> future) throws StoreException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreException(reason(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            throw StoreException.silence(patienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted");
        }
    }

    /** The server's own code for what went wrong; its message and detail may repeat data. */
    private static String reason(Throwable cause) {
        return cause instanceof PgException refused
                ? "the database says SQLSTATE " + refused.getSqlState()
                : "the connection failed (" + cause.getClass().getSimpleName() + ")";
    }

    /** Does not wait: a server that does not answer does not say good-bye either. */
    @Override
    public void close() {
        PgConnection open = session;
        session = null;
        if (open != null) {
            var _ = open.close();
        }
    }
}
