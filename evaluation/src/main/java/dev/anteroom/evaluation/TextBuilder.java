package dev.anteroom.evaluation;

import dev.anteroom.corpus.Cue;
import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Writes a text and keeps where its values are. Confined to one thread. */
final class TextBuilder {
    private final StringBuilder text = new StringBuilder();
    private final List<Value> values = new ArrayList<>();

    TextBuilder add(String literal) {
        text.append(literal);
        return this;
    }

    TextBuilder add(Identifier kind, String value) {
        values.add(new Value(kind, text.length(), text.length() + value.length(), Cue.PROSE));
        text.append(value);
        return this;
    }

    LabelledText build() {
        return new LabelledText(text.toString(), values);
    }

    /** A text written anew: what stands between the values by one rule, the values by another. */
    static LabelledText rewrite(
            LabelledText from, UnaryOperator<String> between, BiFunction<Identifier, String, String> value) {
        TextBuilder to = new TextBuilder();
        int at = 0;
        for (Value one : from.values()) {
            to.add(between.apply(from.text().substring(at, one.start())));
            to.add(one.kind(), value.apply(one.kind(), one.of(from)));
            at = one.end();
        }
        return to.add(between.apply(from.text().substring(at))).build();
    }
}
