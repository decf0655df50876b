package dev.anteroom.evaluation;

import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code evaluate phi}: the tables of leaks and of over-redaction. Confined to one thread. */
@CommandLine.Command(
        name = "phi",
        mixinStandardHelpOptions = true,
        description = "Measures what the redactor leaves and what it takes too much.")
final class PhiCommand implements Callable<Integer> {
    /** The choice of {@code --profile}. */
    enum Profiles {
        BALANCED,
        STRICT,
        BOTH
    }

    @CommandLine.Option(
            names = "--data",
            defaultValue = "../shared/data/phi",
            description = "Folder of public data (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @CommandLine.Option(
            names = "--profile",
            defaultValue = "both",
            description = "balanced, strict or both (default: ${DEFAULT-VALUE}).")
    private Profiles profile = Profiles.BOTH;

    @CommandLine.Option(
            names = "--layers",
            defaultValue = "both",
            description = "rules, model or both (default: ${DEFAULT-VALUE}).")
    private Layers layers = Layers.BOTH;

    @CommandLine.Option(
            names = "--texts",
            defaultValue = "300",
            description = "Texts of each style (default: ${DEFAULT-VALUE}).")
    private int texts;

    @CommandLine.Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the texts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @CommandLine.Option(
            names = "--written",
            description = "File of labelled texts to measure on instead of those of the folder,"
                    + " as evaluate.py of models/phi-tagger writes it.")
    private @Nullable Path written;

    @CommandLine.Option(names = "--misses", description = "File to write each leak to, a line each.")
    private @Nullable Path misses;

    @CommandLine.Option(
            names = "--losses",
            description = "File to write each stretch to that was replaced and identifies nobody, a line each.")
    private @Nullable Path losses;

    @CommandLine.Option(names = "--markdown", description = "Tables in markdown.")
    private boolean markdown;

    @CommandLine.Option(names = "--require-structured", description = "Exit with 1 where a structured value leaked.")
    private boolean requireStructured;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
        if (texts < 4) {
            throw new IllegalArgumentException("--texts: " + texts + " (expected: at least 4)");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<EvaluationText> labelled = new ArrayList<>();
        List<EvaluationText> clean = new ArrayList<>();
        if (written != null) {
            WrittenTexts.read(written).forEach(text -> (text.identifiesNobody() ? clean : labelled).add(text));
        } else {
            DataFolder folder = new DataFolder(data);
            labelled.addAll(Texts.labelled(folder, texts, seed));
            labelled.addAll(GoldSets.read(folder));
            clean.addAll(Texts.clean(folder, texts, seed + 2));
        }
        err.println(labelled.size() + " labelled and " + clean.size() + " clean texts");
        List<String> missed = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        boolean leaked = false;
        PhiTagger tagger = layers == Layers.RULES ? null : PhiTagger.shipped(() -> 0);
        if (tagger != null) {
            tagger.warmUp();
        }
        for (Profile one : Profile.values()) {
            if (profile != Profiles.BOTH && !profile.name().equals(one.name())) {
                continue;
            }
            Score score = new Score(layers.redactor(one, tagger));
            labelled.forEach(score::labelled);
            clean.forEach(score::clean);
            Report report = new Report(score, markdown);
            out.println(report.text(one.name().toLowerCase(Locale.ROOT)));
            leaked |= report.structuredLeaks() > 0;
            score.misses.forEach(
                    miss -> missed.add(line(one, miss.style(), miss.kind().name(), miss.value(), miss.text())));
            score.losses.forEach(loss -> lost.add(line(
                    one,
                    loss.style(),
                    loss.span().category() + " " + loss.span().layer(),
                    loss.stretch(),
                    loss.text())));
        }
        out.flush();
        write("--misses", misses, missed);
        write("--losses", losses, lost);
        return requireStructured && leaked ? 1 : 0;
    }

    private static String line(Profile profile, String style, String kind, String stretch, String text) {
        return String.join("\t", profile.name(), style, kind, escape(stretch), escape(text));
    }

    private static void write(String option, @Nullable Path file, List<String> lines) {
        if (file == null) {
            return;
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new IllegalArgumentException(option + ": cannot write the file", e);
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "").replace("\t", "\\t");
    }
}
