package dev.anteroom.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Appends security events to a file that its owner alone may read, one JSON object a line. Confined to one thread. */
final class EventFile implements Consumer<List<SecurityEvent>> {
    private final Path file;
    private final String gatewayId;

    EventFile(Path file, String gatewayId) {
        this.file = file;
        this.gatewayId = gatewayId;
    }

    @Override
    public void accept(List<SecurityEvent> events) {
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            for (SecurityEvent event : events) {
                ByteBuffer line = ByteBuffer.wrap(EventFormat.jsonLine(event, gatewayId));
                while (line.hasRemaining()) {
                    out.write(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
