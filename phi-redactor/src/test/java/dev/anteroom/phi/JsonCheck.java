package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;

/** Strict JSON reader of the tests: fails on what is not well-formed, and lists the strings in order, keys included. Confined to one thread. */
final class JsonCheck {

    private final String json;
    private final List<String> strings = new ArrayList<>();
    private int at;

    private JsonCheck(String json) {
        this.json = json;
    }

    static List<String> strings(String json) {
        JsonCheck check = new JsonCheck(json);
        check.space();
        check.value();
        check.space();
        check.must(check.at == json.length());
        return check.strings;
    }

    private void value() {
        must(at < json.length());
        switch (json.charAt(at)) {
            case '{' -> members('}', true);
            case '[' -> members(']', false);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void members(char close, boolean keys) {
        at++;
        space();
        if (json.charAt(at) == close) {
            at++;
            return;
        }
        while (true) {
            space();
            if (keys) {
                string();
                space();
                must(json.charAt(at++) == ':');
                space();
            }
            value();
            space();
            char c = json.charAt(at++);
            if (c == close) {
                return;
            }
            must(c == ',');
        }
    }

    private void string() {
        must(json.charAt(at++) == '"');
        StringBuilder text = new StringBuilder();
        while (true) {
            char c = json.charAt(at++);
            must(c >= ' ');
            if (c == '"') {
                strings.add(text.toString());
                return;
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char e = json.charAt(at++);
            int simple = "\"\\/bfnrt".indexOf(e);
            if (simple >= 0) {
                text.append("\"\\/\b\f\n\r\t".charAt(simple));
            } else {
                must(e == 'u');
                text.append((char) Integer.parseInt(json.substring(at, at + 4), 16));
                at += 4;
            }
        }
    }

    private void number() {
        int start = at;
        while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        must(at > start);
        Double.parseDouble(json.substring(start, at));
    }

    private void word(String word) {
        must(json.startsWith(word, at));
        at += word.length();
    }

    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private void must(boolean condition) {
        if (!condition) {
            throw new AssertionError("not JSON at " + at + ": " + json);
        }
    }
}
