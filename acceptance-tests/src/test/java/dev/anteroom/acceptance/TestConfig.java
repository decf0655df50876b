package dev.anteroom.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration for a test: providers on this machine behind the model {@code gpt-test}. Immutable.
 *
 * @param providerPorts tried in this order
 * @param extra further top-level YAML
 */
record TestConfig(
        List<Integer> providerPorts,
        String audience,
        String profile,
        List<String> restoreTools,
        String modalities,
        String timeouts,
        String limits,
        String extra) {

    private static final String QUICK = "{connect: 2s, firstToken: 5s, stall: 5s, total: 60s}";

    /** A clinician's workflow with the balanced profile that restores in every tool. */
    static TestConfig clinician(int... providerPorts) {
        return new TestConfig(
                java.util.Arrays.stream(providerPorts).boxed().toList(),
                "clinician",
                "balanced",
                List.of("*"),
                "[text]",
                QUICK,
                "{}",
                "");
    }

    TestConfig withAudience(String other) {
        return new TestConfig(providerPorts, other, profile, restoreTools, modalities, timeouts, limits, extra);
    }

    TestConfig withProfile(String other) {
        return new TestConfig(providerPorts, audience, other, restoreTools, modalities, timeouts, limits, extra);
    }

    TestConfig withRestoreTools(String... tools) {
        return new TestConfig(providerPorts, audience, profile, List.of(tools), modalities, timeouts, limits, extra);
    }

    TestConfig withModalities(String other) {
        return new TestConfig(providerPorts, audience, profile, restoreTools, other, timeouts, limits, extra);
    }

    TestConfig withTimeouts(String other) {
        return new TestConfig(providerPorts, audience, profile, restoreTools, modalities, other, limits, extra);
    }

    TestConfig withLimits(String other) {
        return new TestConfig(providerPorts, audience, profile, restoreTools, modalities, timeouts, other, extra);
    }

    TestConfig withExtra(String yaml) {
        return new TestConfig(providerPorts, audience, profile, restoreTools, modalities, timeouts, limits, yaml);
    }

    /** Writes the files into a directory and returns the main one. */
    Path write(Path directory) throws IOException {
        StringBuilder targets = new StringBuilder();
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < providerPorts.size(); i++) {
            String url = "http://127.0.0.1:" + providerPorts.get(i) + "/v1";
            targets.append(
                    "  - {id: provider-" + i + ", kind: openai, environment: sandbox, contract: test, baseUrl: \"" + url
                            + "\", models: [gpt-test], timeouts: " + timeouts + "}\n");
            endpoints.append(i == 0 ? "" : ", ").append('"').append(url).append('"');
        }
        String ids = String.join(
                ", ",
                java.util.stream.IntStream.range(0, providerPorts.size())
                        .mapToObj(i -> "provider-" + i)
                        .toList());
        String tools =
                String.join(", ", restoreTools.stream().map(t -> '"' + t + '"').toList());
        String yaml = """
                version: 1
                gateway: {id: test}
                listener: {host: 127.0.0.1, port: 8080}
                admin: {host: 127.0.0.1, port: 8081}
                limits: %s
                journal: {segmentBytes: 4MiB, alarmFreeBytes: 64MiB, reserveBytes: 16MiB}
                contractsFile: contracts.yaml
                targets:
                  - {id: extractive, kind: extractive, environment: sandbox, contract: built-in, models: [extractive]}
                %sroutes:
                  - {id: extractive, models: [extractive], targets: [extractive]}
                %sworkflows:
                  - {id: demo, audience: %s, profile: %s, routes: [%s], restoreTools: [%s]}
                demo: true
                %s
                """.formatted(
                limits,
                targets,
                providerPorts.isEmpty() ? "" : "  - {id: provider, models: [gpt-test], targets: [" + ids + "]}\n",
                audience,
                profile,
                providerPorts.isEmpty() ? "extractive" : "extractive, provider",
                tools,
                extra);
        String contracts = """
                version: 1
                contracts:
                  - {id: built-in, party: this gateway, endpoints: [built-in], modalities: [text], regions: [local], retention: none, leastProfile: balanced, insideBoundary: true}
                %s
                """.formatted(
                providerPorts.isEmpty()
                        ? ""
                        : "  - {id: test, party: test, endpoints: [" + endpoints + "], modalities: " + modalities
                                + ", regions: [local], retention: none, leastProfile: balanced, insideBoundary: false, expires: 2099-12-31}\n");
        Files.writeString(directory.resolve("contracts.yaml"), contracts);
        return Files.writeString(directory.resolve("anteroom.yaml"), yaml);
    }
}
