package dev.anteroom.gateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of one entry a line; blank lines and lines that begin with {@code #} say nothing. Stateless.
 *
 * <p>Entries may be names of people, so problems name lines and never what stands there.
 */
final class ListFile {
    private static final int LONGEST_ENTRY = 500;
    private static final int MOST_PROBLEMS = 20;

    private ListFile() {}

    /** The entries in their order, each once; empty where the file cannot be read or has errors, which are reported. */
    static List<String> read(FileReference reference, Problems problems) {
        String text = TextFile.read(reference.path(), problems, "a readable file of one entry a line, UTF-8");
        if (text == null) {
            return List.of();
        }
        List<String> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size() && problems.count() < MOST_PROBLEMS; i++) {
            String entry = lines.get(i).strip();
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            if (entry.length() > LONGEST_ENTRY || entry.chars().anyMatch(Character::isISOControl)) {
                problems.add(
                        i + 1,
                        1,
                        "",
                        "the line is too long or holds a control character",
                        "one entry of at most " + LONGEST_ENTRY + " characters");
            } else {
                entries.add(entry);
            }
        }
        if (entries.isEmpty() && problems.count() == 0) {
            problems.add(0, 0, "", "the file has no entries", "one entry a line, or no reference to the file");
        }
        return entries;
    }
}
