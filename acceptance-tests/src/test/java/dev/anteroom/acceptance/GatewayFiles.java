package dev.anteroom.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a configuration with several targets, each under a contract of its own. Confined to one test.
 *
 * <p>What a method takes as YAML is written inside braces: {@code "timeouts: {stall: 1s}, retry: ..."}.
 */
final class GatewayFiles {
    private final List<String> targets = new ArrayList<>();
    private final List<String> contracts = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();
    private final List<String> workflows = new ArrayList<>();
    private final List<String> routeIds = new ArrayList<>();
    private String listener = "{host: 127.0.0.1, port: 8080}";
    private String limits = "{}";
    private int maxAttempts = 3;
    private boolean demo = true;

    GatewayFiles listener(String yaml) {
        listener = yaml;
        return this;
    }

    GatewayFiles limits(String yaml) {
        limits = yaml;
        return this;
    }

    GatewayFiles maxAttempts(int count) {
        maxAttempts = count;
        return this;
    }

    GatewayFiles withoutDemo() {
        demo = false;
        return this;
    }

    /** A sandbox target of the model {@code gpt-test} on this machine. */
    GatewayFiles target(String id, int port) {
        return target(id, port, "");
    }

    GatewayFiles target(String id, int port, String more) {
        return target(
                id, "http://127.0.0.1:" + port + "/v1", "kind: openai, environment: sandbox" + comma(more), "[text]");
    }

    GatewayFiles target(String id, int port, String more, String modalities) {
        return target(
                id, "http://127.0.0.1:" + port + "/v1", "kind: openai, environment: sandbox" + comma(more), modalities);
    }

    /** A target of the model {@code gpt-test}; {@code more} names at least kind and environment. */
    GatewayFiles target(String id, String url, String more, String modalities) {
        String models = more.contains("models:") ? "" : ", models: [gpt-test]";
        targets.add("  - {id: " + id + ", contract: " + id + ", baseUrl: \"" + url + "\", " + more + models + "}");
        contracts.add("  - {id: " + id + ", party: test, endpoints: [\"" + url + "\"], modalities: " + modalities
                + ", regions: [local], retention: none, leastProfile: balanced, expires: 2099-12-31}");
        ids.add(id);
        return this;
    }

    /** A route of these models over these targets, beside the one of {@code gpt-test} over all targets. */
    GatewayFiles route(String id, String model, String target) {
        routes.add("  - {id: " + id + ", models: [" + model + "], targets: [" + target + "]}");
        routeIds.add(id);
        ids.remove(target);
        return this;
    }

    /** A workflow over all routes; {@code more} such as {@code "audience: patient, limits: {concurrentCalls: 1}"}. */
    GatewayFiles workflow(String id, String more) {
        workflows.add("  - {id: " + id + comma(more) + ", routes: [ROUTES]}");
        return this;
    }

    private static String comma(String more) {
        return more.isEmpty() ? "" : ", " + more;
    }

    /** Writes the files and returns the main one. */
    Path write(Path directory) {
        List<String> allRoutes = new ArrayList<>(routes);
        List<String> allRouteIds = new ArrayList<>(routeIds);
        allRoutes.add("  - {id: extractive, models: [extractive], targets: [extractive]}");
        allRouteIds.add("extractive");
        if (!ids.isEmpty()) {
            allRoutes.add("  - {id: provider, models: [gpt-test], targets: [" + String.join(", ", ids) + "]}");
            allRouteIds.add("provider");
        }
        List<String> allWorkflows = new ArrayList<>(workflows);
        if (demo && workflows.stream().noneMatch(w -> w.contains("{id: demo,"))) {
            allWorkflows.add("  - {id: demo, audience: clinician, profile: balanced, routes: [ROUTES]}");
        }
        String yaml = """
                version: 1
                gateway: {id: test}
                listener: %s
                admin: {host: 127.0.0.1, port: 8081}
                limits: %s
                journal: {segmentBytes: 4MiB, alarmFreeBytes: 64MiB, reserveBytes: 16MiB}
                contractsFile: contracts.yaml
                targets:
                  - {id: extractive, kind: extractive, environment: sandbox, contract: built-in, models: [extractive]}
                %s
                routes:
                %s
                retry: {maxAttempts: %d}
                workflows:
                %s
                demo: %s
                """.formatted(
                        listener,
                        limits,
                        String.join("\n", targets),
                        String.join("\n", allRoutes),
                        maxAttempts,
                        String.join("\n", allWorkflows).replace("ROUTES", String.join(", ", allRouteIds)),
                        demo);
        String contractsYaml = """
                version: 1
                contracts:
                  - {id: built-in, party: this gateway, endpoints: [built-in], modalities: [text], regions: [local], retention: none, leastProfile: balanced, insideBoundary: true}
                %s
                """.formatted(String.join("\n", contracts));
        try {
            Files.writeString(directory.resolve("contracts.yaml"), contractsYaml);
            return Files.writeString(directory.resolve("anteroom.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a gateway in this JVM. */
    RunningGateway start() {
        try {
            Path directory = Files.createTempDirectory("anteroom-acceptance");
            return RunningGateway.start(directory, write(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
