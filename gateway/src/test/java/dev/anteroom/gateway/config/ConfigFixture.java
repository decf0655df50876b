package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The files of the repository, copies of them with changes, and what the loader says of them. */
final class ConfigFixture {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    /** Two targets, one of them live, two routes, one workflow; a line of its own for everything that tests change. */
    static final String BASE = """
            version: 1
            listener:
              host: 127.0.0.1
              port: 8080
            targets:
              - id: openai
                kind: openai
                environment: live
                contract: openai-baa
                baseUrl: https://api.openai.com/v1
                credential: env:OPENAI_API_KEY
                models: [gpt-4o]
              - id: local
                kind: extractive
                environment: sandbox
                contract: built-in
                models: [extractive]
            routes:
              - id: chat
                models: [gpt-4o]
                targets: [openai]
              - id: trial
                models: [extractive]
                targets: [local]
            workflows:
              - id: summary
                audience: clinician
                routes: [chat, trial]
                restoreTools: [open_chart]
            demo: false
            """;

    static final String CONTRACTS = """
            version: 1
            contracts:
              - id: openai-baa
                party: OpenAI
                endpoints: ["https://api.openai.com/v1"]
                modalities: [text]
                regions: [us]
                retention: none
                expires: 2027-12-31
              - id: built-in
                party: Anteroom
                endpoints: [built-in]
                modalities: [text]
                regions: [local]
                retention: none
                leastProfile: balanced
                insideBoundary: true
            """;

    private ConfigFixture() {}

    static Path repositoryConfig() {
        return Path.of(System.getProperty("anteroom.root")).resolve("config");
    }

    static ConfigResult load(Path folder, String config, String contracts) throws IOException {
        return load(folder, config.getBytes(StandardCharsets.UTF_8), contracts);
    }

    static ConfigResult load(Path folder, byte[] config, String contracts) throws IOException {
        Files.write(folder.resolve("anteroom.yaml"), config);
        Files.writeString(folder.resolve("contracts.yaml"), contracts);
        return new ConfigLoader(CLOCK).load(folder.resolve("anteroom.yaml"));
    }

    static ConfigResult.Loaded loaded(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Loaded loaded -> loaded;
            case ConfigResult.Rejected(var errors) -> fail("rejected: " + errors);
        };
    }

    static List<ConfigError> errors(ConfigResult result) {
        return assertInstanceOf(ConfigResult.Rejected.class, result).errors();
    }

    /** The errors, one a line, with the name of the file instead of its path. */
    static List<String> lines(ConfigResult result) {
        return errors(result).stream()
                .map(e -> new ConfigError(
                                Path.of(String.valueOf(e.file().getFileName())),
                                e.line(),
                                e.column(),
                                e.path(),
                                e.problem(),
                                e.expected())
                        .render())
                .toList();
    }

    /** The text with one occurrence replaced; the occurrence must be there, and only once. */
    static String with(String text, String old, String fresh) {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new IllegalArgumentException("not exactly once: " + old);
        }
        return text.replace(old, fresh);
    }
}
