package dev.anteroom.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * A text and where its identifying values are, in order and without overlap. Immutable.
 *
 * @param text the text
 * @param values its values, ascending
 */
public record LabelledText(String text, List<Value> values) {
    /** Copies the list and refuses values out of order or out of the text. */
    public LabelledText {
        values = List.copyOf(values);
        int at = 0;
        for (Value value : values) {
            if (value.start() < at || value.end() > text.length()) {
                throw new IllegalArgumentException("value [" + value.start() + ',' + value.end()
                        + ") (expected: ascending, inside " + text.length() + " characters)");
            }
            at = value.end();
        }
    }

    /** The values of one kind. */
    public List<Value> values(Identifier kind) {
        return values.stream().filter(value -> value.kind() == kind).toList();
    }

    /** The characters of every value, in order. */
    public List<String> strings() {
        return values.stream().map(value -> value.of(this)).toList();
    }

    /** One text of several, with {@code separator} between them. */
    public static LabelledText join(String separator, List<LabelledText> parts) {
        StringBuilder text = new StringBuilder();
        List<Value> values = new ArrayList<>();
        boolean first = true;
        for (LabelledText part : parts) {
            if (!first) {
                text.append(separator);
            }
            first = false;
            int base = text.length();
            text.append(part.text());
            part.values().forEach(value -> values.add(value.shifted(base)));
        }
        return new LabelledText(text.toString(), values);
    }
}
