package dev.anteroom.gateway.cli.redact;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.cli.ConfigFile;
import dev.anteroom.gateway.cli.ShippedTagger;
import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.phi.Detector;
import dev.anteroom.phi.Explanation;
import dev.anteroom.phi.Profile;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.SiteKnowledge;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anteroom redact}: de-identifies text from stdin, and tells people why. Confined to one thread. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = {
            "De-identifies text: stdin to stdout.",
            "With --jsonl: {\"id\",\"text\",\"patient\"?} a line in, {\"id\",\"text\",\"spans\"} a line out; offsets are Unicode"
                    + " code points of the input."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a line could not be read; with --missed, some of the text was missed; with --diff, something would change",
            "2:a wrong call or bad input"
        })
public final class RedactCommand implements Callable<Integer> {
    private enum Strictness {
        strict,
        balanced
    }

    private final Clock clock;
    private final RandomGenerator random;
    private final InputStream in;
    private final PrintStream out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--jsonl", description = "one JSON object a line, in and out")
    private boolean jsonl;

    @Option(names = "--profile", paramLabel = "strict|balanced", description = "default: ${DEFAULT-VALUE}")
    private Strictness profile = Strictness.strict;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "use the site knowledge and the reviewed exceptions of this configuration (default: none)")
    private @Nullable Path config;

    @Option(
            names = "--explain",
            description =
                    "say on stderr what was found where, by which layers and why, and suggest exceptions; never the value")
    private boolean explain;

    @Option(
            names = "--missed",
            paramLabel = "TEXT",
            description = "say on stderr what the layers made of this text, and suggest a rule of the site")
    private @Nullable String missed;

    @Option(names = "--show-values", description = "let suggestions of --explain and --missed name what they are about")
    private boolean showValues;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "write a page for a person; it contains the original text and belongs to its owner alone")
    private @Nullable Path report;

    @Option(
            names = "--diff",
            paramLabel = "OTHER_CONFIG",
            description = "instead of redacting, print what would change with this configuration in place of --config")
    private @Nullable Path diff;

    /** The command over these streams; {@code out} is flushed at the end and not closed. */
    public RedactCommand(Clock clock, RandomGenerator random, InputStream in, PrintStream out) {
        this.clock = clock;
        this.random = random;
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (diff != null && (explain || missed != null || report != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--diff goes with neither --explain nor --missed nor --report");
        }
        if (missed != null && missed.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--missed needs a text");
        }
        PrintWriter err = spec.commandLine().getErr();
        Redactor redactor = redactor(config, err);
        try {
            return diff == null ? redact(redactor, err) : compare(redactor, redactor(diff, err));
        } catch (IOException e) {
            throw new CommandFailure(2, "stdin cannot be read, or the report cannot be written");
        } finally {
            out.flush();
            err.flush();
        }
    }

    private Redactor redactor(@Nullable Path file, PrintWriter err) throws CommandFailure {
        if (file == null) {
            List<Detector> tagger = List.of(ShippedTagger.load().layer(chosen()));
            return Redactor.create(chosen(), SiteKnowledge.none(), tagger, clock);
        }
        Config read = ConfigFile.load(file, clock, err, "nothing was read").config();
        SiteKnowledge site = SnapshotCompiler.site(read.site());
        return Redactor.create(chosen(), site, ShippedTagger.with(read).layers(chosen()), clock);
    }

    private Profile chosen() {
        return switch (profile) {
            case strict -> Profile.STRICT;
            case balanced -> Profile.BALANCED;
        };
    }

    private void read(InputReader.Sink sink) throws IOException {
        InputReader reader = new InputReader(in);
        if (jsonl) {
            reader.readLines(sink);
        } else {
            reader.readWhole(sink);
        }
    }

    private int redact(Redactor redactor, PrintWriter err) throws IOException, CommandFailure {
        if (report == null) {
            return redact(redactor, err, null);
        }
        try (OwnerFile file = OwnerFile.open(report)) {
            HtmlReport page = HtmlReport.begin(file.writer(), chosen(), redactor.digest());
            int code = redact(redactor, err, page);
            page.end();
            file.keep();
            return code;
        }
    }

    private int redact(Redactor redactor, PrintWriter err, @Nullable HtmlReport page)
            throws IOException, CommandFailure {
        JsonLines lines = new JsonLines(out);
        Explainer explainer = explain ? new Explainer(err, Terminal.takesColour(), showValues) : null;
        MissedText search = missed == null ? null : new MissedText(missed, err, showValues);
        boolean[] failed = {false};
        read(input -> {
            switch (input) {
                case Input.Unreadable line -> {
                    lines.error(line);
                    failed[0] = true;
                }
                case Input.Text text -> {
                    write(lines, text, redactor.redact(text.positions(), text.known(), random));
                    if (explainer != null || search != null || page != null) {
                        Explanation explanation = redactor.explain(text.positions(), text.known());
                        if (explainer != null) {
                            explainer.explain(text, explanation);
                        }
                        if (search != null) {
                            search.look(text, explanation);
                        }
                        if (page != null) {
                            page.add(text, explanation);
                        }
                    }
                }
            }
        });
        if (explainer != null) {
            explainer.suggest();
        }
        if (search != null && !search.wasThere()) {
            throw new CommandFailure(2, "the text of --missed does not stand in the input");
        }
        return (search != null && search.conclude()) || failed[0] ? 1 : 0;
    }

    private void write(JsonLines lines, Input.Text text, Redaction redaction) {
        if (!jsonl) {
            out.print(redaction.text(0).value());
            return;
        }
        lines.write(json -> {
            JsonLines.id(json, text.id());
            json.writeStringField("text", redaction.text(0).value());
            JsonLines.spans(json, "spans", text.text(), redaction.spans());
        });
    }

    private int compare(Redactor before, Redactor after) throws IOException {
        RedactionDiff comparison = new RedactionDiff(out, jsonl);
        JsonLines lines = new JsonLines(out);
        boolean[] failed = {false};
        read(input -> {
            switch (input) {
                case Input.Unreadable line -> {
                    lines.error(line);
                    failed[0] = true;
                }
                case Input.Text text ->
                    comparison.compare(
                            text,
                            before.detect(text.positions(), text.known()),
                            after.detect(text.positions(), text.known()));
            }
        });
        boolean different = comparison.conclude();
        return failed[0] ? 2 : different ? 1 : 0;
    }
}
