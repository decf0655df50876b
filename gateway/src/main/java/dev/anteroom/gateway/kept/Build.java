package dev.anteroom.gateway.kept;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a process was built from. Immutable.
 *
 * @param name version and hash of the sources, for people
 * @param code the files that its classes come from, in the order of the class path
 */
public record Build(String name, List<Content> code) {
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    public Build {
        code = List.copyOf(code);
    }

    /** One whose code is not kept, such as a test's: only a process of the same name can decide for it again. */
    public static Build named(String name) {
        return new Build(name, List.of());
    }

    /** The build of this process. Reads every file of the class path, several at a time: this is on the way of every start. */
    public static Build running(String name) throws IOException {
        try {
            return new Build(
                    name,
                    Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                            .parallel()
                            .map(Path::of)
                            .filter(Files::exists)
                            .map(Build::content)
                            .toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Content content(Path file) {
        try {
            return Files.isDirectory(file)
                    ? packed(file)
                    : new Content(name(file), digest(file), () -> Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 over the digests of the code, in their order. */
    public String digest() {
        return digest(code.stream().map(Content::sha256).toList());
    }

    static String digest(List<String> code) {
        return Sha256.of(code);
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? "" : last.toString();
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return Sha256.hex(in.getMessageDigest());
        }
    }

    /** A folder of classes, as in development, becomes an archive: the same bytes for the same classes. */
    private static Content packed(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> tree = Files.walk(folder)) {
            zip.setLevel(Deflater.BEST_SPEED);
            List<String> names = tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .toList();
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                try (InputStream in = Files.newInputStream(folder.resolve(name))) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
        return Content.of(name(folder) + ".jar", bytes.toByteArray());
    }

    @Override
    public String toString() {
        return "Build[" + name + ", " + code.size() + " files]";
    }
}
