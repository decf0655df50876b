package dev.anteroom.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 16;
    private static final int MAX_LAYOUT_ERRORS = 20;

    private YamlFile() {}

    /** The document of the file, or null where it has errors, which are then in {@code problems}. */
    static @Nullable Node read(Path file, Problems problems) {
        byte[] bytes;
        try {
            if (!Files.isRegularFile(file)) {
                problems.add(
                        0,
                        0,
                        "",
                        Files.exists(file) ? "this is not a file" : "there is no such file",
                        "a readable YAML file");
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
        } catch (IOException e) {
            problems.add(0, 0, "", "the file cannot be read", "a readable YAML file");
            return null;
        }
        if (bytes.length > MAX_BYTES) {
            problems.add(0, 0, "", "the file is too large", "at most " + Units.showSize(MAX_BYTES));
            return null;
        }
        String text = decode(bytes, problems);
        if (text == null || !layoutIsRight(text, problems)) {
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_BYTES)
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

    private static @Nullable String decode(byte[] bytes, Problems problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        out.flip();
        if (result.isError()) {
            int line = 1;
            int lineStart = 0;
            for (int i = 0; i < out.length(); i++) {
                if (out.get(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            problems.add(line, out.length() - lineStart + 1, "", "the file is not UTF-8 from here on", "UTF-8");
            return null;
        }
        return !out.isEmpty() && out.get(0) == '\uFEFF'
                ? out.subSequence(1, out.length()).toString()
                : out.toString();
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
