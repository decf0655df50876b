package dev.anteroom.load;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends calls at a fixed rate, whatever the other side does, and measures each from when it was due. Used by one thread at a time.
 *
 * <p>A call that waits for a connection, because calls before it are not answered, keeps its intended send time: a stall of the other side
 * shows in the latency of every call that fell due in it, as it would for users, and not only in those that were on the wire
 * ("coordinated omission", G. Tene). {@link #saturate} is the closed loop, for throughput only.
 */
public final class OpenLoopGenerator implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final long SPIN_NANOS = 60_000;
    private static final long SPIN_FROM_INTERVAL_NANOS = 400_000;
    private static final long LEAD_NANOS = 20_000_000;

    private final Vertx vertx;
    private final int eventLoops;

    /** A generator with event loops of its own. */
    public OpenLoopGenerator(int eventLoops) {
        this.eventLoops = eventLoops;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    }

    /** Sends the plan at its rate. */
    public LoadResult run(LoadPlan plan) throws InterruptedException {
        AtomicLong open = new AtomicLong();
        List<Lane> lanes = deploy(plan, Math.max(1, plan.maxConnections() / eventLoops), open);
        double interval = 1e9 / plan.ratePerSecond();
        long startNanos = System.nanoTime() + LEAD_NANOS;
        long fromNanos = startNanos + plan.warmup().toNanos();
        long toNanos = fromNanos + plan.length().toNanos();
        lanes.forEach(lane -> lane.context().runOnContext(nothing -> lane.measure(fromNanos, toNanos, false)));
        boolean spins = interval >= SPIN_FROM_INTERVAL_NANOS;
        for (long i = 0; ; i++) {
            long intended = startNanos + (long) (i * interval);
            if (intended >= toNanos) {
                break;
            }
            waitUntil(intended, spins);
            open.incrementAndGet();
            Lane lane = lanes.get((int) (i % lanes.size()));
            lane.context().runOnContext(nothing -> lane.arrive(intended));
        }
        drain(open, plan.grace());
        return collect(lanes, fromNanos, toNanos);
    }

    /** Sends on so many connections as fast as each is answered; the plan's rate is not looked at. */
    public LoadResult saturate(LoadPlan plan, int connections) throws InterruptedException {
        AtomicLong open = new AtomicLong(connections);
        List<Lane> lanes = deploy(plan, (connections + eventLoops - 1) / eventLoops, open);
        long startNanos = System.nanoTime();
        long fromNanos = startNanos + plan.warmup().toNanos();
        long toNanos = fromNanos + plan.length().toNanos();
        lanes.forEach(lane -> lane.context().runOnContext(nothing -> lane.measure(fromNanos, toNanos, true)));
        for (int i = 0; i < connections; i++) {
            Lane lane = lanes.get(i % lanes.size());
            lane.context().runOnContext(nothing -> lane.arrive(System.nanoTime()));
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, toNanos - System.nanoTime()));
        drain(open, plan.grace());
        return collect(lanes, fromNanos, toNanos);
    }

    /** Sends on so many connections for so long as fast as each is answered. */
    public LoadResult saturate(LoadPlan plan, int connections, Duration length) throws InterruptedException {
        return saturate(
                new LoadPlan(
                        plan.target(),
                        plan.ratePerSecond(),
                        plan.warmup(),
                        length,
                        plan.bodies(),
                        plan.headers(),
                        plan.stream(),
                        plan.maxConnections(),
                        plan.grace()),
                connections);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private List<Lane> deploy(LoadPlan plan, int connectionsPerLane, AtomicLong open) {
        List<Lane> lanes = new CopyOnWriteArrayList<>();
        await(vertx.deployVerticle(
                () -> {
                    Lane lane = new Lane(plan, connectionsPerLane, open);
                    lanes.add(lane);
                    return lane;
                },
                new DeploymentOptions().setInstances(eventLoops)));
        return lanes;
    }

    private static void waitUntil(long intendedNanos, boolean spins) throws InterruptedException {
        while (true) {
            long left = intendedNanos - System.nanoTime();
            if (left <= 0) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (spins && left <= SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(spins ? left - SPIN_NANOS : left);
            }
        }
    }

    private static void drain(AtomicLong open, Duration grace) throws InterruptedException {
        long endNanos = System.nanoTime() + grace.toNanos();
        while (open.get() > 0 && System.nanoTime() < endNanos) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private LoadResult collect(List<Lane> lanes, long fromNanos, long toNanos) {
        Histogram total = new Histogram(3);
        Histogram firstByte = new Histogram(3);
        Map<String, Long> errors = new TreeMap<>();
        long[] completedAndLast = {0, toNanos};
        for (Lane lane : lanes) {
            Promise<Void> finished = Promise.promise();
            lane.context().runOnContext(nothing -> {
                lane.finish((laneTotal, laneFirst, laneErrors, completed, lastNanos) -> {
                    total.add(laneTotal);
                    firstByte.add(laneFirst);
                    laneErrors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
                    completedAndLast[0] += completed;
                    completedAndLast[1] =
                            completed > 0 ? Math.max(completedAndLast[1], lastNanos) : completedAndLast[1];
                });
                finished.complete();
            });
            await(finished.future());
        }
        await(vertx.undeploy(lanes.getFirst().context().deploymentID()));
        double seconds = (completedAndLast[1] - fromNanos) / 1e9;
        return new LoadResult(
                completedAndLast[0],
                Map.copyOf(errors),
                completedAndLast[0] / seconds,
                Latency.of(total),
                Latency.of(firstByte));
    }

    private static void await(Future<?> future) {
        try {
            future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("generator: no progress in " + PATIENCE_SECONDS + " s", e);
        }
    }
}
