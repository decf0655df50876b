package dev.anteroom.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScriptedProviderTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String PLAIN =
            "{\"model\":\"m1\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                    + "{\"role\":\"user\",\"content\":\"hello there, Zoë \\ud83d\\ude00!\"}]}";
    private static final String STREAM = PLAIN.replace("\"m1\"", "\"m1\",\"stream\": true");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScriptedProvider provider = ScriptedProvider.start(Script.echo());

    @AfterEach
    void stop() {
        client.close();
        provider.close();
    }

    @Test
    void echo_wholeAnswer_isTheLastUserMessage() throws Exception {
        HttpResponse<String> answer = post(PLAIN);
        assertEquals(200, answer.statusCode());
        JsonObject json = new JsonObject(answer.body());
        JsonObject choice = json.getJsonArray("choices").getJsonObject(0);
        assertEquals(
                "hello there, Zoë \ud83d\ude00!",
                choice.getJsonObject("message").getString("content"));
        assertEquals("stop", choice.getString("finish_reason"));
        assertEquals("m1", json.getString("model"));
        assertTrue(json.getJsonObject("usage").getInteger("total_tokens") > 1);
        assertTrue(answer.headers().firstValue("x-request-id").orElse("").matches("req_[0-9a-f]{32}"));
    }

    @Test
    void echo_contentParts_areJoined() throws Exception {
        HttpResponse<String> answer =
                post("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}]}]}");
        assertTrue(answer.body().contains("\"content\":\"ab\""), answer.body());
    }

    @Test
    void echo_stream_hasTheShapeOfAProvider() throws Exception {
        List<String> payloads = payloads(post(STREAM).body());
        assertEquals("[DONE]", payloads.getLast());
        JsonObject first = delta(payloads.getFirst());
        assertEquals("assistant", first.getString("role"));
        assertEquals("", first.getString("content"));
        StringBuilder text = new StringBuilder();
        for (String payload : payloads.subList(0, payloads.size() - 2)) {
            String piece = delta(payload).getString("content");
            assertTrue(piece.length() <= 5, piece);
            text.append(piece);
            assertFalse(new JsonObject(payload).containsKey("usage"));
        }
        assertEquals("hello there, Zoë \ud83d\ude00!", text.toString());
        JsonObject finish = new JsonObject(payloads.get(payloads.size() - 2));
        assertEquals("stop", finish.getJsonArray("choices").getJsonObject(0).getString("finish_reason"));
        assertEquals(
                1,
                payloads.stream()
                        .limit(payloads.size() - 1L)
                        .map(p -> new JsonObject(p).getString("id"))
                        .distinct()
                        .count());
    }

    @Test
    void stream_usageAsked_hasOneUsageChunk() throws Exception {
        String body =
                STREAM.replace("\"stream\": true", "\"stream\": true,\"stream_options\":{\"include_usage\":true}");
        List<String> payloads = payloads(post(body).body());
        JsonObject usage = new JsonObject(payloads.get(payloads.size() - 2));
        assertTrue(usage.getJsonArray("choices").isEmpty());
        assertTrue(usage.getJsonObject("usage").getInteger("completion_tokens") > 0);
        assertNull(new JsonObject(payloads.getFirst()).getValue("usage"));
        assertTrue(new JsonObject(payloads.getFirst()).containsKey("usage"));
    }

    @Test
    void toolCall_streamed_fragmentsJoinToTheArguments() throws Exception {
        provider.script(Script.toolCall("lookup", "{\"q\":\"aspirin\"}"));
        List<String> payloads = payloads(post(STREAM).body());
        StringBuilder arguments = new StringBuilder();
        for (String payload : payloads.subList(0, payloads.size() - 2)) {
            JsonObject call = delta(payload).getJsonArray("tool_calls").getJsonObject(0);
            assertEquals(0, call.getInteger("index"));
            arguments.append(call.getJsonObject("function").getString("arguments"));
        }
        assertEquals("{\"q\":\"aspirin\"}", arguments.toString());
        assertTrue(payloads.get(payloads.size() - 2).contains("\"finish_reason\":\"tool_calls\""));
        JsonObject whole =
                new JsonObject(post(PLAIN).body()).getJsonArray("choices").getJsonObject(0);
        JsonObject call =
                whole.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0);
        assertEquals("lookup", call.getJsonObject("function").getString("name"));
        assertEquals("{\"q\":\"aspirin\"}", call.getJsonObject("function").getString("arguments"));
    }

    @Test
    void refusal_bothWays_isInTheRefusalField() throws Exception {
        provider.script(Script.refusal("I can't."));
        assertTrue(post(PLAIN).body().contains("\"content\":null,\"refusal\":\"I can't.\""));
        assertTrue(post(STREAM).body().contains("{\"refusal\":\"I ca\"}"));
    }

    @Test
    void severalChoices_streamed_interleave() throws Exception {
        String body = post(STREAM.replace("\"m1\"", "\"m1\",\"n\":2")).body();
        assertTrue(body.indexOf("\"index\":1") < body.lastIndexOf("\"index\":0"));
    }

    @Test
    void status_anyBody_isSentAsItIs() throws Exception {
        provider.script(Script.status(429, "{\"error\":{}}").withHeader("retry-after", "7"));
        HttpResponse<String> answer = post(STREAM);
        assertEquals(429, answer.statusCode());
        assertEquals("{\"error\":{}}", answer.body());
        assertEquals("7", answer.headers().firstValue("retry-after").orElse(""));
        provider.script(Script.jsonBody("{\"x\":1}"));
        assertEquals("{\"x\":1}", post(PLAIN).body());
        provider.script(Script.status(204, ""));
        assertEquals(204, post(PLAIN).statusCode());
    }

    @Test
    void sse_payloads_areSentAsTheyAre() throws Exception {
        provider.script(Script.sse(List.of("{\"a\":1}", "[DONE]")));
        assertEquals("data: {\"a\":1}\n\ndata: [DONE]\n\n", post(STREAM).body());
    }

    @Test
    void received_request_isKeptToTheByte() throws Exception {
        post(PLAIN);
        ReceivedRequest request = provider.last();
        assertEquals("POST", request.method());
        assertEquals("/v1/chat/completions", request.path());
        assertEquals("Bearer k", request.header("AUTHORIZATION"));
        assertArrayEquals(PLAIN.getBytes(StandardCharsets.UTF_8), request.body());
        assertTrue(request.contains("Zoë"));
        assertFalse(request.contains("nobody"));
    }

    @Test
    void script_byRequest_chooses() throws Exception {
        provider.script(request -> request.contains("hello") ? Script.text("yes") : Script.text("no"));
        assertTrue(post(PLAIN).body().contains("\"yes\""));
        assertTrue(post("{}").body().contains("\"no\""));
    }

    @Test
    void badJson_chat_isRefused() throws Exception {
        assertEquals(400, post("{\"messages\":").statusCode());
        assertEquals(400, post("[1]").statusCode());
    }

    @Test
    void rawChunks_eachByteAlone_arrivesInSeveralReads() throws Exception {
        List<byte[]> bytes = new ArrayList<>();
        for (byte b : "data: ü\n\n".getBytes(StandardCharsets.UTF_8)) {
            bytes.add(new byte[] {b});
        }
        provider.script(Script.rawChunks(bytes));
        Raw raw = raw(STREAM);
        assertTrue(raw.reads() >= 5, "reads: " + raw.reads());
        assertEquals(bytes.size(), raw.text().split("\r\n1\r\n", -1).length - 1);
        assertTrue(raw.text().endsWith("\r\n0\r\n\r\n"), raw.text());
    }

    @Test
    void cutAfterBytes_whole_endsInsideTheBody() throws Exception {
        provider.script(Script.jsonBody("{\"a\":\"0123456789\"}").cutAfterBytes(7));
        assertThrows(IOException.class, () -> post(PLAIN));
        Raw raw = raw(PLAIN);
        assertTrue(raw.text().endsWith("{\"a\":\"0"), raw.text());
        assertTrue(raw.closed());
        assertEquals(0, provider.aborted());
    }

    @Test
    void cutAfterBytes_stream_hasNoLastChunk() throws Exception {
        provider.script(Script.text("abcdefghijklmnop").cutAfterBytes(300));
        Raw raw = raw(STREAM);
        assertTrue(raw.closed());
        assertTrue(raw.text().contains("data: {"));
        assertFalse(raw.text().contains("\r\n0\r\n"), raw.text());
        assertThrows(IOException.class, () -> post(STREAM));
    }

    @Test
    void closeBeforeHeaders_anyRequest_getsNothing() throws Exception {
        provider.script(Script.closeBeforeHeaders());
        assertEquals("", raw(PLAIN).text());
    }

    @Test
    void endWithoutFinish_stream_endsCleanly() throws Exception {
        provider.script(Script.text("abcdef").endWithoutFinish());
        String body = post(STREAM).body();
        assertTrue(body.contains("\"abcd\"") && body.contains("\"ef\""), body);
        assertFalse(body.contains("[DONE]") || body.contains("\"stop\""), body);
    }

    @Test
    void errorMidStream_afterTwo_hasErrorAndDone() throws Exception {
        provider.script(Script.text("abcdefghijklm").errorMidStream(2));
        List<String> payloads = payloads(post(STREAM).body());
        assertEquals(4, payloads.size());
        assertTrue(payloads.get(2).startsWith("{\"error\":{"), payloads.get(2));
        assertEquals("[DONE]", payloads.get(3));
    }

    @Test
    void stallBeforeHeaders_clientGivesUp_isCounted() throws Exception {
        provider.script(Script.stallBeforeHeaders());
        try (Socket socket = open(PLAIN)) {
            assertTrue(provider.awaitReceived(1, LONG));
            socket.setSoTimeout(200);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            assertEquals(1, provider.open());
            assertEquals(0, provider.aborted());
        }
        assertTrue(provider.awaitAborted(1, LONG));
        assertEquals(0, provider.open());
    }

    @Test
    void stallAfter_twoChunks_thenSilenceUntilAbort() throws Exception {
        provider.script(Script.text("abcdefghijkl").stallAfter(2));
        try (Socket socket = open(STREAM)) {
            socket.setSoTimeout(300);
            StringBuilder text = new StringBuilder();
            assertThrows(SocketTimeoutException.class, () -> {
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    text.append((char) b);
                }
            });
            assertEquals(
                    2,
                    payloads(text.toString().replaceAll("\r\n[0-9a-f]+\r\n", "\n"))
                            .size(),
                    text.toString());
        }
        assertTrue(provider.awaitAborted(1, LONG));
    }

    @Test
    void stallAfter_none_sendsHeadersOnly() throws Exception {
        provider.script(Script.text("a").stallAfter(0));
        try (Socket socket = open(PLAIN)) {
            socket.setSoTimeout(10_000);
            assertEquals('H', socket.getInputStream().read());
        }
        assertTrue(provider.awaitAborted(1, LONG));
    }

    @Test
    void slow_clientGivesUpMidStream_isCounted() throws Exception {
        provider.script(Script.text("x".repeat(4000)).slow(Duration.ofMillis(5)));
        try (Socket socket = open(STREAM)) {
            assertEquals('H', socket.getInputStream().read());
        }
        assertTrue(provider.awaitAborted(1, LONG));
        assertEquals(0, provider.answered());
    }

    @Test
    void fixed_bothWays_hasTheSizeAsked() throws Exception {
        provider.script(Script.fixed(1000));
        JsonObject json = new JsonObject(post(PLAIN).body());
        String text = json.getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content");
        assertEquals(1000, text.length());
        List<String> payloads = payloads(post(STREAM).body());
        assertEquals("[DONE]", payloads.getLast());
        assertTrue(payloads.size() > 10);
        assertEquals(2, provider.answered());
    }

    @Test
    void builder_withoutRecording_keepsNothing() throws Exception {
        try (ScriptedProvider quiet = ScriptedProvider.builder()
                .eventLoops(2)
                .recording(false)
                .script(Script.text("t"))
                .start()) {
            HttpRequest request = request(quiet.uri(), PLAIN);
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        200,
                        client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode());
            }
            assertTrue(quiet.received().isEmpty());
            assertEquals(4, quiet.answered());
        }
    }

    @Test
    void builder_portTaken_fails() {
        ScriptedProvider.Builder taken = ScriptedProvider.builder().port(provider.port());
        assertThrows(PortTakenException.class, taken::start);
    }

    @Test
    void unreachable_bothKinds_neverConnect() throws Exception {
        try (UnreachableProvider refusing = UnreachableProvider.refusing();
                Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), refusing.port());
            assertThrows(ConnectException.class, () -> socket.connect(address, 2_000));
        }
        try (UnreachableProvider silent = UnreachableProvider.silent();
                Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.port());
            assertThrows(SocketTimeoutException.class, () -> socket.connect(address, 300));
        }
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(request(provider.uri(), body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(URI uri, String body) {
        return HttpRequest.newBuilder(uri.resolve("/v1/chat/completions"))
                .timeout(LONG)
                .header("content-type", "application/json")
                .header("authorization", "Bearer k")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static List<String> payloads(String body) {
        List<String> payloads = new ArrayList<>();
        for (String line : body.split("\n", -1)) {
            if (line.startsWith("data: ")) {
                payloads.add(line.substring(6));
            }
        }
        return payloads;
    }

    private static JsonObject delta(String payload) {
        return new JsonObject(payload).getJsonArray("choices").getJsonObject(0).getJsonObject("delta");
    }

    private record Raw(String text, int reads, boolean closed) {}

    private Socket open(String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), provider.port());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: " + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return socket;
    }

    /** Reads what comes until the connection closes or the last chunk is there. */
    private Raw raw(String body) throws IOException {
        try (Socket socket = open(body)) {
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            byte[] buffer = new byte[8192];
            int reads = 0;
            while (text.indexOf("\r\n0\r\n\r\n") < 0) {
                int got = in.read(buffer);
                if (got < 0) {
                    return new Raw(text.toString(), reads, true);
                }
                reads++;
                text.append(new String(buffer, 0, got, StandardCharsets.ISO_8859_1));
            }
            return new Raw(text.toString(), reads, false);
        }
    }
}
