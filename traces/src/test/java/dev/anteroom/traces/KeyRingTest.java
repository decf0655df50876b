package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class KeyRingTest {
    @TempDir
    private Path data;

    @Test
    void openOrCreate_firstAndSecondTime_createsOnceForTheOwnerOnly() throws Exception {
        Path directory = data.resolve("keys");
        KeyRing first = KeyRing.openOrCreate(directory, Fixtures.RANDOM);
        KeyRing second = KeyRing.openOrCreate(directory, Fixtures.RANDOM);
        List<Path> made = List.of(directory.resolve("operator.key"), directory.resolve("originals.key"));
        assertEquals(made, first.created());
        assertEquals(List.of(), second.created());
        for (KeyRing.Role role : KeyRing.Role.values()) {
            assertEquals(first.activeId(role), second.activeId(role));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
        for (Path file : made) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertFalse(first.toString().contains(Files.readString(file).strip()));
        }
    }

    @Test
    void open_missingKey_isRefusedAndNoneIsMade() {
        KeySource missing = KeySource.in(data, KeyRing.Role.OPERATOR);
        assertEquals(
                JournalException.Kind.KEY, refused(() -> KeyRing.open(missing)).kind());
        assertFalse(Files.exists(data.resolve("operator.key")));
    }

    @Test
    void open_sameKeyForBothRoles_isRefused() throws Exception {
        KeyRing.openOrCreate(data, Fixtures.RANDOM);
        Files.copy(data.resolve("operator.key"), data.resolve("copy.key"));
        JournalException refused = refused(() ->
                KeyRing.open(KeySource.in(data, KeyRing.Role.OPERATOR), new KeySource.File(data.resolve("copy.key"))));
        assertTrue(String.valueOf(refused.getMessage()).contains("is an operator key too"), refused.getMessage());
    }

    @Test
    void open_ofACommand_takesTheFirstLineToSealAndAllToOpen() throws Exception {
        String keys = "0".repeat(64) + "\n" + "1".repeat(64);
        KeyRing ring = KeyRing.open(command("printf '" + keys + "\n'"));
        KeyRing older = KeyRing.open(command("printf " + "1".repeat(64)));
        assertTrue(ring.has(older.activeId(KeyRing.Role.OPERATOR)));
        assertFalse(older.has(ring.activeId(KeyRing.Role.OPERATOR)));
        assertFalse(ring.has(KeyRing.Role.ORIGINALS));
        assertFalse(ring.toString().contains("0000"), ring.toString());
    }

    @Test
    void open_ofACommandThatDoesWrong_saysWhatWithoutItsOutput() {
        String secret = "5ec7e7" + "0".repeat(58);
        Map<String, String> wrong = Map.of(
                "printf " + secret + "; exit 3",
                "ended with exit code 3",
                "printf " + secret.substring(1),
                "printed what is no key",
                "printf '" + secret + "\n\n" + secret + "'",
                "printed what is no key",
                "true",
                "printed what is no key",
                "printf " + secret + " >&2",
                "printed what is no key",
                "printf " + secret + "; sleep 60",
                "did not end within 700 ms",
                "yes " + secret,
                "printed more than");
        wrong.forEach((script, said) -> {
            JournalException refused = refused(() -> KeyRing.open(command(script)));
            assertEquals(JournalException.Kind.KEY, refused.kind());
            assertTrue(String.valueOf(refused.getMessage()).contains(said), script + ": " + refused.getMessage());
            assertFalse(String.valueOf(refused.getMessage()).contains("5ec7e7"), refused.getMessage());
        });
        JournalException none = refused(() -> KeyRing.open(new KeySource.Command(
                List.of(data.resolve("nothing").toString(), "--token=5ec7e7"), Duration.ofSeconds(5))));
        assertTrue(String.valueOf(none.getMessage()).endsWith("cannot be run"), none.getMessage());
        assertFalse(String.valueOf(none.getMessage()).contains("5ec7e7"), none.getMessage());
    }

    private static KeySource command(String script) {
        // Only the one that hangs must not have to wait; the others may take their time on a busy machine.
        Duration limit = script.contains("sleep") ? Duration.ofMillis(700) : KeySource.Command.DEFAULT_LIMIT;
        return new KeySource.Command(List.of("/bin/sh", "-c", script), limit);
    }

    private static JournalException refused(Executable open) {
        return assertThrows(JournalException.class, open);
    }

    @Test
    void openOrCreate_damagedKey_isRefusedWithoutQuotingIt() throws IOException {
        Path directory = Files.createDirectories(data.resolve("keys"));
        Files.writeString(directory.resolve("operator.key"), "deadbeefzz");
        JournalException e =
                assertThrows(JournalException.class, () -> KeyRing.openOrCreate(directory, Fixtures.RANDOM));
        assertEquals(JournalException.Kind.KEY, e.kind());
        assertFalse(String.valueOf(e.getMessage()).contains("deadbeef"));
    }

    @Test
    void read_afterRotation_opensBothOldAndNewRecords() throws Exception {
        Intent before = Fixtures.intent("before");
        Intent after = Fixtures.intent("after");
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            Fixtures.get(journal.append(before));
        }
        Files.move(data.resolve("keys/operator.key"), data.resolve("keys/operator-2026.key"));
        try (Journal journal = Journal.open(Fixtures.options(data))) {
            Fixtures.get(journal.append(after));
        }
        TraceReader reader = TraceReader.open(data, Fixtures.keys(data));
        assertEquals(
                before,
                reader.find(before.traceId()).orElseThrow().entries().getFirst().record());
        assertEquals(
                after,
                reader.find(after.traceId()).orElseThrow().entries().getFirst().record());
        Files.delete(data.resolve("keys/operator-2026.key"));
        TraceReader withoutOld = TraceReader.open(data, Fixtures.keys(data));
        JournalException e = assertThrows(JournalException.class, () -> withoutOld.find(before.traceId()));
        assertEquals(JournalException.Kind.KEY, e.kind());
        assertTrue(withoutOld.find(after.traceId()).isPresent());
    }
}
