package dev.anteroom.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Reads one YAML file into nodes that know their place. Stateless.
 *
 * <p>The subset of YAML is the one that a person can check by eye: one document, no tags, no anchors or aliases (so no small file becomes a
 * large one), bounded size and depth, UTF-8 without control characters, no tabs in the indentation.
 */
final class YamlFile {
    static final int MAX_DEPTH = 16;
    private static final int MAX_LAYOUT_ERRORS = 20;

    private YamlFile() {}

    /** The document of the file, or null where it has errors, which are then in {@code problems}. */
    static @Nullable Node read(Path file, Problems problems) {
        String text = TextFile.read(file, problems, "a readable YAML file");
        if (text == null || !layoutIsRight(text, problems)) {
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(TextFile.MAX_BYTES)
                .build();
        try {
            if (!eventsAreRight(new Parse(settings).parseString(text), problems)) {
                return null;
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(1, 1, "", "the file is empty", "a mapping of keys");
                return null;
            }
            return root.get();
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            problems.add(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "",
                    "this is not YAML: " + withoutQuotes(e.getProblem()),
                    "");
            return null;
        } catch (YamlEngineException e) {
            // The message of an unmarked exception quotes the file, which may hold what nobody should see.
            problems.add(1, 1, "", "this is not YAML", "");
            return null;
        }
    }

    private static boolean layoutIsRight(String text, Problems problems) {
        int line = 1;
        int column = 1;
        boolean indentation = true;
        int errors = 0;
        for (int i = 0; i < text.length() && errors < MAX_LAYOUT_ERRORS; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
                indentation = true;
                continue;
            }
            if (c == '\t') {
                if (indentation) {
                    errors++;
                    indentation = false;
                    problems.add(line, column, "", "a tab stands in the indentation", "spaces");
                }
            } else if ((Character.isISOControl(c) && c != '\r') || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                errors++;
                problems.add(line, column, "", "a control character stands here", "printable text");
            } else if (c != ' ') {
                indentation = false;
            }
            column++;
        }
        return errors == 0;
    }

    private static boolean eventsAreRight(Iterable<Event> events, Problems problems) {
        int before = problems.count();
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            switch (event) {
                case AliasEvent alias -> at(alias, problems, "an alias (*name) stands here", "the value itself");
                case ScalarEvent scalar -> {
                    if (scalar.getTag().isPresent()) {
                        at(scalar, problems, "a tag (!name) stands here", "the value without a tag");
                    }
                    if (scalar.getAnchor().isPresent()) {
                        at(scalar, problems, "an anchor (&name) stands here", "the value without an anchor");
                    }
                }
                case CollectionStartEvent start -> {
                    if (start.getTag().isPresent()) {
                        at(start, problems, "a tag (!name) stands here", "the value without a tag");
                    }
                    if (((NodeEvent) start).getAnchor().isPresent()) {
                        at(start, problems, "an anchor (&name) stands here", "the value without an anchor");
                    }
                    if (++depth > MAX_DEPTH) {
                        at(start, problems, "too many levels", "at most " + MAX_DEPTH);
                        return false;
                    }
                }
                case CollectionEndEvent _ -> depth--;
                case DocumentStartEvent start -> {
                    if (++documents > 1) {
                        at(start, problems, "a second document starts here", "one document");
                        return false;
                    }
                }
                default -> {}
            }
        }
        return problems.count() == before;
    }

    private static void at(Event event, Problems problems, String problem, String expected) {
        Mark mark = event.getStartMark().orElse(null);
        problems.add(
                mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, "", problem, expected);
    }

    /** The parser's words without what it quotes from the file, except for its own short symbols. */
    private static String withoutQuotes(@Nullable String problem) {
        if (problem == null) {
            return "the parser cannot read on";
        }
        for (String own :
                List.of("but found", "found character", "could not find expected", "mapping values are not allowed")) {
            if (problem.contains(own) && problem.length() < 120) {
                return problem.replace('\n', ' ');
            }
        }
        int quote = problem.indexOf('\'');
        String words = quote < 0 ? problem : problem.substring(0, quote) + "...";
        return words.length() > 120 ? words.substring(0, 120) : words.replace('\n', ' ');
    }
}
