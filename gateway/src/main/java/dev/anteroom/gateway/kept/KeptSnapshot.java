package dev.anteroom.gateway.kept;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is kept of one snapshot. Immutable. All that it hands out has the digest that the snapshot's list names. */
public final class KeptSnapshot {
    private final Manifest manifest;
    private final ContentStore store;

    KeptSnapshot(Manifest manifest, ContentStore store) {
        this.manifest = manifest;
        this.store = store;
    }

    /** Its hash. */
    public String hash() {
        return manifest.snapshot();
    }

    /** The name of the build that decided. */
    public String build() {
        return manifest.build();
    }

    /** The digest of that build's code. */
    public String code() {
        return manifest.codeDigest();
    }

    /** When the snapshot was made first. */
    public Instant time() {
        return manifest.time();
    }

    /** Where the configuration's own file lay. */
    public Path config() {
        return Path.of(manifest.config());
    }

    /** The files of the configuration, by where they lay. */
    public Map<Path, byte[]> files() throws KeptException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (Manifest.Item item : manifest.files()) {
            files.put(Path.of(item.name()), store.bytes(item.sha256(), "the configuration's file " + item.name()));
        }
        return files;
    }

    /** The digests of the models' files, by name; two snapshots with the same have the same models. */
    public Map<String, String> models() {
        return manifest.models().stream().collect(Collectors.toMap(Manifest.Item::name, Manifest.Item::sha256));
    }

    /** The bytes of one of the models' files. */
    public byte[] model(String name) throws KeptException {
        String file = "the model's file " + name;
        String sha256 = models().get(name);
        if (sha256 == null) {
            throw new KeptException(file + " is not kept");
        }
        return store.bytes(sha256, file);
    }

    /** The class path of the build that decided. */
    public List<Path> classPath() throws KeptException {
        List<Path> classPath = new ArrayList<>();
        for (Manifest.Item item : manifest.code()) {
            classPath.add(store.verified(item.sha256(), "the program's file " + item.name()));
        }
        return classPath;
    }

    @Override
    public String toString() {
        return "KeptSnapshot[" + manifest.snapshot() + "]";
    }
}
