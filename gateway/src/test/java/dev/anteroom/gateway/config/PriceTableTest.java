package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices as they stand in a configuration, and what calls cost by them. */
class PriceTableTest {
    private static final String PRICES = """
            prices:
              - {model: large, from: 2026-01-01, inputPerMillion: 2, outputPerMillion: 8.50}
              - {model: large, from: 2026-07-01, inputPerMillion: 1, outputPerMillion: 4}
              - {model: large, target: a, from: 2026-03-01, inputPerMillion: 0.000001, outputPerMillion: 0}
            """;

    @TempDir
    private Path folder;

    private ConfigResult load(String section) throws IOException {
        Path shipped = ConfigFixture.repositoryConfig();
        Files.copy(shipped.resolve("contracts.yaml"), folder.resolve("contracts.yaml"));
        Path file = folder.resolve("anteroom.yaml");
        Files.writeString(file, Files.readString(shipped.resolve("anteroom.yaml")) + "\n" + section);
        return new ConfigLoader(ConfigFixture.CLOCK).load(file);
    }

    @Test
    void costMicros_byModelTargetAndDay_isOfTheNewestPriceInForce() throws IOException {
        PriceTable table =
                PriceTable.of(ConfigFixture.loaded(load(PRICES)).config().prices());

        assertEquals(OptionalLong.empty(), cost(table, "b", "small", "2026-08-01T00:00:00Z"));
        assertEquals(OptionalLong.empty(), cost(table, "b", "large", "2025-12-31T23:59:59Z"));
        assertEquals(OptionalLong.of(2 * 1_000_000 + 8_500_000), cost(table, "b", "large", "2026-01-01T00:00:00Z"));
        assertEquals(OptionalLong.of(2 * 1_000_000 + 8_500_000), cost(table, "a", "large", "2026-02-28T23:59:59Z"));
        assertEquals(OptionalLong.of(1), cost(table, "a", "large", "2026-08-01T00:00:00Z"));
        assertEquals(OptionalLong.of(5 * 1_000_000), cost(table, "b", "large", "2026-07-01T00:00:00Z"));
    }

    private static OptionalLong cost(PriceTable table, String target, String model, String time) {
        return table.costMicros(target, model, Instant.parse(time), 1_000_000, 1_000_000);
    }

    @Test
    void load_whatWouldLeaveThisMachineInClear_isRefused() throws IOException {
        List<String> problems = ConfigFixture.errors(load("""
                        store: {url: "postgresql://db.example.org/anteroom", user: u, credential: env:P}
                        telemetry:
                          spans: {endpoint: "http://otel.example.org/v1/traces"}
                          securityEvents: {syslog: "tcp://siem.example.org:514"}
                        """)).stream()
                .map(ConfigError::problem)
                .toList();

        assertEquals(
                List.of(
                        "a database on another machine is reached by TLS alone",
                        "http:// without TLS leaves this machine",
                        "tcp:// without TLS leaves this machine"),
                problems);
    }
}
