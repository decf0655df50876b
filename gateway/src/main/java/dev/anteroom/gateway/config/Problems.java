package dev.anteroom.gateway.config;

import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** The errors of one file, collected into the list of the whole configuration. Confined to one thread. */
final class Problems {
    private static final int LONGEST_SHOWN = 60;

    private final Path file;
    private final List<ConfigError> all;
    private int count;

    Problems(Path file, List<ConfigError> all) {
        this.file = file;
        this.all = all;
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
        int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        add(line, column, path, problem, expected);
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
