package dev.anteroom.gateway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one strict parser. Thread-safe.
 *
 * <p>Refuses duplicate names, invalid UTF-8, lone surrogates, a byte order mark, trailing data, comments, NaN, and more depth than its
 * limit, so that what is scanned and what is sent cannot be read in two ways.
 */
public final class JsonReader {
    private static final int MAX_NUMBER_CHARS = 100;
    private static final int MAX_NAME_CHARS = 4096;

    private final JsonFactory factory;

    /** A parser of documents of at most this depth and size. */
    public JsonReader(int maxDepth, int maxBytes) {
        factory = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Math.max(1, maxBytes))
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .maxNameLength(MAX_NAME_CHARS)
                        .build())
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, true)
                .build();
    }

    /** Parses one document. */
    public Json parse(byte[] bytes, int offset, int length) throws RequestRefused {
        requireUtf8(bytes, offset, length);
        try (JsonParser parser = factory.createParser(bytes, offset, length)) {
            return document(parser);
        } catch (StreamConstraintsException e) {
            throw refused("the JSON is nested too deeply or holds an over-long number or name");
        } catch (IOException e) {
            throw refused("the body is not valid JSON");
        }
    }

    /** Parses a document that stands in a string. */
    public Json parse(String text) throws RequestRefused {
        try (JsonParser parser = factory.createParser(text)) {
            return document(parser);
        } catch (IOException e) {
            throw refused("the string is not valid JSON");
        }
    }

    private Json document(JsonParser parser) throws IOException, RequestRefused {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw refused("the body is empty");
        }
        Json value = value(parser, first);
        if (parser.nextToken() != null) {
            throw refused("the body has data after its JSON document");
        }
        return value;
    }

    // Recursion is bounded by the factory's maxNestingDepth.
    private Json value(JsonParser parser, JsonToken token) throws IOException, RequestRefused {
        switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>(8);
                for (JsonToken next = parser.nextToken(); next == JsonToken.FIELD_NAME; next = parser.nextToken()) {
                    String name = parser.currentName();
                    requirePaired(name);
                    if (members.put(name, value(parser, parser.nextToken())) != null) {
                        throw refused("an object has the same name twice");
                    }
                }
                return new Json.JsonObject(members);
            }
            case START_ARRAY -> {
                List<Json> elements = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(value(parser, next));
                }
                return new Json.JsonArray(elements);
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                requirePaired(text);
                return new Json.JsonString(text);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return new Json.JsonNumber(parser.getText());
            }
            case VALUE_TRUE -> {
                return new Json.JsonFlag(true);
            }
            case VALUE_FALSE -> {
                return new Json.JsonFlag(false);
            }
            case VALUE_NULL -> {
                return new Json.JsonNull();
            }
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw refused("the body is not valid JSON");
        }
        throw refused("the body is not valid JSON");
    }

    private static void requirePaired(String text) throws RequestRefused {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused("a string holds a lone surrogate");
                }
                i++;
            }
        }
    }

    private static void requireUtf8(byte[] bytes, int offset, int length) throws RequestRefused {
        if (length >= 3
                && bytes[offset] == (byte) 0xEF
                && bytes[offset + 1] == (byte) 0xBB
                && bytes[offset + 2] == (byte) 0xBF) {
            throw refused("the body begins with a byte order mark");
        }
        boolean ascii = true;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                ascii = false;
            } else if (bytes[i] == 0) {
                // No JSON holds one; every text in UTF-16 or UTF-32, which the factory would read too, does.
                throw refused("the body is not valid UTF-8");
            }
        }
        if (ascii) {
            return;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length));
        } catch (CharacterCodingException e) {
            throw refused("the body is not valid UTF-8");
        }
    }

    private static RequestRefused refused(String advice) {
        return new RequestRefused(ErrorCode.INVALID_JSON, "", advice);
    }
}
