package dev.anteroom.gateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the files of a configuration come from: the disk, or what was kept of an earlier one. Implementations are thread-safe. */
public interface ConfigFiles {

    /** What is wrong with this file, or null where it can be opened. */
    @Nullable
    String problem(Path file);

    /** Opens a file. */
    InputStream open(Path file) throws IOException;

    /** The files as they lie on disk. */
    static ConfigFiles onDisk() {
        return new ConfigFiles() {
            @Override
            public @Nullable String problem(Path file) {
                if (Files.isRegularFile(file)) {
                    return null;
                }
                return Files.exists(file) ? "this is not a file" : "there is no such file";
            }

            @Override
            public InputStream open(Path file) throws IOException {
                return Files.newInputStream(file);
            }
        };
    }

    /** The files of {@link ConfigResult.Loaded#files()}, wherever they lay then. */
    static ConfigFiles kept(Map<Path, byte[]> files) {
        return new ConfigFiles() {
            @Override
            public @Nullable String problem(Path file) {
                return files.containsKey(place(file)) ? null : "there is no such file";
            }

            @Override
            public InputStream open(Path file) throws IOException {
                byte[] bytes = files.get(place(file));
                if (bytes == null) {
                    throw new IOException("not kept");
                }
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** The one name of a file, however the configuration writes it. */
    static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
