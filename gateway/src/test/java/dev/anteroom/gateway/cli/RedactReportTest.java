package dev.anteroom.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import dev.anteroom.phi.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the page with a parser that forgives nothing, and compares what it shows with the texts. */
class RedactReportTest {
    private static final Set<String> ELEMENTS = new TreeSet<>(Set.of(
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong", "code", "mark", "section",
            "pre", "b", "i", "table", "tr", "th", "td"));
    private static final List<String> PIECES = List.of(
            "<script>alert(1)</script>",
            "</pre></body>",
            "<!--",
            "-->",
            "]]>",
            "&amp;",
            "&#x3c;",
            "\"'><img src=x>",
            "\u0000",
            "\u0007",
            "\r\n",
            "\n",
            "\t",
            "\u202e",
            "\u2028",
            "\ufeff",
            "\uffff",
            "\ud83d\ude00",
            "\u200d",
            "\u0301",
            "Dr. Zorblatt ",
            "MRN: 4482913 ",
            "born 3/14/1961 ",
            " <b>x</b> ",
            "call 617-555-0143 ",
            " ",
            "javascript:alert(1) ");

    @TempDir
    Path folder;

    private Document page(List<String> ids, List<String> texts) throws IOException {
        ObjectMapper json = new ObjectMapper();
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode line = json.createObjectNode();
            line.put("id", ids.get(i));
            line.put("text", texts.get(i));
            in.append(json.writeValueAsString(line)).append('\n');
        }
        Path file = folder.resolve("page.html");
        int code = AnteroomCommand.line(
                        Clock.systemUTC(),
                        new ByteArrayInputStream(in.toString().getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
                .execute("redact", "--jsonl", "--report", file.toString());
        assertEquals(0, code);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (SAXException | ParserConfigurationException e) {
            throw new AssertionError(
                    "the page is not well-formed: " + e.getMessage() + "\n" + Files.readString(file), e);
        }
    }

    private static List<Element> elements(Document page, String name) {
        List<Element> all = new ArrayList<>();
        NodeList nodes = page.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            all.add((Element) nodes.item(i));
        }
        return all;
    }

    /** What a node shows of the original: without labels, with spelled-out characters put back. */
    private static String original(Node node) {
        StringBuilder out = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeName()) {
                case "b" -> {}
                case "i" ->
                    out.append(Character.toString(
                            Integer.parseInt(child.getTextContent().substring(2), 16)));
                case "#text" -> out.append(child.getNodeValue());
                default -> out.append(original(child));
            }
        }
        return out.toString();
    }

    @Test
    void report_hostileTexts_standAsTextAndMarkWhatIsReplaced() throws IOException {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("RedactReportTest seed " + seed + " (replay with -Danteroom.seed=" + seed + ")");
        Random random = new Random(seed);
        List<String> ids = new ArrayList<>(List.of("</h2><script>", "a&b"));
        List<String> texts = new ArrayList<>(List.of("\n<script>alert('Dr. Zorblatt')</script>", ""));
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(20); k >= 0; k--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            ids.add("id-" + i);
            texts.add(text.toString());
        }

        Document page = page(ids, texts);

        Set<String> names = new TreeSet<>();
        elements(page, "*").forEach(element -> names.add(element.getTagName()));
        names.removeAll(ELEMENTS);
        assertEquals(Set.of(), names);
        for (Element element : elements(page, "*")) {
            for (String attribute : List.of("src", "href", "onclick", "style")) {
                assertTrue(element.getAttribute(attribute).isEmpty());
            }
        }
        List<Element> shown = elements(page, "pre");
        assertEquals(texts.size(), shown.size());
        Redactor redactor = Redactor.create(
                Profile.STRICT,
                SiteKnowledge.none(),
                List.of(PhiTagger.shipped().layer(Profile.STRICT)));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            assertEquals("\n" + text, original(shown.get(i)), "text " + i);
            List<Span> spans = redactor.detect(List.of(Position.text("", text)), KnownValues.none());
            NodeList marks = shown.get(i).getElementsByTagName("mark");
            assertEquals(spans.size(), marks.getLength(), "text " + i);
            for (int k = 0; k < spans.size(); k++) {
                Span span = spans.get(k);
                Element mark = (Element) marks.item(k);
                assertEquals(text.substring(span.start(), span.end()), original(mark));
                assertEquals(span.category().name(), mark.getAttribute("class"));
                assertEquals(
                        span.category().name() + " " + (k + 1),
                        mark.getElementsByTagName("b").item(0).getTextContent());
            }
        }
        assertEquals("</h2><script>", elements(page, "h2").getFirst().getTextContent());
    }

    @Test
    void report_whatAPersonNeeds_isThere() throws IOException {
        Document page = page(List.of("n"), List.of("Dr. Zorblatt, MRN: 4482913. Dr. Okonjo."));
        String all = page.getDocumentElement().getTextContent();
        assertTrue(all.contains("Profile strict"));
        assertTrue(all.contains("This page contains the original text"));
        assertTrue(all.contains("name.title") && all.contains("a title stands before it"));
        List<String> counts = elements(page, "tr").stream()
                .map(Element::getTextContent)
                .filter(row -> row.startsWith("NAME") || row.startsWith("MRN"))
                .toList();
        assertEquals(List.of("NAME2", "MRN1"), counts);
        assertEquals(
                19,
                elements(page, "p").stream()
                        .mapToInt(p -> p.getElementsByTagName("mark").getLength())
                        .sum(),
                "the legend");
        assertTrue(elements(page, "meta").stream()
                .anyMatch(meta -> meta.getAttribute("content").startsWith("default-src 'none'")));
    }
}
