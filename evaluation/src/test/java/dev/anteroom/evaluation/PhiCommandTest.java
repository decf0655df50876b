package dev.anteroom.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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
    void written_textsOfAFile_areMeasuredByStyle(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("texts.jsonl"), """
                ["query","Call Mr. ","O","John Miller","NAME"," of ","O","Acme","-",", MRN ","O","48213907","OTHER_ID"]
                ["plain","Sodium rose to 140.","O"]
                """);
        assertEquals(0, run("phi", "--written", file.toString(), "--layers", "rules", "--profile", "balanced"));
        assertTrue(out.toString().contains("query  2       0      100.00 %"), out.toString());
        assertTrue(out.toString().contains("plain        1      0        0.00 %"), out.toString());
    }

    @Test
    void written_pieceWithoutItsKind_isAWrongCall(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("texts.jsonl"), "[\"query\",\"Call\"]");
        assertEquals(2, run("phi", "--written", file.toString()));
        assertTrue(err.toString().contains("--written"), err.toString());
    }

    @Test
    void help_saysWhatItMeasures() {
        assertEquals(0, run("phi", "--help"));
        assertTrue(out.toString().contains("--profile"), out.toString());
    }
}
