package dev.anteroom.corpus;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them. Stateless. */
public final class Csv {
    private Csv() {}

    /** The fields of the column that the first record names {@code name}. */
    static List<String> column(String text, String name) {
        List<List<String>> records = records(text);
        if (records.isEmpty() || !records.getFirst().contains(name)) {
            throw new IllegalArgumentException("header: no column '" + name + "' (expected: one)");
        }
        int index = records.getFirst().indexOf(name);
        return records.subList(1, records.size()).stream()
                .filter(fields -> fields.size() > index)
                .map(fields -> fields.get(index))
                .toList();
    }

    /** All records, each with its fields, in their order. */
    public static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(fields);
                    fields = new ArrayList<>();
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (!field.isEmpty() || !fields.isEmpty()) {
            fields.add(field.toString());
            records.add(fields);
        }
        return records;
    }
}
