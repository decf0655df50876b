package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import dev.anteroom.traces.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A text in a language without figures goes to nobody outside the trust boundary. */
class LanguageTest {
    private static final String SPANISH =
            "La paciente Quillfeather refiere dolor en el pecho desde hace tres d\u00edas, sin fiebre, y no tiene alergias conocidas.";

    @Test
    void foreignText_toATargetOutside_isRefusedWithItsPathAndRecorded() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            JsonObject inDocument = Chat.body("gpt-test", "What was advised?")
                    .put(
                            "documents",
                            new JsonArray().add(new JsonObject().put("id", "d").put("text", SPANISH)));

            assertRefused(gateway, gateway.chat(Chat.whole(SPANISH)), "messages[0].content");
            assertRefused(gateway, gateway.chat(inDocument.encode()), "documents[0].text");
            assertRefused(
                    gateway,
                    gateway.post("/v1/anteroom/dry-run", RunningGateway.KEY, Chat.whole(SPANISH)),
                    "messages[0].content");
            assertEquals(0, provider.received().size());
        }
    }

    private static void assertRefused(RunningGateway gateway, HttpResponse<String> answer, String path) {
        assertEquals(400, answer.statusCode(), answer.body());
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertEquals("unsupported_language", error.getString("code"));
        assertEquals(path, error.getString("param"));
        assertFalse(answer.body().contains("Quillfeather") || answer.body().contains("paciente"), answer.body());
        String traceId = answer.headers().firstValue("x-anteroom-trace-id").orElseThrow();
        Refusal refusal = (Refusal) gateway.trace(traceId).entries().getLast().record();
        assertEquals("unsupported_language", refusal.code());
        assertEquals(path, refusal.path());
    }

    @Test
    void foreignText_toATargetInside_isServed() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            assertEquals(200, gateway.chat(Chat.whole("extractive", SPANISH)).statusCode());
        }
    }

    @Test
    void resultOfAToolOrAnAnswerOrAShortText_isNotJudged() {
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.before(provider.port())) {
            JsonObject body = Chat.body("gpt-test", "Me duele el pecho desde hace tres d\u00edas.");
            body.getJsonArray("messages")
                    .add(new JsonObject().put("role", "assistant").put("content", SPANISH))
                    .add(Chat.user("Now in English, please."));
            HttpResponse<String> answer = gateway.chat(body.encode());
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals(1, provider.received().size());
        }
    }
}
