package dev.anteroom.gateway.keys;

import dev.anteroom.gateway.config.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code DATA/keys/callers.jsonl}, which keeps the hashes of the callers' keys. Thread-safe, and safe against other processes.
 *
 * <p>A change reads the file, writes a new one beside it, syncs it and puts it in place, all under a lock; a reader sees the old file or the
 * new one. Every method touches the disk and belongs on a background thread or a command line.
 */
public final class KeyStore {
    private static final String FILE = "callers.jsonl";
    private static final int MAX_BYTES = 32 << 20;
    private static final int LOCK_ATTEMPTS = 1_500;
    private static final long LOCK_PAUSE_MILLIS = 10;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final Path file;
    private final Clock clock;
    private final SecureRandom random;
    private final KeyFile format = new KeyFile();

    private @Nullable Seen seen;
    private KeyDirectory directory = KeyDirectory.of(List.of(), false);

    public KeyStore(Path dataFolder, Clock clock, SecureRandom random) {
        this.folder = dataFolder.resolve("keys");
        this.file = folder.resolve(FILE);
        this.clock = clock;
        this.random = random;
    }

    /**
     * The keys as they are now; the same directory as before where nothing has changed, which costs one look at the attributes of the file. To
     * be called every half second or so by whoever admits callers.
     *
     * @param demo whether the built-in demo key is admitted
     */
    public synchronized KeyDirectory refresh(boolean demo) {
        Seen now;
        try {
            now = look();
        } catch (IOException e) {
            seen = null;
            directory = KeyDirectory.unavailable(file + ": the file cannot be looked at", demo);
            return directory;
        }
        if (!now.equals(seen)) {
            // The attributes are taken before the text: a file that is replaced in between is read again next time.
            // Every change makes the
            // file longer, so a change is seen even within one tick of the file system's clock.
            try {
                directory = KeyDirectory.of(read(), demo);
                seen = now;
            } catch (KeyStoreException e) {
                directory = KeyDirectory.unavailable(String.valueOf(e.getMessage()), demo);
                seen = null;
            } catch (RuntimeException unexpected) {
                // It would end the task that refreshes, and a revoked key would stay good.
                directory = KeyDirectory.unavailable(file + ": the file cannot be understood", demo);
                seen = null;
            }
        }
        directory = directory.withDemo(demo);
        return directory;
    }

    /** All keys, in the order in which they were made. */
    public List<CallerKey> list() throws KeyStoreException {
        return read().stream().map(StoredKey::key).toList();
    }

    /**
     * Makes a key.
     *
     * @param lifetime how long it is good for; null means without end
     */
    public NewKey create(
            String tenant, String workflow, Environment environment, @Nullable Duration lifetime, String note)
            throws KeyStoreException {
        if (!KeyFile.isId(tenant) || !KeyFile.isId(workflow) || !KeyFile.isNote(note)) {
            throw new KeyStoreException("tenant, workflow or note has a form that cannot be kept");
        }
        return change(keys -> {
            Instant now = now();
            Fresh fresh =
                    fresh(keys, tenant, workflow, environment, now, lifetime == null ? null : now.plus(lifetime), note);
            keys.add(fresh.stored());
            return fresh.key();
        });
    }

    /** Makes a key like this one, which itself expires after the overlap. */
    public Rotation rotate(String keyId, Duration overlap) throws KeyStoreException {
        return change(keys -> {
            int index = indexOf(keys, keyId);
            if (index < 0) {
                return new Rotation.NotFound();
            }
            Instant now = now();
            CallerKey old = keys.get(index).key();
            KeyState state = old.stateAt(now);
            if (state != KeyState.ACTIVE) {
                return new Rotation.NotActive(old, state);
            }
            Instant oldEnd = old.expires();
            Instant newEnd = oldEnd == null ? null : now.plus(Duration.between(old.created(), oldEnd));
            Instant overlapEnd = now.plus(overlap);
            CallerKey ending = new CallerKey(
                    old.keyId(),
                    old.tenant(),
                    old.environment(),
                    old.workflow(),
                    old.created(),
                    oldEnd != null && oldEnd.isBefore(overlapEnd) ? oldEnd : overlapEnd,
                    null,
                    old.note());
            Fresh fresh = fresh(keys, old.tenant(), old.workflow(), old.environment(), now, newEnd, old.note());
            keys.set(index, keys.get(index).with(ending));
            keys.add(fresh.stored());
            return new Rotation.Rotated(fresh.key(), ending);
        });
    }

    /** Revokes the key, which stays in the file as revoked; empty where there is none. Revoking twice keeps the first instant. */
    public Optional<CallerKey> revoke(String keyId) throws KeyStoreException {
        return change(keys -> {
            int index = indexOf(keys, keyId);
            if (index < 0) {
                return Optional.empty();
            }
            CallerKey old = keys.get(index).key();
            if (old.revoked() != null) {
                return Optional.of(old);
            }
            CallerKey revoked = new CallerKey(
                    old.keyId(),
                    old.tenant(),
                    old.environment(),
                    old.workflow(),
                    old.created(),
                    old.expires(),
                    now(),
                    old.note());
            keys.set(index, keys.get(index).with(revoked));
            return Optional.of(revoked);
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static int indexOf(List<StoredKey> keys, String keyId) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).key().keyId().equals(keyId)) {
                return i;
            }
        }
        return -1;
    }

    private Fresh fresh(
            List<StoredKey> keys,
            String tenant,
            String workflow,
            Environment environment,
            Instant now,
            @Nullable Instant expires,
            String note) {
        String id = Secrets.newId(random);
        while (indexOf(keys, id) >= 0) {
            id = Secrets.newId(random);
        }
        String secret = Secrets.newSecret(random);
        CallerKey key = new CallerKey(id, tenant, environment, workflow, now, expires, null, note);
        return new Fresh(new NewKey(key, secret), new StoredKey(key, Secrets.hash(secret)));
    }

    private Seen look() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return new Seen(null, -1, null);
        }
    }

    private List<StoredKey> read() throws KeyStoreException {
        byte[] bytes;
        try {
            if (posix() && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_WRITE::contains)) {
                throw new KeyStoreException(
                        file + ": others than the owner may write this file; take that from them (chmod 600)");
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        } catch (IOException e) {
            throw new KeyStoreException(file + ": the file cannot be read");
        }
        if (bytes.length > MAX_BYTES) {
            throw new KeyStoreException(file + ": the file is too large");
        }
        return format.parse(bytes, file.toString());
    }

    private <T> T change(Change<T> change) throws KeyStoreException {
        try {
            prepareFolder();
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("callers.lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            attributes(OWNER_FILE));
                    FileLock lock = lock(channel)) {
                List<StoredKey> keys = read();
                byte[] before = format.render(keys);
                T result = change.apply(keys);
                byte[] after = format.render(keys);
                if (lock.isValid() && !Arrays.equals(before, after)) {
                    replace(after);
                }
                return result;
            }
        } catch (IOException e) {
            throw new KeyStoreException(folder + ": the keys cannot be written");
        }
    }

    private void prepareFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(folder, attributes(OWNER_FOLDER));
        }
        if (posix()) {
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
    }

    /** Waits for the lock; another thread of this process that holds it looks the same as another process. */
    private FileLock lock(FileChannel channel) throws IOException, KeyStoreException {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Held within this process; wait like for any other.
            }
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KeyStoreException(folder + ": interrupted while waiting for another change");
            }
        }
        throw new KeyStoreException(folder + ": another process has been changing the keys for too long");
    }

    private void replace(byte[] bytes) throws IOException {
        Path fresh = folder.resolve(FILE + ".tmp");
        Files.deleteIfExists(fresh);
        try (FileChannel out = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(OWNER_FILE))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        if (posix()) {
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return "KeyStore[" + file + "]";
    }

    @FunctionalInterface
    private interface Change<T> {
        T apply(List<StoredKey> keys);
    }

    private record Fresh(NewKey key, StoredKey stored) {}

    private record Seen(
            @Nullable FileTime modified,
            long size,
            @Nullable Object fileKey) {}
}
