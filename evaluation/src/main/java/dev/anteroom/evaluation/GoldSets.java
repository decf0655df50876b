package dev.anteroom.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.anteroom.corpus.Cue;
import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labelled sets of others, held out by template. Stateless.
 *
 * <p>Labels that Safe Harbor does not name (organisation, country, title, nationality, room, age under 90, a date that is a bare year or
 * a time) are neither asked for nor held against the redactor.
 */
final class GoldSets {
    private static final Pattern FINE_DATE = Pattern.compile(
            "(?i).*(?:\\d[/.-]\\d|\\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)).*", Pattern.DOTALL);
    private static final Pattern OVER_89 = Pattern.compile("\\D*(?:9\\d|1[01]\\d)\\D*");

    private record Span(String label, int start, int end) {}

    private GoldSets() {}

    static List<EvaluationText> read(DataFolder data) {
        List<EvaluationText> texts = new ArrayList<>();
        for (String file : List.of(
                "presidio-research/synth_dataset_v2.json",
                "presidio-research/generated_large.json",
                "pediatric-handoff/synthetic_handoffs.json")) {
            String set = file.substring(0, file.indexOf('/'));
            try (JsonParser json = new JsonFactory().createParser(data.read(file))) {
                while (json.nextToken() != null) {
                    if (json.currentToken() == JsonToken.START_OBJECT && json.currentName() == null) {
                        item(json, set).ifPresent(texts::add);
                    }
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("--data: " + file + " is no JSON", e);
            }
        }
        return texts;
    }

    /** One item, or nothing for the object around all of them, which is then read on. */
    private static Optional<EvaluationText> item(JsonParser json, String set) throws IOException {
        String text = "";
        String template = "";
        List<Span> spans = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "handoffs" -> {
                    return Optional.empty();
                }
                case "full_text", "text" -> text = json.getText();
                case "template_id" -> template = json.getText();
                case "spans", "phi_spans" -> spans(json, spans);
                default -> {
                    if (value.isStructStart()) {
                        json.skipChildren();
                    }
                }
            }
        }
        return text.isEmpty() || !HeldOut.test(set + '/' + template)
                ? Optional.empty()
                : Optional.of(labelled(set, text, spans));
    }

    private static void spans(JsonParser json, List<Span> spans) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String label = "";
            int start = 0;
            int end = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "entity_type" -> label = json.getText();
                    case "start", "start_position" -> start = json.getIntValue();
                    case "end", "end_position" -> end = json.getIntValue();
                    default -> json.skipChildren();
                }
            }
            spans.add(new Span(label, start, end));
        }
    }

    private static EvaluationText labelled(String set, String text, List<Span> spans) {
        List<Value> values = new ArrayList<>();
        BitSet ignored = new BitSet();
        spans.sort(Comparator.comparingInt(Span::start));
        int at = 0;
        for (Span span : spans) {
            // The sets count code points; a span past the text or into the one before is theirs to mend.
            int start = text.offsetByCodePoints(0, Math.min(span.start(), text.codePointCount(0, text.length())));
            int end = text.offsetByCodePoints(0, Math.min(span.end(), text.codePointCount(0, text.length())));
            if (start < at || end <= start) {
                continue;
            }
            Identifier kind = kind(span.label(), text.substring(start, end));
            if (kind == null) {
                ignored.set(start, end);
            } else {
                values.add(new Value(kind, start, end, Cue.NONE));
            }
            at = end;
        }
        return new EvaluationText(set, new LabelledText(text, values), ignored);
    }

    private static @Nullable Identifier kind(String label, String value) {
        return switch (label) {
            case "PERSON" -> Identifier.NAME;
            case "STREET_ADDRESS", "ADDRESS", "LOCATION" -> Identifier.PLACE;
            case "PHONE_NUMBER" -> Identifier.PHONE;
            case "EMAIL_ADDRESS" -> Identifier.EMAIL;
            case "US_SSN" -> Identifier.SSN;
            case "MEDICAL_RECORD_NUMBER" -> Identifier.MRN;
            case "CREDIT_CARD", "IBAN_CODE" -> Identifier.ACCOUNT;
            case "US_DRIVER_LICENSE" -> Identifier.LICENSE;
            case "IP_ADDRESS" -> Identifier.IP;
            case "DOMAIN_NAME" -> Identifier.URL;
            case "ZIP_CODE" -> Identifier.ZIP;
            case "DATE_TIME" -> FINE_DATE.matcher(value).matches() ? Identifier.DATE : null;
            case "AGE" -> OVER_89.matcher(value).matches() ? Identifier.AGE_OVER_89 : null;
            default -> null;
        };
    }
}
