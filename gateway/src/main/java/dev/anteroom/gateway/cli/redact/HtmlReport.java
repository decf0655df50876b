package dev.anteroom.gateway.cli.redact;

import dev.anteroom.phi.Explanation;
import dev.anteroom.phi.PhiCategory;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Span;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A page that shows a person what is replaced in the original texts, and why. Confined to one thread.
 *
 * <p>It is complete in itself: no script, no network, and colour says nothing that text does not say too. It is well-formed XML as well.
 */
final class HtmlReport {
    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #111; background: #fff }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #bbb; padding: 1rem; line-height: 1.9 }
            table { border-collapse: collapse; margin: 1rem 0 }
            th, td { border: 1px solid #bbb; padding: .2rem .6rem; text-align: left; vertical-align: top }
            mark { color: #111; border-bottom: 3px solid; padding: .1rem .15rem }
            mark b { font: 600 .7rem system-ui, sans-serif; padding-left: .3rem }
            i { font: .7rem monospace; border: 1px solid #888; padding: 0 .1rem }
            .warning { border: 3px solid #a00; padding: .6rem 1rem; font-weight: 600 }
            """;

    private final Writer out;
    private final Map<PhiCategory, Integer> byCategory = new EnumMap<>(PhiCategory.class);
    private final Map<String, Integer> byLayer = new TreeMap<>();
    private int texts;

    private HtmlReport(Writer out) {
        this.out = out;
    }

    static HtmlReport begin(Writer out, Profile profile, String digest) throws IOException {
        HtmlReport report = new HtmlReport(out);
        out.write("""
                <!DOCTYPE html>
                <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
                <meta name="referrer" content="no-referrer"/>
                <title>Redaction report</title>
                <style>
                """);
        out.write(STYLE);
        int hue = 0;
        for (PhiCategory category : PhiCategory.values()) {
            // Neighbours in the list get hues that are far apart.
            hue = (hue + 137) % 360;
            out.write(String.format(
                    Locale.ROOT,
                    ".%s { background: hsl(%d 80%% 90%%); border-bottom-color: hsl(%d 70%% 40%%) }%n",
                    category,
                    hue,
                    hue));
        }
        out.write("</style>\n</head>\n<body>\n<h1>Redaction report</h1>\n");
        out.write("<p class=\"warning\">This page contains the original text, identifiers included."
                + " Keep it where that text may be kept, send it to nobody, and delete it when it was read.</p>\n");
        out.write(
                "<p>Profile <strong>" + profile.name().toLowerCase(Locale.ROOT)
                        + "</strong>, rules and site knowledge <code>"
                        + digest.substring(0, 16)
                        + "</code>. Each marked stretch is replaced as a whole; its type and number stand at its end.</p>\n<p>");
        for (PhiCategory category : PhiCategory.values()) {
            out.write("<mark class=\"" + category + "\">" + category + "</mark> ");
        }
        out.write("</p>\n");
        return report;
    }

    void add(Input.Text input, Explanation explanation) throws IOException {
        texts++;
        out.write("<section>\n<h2>" + Html.escape(input.name()) + "</h2>\n<pre>");
        // A newline at the start of pre is not shown; one more keeps the first of the text.
        StringBuilder marked = new StringBuilder(input.text().length() + 256).append('\n');
        int at = 0;
        int number = 0;
        for (Explanation.Finding finding : explanation.findings()) {
            Span span = finding.span();
            Html.escape(input.text(), at, span.start(), marked);
            marked.append("<mark class=\"").append(span.category()).append("\">");
            Html.escape(input.text(), span.start(), span.end(), marked);
            marked.append("<b>")
                    .append(span.category())
                    .append(' ')
                    .append(++number)
                    .append("</b></mark>");
            at = span.end();
        }
        Html.escape(input.text(), at, input.text().length(), marked);
        out.append(marked).write("</pre>\n");
        table(input.text(), explanation);
        out.write("</section>\n");
    }

    private void table(String text, Explanation explanation) throws IOException {
        Places places = new Places(text);
        if (!explanation.findings().isEmpty()) {
            out.write("<table>\n<tr><th>#</th><th>line:column (code points)</th><th>type</th><th>layer</th><th>why</th>"
                    + "<th>score</th><th>also</th></tr>\n");
        }
        int number = 0;
        for (Explanation.Finding finding : explanation.findings()) {
            Span span = finding.span();
            byCategory.merge(span.category(), 1, Integer::sum);
            byLayer.merge(span.layer(), 1, Integer::sum);
            row(List.of(
                    Integer.toString(++number),
                    places.of(span),
                    span.category().name(),
                    span.layer(),
                    LayerWords.of(span.layer()),
                    String.format(Locale.ROOT, "%.2f", span.score()),
                    finding.votes().stream()
                            .filter(vote -> !vote.layer().equals(span.layer()))
                            .map(vote -> vote.category() + " " + vote.layer())
                            .distinct()
                            .collect(Collectors.joining(", "))));
        }
        if (!explanation.findings().isEmpty()) {
            out.write("</table>\n");
        }
        if (!explanation.withdrawn().isEmpty()) {
            out.write("<p>A reviewed exception holds against:</p>\n<ul>\n");
            for (Span span : explanation.withdrawn()) {
                out.write("<li>" + places.of(span) + " " + span.category() + " by " + Html.escape(span.layer())
                        + "</li>\n");
            }
            out.write("</ul>\n");
        }
    }

    private void row(Collection<String> cells) throws IOException {
        out.write("<tr>");
        for (String cell : cells) {
            out.write("<td>" + Html.escape(cell) + "</td>");
        }
        out.write("</tr>\n");
    }

    /** Writes the counts over all texts and the end of the page. */
    void end() throws IOException {
        out.write("<h2>Counts</h2>\n<p>" + texts + (texts == 1 ? " text" : " texts") + ", "
                + byCategory.values().stream().mapToInt(Integer::intValue).sum() + " replaced stretches.</p>\n");
        out.write("<table>\n<tr><th>type</th><th>stretches</th></tr>\n");
        for (Map.Entry<PhiCategory, Integer> count : byCategory.entrySet()) {
            row(List.of(count.getKey().name(), count.getValue().toString()));
        }
        out.write("</table>\n<table>\n<tr><th>layer</th><th>why</th><th>stretches</th></tr>\n");
        for (Map.Entry<String, Integer> count : byLayer.entrySet()) {
            row(List.of(
                    count.getKey(),
                    LayerWords.of(count.getKey()),
                    count.getValue().toString()));
        }
        out.write("</table>\n</body>\n</html>\n");
    }
}
