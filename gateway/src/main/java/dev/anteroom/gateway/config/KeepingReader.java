package dev.anteroom.gateway.config;

import dev.anteroom.traces.RetentionPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads of the section {@code journal} what keys seal records and how long they are kept. Stateless. */
final class KeepingReader {
    private static final String FILE = "the path of a file, relative to the folder of this file";
    private static final String ARGV = "a list: a program and its arguments, which prints the key";
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(100 * 365);

    private KeepingReader() {}

    static KeepingConfig read(Section journal, Path folder) {
        KeyReference operator = key(journal, "operatorKey", folder);
        KeyReference originals = key(journal, "originalsKey", folder);
        if (operator != null && originals != null && operator.source().equals(originals.source())) {
            journal.wrong(
                    "originalsKey",
                    "this is the operator key too",
                    "another key: who may read decisions may not read what calls asked");
        }
        return new KeepingConfig(operator, originals, retention(journal));
    }

    private static @Nullable KeyReference key(Section journal, String name, Path folder) {
        if (!journal.has(name)) {
            return null;
        }
        Section section = journal.section(name, "file", "command");
        if (section.has("file") && section.has("command")) {
            section.wrong("command", "the key comes either from a file or from a command", "file or command, not both");
            return null;
        }
        if (section.has("command")) {
            List<String> argv = section.wordsOrNull("command", ARGV);
            return argv == null || argv.isEmpty() ? null : new KeyReference.Command(argv);
        }
        if (section.isReadable() && !section.has("file")) {
            section.missing("file", FILE + "; or the key command");
            return null;
        }
        String written = section.textOrNull("file", FILE);
        if (written == null) {
            return null;
        }
        try {
            return new KeyReference.File(
                    new FileReference(written, folder.resolve(Path.of(written)).normalize()));
        } catch (InvalidPathException e) {
            section.wrong("file", "this is not the path of a file", FILE);
            return null;
        }
    }

    private static RetentionPolicy retention(Section journal) {
        RetentionPolicy standard = RetentionPolicy.DEFAULT;
        Section section = journal.section("retention", "bodies", "decisions", "originals");
        Duration decisions = section.duration("decisions", LEAST, MOST, standard.decisions());
        Duration bodies = part(section, "bodies", standard.bodies(), decisions);
        Duration originals = part(section, "originals", standard.originals(), decisions);
        return new RetentionPolicy(bodies, decisions, originals);
    }

    /** How long a part of a record is kept; what is not said is no longer than its decision. */
    private static Duration part(Section section, String name, Duration standard, Duration decisions) {
        Duration kept = section.duration(name, LEAST, MOST, standard);
        if (kept.compareTo(decisions) <= 0) {
            return kept;
        }
        if (section.has(name)) {
            section.wrong(
                    name,
                    "a part of a record would be kept longer than its decision",
                    "at most decisions (" + Units.showDuration(decisions) + ")");
        }
        return decisions;
    }
}
