package dev.anteroom.gateway.config;

import java.nio.file.Path;

/**
 * One thing that is wrong in a configuration file, where it stands, and what would be right. Immutable.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole file is meant
 * @param path the place in the document, such as {@code targets[1].baseUrl}; empty for the document itself
 * @param expected what would be right; empty where the problem already says so
 */
public record ConfigError(Path file, int line, int column, String path, String problem, String expected) {

    /** One line for a person: {@code FILE:LINE:COLUMN PATH: PROBLEM (expected: ...)}. */
    public String render() {
        StringBuilder out = new StringBuilder(160).append(file);
        if (line > 0) {
            out.append(':').append(line).append(':').append(column);
        }
        out.append(path.isEmpty() ? ":" : " " + path + ":").append(' ').append(problem);
        if (!expected.isEmpty()) {
            out.append(" (expected: ").append(expected).append(')');
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return render();
    }
}
