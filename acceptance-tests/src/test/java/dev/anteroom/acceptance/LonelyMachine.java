package dev.anteroom.acceptance;

import dev.anteroom.load.Script;
import dev.anteroom.load.ScriptedProvider;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;

/**
 * Runs provider, gateway and app on a machine that has nothing but loopback, and prints what came of it. Stateless.
 *
 * <p>The kernel counts every packet and connection for which it has no route ({@code OutNoRoutes}, TCP, UDP and so DNS too): zero means
 * that nobody even tried to reach anything but this machine.
 */
final class LonelyMachine {
    private static final String QUESTION = "What was advised?";

    private LonelyMachine() {}

    /** Takes a directory to work in. */
    public static void main(String[] arguments) throws Exception {
        List<String> interfaces = NetworkInterface.networkInterfaces()
                .filter(LonelyMachine::isUp)
                .map(NetworkInterface::getName)
                .toList();
        if (!interfaces.equals(List.of("lo"))) {
            throw new IllegalStateException("not alone: " + interfaces);
        }
        say("entered", "yes");
        Path directory = Path.of(arguments[0]);
        try (ScriptedProvider provider = ScriptedProvider.start(Script.text("Rest."))) {
            Path config = new GatewayFiles()
                    .target("provider", provider.port())
                    // An address for documentation (RFC 5737), which belongs to nobody.
                    .target(
                            "elsewhere",
                            "https://203.0.113.7/v1",
                            "kind: openai, environment: sandbox, models: [elsewhere]",
                            "[text]")
                    .route("elsewhere", "elsewhere", "elsewhere")
                    .write(Files.createDirectories(directory.resolve("config")));
            try (GatewayProcess gateway = GatewayProcess.serve(config, directory.resolve("data"));
                    HttpClient http = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()) {
                HttpResponse<String> whole = chat(http, gateway, Chat.whole(QUESTION));
                say("whole", whole.statusCode() + " " + Chat.content(whole));
                HttpResponse<String> stream = chat(http, gateway, Chat.stream(QUESTION));
                say("stream", stream.statusCode() + " " + Chat.streamedContent(stream.body()));
                say(
                        "extractive",
                        ""
                                + chat(http, gateway, Chat.whole("extractive", "Rest. What was advised?"))
                                        .statusCode());
                say("refused", "" + chat(http, gateway, "{").statusCode());
                say(
                        "models",
                        ""
                                + http.send(
                                                request(gateway, "/v1/models").build(),
                                                HttpResponse.BodyHandlers.ofString())
                                        .statusCode());
                say("unreachable-tries", "" + withoutRoute());
                say(
                        "elsewhere",
                        ""
                                + chat(http, gateway, Chat.whole("elsewhere", QUESTION))
                                        .statusCode());
                say("unreachable-tries-then", "" + withoutRoute());
            }
        }
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> chat(HttpClient http, GatewayProcess gateway, String json)
            throws IOException, InterruptedException {
        return http.send(
                request(gateway, "/v1/chat/completions")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(GatewayProcess gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("authorization", "Bearer " + RunningGateway.KEY);
    }

    private static void say(String what, String value) {
        System.out.println(what + "=" + value);
    }

    /** How often this namespace wanted to send something to where no route leads. */
    private static long withoutRoute() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/net/snmp"));
        Scanner names = new Scanner(lines.get(0));
        Scanner values = new Scanner(lines.get(1));
        long count = 0;
        while (names.hasNext()) {
            String value = values.next();
            if (names.next().equals("OutNoRoutes")) {
                count += Long.parseLong(value);
            }
        }
        Path six = Path.of("/proc/net/snmp6");
        if (Files.exists(six)) {
            for (String line : Files.readAllLines(six)) {
                if (line.startsWith("Ip6OutNoRoutes")) {
                    count += Long.parseLong(
                            line.substring("Ip6OutNoRoutes".length()).strip());
                }
            }
        }
        return count;
    }
}
