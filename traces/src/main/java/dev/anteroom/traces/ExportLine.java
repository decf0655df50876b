package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One line of an export: an object of strings, whole numbers, flags, lists of strings and one more level of objects, no name
 * twice, and none that nobody asks for. Confined to one thread.
 */
final class ExportLine {
    private static final int MOST_HASHES = 64;

    private final Map<String, Object> fields;
    private final Set<String> read = new HashSet<>();

    private ExportLine(Map<String, Object> fields) {
        this.fields = fields;
    }

    static ExportLine parse(byte[] line) throws NoteException {
        try (JsonParser in = TraceJson.FACTORY.createParser(line)) {
            require(in.nextToken() == JsonToken.START_OBJECT, "not an object");
            ExportLine parsed = object(in, true);
            require(in.nextToken() == null, "more than one object");
            return parsed;
        } catch (IOException e) {
            throw new NoteException("not JSON");
        }
    }

    private static ExportLine object(JsonParser in, boolean outer) throws IOException, NoteException {
        Map<String, Object> fields = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            Object value = switch (in.nextToken()) {
                case VALUE_STRING -> in.getText();
                case VALUE_NUMBER_INT -> in.getLongValue();
                case VALUE_TRUE -> true;
                case START_ARRAY -> strings(in);
                case START_OBJECT -> {
                    require(outer, "objects in objects of objects");
                    yield object(in, false);
                }
                default -> throw new NoteException("a value that does not belong there");
            };
            require(fields.put(name, value) == null, "a name that stands there twice");
        }
        require(in.currentToken() == JsonToken.END_OBJECT, "an object without its end");
        return new ExportLine(fields);
    }

    private static List<String> strings(JsonParser in) throws IOException, NoteException {
        List<String> strings = new ArrayList<>();
        while (in.nextToken() == JsonToken.VALUE_STRING) {
            require(strings.size() < MOST_HASHES, "a longer list than any proof");
            strings.add(in.getText());
        }
        require(in.currentToken() == JsonToken.END_ARRAY, "a list of anything but strings");
        return List.copyOf(strings);
    }

    boolean has(String name) {
        read.add(name);
        return fields.containsKey(name);
    }

    String string(String name) throws NoteException {
        return value(name, String.class);
    }

    long number(String name) throws NoteException {
        return value(name, Long.class);
    }

    ExportLine object(String name) throws NoteException {
        return value(name, ExportLine.class);
    }

    /** A list of hashes in base64. */
    List<byte[]> hashes(String name) throws NoteException {
        List<byte[]> hashes = new ArrayList<>();
        for (Object one : value(name, List.class)) {
            byte[] hash = SignedNote.base64(String.valueOf(one));
            require(hash.length == Hashes.BYTES, name + " is no list of hashes");
            hashes.add(hash);
        }
        return hashes;
    }

    /** Throws where there is a field that was not read: what is not checked is not accepted either. */
    void requireAllRead() throws NoteException {
        require(read.containsAll(fields.keySet()), "a field that does not belong there");
    }

    private <T> T value(String name, Class<T> type) throws NoteException {
        read.add(name);
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new NoteException(name + " is missing or not of its type");
        }
        return type.cast(value);
    }

    private static void require(boolean right, String what) throws NoteException {
        if (!right) {
            throw new NoteException(what);
        }
    }
}
