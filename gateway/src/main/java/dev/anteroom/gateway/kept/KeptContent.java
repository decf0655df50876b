package dev.anteroom.gateway.kept;

import dev.anteroom.traces.Intent;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.TraceReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that decided, by its content, as long as a kept record names it: in the folder {@code kept} of the data directory, {@code sha256}
 * holds the bytes and {@code snapshots} a list of them for each snapshot. Thread-safe; every method blocks on files.
 *
 * <p>A list proves itself: the snapshot's hash, which every record names, covers the configuration's canonical text, the redactors' digests
 * and the digest of the code. So the code that a list names may be run where the record is authentic.
 */
public final class KeptContent {
    private static final String MANIFEST = ".json";

    private final Path folder;
    private final Path snapshots;
    private final ContentStore store;

    private KeptContent(Path dataDirectory) {
        this.folder = dataDirectory.resolve("kept");
        this.snapshots = folder.resolve("snapshots");
        this.store = new ContentStore(folder.resolve("sha256"));
    }

    /** What is kept in this data directory; nothing is made yet. */
    public static KeptContent of(Path dataDirectory) {
        return new KeptContent(dataDirectory);
    }

    /**
     * Keeps all that a snapshot is made of; on disk when this returns. What is there already is not written again.
     *
     * @param build its name and code must be those in {@code parts}
     * @param files of the configuration, its own first, named by their absolute place
     * @param models files of the models, named as the models call them
     */
    public void keep(SnapshotParts parts, Build build, List<Content> files, List<Content> models, InstantSource clock)
            throws IOException {
        if (!parts.build().equals(build.name()) || !parts.code().equals(build.digest())) {
            throw new IllegalArgumentException("this is not the build of the snapshot");
        }
        makeFolders();
        try (FileChannel _ = lock()) {
            Content canonical =
                    Content.of("canonical text", parts.canonicalText().getBytes(StandardCharsets.UTF_8));
            store.put(canonical);
            for (List<Content> contents : List.of(files, models, build.code())) {
                for (Content content : contents) {
                    store.put(content);
                }
            }
            store.force();
            Path manifest = manifest(parts.hash());
            if (!Files.exists(manifest)) {
                ContentStore.replace(
                        manifest,
                        new Manifest(
                                        parts.hash(),
                                        clock.instant(),
                                        parts.build(),
                                        Runtime.version().toString(),
                                        canonical.sha256(),
                                        parts.strict(),
                                        parts.balanced(),
                                        files.isEmpty() ? "" : files.getFirst().name(),
                                        Manifest.Item.of(files),
                                        Manifest.Item.of(models),
                                        Manifest.Item.of(build.code()))
                                .json());
            }
            // The snapshot in use; see prune.
            ContentStore.replace(last(), parts.hash().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * What is kept of a snapshot.
     *
     * @throws KeptException where nothing is, or not what the hash stands for
     */
    public KeptSnapshot find(String snapshot) throws KeptException {
        if (!Sha256.isOne(snapshot)) {
            throw new KeptException("the record names no snapshot");
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(Files.readAllBytes(manifest(snapshot)));
        } catch (NoSuchFileException e) {
            throw new KeptException("the snapshot is not kept", e);
        } catch (IOException e) {
            throw new KeptException("the list of what the snapshot was made of cannot be read", e);
        }
        String canonical = new String(store.bytes(manifest.canonical(), "the canonical text"), StandardCharsets.UTF_8);
        SnapshotParts parts = new SnapshotParts(
                canonical, manifest.strict(), manifest.balanced(), manifest.build(), manifest.codeDigest());
        if (!parts.hash().equals(snapshot)) {
            throw new KeptException("the list of what the snapshot was made of belongs to another one");
        }
        return new KeptSnapshot(manifest, store);
    }

    /** The snapshot that was kept last; empty where none was. */
    private String inUse() throws IOException {
        return Files.exists(last()) ? Files.readString(last()) : "";
    }

    /**
     * Removes what no record of this reader names, and the remains of interrupted writes; for whoever has removed records. Reads all of them,
     * and removes nothing where one cannot be read. The snapshot that was kept last stays.
     */
    public Pruned prune(TraceReader reader) throws JournalException, IOException {
        Set<String> named = new HashSet<>();
        named.add(inUse()); // now: its first record may be written while the others are read
        reader.forEachAfter(Optional.empty(), entry -> {
            switch (entry.record()) {
                case Intent intent -> named.add(intent.snapshot());
                case Refusal refusal -> named.add(refusal.snapshot());
                default -> {}
            }
            return true;
        });
        return prune(named);
    }

    /** What a pruning did. Immutable. */
    public record Pruned(int snapshots, int files) {}

    /**
     * The same for who knows what the records name.
     *
     * @param named hashes of all snapshots that a kept record names
     */
    Pruned prune(Set<String> named) throws IOException {
        if (!Files.isDirectory(snapshots)) {
            return new Pruned(0, 0);
        }
        try (FileChannel _ = lock()) {
            List<Path> manifests = new ArrayList<>();
            try (Stream<Path> files = Files.list(snapshots)) {
                files.forEach(manifests::add);
            }
            String last = inUse();
            Set<String> contents = new HashSet<>();
            List<Path> unneeded = new ArrayList<>();
            for (Path file : manifests) {
                String name = String.valueOf(file.getFileName());
                String snapshot = name.endsWith(MANIFEST) ? name.substring(0, name.length() - MANIFEST.length()) : "";
                if (!snapshot.isEmpty() && (named.contains(snapshot) || snapshot.equals(last))) {
                    contents.addAll(contents(file));
                } else {
                    unneeded.add(file);
                }
            }
            for (Path file : unneeded) {
                Files.deleteIfExists(file);
            }
            new ContentStore(snapshots).force();
            return new Pruned(unneeded.size(), store.retain(contents));
        } catch (KeptException e) {
            // What a damaged list names is not known, so nothing may go.
            throw new IOException("nothing was removed: " + e.getMessage(), e);
        }
    }

    private static Set<String> contents(Path file) throws IOException, KeptException {
        Manifest manifest = Manifest.parse(Files.readAllBytes(file));
        Set<String> contents = new HashSet<>();
        contents.add(manifest.canonical());
        Stream.of(manifest.files(), manifest.models(), manifest.code())
                .flatMap(List::stream)
                .forEach(item -> contents.add(item.sha256()));
        return contents;
    }

    private void makeFolders() throws IOException {
        var closed = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        for (Path one : List.of(folder, snapshots, folder.resolve("sha256"))) {
            if (!Files.isDirectory(one)) {
                Files.createDirectories(one, closed);
            }
        }
        new ContentStore(folder).force();
    }

    /** Whoever keeps and whoever removes wait for each other, in one process or two. */
    private FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            var _ = channel.lock(); // ends with the channel
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("what is kept is being changed by this process already", e);
        }
    }

    private Path last() {
        return folder.resolve("last");
    }

    private Path manifest(String snapshot) {
        return snapshots.resolve(snapshot + MANIFEST);
    }

    @Override
    public String toString() {
        return "KeptContent[" + folder + "]";
    }
}
