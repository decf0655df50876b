package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSecretTest {
    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();

    @Test
    void read_environmentVariable_isTrimmedAndFollowed() {
        Map<String, String> environment = new HashMap<>();
        Secret secret = new SecretReference.Env("KEY").open(environment::get, clock);

        assertEquals(Optional.empty(), secret.current());
        assertEquals(Optional.empty(), secret.read());
        environment.put("KEY", "value-1\n");
        assertEquals(Optional.of("value-1"), secret.read());
        assertEquals(Optional.of("value-1"), secret.current());
        environment.put("KEY", "  ");
        assertEquals(Optional.empty(), secret.read());
    }

    @Test
    void read_fileThatChanges_isReadAgainAfterASecond() throws IOException {
        Path file = folder.resolve("key");
        Secret secret = new SecretReference.File(new FileReference("key", file)).open(name -> null, clock);
        assertEquals(Optional.empty(), secret.read());

        Files.writeString(file, "value-1\r\n");
        assertEquals(Optional.empty(), secret.read());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.of("value-1"), secret.read());

        Files.writeString(file, "value-2\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2027-01-01T00:00:00Z")));
        clock.advance(Duration.ofMillis(999));
        assertEquals(Optional.of("value-1"), secret.read());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of("value-2"), secret.read());
        assertEquals(Optional.of("value-2"), secret.current());

        Files.delete(file);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), secret.read());
    }

    @Test
    void read_fileThatIsNoText_isNothing() throws IOException {
        Path file = Files.write(folder.resolve("key"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertEquals(
                Optional.empty(),
                new SecretReference.File(new FileReference("key", file))
                        .open(name -> null, clock)
                        .read());
        assertEquals(
                Optional.empty(),
                new SecretReference.File(new FileReference(".", folder))
                        .open(name -> null, clock)
                        .read());
    }

    @Test
    void toString_afterReading_saysOnlyWhereItIsKept() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "the-secret-value");
        Secret secret = new SecretReference.File(new FileReference("key", file)).open(name -> null, clock);
        assertEquals(Optional.of("the-secret-value"), secret.read());

        assertEquals("Secret[file:key]", secret.toString());
        assertFalse(secret.reference().toString().contains("the-secret-value"));
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
