package dev.anteroom.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCheckCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new CheckConfigCommand(ConfigFixture.CLOCK))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void checkConfig_rightFile_isZero() {
        assertEquals(
                0, run(ConfigFixture.repositoryConfig().resolve("anteroom.yaml").toString()));
        assertEquals("ok: 1 target, 1 route, 1 workflow, 1 contract" + System.lineSeparator(), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void checkConfig_wrongFile_isOneWithALineForEach() throws IOException {
        ConfigFixture.load(
                folder,
                ConfigFixture.with(
                        ConfigFixture.with(ConfigFixture.BASE, "port: 8080", "port: x"), "demo: false", "demo: true"),
                ConfigFixture.CONTRACTS);
        Path file = folder.resolve("anteroom.yaml");

        assertEquals(1, run(file.toString()));
        assertEquals(3, out.toString().lines().count());
        assertTrue(out.toString().startsWith(file + ":4:9 listener.port: "), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void checkConfig_noFileOrNoArgument_isTwo() {
        assertEquals(2, run(folder.resolve("nowhere.yaml").toString()));
        assertEquals(2, run(folder.toString()));
        assertEquals(2, run());
        assertEquals("", out.toString());
    }
}
