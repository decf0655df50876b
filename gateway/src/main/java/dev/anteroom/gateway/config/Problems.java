package dev.anteroom.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The errors and warnings of one file, collected into the lists of the whole configuration, and what was read of it. Confined to one
 * thread.
 */
final class Problems {
    private static final int LONGEST_SHOWN = 60;

    private final Path file;
    private final List<ConfigError> all;
    private final List<ConfigError> warnings;
    private final ConfigFiles files;
    private final Map<Path, byte[]> read;
    private int count;

    Problems(Path file, List<ConfigError> all, List<ConfigError> warnings, ConfigFiles files, Map<Path, byte[]> read) {
        this.file = file;
        this.all = all;
        this.warnings = warnings;
        this.files = files;
        this.read = read;
    }

    /** Those of another file of the same configuration. */
    Problems of(Path other) {
        return new Problems(other, all, warnings, files, read);
    }

    /** The whole file, cut behind {@code most} bytes; null where it cannot be had, which is then an error. */
    byte @Nullable [] bytes(Path wanted, int most, String expected) {
        String problem = files.problem(wanted);
        if (problem != null) {
            add(0, 0, "", problem, expected);
            return null;
        }
        try (InputStream in = files.open(wanted)) {
            byte[] bytes = in.readNBytes(most);
            read.put(ConfigFiles.place(wanted), bytes);
            return bytes;
        } catch (IOException e) {
            add(0, 0, "", "the file cannot be read", expected);
            return null;
        }
    }

    /** How many errors this file has so far. */
    int count() {
        return count;
    }

    void add(int line, int column, String path, String problem, String expected) {
        count++;
        all.add(new ConfigError(file, line, column, path, problem, expected));
    }

    void add(Node node, String path, String problem, String expected) {
        add(line(node), column(node), path, problem, expected);
    }

    /** Notes what is not wrong but should be looked at. */
    void warn(Node node, String path, String problem, String expected) {
        warnings.add(new ConfigError(file, line(node), column(node), path, problem, expected));
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }

    /** What was written, for a message: bounded, on one line, and not at all where it looks like a secret. */
    static String shown(String written) {
        if (written.regionMatches(true, 0, "sk-", 0, 3) || written.length() > LONGEST_SHOWN) {
            return "a text of " + written.length() + " characters";
        }
        StringBuilder out = new StringBuilder(written.length() + 2).append('\'');
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return out.append('\'').toString();
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
