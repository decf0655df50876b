package dev.anteroom.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.anteroom.gateway.config.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreTest {
    @TempDir
    Path data;

    private final KeyFixture clock = new KeyFixture();

    private KeyStore store() {
        return new KeyStore(data, clock, new SecureRandom());
    }

    private Path file() {
        return data.resolve("keys").resolve("callers.jsonl");
    }

    private NewKey create(KeyStore store) throws KeyStoreException {
        return store.create("ward-7", "summary", Environment.SANDBOX, null, "");
    }

    @Test
    void create_key_isAdmittedWithAllThatIsKnown() throws KeyStoreException {
        KeyStore store = store();

        NewKey made = store.create("ward-7", "summary", Environment.LIVE, Duration.ofDays(90), "night shift");

        assertTrue(made.secret().matches("sk-anteroom-[A-Za-z0-9_-]{43}"));
        CallerKey expected = new CallerKey(
                made.key().keyId(),
                "ward-7",
                Environment.LIVE,
                "summary",
                KeyFixture.START,
                KeyFixture.START.plus(Duration.ofDays(90)),
                null,
                "night shift");
        assertEquals(expected, made.key());
        assertEquals(
                new KeyOutcome.Accepted(expected),
                store().refresh(false).authenticate(made.secret(), KeyFixture.START));
        assertEquals(List.of(expected), store().list());
    }

    @Test
    void authenticate_anythingElse_isUnknown() throws KeyStoreException {
        KeyStore store = store();
        String secret = create(store).secret();
        KeyDirectory directory = store.refresh(false);
        int last = secret.length() - 1;
        char other = secret.charAt(last) == 'A' ? 'B' : 'A';

        for (String presented : List.of(
                "",
                "sk-anteroom-",
                "sk-anteroom-demo",
                secret.substring(0, last),
                secret.substring(0, last) + other,
                secret + "A",
                secret + " ",
                " " + secret,
                secret.toUpperCase(Locale.ROOT),
                secret.substring(0, last) + "\u0141",
                "x".repeat(1_000_000))) {
            assertEquals(new KeyOutcome.Unknown(), directory.authenticate(presented, KeyFixture.START));
        }
        assertInstanceOf(KeyOutcome.Accepted.class, directory.authenticate(CharBuffer.wrap(secret), KeyFixture.START));
    }

    @Test
    void authenticate_atTheEnd_isExpired() throws KeyStoreException {
        KeyStore store = store();
        NewKey made = store.create("ward-7", "summary", Environment.SANDBOX, Duration.ofHours(1), "");
        KeyDirectory directory = store.refresh(false);
        Instant end = KeyFixture.START.plus(Duration.ofHours(1));

        assertEquals(new KeyOutcome.Accepted(made.key()), directory.authenticate(made.secret(), end.minusNanos(1)));
        assertEquals(new KeyOutcome.Expired(made.key()), directory.authenticate(made.secret(), end));
    }

    @Test
    void revoke_runningDirectory_refusesAfterTheNextLook() throws KeyStoreException {
        KeyStore gateway = store();
        NewKey made = create(store());
        NewKey other = create(store());
        KeyDirectory before = gateway.refresh(false);
        assertSame(before, gateway.refresh(false));
        clock.advance(Duration.ofMinutes(1));

        CallerKey revoked = store().revoke(made.key().keyId()).orElseThrow();

        KeyDirectory after = gateway.refresh(false);
        assertNotSame(before, after);
        Instant now = clock.instant();
        assertEquals(now, revoked.revoked());
        assertEquals(new KeyOutcome.Revoked(revoked), after.authenticate(made.secret(), now));
        assertEquals(
                KeyState.REVOKED, after.byId(made.key().keyId()).orElseThrow().stateAt(now));
        assertEquals(new KeyOutcome.Accepted(other.key()), after.authenticate(other.secret(), now));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(revoked, store().revoke(made.key().keyId()).orElseThrow());
        assertTrue(store().revoke("nobody").isEmpty());
    }

    @Test
    void rotate_key_bothAreGoodUntilTheOverlapEnds() throws KeyStoreException {
        KeyStore store = store();
        NewKey old = store.create("ward-7", "summary", Environment.LIVE, Duration.ofDays(10), "n");
        clock.advance(Duration.ofDays(1));
        Instant now = clock.instant();

        Rotation.Rotated rotated =
                assertInstanceOf(Rotation.Rotated.class, store.rotate(old.key().keyId(), Duration.ofMinutes(10)));

        KeyDirectory directory = store.refresh(false);
        assertEquals(new KeyOutcome.Accepted(rotated.old()), directory.authenticate(old.secret(), now));
        assertInstanceOf(
                KeyOutcome.Expired.class, directory.authenticate(old.secret(), now.plus(Duration.ofMinutes(10))));
        assertEquals(
                new KeyOutcome.Accepted(rotated.fresh().key()),
                directory.authenticate(rotated.fresh().secret(), now));
        assertEquals(now.plus(Duration.ofDays(10)), rotated.fresh().key().expires());
        assertEquals("ward-7", rotated.fresh().key().tenant());
        assertEquals(Environment.LIVE, rotated.fresh().key().environment());
    }

    @Test
    void rotate_keyThatEndsSooner_isNotProlonged() throws KeyStoreException {
        KeyStore store = store();
        NewKey old = store.create("ward-7", "summary", Environment.LIVE, Duration.ofMinutes(5), "");

        Rotation.Rotated rotated =
                assertInstanceOf(Rotation.Rotated.class, store.rotate(old.key().keyId(), Duration.ofMinutes(10)));

        assertEquals(old.key().expires(), rotated.old().expires());
    }

    @Test
    void rotate_revokedOrUnknown_makesNothing() throws KeyStoreException {
        KeyStore store = store();
        NewKey made = create(store);
        store.revoke(made.key().keyId());

        assertInstanceOf(Rotation.NotActive.class, store.rotate(made.key().keyId(), Duration.ZERO));
        assertInstanceOf(Rotation.NotFound.class, store.rotate("nobody", Duration.ZERO));
        assertEquals(1, store.list().size());
    }

    @Test
    void refresh_demo_onlyWhereAdmitted() {
        KeyStore store = store();

        assertEquals(new KeyOutcome.Unknown(), store.refresh(false).authenticate("sk-anteroom-demo", KeyFixture.START));
        KeyDirectory demo = store.refresh(true);
        KeyOutcome.Accepted accepted =
                assertInstanceOf(KeyOutcome.Accepted.class, demo.authenticate("sk-anteroom-demo", KeyFixture.START));
        assertTrue(accepted.key().isDemo());
        assertEquals("demo", accepted.key().keyId());
        assertEquals("demo", accepted.key().tenant());
        assertEquals("demo", accepted.key().workflow());
        assertEquals(Environment.SANDBOX, accepted.key().environment());
        assertNull(accepted.key().expires());
        assertSame(demo, store.refresh(true));
        assertEquals(new KeyOutcome.Unknown(), store.refresh(false).authenticate("sk-anteroom-demo", KeyFixture.START));
    }

    @Test
    void files_permissions_areTheOwnersAlone() throws KeyStoreException, IOException {
        create(store());

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file().resolveSibling("callers.lock"))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))));
        Files.setPosixFilePermissions(data.resolve("keys"), PosixFilePermissions.fromString("rwxrwxrwx"));
        create(store());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))));
        try (var left = Files.list(data.resolve("keys"))) {
            assertEquals(
                    List.of("callers.jsonl", "callers.lock"),
                    left.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void files_othersMayWrite_everyKeyIsRefused() throws KeyStoreException, IOException {
        NewKey made = create(store());
        KeyStore gateway = store();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));

        KeyOutcome.Unavailable refused = assertInstanceOf(
                KeyOutcome.Unavailable.class, gateway.refresh(true).authenticate(made.secret(), KeyFixture.START));
        assertTrue(refused.problem().contains("others than the owner may write"), refused.problem());

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        assertInstanceOf(
                KeyOutcome.Accepted.class, gateway.refresh(true).authenticate(made.secret(), KeyFixture.START));
    }

    @Test
    void file_anyDamage_refusesEveryKeyUntilRepaired() throws KeyStoreException, IOException {
        NewKey first = create(store());
        NewKey second = create(store());
        store().revoke(first.key().keyId());
        List<String> lines = Files.readAllLines(file());
        String whole = String.join("\n", lines) + "\n";
        KeyStore gateway = store();
        assertInstanceOf(
                KeyOutcome.Revoked.class, gateway.refresh(true).authenticate(first.secret(), KeyFixture.START));

        for (String damaged : List.of(
                "",
                whole.substring(1),
                whole.substring(0, whole.length() - 1),
                whole.substring(0, whole.length() - 20),
                whole + "x\n",
                whole + "\n",
                whole + "{}\n",
                whole + lines.get(2) + "\n",
                whole.replace("revoked", "revokee"),
                whole.replace("\"revoked\":\"2026", "\"revoked\":\"x026"),
                whole.replace("sandbox", "sandpox"),
                whole.replace("\"hash\":\"", "\"hash\":\"z"),
                whole.replace("\"tenant\":\"ward-7\"", "\"tenant\":7"),
                whole.replace("\"tenant\"", "\"id\""),
                whole.replace("}\n", "} \"x\"\n"),
                whole.replace("ward-7", "ward\u0000"))) {
            Files.writeString(file(), damaged);
            KeyDirectory directory = gateway.refresh(true);
            assertTrue(directory.problem().isPresent(), damaged);
            for (String presented : List.of(first.secret(), second.secret(), "sk-anteroom-demo", "nonsense")) {
                assertInstanceOf(KeyOutcome.Unavailable.class, directory.authenticate(presented, KeyFixture.START));
            }
            KeyStoreException listed = assertThrows(KeyStoreException.class, () -> store().list());
            assertThrows(KeyStoreException.class, () -> create(store()));
            assertTrue(String.valueOf(listed.getMessage()).contains("damaged"), listed.getMessage());
            assertNoSecret(String.valueOf(listed.getMessage()) + directory, first, second);
            assertEquals(damaged, Files.readString(file()), "a damaged file is left as it is");
        }

        Files.writeString(file(), whole);
        assertInstanceOf(
                KeyOutcome.Revoked.class, gateway.refresh(true).authenticate(first.secret(), KeyFixture.START));
        assertInstanceOf(
                KeyOutcome.Accepted.class, gateway.refresh(true).authenticate(second.secret(), KeyFixture.START));
    }

    @Test
    void file_randomDamage_neverRevivesARevokedKey() throws KeyStoreException, IOException {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("KeyStoreTest seed " + seed + " (replay with -Danteroom.seed=" + seed + ")");
        Random random = new Random(seed);
        NewKey first = create(store());
        create(store());
        store().revoke(first.key().keyId());
        byte[] whole = Files.readAllBytes(file());
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = whole.clone();
            if (random.nextBoolean()) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            } else {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            Files.write(file(), damaged);

            KeyOutcome outcome = store().refresh(false).authenticate(first.secret(), KeyFixture.START);

            assertFalse(outcome instanceof KeyOutcome.Accepted, () -> "seed " + seed);
        }
    }

    @Test
    void file_deletedWhileRunning_refusesItsKeys() throws KeyStoreException, IOException {
        KeyStore gateway = store();
        NewKey made = create(store());
        gateway.refresh(false);

        Files.delete(file());

        assertEquals(new KeyOutcome.Unknown(), gateway.refresh(false).authenticate(made.secret(), KeyFixture.START));
    }

    @Test
    void change_manyAtOnce_noneIsLost() throws Exception {
        int threads = 8;
        int each = 12;
        List<NewKey> made = new ArrayList<>();
        List<Callable<List<NewKey>>> work = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            work.add(() -> {
                KeyStore own = store();
                List<NewKey> keys = new ArrayList<>();
                for (int k = 0; k < each; k++) {
                    keys.add(create(own));
                }
                own.revoke(keys.getFirst().key().keyId());
                return keys;
            });
        }
        KeyStore gateway = store();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<NewKey>>> results = work.stream().map(pool::submit).toList();
            while (!results.stream().allMatch(Future::isDone)) {
                assertTrue(gateway.refresh(false).problem().isEmpty());
            }
            for (Future<List<NewKey>> result : results) {
                made.addAll(result.get());
            }
        }

        KeyDirectory directory = gateway.refresh(false);
        assertEquals(threads * each, directory.size());
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < made.size(); i++) {
            KeyOutcome outcome = directory.authenticate(made.get(i).secret(), KeyFixture.START);
            assertEquals(i % each == 0, outcome instanceof KeyOutcome.Revoked);
            assertEquals(i % each != 0, outcome instanceof KeyOutcome.Accepted);
            ids.add(made.get(i).key().keyId());
        }
        assertEquals(made.size(), ids.size());
    }

    @Test
    void change_lockHeldElsewhere_waits() throws Exception {
        create(store());
        Path lockFile = data.resolve("keys/callers.lock");
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<NewKey> waiting;
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
                try (var lock = channel.lock()) {
                    assertTrue(lock.isValid());
                    waiting = pool.submit(() -> create(store()));
                    Thread.sleep(100);
                    assertFalse(waiting.isDone());
                    assertEquals(1, store().list().size());
                }
            }
            waiting.get();
        }
        assertEquals(2, store().list().size());
    }

    @Test
    void change_otherProcessHoldsTheLock_waits() throws Exception {
        create(store());
        Path lockFile = data.resolve("keys/callers.lock");
        Path program = Files.writeString(data.resolve("Hold.java"), """
                void main(String[] a) throws Exception {
                    try (var c = java.nio.channels.FileChannel.open(java.nio.file.Path.of(a[0]), java.nio.file.StandardOpenOption.WRITE);
                            var lock = c.lock()) {
                        System.out.println(lock.isValid());
                        System.in.read();
                    }
                }
                """);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        lockFile.toString())
                .start();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            assertEquals("true", holder.inputReader(StandardCharsets.UTF_8).readLine());
            Future<NewKey> waiting = pool.submit(() -> create(store()));
            Thread.sleep(100);
            assertFalse(waiting.isDone());
            holder.outputWriter(StandardCharsets.UTF_8).close();
            waiting.get();
        } finally {
            holder.destroy();
        }
        assertEquals(2, store().list().size());
    }

    @Test
    void toString_everything_showsNeitherKeyNorHash() throws KeyStoreException, IOException {
        KeyStore store = store();
        NewKey made = create(store);
        KeyDirectory directory = store.refresh(true);
        Rotation rotation = store.rotate(made.key().keyId(), Duration.ZERO);

        String all = made + " " + store + directory + rotation + store.list()
                + directory.authenticate(made.secret(), KeyFixture.START);

        assertNoSecret(all, made);
        assertFalse(Files.readString(file()).contains(made.secret().substring(12)));
    }

    private static void assertNoSecret(String text, NewKey... keys) {
        for (NewKey key : keys) {
            assertFalse(text.contains(key.secret().substring(12, 30)), "a key");
            assertFalse(
                    text.contains(HexFormat.of().formatHex(sha256(key.secret())).substring(0, 16)), "a hash");
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void authenticate_onEveryRequest_allocatesLittle() throws KeyStoreException {
        KeyStore store = store();
        NewKey made = create(store);
        for (int i = 0; i < 30; i++) {
            create(store);
        }
        KeyDirectory directory = store.refresh(false);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int calls = 20_000;
        int accepted = 0;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < calls; i++) {
                accepted +=
                        directory.authenticate(made.secret(), KeyFixture.START) instanceof KeyOutcome.Accepted ? 1 : 0;
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / calls);
        }
        assertEquals(5 * calls, accepted);
        assertTrue(least <= 1_000, least + " bytes a call");
    }
}
