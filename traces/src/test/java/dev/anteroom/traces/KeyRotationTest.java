package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRotationTest {
    private static final KeyRing.Role OPERATOR = KeyRing.Role.OPERATOR;

    @TempDir
    private Path temp;

    private Path data;
    private Random random;
    private Calls calls;

    @BeforeEach
    void seed() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("KeyRotationTest: -Danteroom.seed=" + seed);
        random = new Random(seed);
        data = temp.resolve("data");
        calls = new Calls(data, random);
    }

    private KeyRotation rotation(KeyRing.Role role, Disk disk) throws JournalException {
        return new KeyRotation(data, calls.keys(), role, calls.access(), disk);
    }

    private KeyRotation.Rotated rotate(KeyRing.Role role) throws JournalException {
        return rotation(role, Disk.REAL).rotate("jane", "the yearly rotation", Fixtures.RANDOM);
    }

    private KeyRotation.Rewrapped rewrap(KeyRing.Role role) throws JournalException {
        return rotation(role, Disk.REAL).rewrap("jane", "the yearly rotation");
    }

    private void assertWhole(List<Calls.Call> written) throws JournalException {
        for (Calls.Call call : written) {
            assertEquals(List.of(call.original(), call.intent(), call.outcome()), calls.records(call.id()));
        }
    }

    private void assertSame(Map<RecordId, byte[]> before) throws Exception {
        Map<RecordId, byte[]> after = calls.leaves();
        assertEquals(before.keySet(), after.keySet());
        before.forEach((id, leaf) -> assertArrayEquals(leaf, after.get(id), id.toString()));
    }

    @Test
    void rotate_atRandomPointsWithAReaderRunning_everythingStaysReadable() throws Exception {
        List<Calls.Call> written = java.util.Collections.synchronizedList(new ArrayList<>(calls.lifetime(2)));
        TraceReader reader = TraceReader.open(data, calls.keys()).withOriginals();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reading = Thread.ofPlatform().start(() -> {
            try {
                Random own = new Random(7);
                while (!over.get()) {
                    Calls.Call call = written.get(own.nextInt(written.size()));
                    assertEquals(
                            List.of(call.original(), call.intent(), call.outcome()),
                            reader.find(call.id()).orElseThrow().entries().stream()
                                    .map(Trace.Entry::record)
                                    .toList());
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        for (int i = 0; i < 8; i++) {
            KeyRing.Role role = random.nextBoolean() ? OPERATOR : KeyRing.Role.ORIGINALS;
            rotate(role);
            if (random.nextBoolean()) {
                assertTrue(rewrap(role).isComplete());
            }
            written.addAll(calls.lifetime(random.nextInt(20)));
        }
        over.set(true);
        reading.join();
        assertEquals(null, failure.get());
        assertWhole(written);
    }

    @Test
    void rotate_oldKey_staysBesideTheNewOneAndOpens() throws Exception {
        List<Calls.Call> written = new ArrayList<>(calls.lifetime(3));
        String before = Files.readString(data.resolve("keys/operator.key"));
        KeyRotation.Rotated rotated = rotate(OPERATOR);
        assertEquals(before, Files.readString(rotated.oldFile()));
        assertEquals(data.resolve("keys/operator-" + rotated.oldKey() + ".key"), rotated.oldFile());
        assertNotEquals(before, Files.readString(rotated.file()));
        assertEquals(rotated.newKey(), KeyRing.hex(calls.keys().activeId(OPERATOR)));
        written.addAll(calls.lifetime(3));
        assertWhole(written);
        assertEquals(
                List.of(new Act.KeyRotated("operator", rotated.oldKey(), rotated.newKey())),
                calls.entries().stream().map(Access::act).toList());
        try (var files = Files.list(data.resolve("keys"))) {
            assertEquals(
                    3,
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("o"))
                            .count());
        }
    }

    @Test
    void rewrap_finished_needsTheOldKeyNoMoreAndOldCopiesNeedIt() throws Exception {
        List<Calls.Call> written = new ArrayList<>(calls.lifetime(50));
        written.addAll(calls.lifetime(5));
        Map<RecordId, byte[]> before = calls.leaves();
        Path backup = Fixtures.copy(data, Files.createDirectory(temp.resolve("backup")));
        KeyRotation.Rotated rotated = rotate(OPERATOR);
        KeyRotation.Rewrapped done = rewrap(OPERATOR);
        assertTrue(done.isComplete(), done.toString());
        // Decisions of three records a call, bodies of two; and of the entry of the rotation its decision.
        assertEquals(55 * 5 + 1, done.records());
        Files.delete(rotated.oldFile());
        assertWhole(written);
        assertSame(before);
        assertEquals(3, calls.entries().size() + 1);
        assertEquals(List.of(), TraceReader.open(data, calls.keys()).check().problems());
        TraceReader old = TraceReader.open(backup, calls.keys());
        assertEquals(
                JournalException.Kind.KEY,
                assertThrows(
                                JournalException.class,
                                () -> old.find(written.getFirst().id()))
                        .kind());
        assertEquals(0, rewrap(OPERATOR).records());
    }

    @Test
    void rewrap_ofOriginals_leavesTheOperatorKeyAlone() throws Exception {
        List<Calls.Call> written = calls.lifetime(4);
        String operator = Files.readString(data.resolve("keys/operator.key"));
        KeyRotation.Rotated rotated = rotate(KeyRing.Role.ORIGINALS);
        assertEquals(4, rewrap(KeyRing.Role.ORIGINALS).records());
        Files.delete(rotated.oldFile());
        assertEquals(operator, Files.readString(data.resolve("keys/operator.key")));
        assertWhole(written);
    }

    @Test
    void rewrap_killedAtEveryPoint_losesNothingAndGoesOn() throws Exception {
        List<Calls.Call> written = new ArrayList<>(calls.lifetime(30));
        written.addAll(calls.lifetime(5));
        Map<RecordId, byte[]> before = calls.leaves();
        KeyRotation.Rotated rotated = rotate(OPERATOR);
        int deaths = 0;
        for (int operations = random.nextInt(4); ; operations += 1 + random.nextInt(40)) {
            KeyRotation dying = rotation(OPERATOR, new DyingDisk(operations, random));
            try {
                assertTrue(dying.rewrap("jane", "the yearly rotation").isComplete());
                break;
            } catch (JournalException e) {
                deaths++;
                assertTrue(dying.isUnfinished());
                // A torn slot is mended by whoever takes the lock next; all others open with old or new keys.
                try (Maintenance _ = Maintenance.begin(data)) {
                    Rewrap.finishPending(data.resolve("journal"), Disk.REAL);
                }
                assertWhole(written);
            }
        }
        System.out.println("KeyRotationTest: died " + deaths + " times");
        assertTrue(deaths > 2);
        assertFalse(rotation(OPERATOR, Disk.REAL).isUnfinished());
        Files.delete(rotated.oldFile());
        assertWhole(written);
        assertSame(before);
        assertEquals(List.of(), Fixtures.files(data, ".rewrap"));
    }

    @Test
    void rewrap_whileALifetimeRuns_leavesItAndSaysSo() throws Exception {
        List<Calls.Call> written = new ArrayList<>(calls.lifetime(3));
        KeyRotation.Rotated rotated;
        try (Journal journal = Journal.open(calls.options())) {
            written.addAll(calls.append(journal, 2));
            rotated = rotate(OPERATOR);
            KeyRotation.Rewrapped done = rewrap(OPERATOR);
            assertFalse(done.isComplete());
            assertEquals(2 * 5, done.running());
            assertEquals(Set.of(rotated.oldKey()), done.olderKeys());
            written.addAll(calls.append(journal, 2));
        }
        assertTrue(rotation(OPERATOR, Disk.REAL).isUnfinished());
        KeyRotation.Rewrapped done = rewrap(OPERATOR);
        assertTrue(done.isComplete(), done.toString());
        Files.delete(rotated.oldFile());
        assertWhole(written);
    }

    @Test
    void shred_afterARewrapThatDied_isNotUndoneWhenItGoesOn() throws Exception {
        List<Calls.Call> written = calls.lifetime(3);
        rotate(OPERATOR);
        // Dies when the file beside the segment is whole and nothing of the segment was changed.
        KeyRotation dying = rotation(OPERATOR, new DyingDisk(2, random));
        assertThrows(JournalException.class, () -> dying.rewrap("jane", "the yearly rotation"));
        assertEquals(1, Fixtures.files(data, ".rewrap").size());
        String id = written.get(1).id();
        calls.shredder().shred(Selection.of(id), EnumSet.of(RecordPart.BODIES), "jane", "while it was down");
        rewrap(OPERATOR);
        Intent intent = assertInstanceOf(Intent.class, calls.records(id).get(1));
        assertInstanceOf(BodyText.Shredded.class, intent.redactedRequest());
        assertWhole(List.of(written.get(0), written.get(2)));
    }

    @Test
    void rewrap_oldKeyIsMissing_saysWhichRecordsAndChangesNoneOfThem() throws Exception {
        List<Calls.Call> written = calls.lifetime(1);
        KeyRotation.Rotated rotated = rotate(OPERATOR);
        byte[] old = Files.readAllBytes(rotated.oldFile());
        Files.delete(rotated.oldFile());
        KeyRotation.Rewrapped done = rewrap(OPERATOR);
        assertFalse(done.isComplete());
        assertTrue(
                done.problems().getFirst().contains(rotated.oldKey()),
                done.problems().toString());
        Files.write(rotated.oldFile(), old);
        assertWhole(written);
    }

    @Test
    void rotate_keyFromACommand_isRefusedAndRewrapTakesItsFirst() throws Exception {
        List<Calls.Call> written = calls.lifetime(2);
        String old = Files.readString(data.resolve("keys/operator.key")).strip();
        String fresh = "ab".repeat(32);
        KeySource source = new KeySource.Command(
                List.of("/bin/sh", "-c", "echo " + fresh + "; echo " + old), KeySource.Command.DEFAULT_LIMIT);
        KeySource originals = KeySource.in(data.resolve("keys"), KeyRing.Role.ORIGINALS);
        KeyRing both = KeyRing.open(source, originals);
        AccessLog access = new AccessLog(data, both, calls.clock, Fixtures.RANDOM);
        KeyRotation rotation = new KeyRotation(data, both, OPERATOR, access);
        assertEquals(
                JournalException.Kind.INVALID,
                assertThrows(JournalException.class, () -> rotation.rotate("jane", "from a command", Fixtures.RANDOM))
                        .kind());
        assertTrue(rotation.rewrap("jane", "from a command").isComplete());
        KeyRing alone = KeyRing.open(
                new KeySource.Command(List.of("/bin/echo", fresh), KeySource.Command.DEFAULT_LIMIT), originals);
        for (Calls.Call call : written) {
            assertEquals(List.of(call.original(), call.intent(), call.outcome()), calls.records(alone, call.id()));
        }
    }

    /** Does so many operations, then tears a write in two and fails for ever. */
    private static final class DyingDisk implements Disk {
        private final Random random;
        private int left;

        DyingDisk(int operations, Random random) {
            this.left = operations;
            this.random = random;
        }

        @Override
        public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
            if (left-- > 0) {
                REAL.write(channel, bytes, position);
                return;
            }
            if (left == -1) {
                REAL.write(channel, bytes.slice(bytes.position(), random.nextInt(bytes.remaining())), position);
            }
            throw new IOException("died");
        }

        @Override
        public void force(FileChannel channel) throws IOException {
            if (left-- <= 0) {
                throw new IOException("died");
            }
            REAL.force(channel);
        }
    }
}
