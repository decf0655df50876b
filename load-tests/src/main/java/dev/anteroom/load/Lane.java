package dev.anteroom.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of a load generator with its share of the connections. Confined to that loop, except {@link #context()} and the counter
 * of open calls.
 */
final class Lane extends VerticleBase {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final LoadPlan plan;
    private final int maxConnections;
    private final AtomicLong open;
    private final Histogram total = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram firstByte = new Histogram(SIGNIFICANT_DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> connections = new HashSet<>();
    private final String head;
    private @Nullable NetClient client;
    private int connecting;
    private long measureFromNanos = Long.MAX_VALUE;
    private long measureToNanos = Long.MAX_VALUE;
    private boolean closedLoop;
    private boolean over;
    private long completed;
    private long lastNanos;

    Lane(LoadPlan plan, int maxConnections, AtomicLong open) {
        this.plan = plan;
        this.maxConnections = maxConnections;
        this.open = open;
        this.head = head(plan);
        total.setAutoResize(true);
        firstByte.setAutoResize(true);
    }

    private static String head(LoadPlan plan) {
        StringBuilder text = new StringBuilder();
        String path = plan.target().getRawPath();
        String query = plan.target().getRawQuery();
        text.append("POST ").append(path == null || path.isEmpty() ? "/" : path);
        if (query != null) {
            text.append('?').append(query);
        }
        text.append(" HTTP/1.1\r\nhost: ").append(plan.target().getHost()).append(':');
        text.append(Loopback.port(plan.target())).append("\r\ncontent-type: application/json\r\naccept: ");
        text.append(plan.stream() ? "text/event-stream" : "application/json").append("\r\n");
        plan.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("content-length: ").toString();
    }

    @Override
    public Future<?> start() {
        client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(5_000).setTcpNoDelay(true));
        return Future.succeededFuture();
    }

    Context context() {
        return context;
    }

    /** Which calls count: by their intended time, and in a closed loop by their end too. */
    void measure(long fromNanos, long toNanos, boolean closed) {
        this.measureFromNanos = fromNanos;
        this.measureToNanos = toNanos;
        this.closedLoop = closed;
    }

    /** A call that was to be sent at {@code intendedNanos}. */
    void arrive(long intendedNanos) {
        Connection connection = idle.pollLast();
        if (connection != null) {
            connection.send(intendedNanos);
            return;
        }
        waiting.add(intendedNanos);
        connectIfWorthIt();
    }

    private void connectIfWorthIt() {
        if (!over
                && waiting.size() > connecting
                && connections.size() + connecting < maxConnections
                && client != null) {
            connecting++;
            client.connect(Loopback.port(plan.target()), Loopback.host(plan.target()))
                    .onComplete(this::connected, failure -> {
                        connecting--;
                        Long call = waiting.poll();
                        if (call != null) {
                            failed(call, "connect");
                        }
                        connectIfWorthIt();
                    });
        }
    }

    private void connected(NetSocket socket) {
        connecting--;
        if (over) {
            socket.close();
            return;
        }
        Connection connection = new Connection(socket);
        connections.add(connection);
        free(connection);
    }

    private void free(Connection connection) {
        Long next = waiting.poll();
        if (next != null) {
            connection.send(next);
        } else {
            idle.addLast(connection);
        }
    }

    private void failed(long intendedNanos, String kind) {
        if (intendedNanos >= measureFromNanos && intendedNanos < measureToNanos) {
            errors.merge(kind, 1L, Long::sum);
        }
        ended();
    }

    private void answered(long intendedNanos, ResponseParser answer, long nowNanos) {
        String fault = answer.fault();
        if (!fault.isEmpty()) {
            failed(intendedNanos, fault);
            return;
        }
        boolean counts = intendedNanos >= measureFromNanos && intendedNanos < measureToNanos;
        if (counts && (!closedLoop || nowNanos < measureToNanos)) {
            completed++;
            lastNanos = nowNanos;
            total.recordValue(Math.max(1, nowNanos - intendedNanos));
            long first = answer.firstBodyNanos() == 0 ? nowNanos : answer.firstBodyNanos();
            firstByte.recordValue(Math.max(1, first - intendedNanos));
        }
        ended();
    }

    private void ended() {
        if (closedLoop && !over && System.nanoTime() < measureToNanos) {
            waiting.add(System.nanoTime());
            connectIfWorthIt();
        } else {
            open.decrementAndGet();
        }
    }

    /** Ends every connection and gives what was measured into the collector. */
    void finish(Collector into) {
        over = true;
        long now = System.nanoTime();
        for (Long call : waiting) {
            unanswered(call, now);
        }
        for (Connection connection : connections) {
            if (connection.busy) {
                unanswered(connection.intendedNanos, now);
            }
            connection.socket.close();
        }
        into.add(total, firstByte, errors, completed, lastNanos);
    }

    private void unanswered(long intendedNanos, long now) {
        if (!closedLoop && intendedNanos >= measureFromNanos && intendedNanos < measureToNanos) {
            errors.merge("unanswered", 1L, Long::sum);
            total.recordValue(Math.max(1, now - intendedNanos));
        }
    }

    /** Takes what the lanes measured. */
    interface Collector {
        void add(Histogram total, Histogram firstByte, Map<String, Long> errors, long completed, long lastNanos);
    }

    /** One kept-alive connection. */
    private final class Connection {
        private final NetSocket socket;
        private final ResponseParser parser = new ResponseParser();
        private boolean busy;
        private long intendedNanos;

        Connection(NetSocket socket) {
            this.socket = socket;
            socket.handler(this::received);
            socket.exceptionHandler(failure -> socket.close());
            socket.closeHandler(nothing -> closed());
        }

        void send(long intended) {
            busy = true;
            intendedNanos = intended;
            parser.reset();
            Buffer body = plan.bodies().get();
            byte[] first = (head + body.length() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
            socket.write(Buffer.buffer(first.length + body.length())
                    .appendBytes(first)
                    .appendBuffer(body));
        }

        private void received(Buffer buffer) {
            if (!busy) {
                socket.close();
                return;
            }
            long now = System.nanoTime();
            boolean complete;
            try {
                complete = parser.feed(buffer.getBytes(), now);
            } catch (IllegalStateException | IndexOutOfBoundsException | NumberFormatException e) {
                busy = false;
                failed(intendedNanos, "not HTTP");
                socket.close();
                return;
            }
            if (complete) {
                busy = false;
                answered(intendedNanos, parser, now);
                if (over) {
                    return;
                }
                if (parser.keepAlive()) {
                    free(this);
                } else {
                    socket.close();
                }
            }
        }

        private void closed() {
            connections.remove(this);
            idle.remove(this);
            if (busy && !over) {
                busy = false;
                if (parser.closed()) {
                    answered(intendedNanos, parser, System.nanoTime());
                } else {
                    failed(intendedNanos, "closed");
                }
            }
            connectIfWorthIt();
        }
    }
}
