package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A text in which what must be found is marked: {@code MRN: <MRN|12345>}; a backslash and n is a line break. */
record MarkedText(String text, List<Span> spans) {

    static MarkedText of(String marked) {
        String source = marked.replace("\\n", "\n").replace("\\t", "\t");
        StringBuilder text = new StringBuilder();
        List<Span> spans = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            int bar = source.indexOf('|', at);
            if (source.charAt(at) == '<' && bar > 0 && isCategory(source.substring(at + 1, bar))) {
                int end = source.indexOf('>', bar);
                PhiCategory category = PhiCategory.valueOf(source.substring(at + 1, bar));
                int start = text.length();
                text.append(source, bar + 1, end);
                spans.add(new Span(0, start, text.length(), category, "", 0));
                at = end + 1;
            } else {
                text.append(source.charAt(at++));
            }
        }
        return new MarkedText(text.toString(), spans);
    }

    private static boolean isCategory(String name) {
        for (PhiCategory category : PhiCategory.values()) {
            if (category.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the text with the spans marked, for messages about made-up texts. */
    static String marked(String text, List<Span> spans) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Span span : spans) {
            out.append(text, at, span.start())
                    .append('<')
                    .append(span.category())
                    .append('|')
                    .append(text, span.start(), span.end())
                    .append('>');
            at = span.end();
        }
        return out.append(text.substring(at)).toString();
    }

    /** Returns the lines of a table whose spans differ from what is marked. */
    static List<String> failures(Profile profile, String table) {
        Redactor redactor = Redactor.create(profile, SiteKnowledge.none());
        List<String> failures = new ArrayList<>();
        for (String line : table.lines().filter(line -> !line.isBlank()).toList()) {
            MarkedText expected = MarkedText.of(line.strip());
            List<Span> found = redactor.detect(List.of(Position.text("$", expected.text())), KnownValues.none());
            String wanted = marked(expected.text(), expected.spans());
            String actual = marked(expected.text(), found);
            if (!wanted.equals(actual)) {
                failures.add("\n  wanted " + wanted + "\n  found  " + actual);
            }
        }
        return failures;
    }

    static String redacted(Redactor redactor, KnownValues known, String text) {
        return redactor.redact(List.of(Position.text("$", text)), known, new Random(1))
                .text(0)
                .value();
    }
}
