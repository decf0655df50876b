package dev.anteroom.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {
    private static final int SMALL = 100;
    private static final int LARGE = 1 << 20;

    /** Tasks that run when the test says so, as those of another thread or another turn of the loop do. */
    private static final class Tasks {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private int taken;

        void add(Runnable task) {
            taken++;
            queue.add(task);
        }

        boolean runOne() {
            Runnable task = queue.poll();
            if (task != null) {
                task.run();
            }
            return task != null;
        }
    }

    private final Tasks loop = new Tasks();
    private final Tasks detectors = new Tasks();
    private final List<String> heard = new ArrayList<>();
    private boolean full;
    private final OrderedWork work = new OrderedWork(
            loop::add,
            task -> {
                if (full) {
                    throw new RejectedExecutionException();
                }
                detectors.add(task);
            },
            () -> heard.add("rejected"),
            () -> heard.add("failed"));

    private void say(int bytes, String what) {
        work.submit(bytes, () -> () -> heard.add(what));
    }

    private void runAll() {
        while (detectors.runOne() || loop.runOne()) {
            // until nothing is left
        }
    }

    @Test
    void submit_small_runsAtOnce() {
        say(SMALL, "a");
        assertEquals(List.of("a"), heard);
        assertEquals(0, detectors.taken);
        assertFalse(work.isBusy());
    }

    @Test
    void submit_large_runsElsewhereAndIsHeardOnTheLoop() {
        say(LARGE, "a");
        say(SMALL, "b");
        assertEquals(List.of(), heard);
        assertTrue(detectors.runOne());
        assertEquals(List.of(), heard, "heard on the detector's thread");
        assertTrue(loop.runOne());
        assertEquals(List.of("a", "b"), heard);
        assertEquals(1, detectors.taken);
    }

    @Test
    void submit_manySmall_givesOthersTheirTurn() {
        for (int i = 0; i < 100; i++) {
            say(SMALL, "x");
        }
        assertTrue(heard.size() < 50, "one turn did " + heard.size());
        runAll();
        assertEquals(100, heard.size());
        assertEquals(0, detectors.taken);
    }

    @Test
    void submit_atRandom_keepsTheOrder() {
        Random random = new Random(20261123);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String name = Integer.toString(i);
            expected.add(name);
            int bytes = random.nextInt(3) == 0 ? LARGE : random.nextInt(4 * SMALL);
            if (random.nextInt(4) == 0) {
                String nested = name + " nested";
                work.submit(bytes, () -> () -> {
                    heard.add(name);
                    work.submit(random.nextInt(8_000), () -> () -> heard.add(nested));
                });
            } else {
                say(bytes, name);
            }
            switch (random.nextInt(3)) {
                case 0 -> loop.runOne();
                case 1 -> detectors.runOne();
                default -> {}
            }
        }
        runAll();
        List<String> own =
                heard.stream().filter(name -> !name.endsWith("nested")).toList();
        assertEquals(expected, own);
        assertTrue(heard.size() > own.size());
        assertFalse(work.isBusy());
    }

    @Test
    void submit_noThreadFree_saysSoAndForgetsTheRest() {
        say(LARGE, "a");
        say(LARGE, "b");
        say(SMALL, "c");
        full = true;
        runAll();
        assertEquals(List.of("a", "rejected"), heard);
        assertFalse(work.isBusy());
    }

    @Test
    void submit_computationThrows_saysSoAndForgetsTheRest() {
        work.submit(LARGE, () -> {
            throw new IllegalStateException();
        });
        say(SMALL, "b");
        runAll();
        assertEquals(List.of("failed"), heard);
    }

    @Test
    void whenBack_comesBeforeTheResult() {
        work.whenBack(() -> heard.add("now"));
        say(LARGE, "a");
        say(SMALL, "b");
        work.whenBack(() -> {
            heard.add("gone");
            work.drop();
        });
        runAll();
        assertEquals(List.of("now", "gone", "a"), heard);
    }

    @Test
    void onIdle_isHeardWhenNothingIsLeft() {
        work.onIdle(() -> heard.add("idle"));
        say(LARGE, "a");
        say(LARGE, "b");
        runAll();
        assertEquals(List.of("a", "b", "idle"), heard);
    }
}
