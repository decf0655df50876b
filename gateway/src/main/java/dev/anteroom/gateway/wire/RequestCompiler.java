package dev.anteroom.gateway.wire;

import dev.anteroom.egress.Modality;
import dev.anteroom.egress.OutboundName;
import dev.anteroom.egress.OutboundNode;
import dev.anteroom.egress.RedactedName;
import dev.anteroom.egress.WireConstant;
import dev.anteroom.egress.WireNumber;
import dev.anteroom.egress.WireVocabulary;
import dev.anteroom.gateway.wire.Json.JsonArray;
import dev.anteroom.gateway.wire.Json.JsonFlag;
import dev.anteroom.gateway.wire.Json.JsonNull;
import dev.anteroom.gateway.wire.Json.JsonNumber;
import dev.anteroom.gateway.wire.Json.JsonObject;
import dev.anteroom.gateway.wire.Json.JsonString;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Redaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a request along its position table. Confined to one call.
 *
 * <p>The walk collects every text into positions, in canonical order, and leaves behind a draft of the outbound tree that can only be
 * completed with the redaction of those positions. A member the table does not declare ends the walk with its path.
 */
public final class RequestCompiler {
    private static final int MAX_IDENTIFIER_CHARS = 128;
    private static final int MAX_DOCUMENTS = 1024;
    private static final int MAX_CALL_FIELD_CHARS = 256;
    private static final int MAX_SHOWN_NAME_CHARS = 40;
    private static final Set<String> DOCUMENT_FIELDS =
            Set.of("id", "title", "text", "source", "version", "retrieved_at");

    /** A part of the outbound tree that waits for the redaction. */
    @FunctionalInterface
    interface Draft {
        OutboundNode complete(Redaction redaction);
    }

    private final WireVocabulary vocabulary;
    private final JsonReader reader;
    private final List<Position> positions = new ArrayList<>();
    private final List<JsonPath> paths = new ArrayList<>();
    private final List<Integer> exactPositions = new ArrayList<>();
    private final Map<String, Integer> handles = new HashMap<>();
    private final EnumSet<Modality> residue = EnumSet.noneOf(Modality.class);
    private final List<CompiledRequest.Document> documents = new ArrayList<>();
    private final List<CompiledRequest.MessageText> messageTexts = new ArrayList<>();
    private String model = "";
    private PatientField patient = PatientField.none();
    private CallFields call = CallFields.none();
    private String role = "";

    private RequestCompiler(WireVocabulary vocabulary, JsonReader reader) {
        this.vocabulary = vocabulary;
        this.reader = reader;
    }

    /** Compiles a request against a table, or says where it departs from it. */
    public static CompiledRequest compile(Json body, Shape.Members table, WireVocabulary vocabulary, JsonReader reader)
            throws RequestRefused {
        RequestCompiler compiler = new RequestCompiler(vocabulary, reader);
        if (!(body instanceof JsonObject object)) {
            throw new RequestRefused(ErrorCode.INVALID_JSON, "", "the body must be a JSON object");
        }
        Draft draft = compiler.members(table, object, JsonPath.ROOT);
        return new CompiledRequest(
                draft,
                compiler.positions,
                compiler.paths,
                compiler.exactPositions,
                compiler.residue,
                compiler.model,
                flag(object, "stream"),
                object.members().get("stream_options") instanceof JsonObject options && flag(options, "include_usage"),
                jsonAnswer(object),
                compiler.patient,
                compiler.call,
                compiler.documents,
                compiler.messageTexts);
    }

    private static boolean flag(JsonObject object, String name) {
        return object.members().get(name) instanceof JsonFlag flag && flag.value();
    }

    private static boolean jsonAnswer(JsonObject object) {
        return object.members().get("response_format") instanceof JsonObject format
                && format.members().get("type") instanceof JsonString type
                && !type.text().equals("text");
    }

    private Draft members(Shape.Members shape, JsonObject object, JsonPath path) throws RequestRefused {
        for (String name : object.members().keySet()) {
            if (!shape.shapes().containsKey(name)) {
                throw new RequestRefused(
                        ErrorCode.UNSUPPORTED_PARAMETER,
                        path.member(showable(name)).toString(),
                        "this field is not declared for this API; leave it out");
            }
        }
        List<WireConstant> names = new ArrayList<>(object.members().size());
        List<Draft> drafts = new ArrayList<>(object.members().size());
        for (Map.Entry<String, Shape> entry : shape.shapes().entrySet()) {
            String name = entry.getKey();
            Json value = object.members().get(name);
            if (value == null || value instanceof JsonNull) {
                if (shape.required().contains(name)) {
                    throw invalid(path.member(name), "this field is required");
                }
                continue;
            }
            Draft draft = value(entry.getValue(), value, path.member(name), name);
            if (draft != null) {
                names.add(vocabulary.require(name));
                drafts.add(draft);
            }
        }
        return redaction -> {
            List<OutboundNode.Member> completed = new ArrayList<>(names.size());
            for (int i = 0; i < names.size(); i++) {
                completed.add(
                        new OutboundNode.Member(names.get(i), drafts.get(i).complete(redaction)));
            }
            return new OutboundNode.ObjectNode(completed);
        };
    }

    /** The draft of one value, or null where nothing of it is forwarded. */
    private @Nullable Draft value(Shape shape, Json json, JsonPath path, String label) throws RequestRefused {
        return switch (shape) {
            case Shape.Members members -> members(members, object(json, path), path);
            case Shape.Tagged tagged -> tagged(tagged, object(json, path), path);
            case Shape.Elements elements -> elements(elements, json, path, label);
            case Shape.ByType byType -> byType(byType, json, path, label);
            case Shape.Text t -> text(string(json, path), path, "");
            case Shape.PersonName p -> person(string(json, path), path);
            case Shape.TextOrJson t -> textOrJson(string(json, path), path);
            case Shape.FreeJson f -> free(json, path, label);
            case Shape.Identifier i -> identifier(string(json, path), path);
            case Shape.ExactText e -> exact(string(json, path), path);
            case Shape.Word word -> word(word, string(json, path), path);
            case Shape.Bounded bounded -> bounded(bounded, json, path);
            case Shape.Flag f -> {
                OutboundNode node = new OutboundNode.FlagNode(boolValue(json, path));
                yield redaction -> node;
            }
            case Shape.OnlyFlag only -> {
                if (boolValue(json, path) != only.value()) {
                    throw new RequestRefused(ErrorCode.UNSUPPORTED_PARAMETER, path.toString(), only.advice());
                }
                OutboundNode node = new OutboundNode.FlagNode(only.value());
                yield redaction -> node;
            }
            case Shape.Handle handle -> handle(handle, string(json, path));
            case Shape.Unreadable unreadable -> unreadable(unreadable, string(json, path), path);
            case Shape.ModelName m -> {
                model = string(json, path);
                yield redaction -> new OutboundNode.ModelSlotNode();
            }
            case Shape.Dropped d -> null;
            case Shape.Refused refused -> throw new RequestRefused(refused.code(), path.toString(), refused.advice());
            case Shape.Own own -> {
                own(own.field(), json, path);
                yield null;
            }
        };
    }

    private Draft tagged(Shape.Tagged shape, JsonObject object, JsonPath path) throws RequestRefused {
        String tag = string(object.members().getOrDefault(shape.tag(), new JsonNull()), path.member(shape.tag()));
        Shape.Members variant = shape.variants().get(tag);
        if (variant == null) {
            throw invalid(
                    path.member(shape.tag()),
                    "expected one of " + sorted(shape.variants().keySet()));
        }
        if (!shape.tag().equals("role")) {
            return members(variant, object, path);
        }
        role = tag;
        Draft draft = members(variant, object, path);
        role = "";
        return draft;
    }

    private Draft elements(Shape.Elements shape, Json json, JsonPath path, String label) throws RequestRefused {
        if (!(json instanceof JsonArray array)) {
            throw invalid(path, "expected an array");
        }
        if (array.elements().size() > shape.maxElements()) {
            throw invalid(path, "at most " + shape.maxElements() + " elements are accepted");
        }
        List<Draft> drafts = new ArrayList<>(array.elements().size());
        for (int i = 0; i < array.elements().size(); i++) {
            Draft draft = value(shape.element(), array.elements().get(i), path.element(i), label);
            if (draft != null) {
                drafts.add(draft);
            }
        }
        return redaction -> completeAll(drafts, redaction);
    }

    private static OutboundNode completeAll(List<Draft> drafts, Redaction redaction) {
        List<OutboundNode> completed = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            completed.add(draft.complete(redaction));
        }
        return new OutboundNode.ArrayNode(completed);
    }

    private @Nullable Draft byType(Shape.ByType shape, Json json, JsonPath path, String label) throws RequestRefused {
        Shape chosen = switch (json) {
            case JsonString s -> shape.string();
            case JsonArray a -> shape.array();
            case JsonObject o -> shape.object();
            case JsonNumber n -> null;
            case JsonFlag f -> null;
            case JsonNull n -> null;
        };
        if (chosen == null) {
            List<String> accepted = new ArrayList<>();
            if (shape.string() != null) {
                accepted.add("a string");
            }
            if (shape.array() != null) {
                accepted.add("an array");
            }
            if (shape.object() != null) {
                accepted.add("an object");
            }
            throw invalid(path, "expected " + String.join(" or ", accepted));
        }
        return value(chosen, json, path, label);
    }

    private Draft text(String text, JsonPath path, String label) {
        int position = add(new Position("", text, Position.Form.TEXT, label), path);
        if (!role.isEmpty()) {
            messageTexts.add(new CompiledRequest.MessageText(role, position));
        }
        return redaction -> new OutboundNode.TextNode(redaction.text(position));
    }

    private Draft person(String text, JsonPath path) {
        int position = add(new Position("", text, Position.Form.PERSON, ""), path);
        return redaction -> new OutboundNode.TextNode(redaction.text(position));
    }

    private Draft textOrJson(String text, JsonPath path) throws RequestRefused {
        int first = 0;
        while (first < text.length() && text.charAt(first) <= ' ') {
            first++;
        }
        if (first < text.length() && (text.charAt(first) == '{' || text.charAt(first) == '[')) {
            Json document;
            try {
                document = reader.parse(text);
            } catch (RequestRefused notJson) {
                return text(text, path, "");
            }
            Draft draft = free(document, path, "");
            return redaction -> new OutboundNode.EmbeddedJsonNode(draft.complete(redaction));
        }
        return text(text, path, "");
    }

    /** Free-form JSON: the words of JSON Schema stay, every other name and string is text, every number a number position. */
    private Draft free(Json json, JsonPath path, String label) throws RequestRefused {
        return switch (json) {
            case JsonObject object -> freeObject(object, path);
            case JsonArray array -> {
                List<Draft> drafts = new ArrayList<>(array.elements().size());
                for (int i = 0; i < array.elements().size(); i++) {
                    drafts.add(free(array.elements().get(i), path.element(i), label));
                }
                yield redaction -> completeAll(drafts, redaction);
            }
            case JsonString string -> {
                WireConstant constant = vocabulary.find(string.text());
                if (constant != null) {
                    OutboundNode node = new OutboundNode.ConstantNode(constant);
                    yield redaction -> node;
                }
                int position = add(new Position("", string.text(), Position.Form.TEXT, label), path);
                yield redaction -> new OutboundNode.TextNode(redaction.text(position));
            }
            case JsonNumber number -> {
                int position = add(new Position("", number.token(), Position.Form.NUMBER, label), path);
                yield redaction -> new OutboundNode.NumberNode(redaction.number(position));
            }
            case JsonFlag flag -> {
                OutboundNode node = new OutboundNode.FlagNode(flag.value());
                yield redaction -> node;
            }
            case JsonNull n -> redaction -> new OutboundNode.NullNode();
        };
    }

    private Draft freeObject(JsonObject object, JsonPath path) throws RequestRefused {
        JsonPath inner = path.freeMember();
        List<Integer> namePositions = new ArrayList<>(object.members().size());
        List<@Nullable WireConstant> constants =
                new ArrayList<>(object.members().size());
        List<Draft> drafts = new ArrayList<>(object.members().size());
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            WireConstant constant = vocabulary.find(member.getKey());
            constants.add(constant);
            namePositions.add(constant != null ? -1 : add(memberName(member.getKey()), inner));
            drafts.add(free(member.getValue(), inner, member.getKey()));
        }
        return redaction -> {
            List<OutboundNode.Member> completed = new ArrayList<>(drafts.size());
            for (int i = 0; i < drafts.size(); i++) {
                WireConstant constant = constants.get(i);
                OutboundName name =
                        constant != null ? constant : new RedactedName(redaction.text(namePositions.get(i)));
                completed.add(new OutboundNode.Member(name, drafts.get(i).complete(redaction)));
            }
            return new OutboundNode.ObjectNode(completed);
        };
    }

    /** A member's name is mostly a word of a program; one that does not look so may be a person's. */
    private static Position memberName(String name) {
        boolean symbol = !name.isEmpty() && !Character.isUpperCase(name.charAt(0));
        for (int i = 0; i < name.length() && symbol; i++) {
            char c = name.charAt(i);
            symbol = Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '-' || c == '.';
        }
        return symbol ? Position.symbol("", name) : Position.text("", name);
    }

    private Draft identifier(String name, JsonPath path) throws RequestRefused {
        if (name.isEmpty() || name.length() > MAX_IDENTIFIER_CHARS) {
            throw invalid(path, "expected 1 to " + MAX_IDENTIFIER_CHARS + " letters, digits, '_', '-' or '.'");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && c != '_' && c != '-' && c != '.') {
                throw invalid(path, "expected only letters, digits, '_', '-' or '.'");
            }
        }
        int whole = add(Position.symbol("", name), path);
        exactPositions.add(whole);
        String words = IdentifierWords.split(name);
        if (!words.equals(name)) {
            exactPositions.add(add(Position.symbol("", words), path));
        }
        return redaction -> new OutboundNode.TextNode(redaction.text(whole));
    }

    private Draft exact(String text, JsonPath path) {
        int position = add(Position.symbol("", text), path);
        exactPositions.add(position);
        return redaction -> new OutboundNode.TextNode(redaction.text(position));
    }

    private Draft word(Shape.Word shape, String word, JsonPath path) throws RequestRefused {
        if (!shape.words().contains(word)) {
            throw invalid(path, "expected one of " + sorted(shape.words()));
        }
        OutboundNode node = new OutboundNode.ConstantNode(vocabulary.require(word));
        return redaction -> node;
    }

    private static Draft bounded(Shape.Bounded shape, Json json, JsonPath path) throws RequestRefused {
        String expected = "expected " + (shape.integer() ? "an integer" : "a number") + " from "
                + bound(shape.least(), shape) + " to " + bound(shape.most(), shape);
        if (!(json instanceof JsonNumber number) || number.token().length() > WireNumber.MAX_CHARS) {
            throw invalid(path, expected);
        }
        double value = Double.parseDouble(number.token());
        boolean whole = number.token().indexOf('.') < 0
                && number.token().indexOf('e') < 0
                && number.token().indexOf('E') < 0;
        if (!(value >= shape.least() && value <= shape.most()) || (shape.integer() && !whole)) {
            throw invalid(path, expected);
        }
        OutboundNode node = new OutboundNode.ParameterNode(new WireNumber(number.token()));
        return redaction -> node;
    }

    private static String bound(double value, Shape.Bounded shape) {
        return shape.integer() ? Long.toString((long) value) : Double.toString(value);
    }

    private Draft handle(Shape.Handle shape, String id) {
        int ordinal = handles.computeIfAbsent(id, _ -> handles.size() + 1);
        OutboundNode node = new OutboundNode.HandleNode(vocabulary.require(shape.prefix()), ordinal);
        return redaction -> node;
    }

    private Draft unreadable(Shape.Unreadable shape, String content, JsonPath path) throws RequestRefused {
        if (shape.dataUrl() && !content.startsWith("data:")) {
            throw new RequestRefused(
                    ErrorCode.UNSCANNABLE_CONTENT,
                    path.toString(),
                    "a URL would make the provider fetch what was not read; send the content as a data URL");
        }
        residue.add(shape.modality());
        OutboundNode node = new OutboundNode.OpaqueNode(shape.modality(), content);
        return redaction -> node;
    }

    private void own(Shape.OwnField field, Json json, JsonPath path) throws RequestRefused {
        switch (field) {
            case DOCUMENTS -> documents(json, path);
            case PATIENT -> patient = PatientField.parse(json, path.toString());
            case CALL -> call = callFields(object(json, path), path);
        }
    }

    private void documents(Json json, JsonPath path) throws RequestRefused {
        if (!(json instanceof JsonArray array) || array.elements().size() > MAX_DOCUMENTS) {
            throw invalid(path, "expected an array of at most " + MAX_DOCUMENTS + " documents");
        }
        for (int i = 0; i < array.elements().size(); i++) {
            JsonPath at = path.element(i);
            JsonObject document = object(array.elements().get(i), at);
            for (Map.Entry<String, Json> member : document.members().entrySet()) {
                if (!DOCUMENT_FIELDS.contains(member.getKey())) {
                    throw new RequestRefused(
                            ErrorCode.UNSUPPORTED_PARAMETER,
                            at.member(showable(member.getKey())).toString(),
                            "a document has " + sorted(DOCUMENT_FIELDS));
                }
                string(member.getValue(), at.member(member.getKey()));
            }
            String text = string(document.members().getOrDefault("text", new JsonNull()), at.member("text"));
            int title = document.members().get("title") instanceof JsonString given
                    ? add(Position.text("", given.text()), at.member("title"))
                    : -1;
            String id = document.members().get("id") instanceof JsonString given ? given.text() : "";
            documents.add(new CompiledRequest.Document(
                    id.isEmpty() ? "document-" + (i + 1) : id, title, add(Position.text("", text), at.member("text"))));
        }
    }

    private static CallFields callFields(JsonObject object, JsonPath path) throws RequestRefused {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (!CallFields.NAMES.contains(member.getKey())) {
                throw new RequestRefused(
                        ErrorCode.UNSUPPORTED_PARAMETER,
                        path.member(showable(member.getKey())).toString(),
                        "expected one of " + sorted(CallFields.NAMES));
            }
            String value = string(member.getValue(), path.member(member.getKey()));
            if (value.length() > MAX_CALL_FIELD_CHARS) {
                throw invalid(path.member(member.getKey()), "at most " + MAX_CALL_FIELD_CHARS + " characters");
            }
            values.put(member.getKey(), value);
        }
        return CallFields.of(values);
    }

    private int add(Position position, JsonPath path) {
        positions.add(position);
        paths.add(path);
        return positions.size() - 1;
    }

    private static JsonObject object(Json json, JsonPath path) throws RequestRefused {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw invalid(path, "expected an object");
    }

    private static String string(Json json, JsonPath path) throws RequestRefused {
        if (json instanceof JsonString string) {
            return string.text();
        }
        throw invalid(path, "expected a string");
    }

    private static boolean boolValue(Json json, JsonPath path) throws RequestRefused {
        if (json instanceof JsonFlag flag) {
            return flag.value();
        }
        throw invalid(path, "expected true or false");
    }

    private static RequestRefused invalid(JsonPath path, String advice) {
        return new RequestRefused(ErrorCode.INVALID_VALUE, path.toString(), advice);
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    /** An undeclared name may itself hold PHI: only one that looks like a parameter is repeated. */
    private static String showable(String name) {
        if (name.length() > MAX_SHOWN_NAME_CHARS || name.isEmpty()) {
            return "*";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '_') {
                return "*";
            }
        }
        return name;
    }
}
