package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official Java client against a gateway in front of a scripted provider. */
class JavaClientTest {
    private static final String MODEL = "gpt-test";

    private ClientScenes scenes;
    private OpenAIClient client;

    /** The shape of a structured answer, as an app declares it. */
    public static final class Identifiers {
        /** Everything that was found. */
        public List<String> identifiers = List.of();
    }

    @BeforeEach
    void start() {
        scenes = new ClientScenes();
        client = client(scenes.baseUrl(), RunningGateway.KEY);
    }

    @AfterEach
    void stop() {
        try {
            scenes.assertNothingLeft();
            scenes.assertToolIdsPair();
        } finally {
            client.close();
            scenes.close();
        }
    }

    private static OpenAIClient client(String baseUrl, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private ChatCompletionCreateParams.Builder ask(String wish) {
        return ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addSystemMessage("You help a ward. The case: " + scenes.note())
                .addUserMessage(scenes.note() + " Please " + wish + ".")
                .putAdditionalBodyProperty(
                        "patient", JsonValue.from(scenes.patient().getMap()));
    }

    private static ChatCompletionFunctionTool findChart() {
        Map<String, ?> identifiers = Map.of("type", "array", "items", Map.of("type", "string"));
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("find_chart")
                        .description("Finds a chart")
                        .strict(true)
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("properties", JsonValue.from(Map.of("identifiers", identifiers)))
                                .putAdditionalProperty("required", JsonValue.from(List.of("identifiers")))
                                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                .build())
                        .build())
                .build();
    }

    private void assertOriginals(String text) {
        for (String original : scenes.originals()) {
            assertTrue(text.contains(original), () -> "no " + original + " in " + text);
        }
    }

    private static String content(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElse("");
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams params) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            return stream.stream().toList();
        }
    }

    private static String content(List<ChatCompletionChunk> chunks) {
        StringBuilder text = new StringBuilder();
        for (ChatCompletionChunk chunk : chunks) {
            for (ChatCompletionChunk.Choice choice : chunk.choices()) {
                text.append(choice.delta().content().orElse(""));
            }
        }
        return text.toString();
    }

    private static String requestId(OpenAIServiceException error) {
        return error.headers().values("x-request-id").getFirst();
    }

    private void assertSilent(OpenAIServiceException error) {
        for (String original : scenes.originals()) {
            assertFalse(String.valueOf(error.getMessage()).contains(original), "the error repeats the value");
        }
    }

    @Test
    void models_listAndRetrieve_nameWhatTheKeyMayUse() {
        List<String> ids =
                client.models().list().data().stream().map(Model::id).sorted().toList();
        assertEquals(List.of("extractive", MODEL), ids);
        assertEquals(MODEL, client.models().retrieve(MODEL).id());
        assertThrows(NotFoundException.class, () -> client.models().retrieve("no/such:model"));
    }

    @Test
    void chat_withPhi_comesBackRestored() {
        ChatCompletion answer = client.chat().completions().create(ask("echo").build());
        assertOriginals(content(answer));
        assertEquals(
                ChatCompletion.Choice.FinishReason.STOP,
                answer.choices().getFirst().finishReason());
        assertTrue(answer.usage().orElseThrow().totalTokens() > 0);
    }

    @Test
    void chat_withItsOwnAnswerAsHistory_comesBackRestored() {
        ChatCompletionMessage first = client.chat()
                .completions()
                .create(ask("echo").build())
                .choices()
                .getFirst()
                .message();
        ChatCompletionCreateParams next = ask("echo")
                .addMessage(first)
                .addUserMessage(scenes.note() + " Please echo again.")
                .build();
        assertOriginals(content(client.chat().completions().create(next)));
    }

    @Test
    void chat_withTheSettingsOfApps_isAccepted() {
        ChatCompletionCreateParams params = ask("echo")
                .temperature(0.2)
                .topP(0.9)
                .maxCompletionTokens(500)
                .presencePenalty(0.1)
                .frequencyPenalty(0.1)
                .n(2)
                .logprobs(false)
                .store(false)
                .safetyIdentifier("536-22-8147")
                .promptCacheKey("48213907")
                .metadata(ChatCompletionCreateParams.Metadata.builder()
                        .putAdditionalProperty("mrn", JsonValue.from("48213907"))
                        .build())
                .build();
        ChatCompletion answer = client.chat().completions().create(params);
        assertEquals(2, answer.choices().size());
        answer.choices()
                .forEach(choice -> assertOriginals(choice.message().content().orElse("")));
    }

    @Test
    void chat_rawResponse_showsRequestAndTraceId() {
        try (HttpResponseFor<ChatCompletion> raw =
                client.chat().completions().withRawResponse().create(ask("echo").build())) {
            assertTrue(raw.requestId().orElseThrow().startsWith("req_"));
            assertFalse(raw.headers().values("x-anteroom-trace-id").isEmpty());
            assertFalse(raw.headers().values("x-anteroom-snapshot").isEmpty());
            assertOriginals(content(raw.parse()));
        }
    }

    @Test
    void chat_asynchronous_comesBackRestored() throws Exception {
        List<java.util.concurrent.CompletableFuture<ChatCompletion>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(client.async().chat().completions().create(ask("echo").build()));
        }
        for (java.util.concurrent.CompletableFuture<ChatCompletion> answer : answers) {
            assertOriginals(content(answer.get(60, TimeUnit.SECONDS)));
        }
    }

    @Test
    void stream_raw_comesBackRestored() {
        List<ChatCompletionChunk> chunks = stream(ask("echo").build());
        assertTrue(chunks.size() > 10, "the stream came in one piece");
        assertTrue(chunks.stream().noneMatch(chunk -> chunk.choices().isEmpty()));
        assertEquals(1, chunks.stream().map(ChatCompletionChunk::id).distinct().count());
        assertEquals(
                ChatCompletionChunk.Choice.FinishReason.STOP,
                chunks.getLast().choices().getFirst().finishReason().orElseThrow());
        assertOriginals(content(chunks));
    }

    @Test
    void stream_accumulatedWithUsage_isTheWholeAnswer() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = stream(ask("echo")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        chunks.forEach(accumulator::accumulate);
        assertOriginals(content(accumulator.chatCompletion()));
        assertTrue(accumulator.chatCompletion().usage().orElseThrow().totalTokens() > 0);
    }

    @Test
    void stream_accumulatedWithoutUsage_isTheWholeAnswer() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        stream(ask("echo").build()).forEach(accumulator::accumulate);
        assertOriginals(content(accumulator.chatCompletion()));
    }

    @Test
    void toolCall_answeredWithTheWholeMessageAndItsResult_isRestoredOnBothWays() {
        ChatCompletion answer = client.chat()
                .completions()
                .create(ask("call the tool").addTool(findChart()).build());
        assertEquals(
                ChatCompletion.Choice.FinishReason.TOOL_CALLS,
                answer.choices().getFirst().finishReason());
        useTool(answer.choices().getFirst().message());
    }

    @Test
    void toolCall_streamed_isRestoredOnBothWays() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        stream(ask("call the tool").addTool(findChart()).build()).forEach(accumulator::accumulate);
        useTool(accumulator.chatCompletion().choices().getFirst().message());
    }

    private void useTool(ChatCompletionMessage message) {
        ChatCompletionMessageFunctionToolCall call =
                message.toolCalls().orElseThrow().getFirst().asFunction();
        assertEquals("find_chart", call.function().name());
        assertOriginals(new JsonObject(call.function().arguments())
                .getJsonArray("identifiers").stream().map(String.class::cast).collect(Collectors.joining(" ")));
        String result = new JsonObject()
                .put("chart", scenes.note())
                .put("mrn", 48213907)
                .encode();
        ChatCompletionCreateParams next = ask("call the tool")
                .addTool(findChart())
                .addMessage(message)
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content(result)
                        .build())
                .build();
        assertOriginals(content(client.chat().completions().create(next)));
    }

    @Test
    void structuredOutput_withPhi_isParsedWithTheOriginals() {
        Identifiers answer = client.chat()
                .completions()
                .create(ask("list the identifiers")
                        .responseFormat(Identifiers.class)
                        .build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertOriginals(String.join(" ", answer.identifiers));
        String dialect = "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"";
        assertTrue(scenes.provider().last().contains(dialect), "the schema's dialect is no identifier");
    }

    @Test
    void structuredOutput_streamed_isParsedWithTheOriginals() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(ask("list the identifiers")
                        .responseFormat(Identifiers.class)
                        .build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        Identifiers answer = accumulator
                .chatCompletion(Identifiers.class)
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertOriginals(String.join(" ", answer.identifiers));
    }

    @Test
    void refusal_withPhi_comesBackRestored() {
        ChatCompletion answer = client.chat().completions().create(ask("refuse").build());
        assertOriginals(answer.choices().getFirst().message().refusal().orElseThrow());
    }

    @Test
    void wrongKey_isUnauthorized() {
        try (Closing stranger = new Closing(client(scenes.baseUrl(), "sk-anteroom-nobody"))) {
            UnauthorizedException error = assertThrows(
                    UnauthorizedException.class,
                    () -> stranger.client
                            .chat()
                            .completions()
                            .create(ask("echo").build()));
            assertEquals("invalid_api_key", error.code().orElseThrow());
            assertTrue(requestId(error).startsWith("req_"));
        }
    }

    /** A client in a try block: the client's own {@code close} is not {@link AutoCloseable}'s. */
    private record Closing(OpenAIClient client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void unknownModel_isNotFound() {
        NotFoundException error = assertThrows(
                NotFoundException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("echo").model("no-such-model").build()));
        assertEquals("model_not_found", error.code().orElseThrow());
        assertTrue(requestId(error).startsWith("req_"));
    }

    @Test
    void unknownPath_isNotFound() {
        assertThrows(NotFoundException.class, () -> client.files().list());
    }

    @Test
    void unknownParameter_isABadRequestThatNamesIt() {
        ChatCompletionCreateParams params = ask("echo")
                .putAdditionalBodyProperty("shadow_copy", JsonValue.from(scenes.note()))
                .build();
        BadRequestException error = assertThrows(
                BadRequestException.class, () -> client.chat().completions().create(params));
        assertEquals("unsupported_parameter", error.code().orElseThrow());
        assertTrue(error.param().orElseThrow().contains("shadow_copy"));
        assertSilent(error);
        assertThrows(BadRequestException.class, () -> stream(params));
    }

    @Test
    void usedUpRate_isARateLimit() {
        try (Closing limited = new Closing(client(scenes.limitedUrl(), RunningGateway.KEY))) {
            ChatCompletionCreateParams params = ask("echo").model("extractive").build();
            RateLimitException error = assertThrows(RateLimitException.class, () -> {
                for (int i = 0; i < 20; i++) {
                    limited.client.chat().completions().create(params);
                }
            });
            assertEquals("rate_limit_exceeded", error.code().orElseThrow());
            int seconds = Integer.parseInt(error.headers().values("retry-after").getFirst());
            assertTrue(seconds > 0 && seconds <= 60, () -> "retry after " + seconds);
        }
    }

    @Test
    void failingProvider_isAnInternalServerErrorWithoutRetry() {
        InternalServerException error = assertThrows(
                InternalServerException.class,
                () -> client.chat().completions().create(ask("break down").build()));
        assertEquals(502, error.statusCode());
        assertEquals(List.of("false"), error.headers().values("x-should-retry"));
        assertSilent(error);
    }

    @Test
    void streamThatFailsHalfway_raises() {
        assertThrows(SseException.class, () -> stream(ask("fail halfway").build()));
    }

    @Test
    void streamWithoutFinish_raises() {
        assertThrows(OpenAIException.class, () -> stream(ask("end early").build()));
    }

    @Test
    void cutStream_raises() {
        assertThrows(OpenAIException.class, () -> stream(ask("hang up").build()));
    }

    @Test
    void closedStream_reachesTheProvider() throws Exception {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(ask("talk slowly").build())) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            chunks.next();
            chunks.next();
        }
        assertTrue(scenes.provider().awaitAborted(1, Duration.ofSeconds(10)));
    }
}
