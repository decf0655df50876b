package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.corpus.ClinicalDialogues;
import dev.anteroom.corpus.Dialogue;
import dev.anteroom.corpus.Identifier;
import dev.anteroom.corpus.LabelledText;
import dev.anteroom.corpus.Patient;
import dev.anteroom.corpus.Value;
import dev.anteroom.load.ReceivedRequest;
import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whole clinical conversations pass through the gateway in every shape in which apps send them. No value with a form or a label of its own
 * reaches the provider, nor any value that the call names in {@code patient}; what is found of other names and places is counted and printed.
 */
final class RealInputTest {
    private static final int DIALOGUES = 30;
    private static final int BASE_TEXTS_OF_A_FILE = 15;
    private static final int AROUND_CHARS = 60;
    private static final int SHOWN_LEAKS = 80;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]+_[0-9]+]");
    private static final Pattern ADDRESS = Pattern.compile("://|www\\.|[a-z]\\.[a-z]{2,}[/?#:]");

    private final long seed = TestSeed.of("RealInputTest").nextLong();
    private final List<Dialogue> dialogues = new ArrayList<>();
    private final Map<Identifier, Set<String>> leaks = new EnumMap<>(Identifier.class);
    private final Set<String> patientLeaks = new TreeSet<>();
    private final Map<String, int[]> misses = new TreeMap<>();
    private final List<String> notRestored = new ArrayList<>();
    private final Needles everything = new Needles();
    private int keptInAddresses;

    RealInputTest() {
        ClinicalDialogues source = ClinicalDialogues.seeded(seed);
        for (int i = 0; i < DIALOGUES; i++) {
            dialogues.add(source.next());
        }
    }

    @Test
    void wholeConversationInOneMessage_leavesNoKnownOrStructuredValue() {
        run(Script.echo(), (provider, gateway) -> {
            for (int i = 0; i < dialogues.size(); i++) {
                Dialogue dialogue = dialogues.get(i);
                LabelledText whole = dialogue.joined();
                JsonObject body = Chat.body("gpt-test", whole.text());
                HttpResponse<String> answer = call(gateway, body, i, dialogue.patient());
                restored(whole.text(), Chat.content(answer));
                check(provider, List.of(whole), i, dialogue.patient());
            }
        });
    }

    @Test
    void conversationThatGrowsTurnByTurn_leavesNoKnownOrStructuredValue() {
        run(Script.echo(), (provider, gateway) -> {
            for (int i = 0; i < dialogues.size(); i++) {
                Dialogue dialogue = dialogues.get(i);
                JsonArray messages = new JsonArray();
                List<LabelledText> sent = new ArrayList<>();
                for (int turn = 0; turn < dialogue.turns().size(); turn++) {
                    LabelledText said = dialogue.turns().get(turn);
                    sent.add(said);
                    boolean user = turn % 2 == 0;
                    messages.add(new JsonObject()
                            .put("role", user ? "user" : "assistant")
                            .put("content", said.text()));
                    if (user) {
                        boolean stream = turn % 4 == 0;
                        JsonObject body = new JsonObject()
                                .put("model", "gpt-test")
                                .put("messages", messages.copy())
                                .put("stream", stream);
                        HttpResponse<String> answer = call(gateway, body, i, dialogue.patient());
                        restored(said.text(), stream ? Chat.streamedContent(answer.body()) : Chat.content(answer));
                        check(provider, sent, i, dialogue.patient());
                    }
                }
            }
        });
    }

    @Test
    void toolResultAsText_leavesNoKnownOrStructuredValue() {
        run(Script.echo(), (provider, gateway) -> {
            provider.script(request -> Script.text(lastContent(request)));
            for (int i = 0; i < dialogues.size(); i++) {
                Dialogue dialogue = dialogues.get(i);
                LabelledText whole = dialogue.joined();
                HttpResponse<String> answer = call(gateway, withTool("{}", whole.text()), i, dialogue.patient());
                restored(whole.text(), Chat.content(answer));
                check(provider, List.of(whole), i, dialogue.patient());
            }
        });
    }

    @Test
    void toolResultAsJson_leavesNoKnownOrStructuredValue() {
        run(Script.echo(), (provider, gateway) -> {
            provider.script(request -> Script.text(lastContent(request)));
            for (int i = 0; i < dialogues.size(); i++) {
                Dialogue dialogue = dialogues.get(i);
                JsonObject record = record(dialogue);
                HttpResponse<String> answer = call(gateway, withTool("{}", record.encode()), i, dialogue.patient());
                restored(record.encode(), Chat.content(answer));
                check(provider, dialogue.turns(), i, dialogue.patient());
                chartFields(provider.last(), dialogue.patient());
            }
        });
    }

    @Test
    void toolArguments_leaveNoKnownOrStructuredValue() {
        run(Script.echo(), (provider, gateway) -> {
            provider.script(request -> Script.toolCall("save_note", lastArguments(request)));
            for (int i = 0; i < dialogues.size(); i++) {
                Dialogue dialogue = dialogues.get(i);
                JsonObject record = record(dialogue);
                boolean stream = i % 2 == 0;
                JsonObject body = withTool(record.encode(), "saved").put("stream", stream);
                HttpResponse<String> answer = call(gateway, body, i, dialogue.patient());
                restored(record.encode(), arguments(answer, stream));
                check(provider, dialogue.turns(), i, dialogue.patient());
                chartFields(provider.last(), dialogue.patient());
            }
        });
    }

    @Test
    void recordedConversationsWithInsertedValues_leaveNoStructuredValue() throws IOException {
        ClinicalDialogues source = ClinicalDialogues.seeded(seed + 1);
        List<LabelledText> texts = new ArrayList<>();
        for (String file : List.of("train", "valid")) {
            Optional<Path> csv = SharedFiles.find("data/phi/aci-bench/" + file + ".csv");
            if (csv.isPresent()) {
                List<String> base = ClinicalDialogues.baseTexts(csv.get());
                for (int i = 0; i < Math.min(BASE_TEXTS_OF_A_FILE, base.size()); i++) {
                    texts.add(source.insertInto(base.get(i)));
                }
            }
        }
        // Notes of the generator's own, so that there is something to read without those files too.
        for (int i = 0; i < BASE_TEXTS_OF_A_FILE; i++) {
            texts.add(source.nextNote());
        }
        System.out.println("RealInputTest: " + texts.size() + " recorded conversations and notes");
        run(Script.echo(), (provider, gateway) -> {
            for (LabelledText text : texts) {
                HttpResponse<String> answer = gateway.chat(Chat.whole(text.text()));
                assertEquals(200, answer.statusCode(), answer::body);
                restored(text.text(), Chat.content(answer));
                check(provider, List.of(text), 1, dialogues.getFirst().patient());
            }
        });
    }

    /** A known name leaves in no place, however ordinary a word it is elsewhere. */
    @Test
    void knownNameThatIsAWordToo_isRemovedWhereItStandsAsWritten() {
        Map<String, String> texts = Map.of(
                "Grace", "Grace came alone today. I spoke with Grace about it.",
                "Will", "Will said that it hurts. Call Will tomorrow.",
                "Li", "Li said that it hurts. Ms. Li came alone.",
                "Ng", "Mr. Ng came alone. Please let Ng know.",
                "Brown", "Brown called back. I spoke with Mr. Brown about it.");
        try (ScriptedProvider provider = ScriptedProvider.start(Script.echo());
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            texts.forEach((name, text) -> {
                for (String member : List.of("given", "family", "name")) {
                    JsonObject body = Chat.body("gpt-test", text).put("patient", new JsonObject().put(member, name));
                    HttpResponse<String> answer = gateway.chat(body.encode());
                    assertEquals(200, answer.statusCode(), answer::body);
                    assertEquals(text, Chat.content(answer));
                    String seen = readable(provider.last());
                    if (stands(name, seen)) {
                        patientLeaks.add(member + " " + name + " in " + lastContent(provider.last()));
                    }
                }
            });
        }
        assertTrue(patientLeaks.isEmpty(), this::report);
    }

    @FunctionalInterface
    private interface Conversation {
        void hold(ScriptedProvider provider, RunningGateway gateway);
    }

    private void run(Script script, Conversation conversation) {
        long start = System.nanoTime();
        try (CapturedOutput output = new CapturedOutput();
                ScriptedProvider provider = ScriptedProvider.start(script);
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            conversation.hold(provider, gateway);
            byte[] written = output.all();
            assertEquals(Set.of(), everything.in(written), "logs, stdout or stderr");
            gateway.filesOnDisk().forEach(file -> assertEquals(Set.of(), everything.in(file), "a file"));
            System.out.println("RealInputTest: " + provider.received().size() + " calls in "
                    + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
        System.out.println(
                "RealInputTest: " + keptInAddresses + " placeholders stayed because they were glued to an address");
        misses.forEach((kind, counts) -> System.out.println(
                String.format(Locale.ROOT, "  %-22s %4d of %4d not found", kind, counts[0], counts[1])));
        assertTrue(leaks.isEmpty() && patientLeaks.isEmpty() && notRestored.isEmpty(), this::report);
    }

    private String report() {
        StringBuilder report = new StringBuilder("seed " + seed + "\n");
        leaks.forEach((kind, sentences) -> {
            report.append(kind).append(": ").append(sentences.size()).append('\n');
            sentences.stream()
                    .limit(SHOWN_LEAKS)
                    .forEach(s -> report.append("    ").append(s).append('\n'));
        });
        patientLeaks.forEach(
                leak -> report.append("patient field: ").append(leak).append('\n'));
        notRestored.stream()
                .limit(20)
                .forEach(text -> report.append("not restored: ").append(text).append('\n'));
        return report.toString();
    }

    /** Every other call says what it knows about the patient, in one of two forms. */
    private static boolean saysPatient(int number) {
        return number % 2 == 0;
    }

    private static HttpResponse<String> call(RunningGateway gateway, JsonObject body, int number, Patient patient) {
        if (saysPatient(number)) {
            body.put("patient", number % 4 == 0 ? flat(patient) : fhir(patient));
        }
        HttpResponse<String> answer = gateway.chat(body.encode());
        assertEquals(200, answer.statusCode(), answer::body);
        return answer;
    }

    private static JsonObject flat(Patient patient) {
        return new JsonObject()
                .put("name", patient.fullName())
                .put("given", patient.given())
                .put("family", patient.family())
                .put("birthDate", patient.birthDate())
                .put("mrn", patient.mrn())
                .put("phone", patient.phone())
                .put("email", patient.email())
                .put("street", patient.street())
                .put("city", patient.city())
                .put("zip", patient.zip())
                .put("memberId", patient.memberId());
    }

    private static JsonObject fhir(Patient patient) {
        return new JsonObject()
                .put("resourceType", "Patient")
                .put(
                        "name",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("use", "official")
                                        .put("family", patient.family())
                                        .put(
                                                "given",
                                                new JsonArray()
                                                        .add(patient.given())
                                                        .add(patient.middle()))))
                .put("birthDate", patient.birthDate())
                .put("gender", "unknown")
                .put(
                        "identifier",
                        new JsonArray()
                                .add(new JsonObject().put("system", "urn:mrn").put("value", patient.mrn()))
                                .add(new JsonObject().put("system", "urn:plan").put("value", patient.memberId())))
                .put(
                        "telecom",
                        new JsonArray()
                                .add(new JsonObject().put("system", "phone").put("value", patient.phone()))
                                .add(new JsonObject().put("system", "email").put("value", patient.email())))
                .put(
                        "address",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("line", new JsonArray().add(patient.street()))
                                        .put("city", patient.city())
                                        .put("state", patient.state())
                                        .put("postalCode", patient.zip())));
    }

    /** What a system of records would give a tool. */
    private static JsonObject record(Dialogue dialogue) {
        Patient patient = dialogue.patient();
        JsonArray turns = new JsonArray();
        for (int i = 0; i < dialogue.turns().size(); i++) {
            turns.add(new JsonObject()
                    .put("speaker", i % 2 == 0 ? "clinician" : "patient")
                    .put("text", dialogue.turns().get(i).text()));
        }
        return new JsonObject()
                .put("mrn", patient.mrn())
                .put("phone", patient.phone())
                .put("email", patient.email())
                .put("date_of_birth", patient.birthDate())
                .put("insurance", new JsonObject().put("member_id", patient.memberId()))
                .put("address", new JsonObject().put("zip", patient.zip()))
                .put(
                        "visit",
                        new JsonObject().put("minutes", 25).put("score", 0.5).put("turns", turns));
    }

    private void chartFields(ReceivedRequest request, Patient patient) {
        String seen = readable(request);
        for (Map.Entry<String, String> field : Map.of(
                        "mrn", patient.mrn(),
                        "phone", patient.phone(),
                        "email", patient.email(),
                        "date_of_birth", patient.birthDate(),
                        "member_id", patient.memberId(),
                        "zip", patient.zip())
                .entrySet()) {
            if (stands(field.getValue(), seen)) {
                patientLeaks.add("JSON member " + field.getKey() + " = " + field.getValue());
            }
        }
    }

    private static JsonObject withTool(String arguments, String result) {
        JsonObject call = new JsonObject()
                .put("id", "call_1")
                .put("type", "function")
                .put("function", new JsonObject().put("name", "save_note").put("arguments", arguments));
        return new JsonObject()
                .put("model", "gpt-test")
                .put(
                        "messages",
                        new JsonArray()
                                .add(Chat.user("What does the record say?"))
                                .add(new JsonObject()
                                        .put("role", "assistant")
                                        .put("tool_calls", new JsonArray().add(call)))
                                .add(new JsonObject()
                                        .put("role", "tool")
                                        .put("tool_call_id", "call_1")
                                        .put("content", result)));
    }

    private static String lastContent(ReceivedRequest request) {
        JsonArray messages = new JsonObject(request.text()).getJsonArray("messages");
        return messages.getJsonObject(messages.size() - 1).getString("content");
    }

    private static String lastArguments(ReceivedRequest request) {
        return new JsonObject(request.text())
                .getJsonArray("messages")
                .getJsonObject(1)
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .getJsonObject("function")
                .getString("arguments");
    }

    private static String arguments(HttpResponse<String> answer, boolean stream) {
        if (stream) {
            return StreamedAnswer.read(answer.body()).text("0 tool 0 arguments");
        }
        return new JsonObject(answer.body())
                .getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .getJsonObject("function")
                .getString("arguments");
    }

    /** Everything comes back, but for what is glued to a web address: that rule wins, and what it held back is counted. */
    private void restored(String expected, String received) {
        if (!expected.equals(received) && !isRestoredButInAddresses(expected, received)) {
            int at = 0;
            while (at < Math.min(expected.length(), received.length()) && expected.charAt(at) == received.charAt(at)) {
                at++;
            }
            notRestored.add("«" + around(expected, at, at) + "» came back as «" + around(received, at, at) + "»");
        }
    }

    private boolean isRestoredButInAddresses(String expected, String received) {
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        int kept = 0;
        for (Matcher found = PLACEHOLDER.matcher(received); found.find(); ) {
            int run = found.start();
            while (run > 0 && !Character.isWhitespace(received.charAt(run - 1))) {
                run--;
            }
            if (ADDRESS.matcher(received.substring(run, found.start())).find()) {
                pattern.append(Pattern.quote(received.substring(at, found.start())))
                        .append(".+?");
                at = found.end();
                kept++;
            }
        }
        pattern.append(Pattern.quote(received.substring(at)));
        boolean restored = kept > 0
                && Pattern.compile(pattern.toString(), Pattern.DOTALL)
                        .matcher(expected)
                        .matches();
        keptInAddresses += restored ? kept : 0;
        return restored;
    }

    /** Looks for everything that was sent in what the provider has. */
    private void check(ScriptedProvider provider, List<LabelledText> sent, int number, Patient patient) {
        String seen = readable(provider.last());
        for (LabelledText text : sent) {
            for (Value value : text.values()) {
                String original = value.of(text);
                if (original.getBytes(StandardCharsets.UTF_8).length >= 8) {
                    everything.add(original);
                }
                boolean leaked = stands(original, seen);
                if (value.kind().structured()) {
                    if (leaked) {
                        leaks.computeIfAbsent(value.kind(), kind -> new TreeSet<>())
                                .add(around(text.text(), value.start(), value.end()));
                    }
                } else {
                    int[] counts = misses.computeIfAbsent(value.kind() + " " + value.cue(), kind -> new int[2]);
                    counts[0] += leaked ? 1 : 0;
                    counts[1]++;
                }
            }
        }
        if (saysPatient(number)) {
            for (String known : List.of(
                    patient.given(),
                    patient.family(),
                    patient.given().toUpperCase(Locale.ROOT),
                    patient.family().toUpperCase(Locale.ROOT),
                    patient.birthDate(),
                    patient.mrn(),
                    patient.phone(),
                    patient.phone().replace("-", ""),
                    patient.email(),
                    patient.street(),
                    patient.city(),
                    patient.zip(),
                    patient.memberId())) {
                if (stands(known, seen)) {
                    int at = seen.indexOf(known);
                    patientLeaks.add(known + " in " + around(seen, at, at + known.length()));
                }
            }
        }
    }

    /** The value with its place marked and some text around it. */
    private static String around(String text, int start, int end) {
        return (text.substring(Math.max(0, start - AROUND_CHARS), start) + "⟦" + text.substring(start, end) + "⟧"
                        + text.substring(end, Math.min(text.length(), end + AROUND_CHARS / 2)))
                .replace("\n", "⏎");
    }

    /** Whether a value stands in a text as a word of its own. */
    private static boolean stands(String value, String text) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            boolean before = at > 0
                    && Character.isLetterOrDigit(text.charAt(at - 1))
                    && Character.isLetterOrDigit(value.charAt(0));
            boolean after = end < text.length()
                    && Character.isLetterOrDigit(text.charAt(end))
                    && Character.isLetterOrDigit(value.charAt(value.length() - 1));
            if (!before && !after) {
                return true;
            }
        }
        return false;
    }

    /** Everything that can be read in a request, once every encoding is undone; placeholders are left out. */
    private static String readable(ReceivedRequest request) {
        StringBuilder all = new StringBuilder();
        all.append(request.path()).append('\n').append(request.query()).append('\n');
        request.headers().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("content-length")
                        && !header.getKey().equalsIgnoreCase("host"))
                .forEach(header -> all.append(header.getValue()).append('\n'));
        Decoded.into(request.text(), all);
        return all.toString().replaceAll("\\[[A-Z]+_[0-9]+]", "[]");
    }
}
