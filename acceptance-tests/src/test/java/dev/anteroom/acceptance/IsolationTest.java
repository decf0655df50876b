package dev.anteroom.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be done: send what was not de-identified, by the compiler; and call anybody else, by the kernel. */
class IsolationTest {
    private static final String SEND = "client.send(%s, intent, target, model, deadlines, handler)";

    /** An expression that compiles where it stands, one in its place that must not, and what the compiler must say of it. */
    static Stream<Arguments> forbidden() {
        return Stream.of(
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("text"),
                        "cannot be converted to dev.anteroom.egress.DeidentifiedRequest"),
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("bytes"),
                        "cannot be converted to dev.anteroom.egress.DeidentifiedRequest"),
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("buffer"),
                        "cannot be converted to dev.anteroom.egress.DeidentifiedRequest"),
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("request.body()"),
                        "cannot be converted to dev.anteroom.egress.DeidentifiedRequest"),
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("request").replace("intent", "recorded"),
                        "cannot be converted to dev.anteroom.traces.DurableIntent"),
                Arguments.of(
                        "Exchange",
                        SEND.formatted("request"),
                        SEND.formatted("request").replace("model,", "text,"),
                        "cannot be converted to dev.anteroom.egress.WireConstant"),
                Arguments.of(
                        "DeidentifiedRequest",
                        "request",
                        "new DeidentifiedRequest(null, null, null, null)",
                        "report.access"),
                Arguments.of("Object", "request.digest()", "request.rendered()", "not.def.public.cant.access"),
                Arguments.of("RedactedText", "redacted", "new RedactedText(text)", "not.def.public.cant.access"),
                Arguments.of("DurableIntent", "intent", "new DurableIntent(recorded)", "not.def.public.cant.access"),
                Arguments.of("DurableOutcome", "outcome", "new DurableOutcome(ended)", "not.def.public.cant.access"),
                Arguments.of("WireConstant", "model", "new WireConstant(text)", "not.def.public.cant.access"),
                Arguments.of(
                        "ReleasedAnswer",
                        "released",
                        "new ReleasedAnswer(java.util.List.of(text), Audience.PATIENT, java.util.List.of())",
                        "not.def.public.cant.access"),
                Arguments.of(
                        "UncheckedRelease",
                        "unchecked",
                        "new UncheckedRelease(Audience.PATIENT)",
                        "not.def.public.cant.access"),
                Arguments.of("ReleasedJson", "json", "new ReleasedJson(bytes)", "report.access"),
                Arguments.of(
                        "ReleasedJson",
                        "answer.toJson(released)",
                        "answer.toJson(text)",
                        "cannot be converted to dev.anteroom.guardrails.ReleasedAnswer"),
                Arguments.of("RedactedText", "redacted", "new RedactedText(text) {}", "cant.inherit.from.final"),
                Arguments.of(
                        "WireConstant", "model", "text", "cannot be converted to dev.anteroom.egress.WireConstant"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("forbidden")
    void code_outsideOfItsRoom_cannotMakeWhatOnlyTheRoomMakes(
            String type, String allowed, String forbidden, String error) {
        assertEquals(List.of(), compile(type, allowed), "the control must compile");
        List<String> errors = compile(type, forbidden);
        assertTrue(
                errors.stream().anyMatch(code -> code.contains(error)), () -> "expected " + error + ", but " + errors);
    }

    private static List<String> compile(String type, String expression) {
        String source = """
                package outside;
                import dev.anteroom.egress.*;
                import dev.anteroom.guardrails.Audience;
                import dev.anteroom.gateway.wire.ChatAnswer;
                import dev.anteroom.gateway.wire.ReleasedJson;
                import dev.anteroom.guardrails.ReleasedAnswer;
                import dev.anteroom.guardrails.UncheckedRelease;
                import dev.anteroom.phi.RedactedText;
                import dev.anteroom.traces.*;
                class Outside {
                    %s make(
                            ProviderClient client, DeidentifiedRequest request, DurableIntent intent, DurableOutcome outcome,
                            Intent recorded, Outcome ended, ProviderTarget target, WireConstant model,
                            AttemptDeadlines deadlines, AnswerHandler handler, RedactedText redacted, ReleasedAnswer released,
                            UncheckedRelease unchecked, ReleasedJson json, ChatAnswer answer,
                            String text, byte[] bytes, io.vertx.core.buffer.Buffer buffer) {
                        return %s;
                    }
                }
                """.formatted(type, expression);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        compiler.getTask(
                        new StringWriter(),
                        null,
                        diagnostics,
                        List.of(
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                System.getProperty("java.io.tmpdir"),
                                "-implicit:none",
                                "-XDshould-stop.ifNoError=FLOW"),
                        null,
                        List.of(new Source(source)))
                .call();
        List<String> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic.getCode() + ": " + diagnostic.getMessage(Locale.ROOT));
            }
        }
        return errors;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///outside/Outside.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void gateway_onAMachineWithoutAnyRoute_worksAndTriesToReachNobodyElse(@TempDir Path directory) throws Exception {
        Map<String, String> said = runAlone(directory);
        assertEquals("200 Rest.", said.get("whole"), said::toString);
        assertEquals("200 Rest.", said.get("stream"), said::toString);
        assertEquals("200", said.get("extractive"), said::toString);
        assertEquals("200", said.get("models"), said::toString);
        assertEquals("400", said.get("refused"), said::toString);
        assertEquals("0", said.get("unreachable-tries"), () -> "something tried to leave the machine: " + said);
        // The control: a call that must leave the machine cannot, and the kernel's counter has seen it.
        assertEquals("502", said.get("elsewhere"), said::toString);
        assertTrue(Long.parseLong(said.getOrDefault("unreachable-tries-then", "0")) > 0, said::toString);
    }

    /** Runs {@link LonelyMachine} in a network namespace that has nothing but loopback. */
    private static Map<String, String> runAlone(Path directory) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String loopbackUp = "ip link set lo up || ifconfig lo up || busybox ip link set lo up";
        String script = "{ " + loopbackUp + "; } >/dev/null 2>&1 || exit 97; exec \"$0\" \"$@\"";
        List<String> failures = new ArrayList<>();
        for (List<String> enter : List.of(
                List.of("unshare", "--net"),
                List.of("unshare", "--map-root-user", "--net"),
                List.of("sudo", "-n", "--preserve-env=CLASSPATH", "unshare", "--net"))) {
            List<String> command = new ArrayList<>(enter);
            command.addAll(List.of(
                    "sh",
                    "-c",
                    script,
                    java,
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    LonelyMachine.class.getName(),
                    directory.toString()));
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            int code = -1;
            try {
                Process process = builder.start();
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError("not done after 120 s: " + Files.readString(out) + Files.readString(err));
                }
                code = process.exitValue();
            } catch (IOException notThere) {
                failures.add(String.join(" ", enter) + ": not there");
                continue;
            }
            Map<String, String> said = new HashMap<>();
            for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    said.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            if (said.containsKey("entered")) {
                assertEquals(0, code, () -> said + " " + readQuietly(err));
                return said;
            }
            failures.add(String.join(" ", enter) + ": exit code " + code + " "
                    + readQuietly(err).strip());
        }
        throw new AssertionError(
                "no network namespace could be entered. This test needs root, or unprivileged user namespaces,"
                        + " or sudo without a password, and util-linux (unshare) with iproute2, net-tools or busybox. Tried: "
                        + failures);
    }

    private static String readQuietly(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
