package dev.anteroom.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PhiCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void data_missing_isAWrongCallThatSaysWhatIsMissing(@TempDir Path folder) {
        assertEquals(2, run("phi", "--data", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("--data"), err.toString());
        assertEquals(2, run("phi", "--data", folder.toString()));
        assertEquals("", out.toString());
    }

    @Test
    void texts_tooFew_isAWrongCall() {
        assertEquals(2, run("phi", "--texts", "1"));
        assertTrue(err.toString().contains("at least 4"), err.toString());
    }

    @Test
    void help_saysWhatItMeasures() {
        assertEquals(0, run("phi", "--help"));
        assertTrue(out.toString().contains("--profile"), out.toString());
    }
}
