package dev.anteroom.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.anteroom.corpus.Identifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads labelled texts that another program wrote, so that both measure on the same ones. Stateless.
 *
 * <p>A text is a JSON array of strings: its style, then each piece with what it is, the name of an {@link Identifier}, {@code O} where it
 * identifies nobody, {@code -} where nothing is asked for.
 */
final class WrittenTexts {
    private WrittenTexts() {}

    static List<EvaluationText> read(Path file) {
        List<EvaluationText> texts = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() == JsonToken.START_ARRAY) {
                texts.add(text(json));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--written: cannot read texts from the file", e);
        }
        return texts;
    }

    private static EvaluationText text(JsonParser json) throws IOException {
        String style = string(json);
        TextBuilder text = new TextBuilder();
        BitSet ignored = new BitSet();
        int at = 0;
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            String piece = json.getText();
            switch (string(json)) {
                case "O" -> text.add(piece);
                case "-" -> {
                    ignored.set(at, at + piece.length());
                    text.add(piece);
                }
                case String kind -> text.add(Identifier.valueOf(kind), piece);
            }
            at += piece.length();
        }
        return new EvaluationText(style, text.build(), ignored);
    }

    private static String string(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("--written: a text that is no array of a style and of pairs of strings");
        }
        return json.getText();
    }
}
