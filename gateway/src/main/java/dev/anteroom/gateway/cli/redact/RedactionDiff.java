package dev.anteroom.gateway.cli.redact;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.anteroom.phi.Span;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What two configurations make of the same texts, told as text or as JSON lines. Confined to one thread. */
final class RedactionDiff {

    /** A stretch that both replace, differently. Immutable. */
    private record Change(Span before, Span after) {}

    private final PrintStream out;
    private final JsonLines lines;
    private final boolean json;
    private int texts;
    private int different;
    private int added;
    private int removed;
    private int changed;

    RedactionDiff(PrintStream out, boolean json) {
        this.out = out;
        this.lines = new JsonLines(out);
        this.json = json;
    }

    /** Compares by place and type; which layer found a stretch changes nothing that is sent. */
    void compare(Input.Text input, List<Span> before, List<Span> after) {
        List<Span> more = new ArrayList<>();
        List<Span> less = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int k = 0;
        while (i < before.size() || k < after.size()) {
            Span old = i < before.size() ? before.get(i) : null;
            Span fresh = k < after.size() ? after.get(k) : null;
            if (fresh == null || (old != null && old.end() <= fresh.start())) {
                less.add(before.get(i++));
            } else if (old == null || fresh.end() <= old.start()) {
                more.add(fresh);
                k++;
            } else {
                if (old.start() != fresh.start() || old.end() != fresh.end() || old.category() != fresh.category()) {
                    changes.add(new Change(old, fresh));
                }
                i++;
                k++;
            }
        }
        texts++;
        added += more.size();
        removed += less.size();
        changed += changes.size();
        if (more.isEmpty() && less.isEmpty() && changes.isEmpty()) {
            return;
        }
        different++;
        if (json) {
            lines.write(line -> {
                JsonLines.id(line, input.id());
                JsonLines.spans(line, "added", input.text(), more);
                JsonLines.spans(line, "removed", input.text(), less);
                changes(line, input.text(), changes);
            });
        } else {
            print(input, more, less, changes);
        }
    }

    private static void changes(JsonGenerator line, String text, List<Change> changes) throws IOException {
        Places places = new Places(text);
        line.writeArrayFieldStart("changed");
        for (Change change : changes) {
            line.writeStartObject();
            line.writeObjectFieldStart("before");
            JsonLines.span(line, places, change.before);
            line.writeEndObject();
            line.writeObjectFieldStart("after");
            JsonLines.span(line, places, change.after);
            line.writeEndObject();
            line.writeEndObject();
        }
        line.writeEndArray();
    }

    private void print(Input.Text input, List<Span> more, List<Span> less, List<Change> changes) {
        Places places = new Places(input.text());
        out.println(input.name());
        less.forEach(span -> out.println("- " + shown(places, span)));
        more.forEach(span -> out.println("+ " + shown(places, span)));
        changes.forEach(
                change -> out.println("~ " + shown(places, change.before) + " -> " + shown(places, change.after)));
    }

    private static String shown(Places places, Span span) {
        return places.of(span) + " " + span.category() + " by " + span.layer();
    }

    /** Writes the summary; returns whether there was any difference. */
    boolean conclude() {
        if (json) {
            lines.write(line -> {
                line.writeObjectFieldStart("summary");
                line.writeNumberField("texts", texts);
                line.writeNumberField("different", different);
                line.writeNumberField("added", added);
                line.writeNumberField("removed", removed);
                line.writeNumberField("changed", changed);
                line.writeEndObject();
            });
        } else {
            out.println(different + " of " + texts + (texts == 1 ? " text" : " texts") + " would change: " + added
                    + " added, " + removed + " removed, " + changed + " changed");
        }
        return different > 0;
    }
}
