package dev.anteroom.gateway.config;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a document, read key by key; whatever is wrong in it goes to its {@link Problems}, and reading goes on with a harmless value.
 * Confined to one thread.
 */
final class Section {
    private static final int LONGEST_TEXT = 500;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,6})?");
    private static final String ID_EXPECTED = "letters, digits, '.', '_' and '-', at most 64, a letter or digit first";

    private final Problems problems;
    private final String path;
    private final @Nullable Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> probablyMisspelt = new HashSet<>();
    private final boolean readable;

    private Section(Problems problems, String path, @Nullable Node node, List<String> keys) {
        this.problems = problems;
        this.path = path;
        this.node = node;
        this.readable = node instanceof MappingNode;
        if (node instanceof MappingNode mapping) {
            collect(mapping, keys);
        } else if (node != null) {
            problems.add(node, path, whatStands(node), "a mapping with the keys " + String.join(", ", keys));
        }
    }

    /** The mapping at the node; an unknown key in it, or one given twice, is an error. */
    static Section of(Problems problems, String path, Node node, String... keys) {
        return new Section(problems, path, node, List.of(keys));
    }

    private void collect(MappingNode mapping, List<String> keys) {
        Map<String, Node> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), path, "a key is not a text", DidYouMean.oneOf("", keys));
                continue;
            }
            String name = key.getValue();
            Node first = seen.putIfAbsent(name, key);
            if (first != null) {
                problems.add(
                        key, pathOf(safeName(name)), "this key stands here twice", "once, as on line " + lineOf(first));
                continue;
            }
            if (!keys.contains(name)) {
                String closest = DidYouMean.closest(name, keys);
                if (closest != null) {
                    probablyMisspelt.add(closest);
                }
                problems.add(
                        key,
                        pathOf(safeName(name)),
                        "unknown key " + Problems.shown(name),
                        DidYouMean.oneOf(name, keys));
                continue;
            }
            values.put(name, tuple.getValueNode());
        }
    }

    private static String safeName(String name) {
        return ID.matcher(name).matches() && !name.regionMatches(true, 0, "sk-", 0, 3) ? name : "?";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    String path() {
        return path;
    }

    Problems problems() {
        return problems;
    }

    private String pathOf(String key) {
        return Problems.join(path, key);
    }

    /** Whether a mapping stands here at all; otherwise every value is a fallback, and the error has been reported. */
    boolean isReadable() {
        return readable;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Reports an error at the value of the key, or at the mapping where the key is absent. */
    void wrong(String key, String problem, String expected) {
        Node value = values.get(key);
        Node at = value == null ? node : value;
        if (at != null) {
            problems.add(at, pathOf(key), problem, expected);
        }
    }

    /** Warns at the value of the key. */
    void warn(String key, String problem, String expected) {
        Node value = values.get(key);
        if (value != null) {
            problems.warn(value, pathOf(key), problem, expected);
        }
    }

    /** Reports an error at one element of the list that the key names. */
    void wrong(String key, int index, String problem, String expected) {
        Node at = values.get(key) instanceof SequenceNode list
                        && index < list.getValue().size()
                ? list.getValue().get(index)
                : node;
        if (at != null) {
            problems.add(at, pathOf(key) + "[" + index + "]", problem, expected);
        }
    }

    /** Reports an error at the value of one key in the mapping that the key names. */
    void wrongEntry(String key, String entry, String problem, String expected) {
        if (values.get(key) instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(entry)) {
                    problems.add(tuple.getValueNode(), pathOf(key) + "." + safeName(entry), problem, expected);
                    return;
                }
            }
        }
    }

    private @Nullable Node value(String key, boolean required, String expected) {
        Node value = values.get(key);
        if (value == null && required && readable && !probablyMisspelt.contains(key)) {
            missing(key, expected);
        }
        return value;
    }

    void missing(String key, String expected) {
        if (node != null && !probablyMisspelt.contains(key)) {
            problems.add(node, path, "the key '" + key + "' is missing", expected);
        }
    }

    /** A plain or quoted text, or null where the key is absent or something else stands there (which is reported). */
    private @Nullable String scalarText(String key, boolean required, String expected) {
        Node value = value(key, required, expected);
        return value == null ? null : scalarText(value, pathOf(key), expected);
    }

    private @Nullable String scalarText(Node value, String where, String expected) {
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            String text = scalar.getValue();
            if (text.isBlank() || !text.equals(text.strip())) {
                problems.add(
                        value,
                        where,
                        text.isBlank() ? "the text is empty" : "the text begins or ends with a space",
                        expected);
                return null;
            }
            if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
                problems.add(
                        value,
                        where,
                        "the text is too long or has more than one line",
                        "at most " + LONGEST_TEXT + " characters on one line");
                return null;
            }
            return text;
        }
        problems.add(value, where, whatStands(value), expected);
        return null;
    }

    @Nullable
    String textOrNull(String key, String expected) {
        return scalarText(key, false, expected);
    }

    String text(String key, String expected) {
        String text = scalarText(key, true, expected);
        return text == null ? "" : text;
    }

    String textOr(String key, String fallback, String expected) {
        String text = scalarText(key, false, expected);
        return text == null ? fallback : text;
    }

    /** An identifier of this thing; empty where it cannot be read, which is reported. */
    String id(String key) {
        String text = scalarText(key, true, ID_EXPECTED);
        return text == null ? "" : checkedId(key, text);
    }

    String idOr(String key, String fallback) {
        String text = scalarText(key, false, ID_EXPECTED);
        return text == null ? fallback : checkedId(key, text);
    }

    private String checkedId(String key, String text) {
        if (!ID.matcher(text).matches()) {
            wrong(key, "this is not an id", ID_EXPECTED);
            return "";
        }
        return text;
    }

    boolean flag(String key, boolean fallback) {
        Node value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return scalar.getValue().equals("true");
        }
        problems.add(value, pathOf(key), whatStands(value), "true or false");
        return fallback;
    }

    /** A whole number in the range, or the fallback; a null fallback means that the key is required. */
    int number(String key, int least, int most, @Nullable Integer fallback) {
        String expected = "a whole number from " + least + " to " + most;
        Node value = value(key, fallback == null, expected);
        int otherwise = fallback == null ? least : fallback;
        if (value == null) {
            return otherwise;
        }
        if (value instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.INT)
                && scalar.getValue().length() <= 12) {
            long number = Long.parseLong(scalar.getValue());
            if (number >= least && number <= most) {
                return (int) number;
            }
            problems.add(value, pathOf(key), number + " is out of range", expected);
            return otherwise;
        }
        problems.add(value, pathOf(key), whatStands(value), expected);
        return otherwise;
    }

    /** A number from 0 to {@code most} with at most six decimals, in millionths; required. */
    long decimalMicros(String key, long most) {
        String expected = "a number from 0 to " + most + ", such as 2.50";
        Node value = value(key, true, expected);
        if (value == null) {
            return 0;
        }
        if (!(value instanceof ScalarNode scalar)
                || !(scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))) {
            problems.add(value, pathOf(key), whatStands(value), expected);
            return 0;
        }
        BigDecimal number = DECIMAL.matcher(scalar.getValue()).matches() ? new BigDecimal(scalar.getValue()) : null;
        if (number == null || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            problems.add(value, pathOf(key), "the number is out of range", expected);
            return 0;
        }
        return number.movePointRight(6).longValueExact();
    }

    /** A size such as {@code 8MiB}, or a whole number of bytes. */
    long sizeBytes(String key, long least, long most, long fallback) {
        String expected = "a size from " + Units.showSize(least) + " to " + Units.showSize(most) + ", such as "
                + Units.showSize(fallback);
        Node value = values.get(key);
        if (value == null) {
            return fallback;
        }
        OptionalLong size = OptionalLong.empty();
        if (value instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.STR)) {
                size = Units.sizeBytes(scalar.getValue());
            } else if (scalar.getTag().equals(Tag.INT)) {
                size = Units.sizeBytes(scalar.getValue() + "B");
            }
        }
        if (size.isEmpty()) {
            problems.add(value, pathOf(key), whatStands(value), expected);
            return fallback;
        }
        if (size.getAsLong() < least || size.getAsLong() > most) {
            problems.add(value, pathOf(key), Units.showSize(size.getAsLong()) + " is out of range", expected);
            return fallback;
        }
        return size.getAsLong();
    }

    Duration duration(String key, Duration least, Duration most, Duration fallback) {
        String expected = "a duration from " + Units.showDuration(least) + " to " + Units.showDuration(most)
                + ", such as " + Units.showDuration(fallback);
        Node value = values.get(key);
        if (value == null) {
            return fallback;
        }
        Optional<Duration> duration =
                value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
                        ? Units.duration(scalar.getValue())
                        : Optional.empty();
        if (duration.isEmpty()) {
            problems.add(value, pathOf(key), whatStands(value), expected);
            return fallback;
        }
        if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            problems.add(value, pathOf(key), Units.showDuration(duration.get()) + " is out of range", expected);
            return fallback;
        }
        return duration.get();
    }

    /** One of the constants in lower case, or the fallback where the key is absent or wrong. */
    <E extends Enum<E>> E choice(String key, List<E> constants, E fallback) {
        E chosen = choiceOrNull(key, constants, false);
        return chosen == null ? fallback : chosen;
    }

    /** One of the constants in lower case, or null where the key is absent or wrong, which is reported. */
    <E extends Enum<E>> @Nullable E requiredChoice(String key, List<E> constants) {
        return choiceOrNull(key, constants, true);
    }

    private <E extends Enum<E>> @Nullable E choiceOrNull(String key, List<E> constants, boolean required) {
        List<String> names = constants.stream().map(Section::nameOf).toList();
        String text = scalarText(key, required, DidYouMean.oneOf("", names));
        if (text == null) {
            return null;
        }
        int index = names.indexOf(text);
        if (index < 0) {
            wrong(key, "unknown value " + Problems.shown(text), DidYouMean.oneOf(text, names));
            return null;
        }
        return constants.get(index);
    }

    /** A calendar date; null where the key is absent or the date is wrong, which is reported. */
    @Nullable
    LocalDate date(String key, boolean required, String expected) {
        String text = scalarText(key, required, expected);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            // The one message below says it.
        }
        wrong(key, Problems.shown(text) + " is not a date", expected);
        return null;
    }

    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The base of URLs; null where the key is absent or the URL is wrong, which is reported. */
    @Nullable
    URI url(String key, String expected) {
        String text = scalarText(key, false, expected);
        if (text == null) {
            return null;
        }
        Urls.Reading reading = Urls.base(text);
        if (reading.problem() != null) {
            wrong(key, reading.problem(), expected);
            return null;
        }
        return reading.url();
    }

    /** A host name or address; the fallback where it is absent or wrong. */
    String host(String key, String fallback) {
        String expected = "a host name or an IP address, such as " + fallback;
        String text = scalarText(key, false, expected);
        if (text == null) {
            return fallback;
        }
        if (!Urls.isHost(text)) {
            wrong(key, "this is not a host", expected);
            return fallback;
        }
        return text;
    }

    /**
     * The texts of a list; an element that is no text, or stands there twice, is an error. A list that cannot be read is null.
     *
     * @param least how many there must be; 0 means that the key may be absent
     */
    @Nullable
    List<String> textsOrNull(String key, int least, String expected) {
        return textsOrNull(key, least, expected, true);
    }

    /** Texts of a list that has at least one, and may have one twice: words of a command line. */
    @Nullable
    List<String> wordsOrNull(String key, String expected) {
        return textsOrNull(key, 1, expected, false);
    }

    private @Nullable List<String> textsOrNull(String key, int least, String expected, boolean once) {
        Node value = value(key, least > 0, expected);
        if (value == null) {
            return least > 0 ? null : List.of();
        }
        if (!(value instanceof SequenceNode list)) {
            problems.add(value, pathOf(key), whatStands(value), expected);
            return null;
        }
        if (list.getValue().size() < least) {
            problems.add(value, pathOf(key), "the list is empty", expected);
        }
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            String text = scalarText(list.getValue().get(i), pathOf(key) + "[" + i + "]", expected);
            if (text != null && !seen.add(text) && once) {
                wrong(key, i, Problems.shown(text) + " stands here twice", "once");
            }
            // An element that cannot be read keeps its place, so that later errors name the right index.
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    List<String> texts(String key, int least, String expected) {
        List<String> texts = textsOrNull(key, least, expected);
        return texts == null ? List.of() : texts;
    }

    /** The mapping of a key, or an empty one that yields only fallbacks. */
    Section section(String key, String... keys) {
        return new Section(problems, pathOf(key), values.get(key), List.of(keys));
    }

    /** The mappings of a list; null where the list cannot be read, which is reported. */
    @Nullable
    List<Section> sectionsOrNull(String key, int least, String... keys) {
        String expected = "a list of mappings with the keys " + String.join(", ", keys);
        Node value = value(key, least > 0, expected);
        if (value == null) {
            return least > 0 ? null : List.of();
        }
        if (!(value instanceof SequenceNode list)) {
            problems.add(value, pathOf(key), whatStands(value), expected);
            return null;
        }
        if (list.getValue().size() < least) {
            problems.add(value, pathOf(key), "the list is empty", expected);
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            sections.add(new Section(
                    problems, pathOf(key) + "[" + i + "]", list.getValue().get(i), List.of(keys)));
        }
        return sections;
    }

    /**
     * Texts under free keys; null where they cannot be read, which is reported.
     *
     * @param expected said of the keys and of the texts alike
     */
    @Nullable
    Map<String, String> entriesOrNull(String key, String expected) {
        if (!(values.get(key) instanceof MappingNode mapping)) {
            return null;
        }
        Map<String, String> entries = new LinkedHashMap<>();
        Map<String, Node> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)
                    || name.getTag().equals(Tag.NULL)) {
                problems.add(tuple.getKeyNode(), pathOf(key), "a key is not a text", expected);
                continue;
            }
            Node first = seen.putIfAbsent(name.getValue(), name);
            if (first != null) {
                problems.add(name, pathOf(key), "this key stands here twice", "once, as on line " + lineOf(first));
                continue;
            }
            String text = scalarText(tuple.getValueNode(), pathOf(key) + "." + safeName(name.getValue()), expected);
            entries.put(name.getValue(), text == null ? "" : text);
        }
        return entries;
    }

    /** Whether a text is the value of the key. */
    boolean isText(String key) {
        return values.get(key) instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
    }

    boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    boolean isMapping(String key) {
        return values.get(key) instanceof MappingNode;
    }

    private static String whatStands(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping stands here";
            case SequenceNode _ -> "a list stands here";
            case ScalarNode scalar -> {
                Tag tag = scalar.getTag();
                if (tag.equals(Tag.NULL)) {
                    yield "nothing stands here";
                }
                if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
                    yield "the number " + Problems.shown(scalar.getValue()) + " stands here";
                }
                yield (tag.equals(Tag.BOOL) ? "the value " : "the text ") + Problems.shown(scalar.getValue())
                        + " stands here";
            }
            default -> "something unknown stands here";
        };
    }
}
