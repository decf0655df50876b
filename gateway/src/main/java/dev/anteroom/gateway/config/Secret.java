package dev.anteroom.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The current value of a secret that a {@link SecretReference} names. Thread-safe.
 *
 * <p>{@link #read} may touch the disk and belongs on a background thread; {@link #current} never does.
 */
public final class Secret {
    private static final long MAX_BYTES = 64 * 1024;
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final SecretReference reference;
    private final Function<String, @Nullable String> environment;
    private final Clock clock;
    private volatile @Nullable Seen seen;

    Secret(SecretReference reference, Function<String, @Nullable String> environment, Clock clock) {
        this.reference = reference;
        this.environment = environment;
        this.clock = clock;
    }

    public SecretReference reference() {
        return reference;
    }

    /**
     * The secret, or nothing where it is missing, empty or unreadable. A file is looked at no more than once a second and read again when
     * it has changed.
     */
    public Optional<String> read() {
        return switch (reference) {
            case SecretReference.Env(String name) -> {
                String value = trimmed(environment.apply(name));
                seen = new Seen(value, null, null, 0, 0);
                yield Optional.ofNullable(value);
            }
            case SecretReference.File(FileReference file) -> Optional.ofNullable(readFile(file.path()));
        };
    }

    /** What the last {@link #read} found, without looking again. */
    public Optional<String> current() {
        Seen last = seen;
        return last == null ? Optional.empty() : Optional.ofNullable(last.value());
    }

    private synchronized @Nullable String readFile(Path path) {
        long now = clock.millis();
        Seen last = seen;
        if (last != null && now >= last.lookedMillis() && now - last.lookedMillis() < LOOK_AGAIN_MILLIS) {
            return last.value();
        }
        Seen next;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            FileTime modified = attributes.lastModifiedTime();
            Object key = attributes.fileKey();
            if (last != null
                    && modified.equals(last.modified())
                    && attributes.size() == last.size()
                    && same(key, last.fileKey())) {
                next = new Seen(last.value(), modified, key, last.size(), now);
            } else if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
                next = new Seen(null, null, null, 0, now);
            } else {
                next = new Seen(
                        trimmed(Files.readString(path, StandardCharsets.UTF_8)), modified, key, attributes.size(), now);
            }
        } catch (IOException e) {
            // Missing, unreadable or not text: the caller sees that there is no secret, and the message could carry a
            // part of it.
            next = new Seen(null, null, null, 0, now);
        }
        seen = next;
        return next.value();
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == null ? b == null : a.equals(b);
    }

    private static @Nullable String trimmed(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String stripped = value.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    @Override
    public String toString() {
        return "Secret[" + reference + "]";
    }

    private record Seen(
            @Nullable String value,
            @Nullable FileTime modified,
            @Nullable Object fileKey,
            long size,
            long lookedMillis) {
        @Override
        public String toString() {
            return "Seen";
        }
    }
}
