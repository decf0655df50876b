package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers that are read, scanned, judged and written on detector threads because of their size. */
class LargeAnswerTest {
    private static final int LINES = 4_000;

    /** Some 300 KB with identifiers in every line. */
    private static String longNote() {
        return IntStream.range(0, LINES)
                .mapToObj(i -> "Visit " + i + ": SSN " + ssn(i) + ", the wound \"heals\" well; mail w" + i
                        + "@mail.example.org.\n")
                .collect(Collectors.joining());
    }

    private static String ssn(int i) {
        return "%03d-%02d-%04d".formatted(100 + i % 500, 10 + i % 80, 1_000 + i);
    }

    private static void assertClean(ScriptedProvider provider) {
        String sent = provider.received().getFirst().text();
        for (int i = 0; i < LINES; i++) {
            assertFalse(sent.contains(ssn(i)), "line " + i + " left");
        }
    }

    @Test
    void whole_comesBackByteForByte() throws Exception {
        String note = longNote();
        try (ScriptedProvider provider = ScriptedProvider.start(Script.echo());
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            var answer = gateway.chat(Chat.whole(note));
            assertEquals(200, answer.statusCode());
            assertEquals(note, Chat.content(answer));
            assertClean(provider);
        }
    }

    /** Events below and above the size that is read on the event loop, which must not overtake each other. */
    @ParameterizedTest
    @ValueSource(ints = {50, 3_900, 4_100, 40_000})
    void stream_comesBackByteForByte(int deltaChars) throws Exception {
        String note = longNote();
        try (ScriptedProvider provider = ScriptedProvider.start(Script.echo().deltaChars(deltaChars));
                RunningGateway gateway =
                        new GatewayFiles().target("provider", provider.port()).start()) {
            var answer = gateway.chat(Chat.stream(note));
            assertEquals(200, answer.statusCode());
            assertEquals(note, Chat.streamedContent(answer.body()));
            assertTrue(answer.body().endsWith("data: [DONE]\n\n"));
            assertClean(provider);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void patient_getsSentencesOfALongDocument(boolean stream) throws Exception {
        String document = longNote() + "Take one tablet a day, says " + ssn(7) + ".";
        String said = "Take one tablet a day, says [SSN_8].";
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text(said));
                RunningGateway gateway = new GatewayFiles()
                        .target("provider", provider.port())
                        .workflow("demo", "audience: patient, profile: balanced")
                        .start()) {
            JsonObject body = Chat.body("gpt-test", "What was advised?")
                    .put("stream", stream)
                    .put(
                            "documents",
                            new JsonArray().add(new JsonObject().put("id", "d").put("text", document)));
            var answer = gateway.chat(body.encode());
            assertEquals(200, answer.statusCode());
            String content = stream ? Chat.streamedContent(answer.body()) : Chat.content(answer);
            assertEquals("Take one tablet a day, says " + ssn(7) + ".", content);
        }
    }
}
