package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site says of itself in its configuration decides what its provider receives. */
class SiteTest {
    @TempDir
    Path folder;

    private String received(String exceptionEnds, String text, String patient) throws IOException {
        Files.writeString(folder.resolve("staff.txt"), "# ward 7\nNadia Quillfeather\n");
        Files.writeString(folder.resolve("exceptions.yaml"), """
                version: 1
                exceptions:
                  - {term: Zorblatt, reason: an eponym, reviewer: R. Viewer, expires: %s}
                """.formatted(exceptionEnds));
        String site = """
                site:
                  staff: ["file:%s"]
                  exceptionsFile: "%s"
                """.formatted(folder.resolve("staff.txt"), folder.resolve("exceptions.yaml"));
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."));
                RunningGateway gateway = RunningGateway.start(
                        TestConfig.clinician(provider.port()).withExtra(site))) {
            JsonObject body = Chat.body("gpt-test", text).put("patient", new JsonObject().put("name", patient));
            HttpResponse<String> answer = gateway.chat(body.encode());
            assertEquals(200, answer.statusCode(), answer.body());
            return new JsonObject(provider.last().text())
                    .getJsonArray("messages")
                    .getJsonObject(0)
                    .getString("content");
        }
    }

    @Test
    void reviewedTerm_inForce_reachesTheProviderUnlessItIsKnown() throws IOException {
        String text = "Dr. Zorblatt maneuver; ask quillfeather.";
        assertEquals("Dr. Zorblatt maneuver; ask [NAME_1].", received("2099-12-31", text, "Ida Okonjo"));
        assertEquals("Dr. [NAME_1] maneuver; ask [NAME_2].", received("2099-12-31", text, "Ida Zorblatt"));
        assertEquals("Dr. [NAME_1] maneuver; ask [NAME_2].", received("2020-12-31", text, "Ida Okonjo"));
    }
}
