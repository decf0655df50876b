package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRingTest {
    @TempDir
    private Path data;

    @Test
    void openOrCreate_firstAndSecondTime_createsOnceForTheOwnerOnly() throws Exception {
        Path directory = data.resolve("keys");
        KeyRing first = KeyRing.openOrCreate(directory, Fixtures.RANDOM);
        KeyRing second = KeyRing.openOrCreate(directory, Fixtures.RANDOM);
        assertTrue(first.created());
        assertFalse(second.created());
        assertEquals(first.activeId(), second.activeId());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
        assertFalse(first.toString().contains(Files.readString(first.file()).strip()));
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
        Files.move(data.resolve("keys/operator.key"), data.resolve("keys/2026.key"));
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
        Files.delete(data.resolve("keys/2026.key"));
        TraceReader withoutOld = TraceReader.open(data, Fixtures.keys(data));
        JournalException e = assertThrows(JournalException.class, () -> withoutOld.find(before.traceId()));
        assertEquals(JournalException.Kind.KEY, e.kind());
        assertTrue(withoutOld.find(after.traceId()).isPresent());
    }
}
