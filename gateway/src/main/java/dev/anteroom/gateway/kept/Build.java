package dev.anteroom.gateway.kept;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String SUMS = "SHA256SUMS";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    public Build {
        code = List.copyOf(code);
    }

    /** One whose code is not kept, such as a test's: only a process of the same name can decide for it again. */
    public static Build named(String name) {
        return new Build(name, List.of());
    }

    /**
     * The build of this process. This is on the way of every start, so digests are taken from the list that the launcher wrote beside the
     * files, where there is one that is younger than they are; others are read, several at a time. A listed digest is compared with the file
     * when that is kept.
     */
    public static Build running(String name) throws IOException {
        return of(
                name,
                Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                        .map(Path::of)
                        .filter(Files::exists)
                        .toList());
    }

    static Build of(String name, List<Path> files) throws IOException {
        Map<Path, String> listed = new HashMap<>();
        for (Path folder : files.stream().map(Build::folder).distinct().toList()) {
            listed.putAll(listed(folder));
        }
        try {
            return new Build(
                    name,
                    files.parallelStream().map(file -> content(file, listed)).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? Path.of("") : folder;
    }

    /** The digests of the list in a folder, by file. */
    private static Map<Path, String> listed(Path folder) throws IOException {
        Path list = folder.resolve(SUMS);
        Map<Path, String> digests = new HashMap<>();
        if (Files.exists(list)) {
            FileTime written = Files.getLastModifiedTime(list);
            for (String line : Files.readAllLines(list)) {
                String[] fields = line.split("  ", 2);
                Path file = fields.length == 2 ? folder.resolve(fields[1]) : list;
                if (Sha256.isOne(fields[0])
                        && Files.exists(file)
                        && Files.getLastModifiedTime(file).compareTo(written) <= 0) {
                    digests.put(file, fields[0]);
                }
            }
        }
        return digests;
    }

    private static Content content(Path file, Map<Path, String> listed) {
        try {
            if (Files.isDirectory(file)) {
                return packed(file);
            }
            String known = listed.get(file);
            return new Content(name(file), known == null ? digest(file) : known, () -> Files.newInputStream(file));
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
