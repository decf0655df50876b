package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.ModelFile;
import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenTagger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The trained tagger of names, places, dates and numbers, which reads every text beside the rules; see models/phi-tagger.
 * Immutable. Thread-safe. Reading it takes some tens of milliseconds and 10 MiB, so a process reads it once.
 */
public final class PhiTagger {

    private static final String FOLDER = "tagger/";
    private static final long MOST_WARM_UP_NANOS = 5_000_000_000L;
    private static final String SUMS = "SHA256SUMS";
    private static final String TAGGER = "tagger.bin";
    private static final String LEXICON = "lexicon.bin";

    private final TokenScorer scorer;
    private final LongSupplier nanoClock;
    private final List<ModelSource> files;

    private PhiTagger(TokenScorer scorer, LongSupplier nanoClock, List<ModelSource> files) {
        this.scorer = scorer;
        this.nanoClock = nanoClock;
        this.files = files;
    }

    /**
     * Reads the tagger that comes with this build and computes with it once.
     *
     * @throws ModelException where a file is missing, damaged, or not the one whose digest the build names, or where it cannot compute
     */
    public static PhiTagger shipped() {
        return shipped(System::nanoTime);
    }

    /** Returns the same with another clock for its time limits: one that stands still where nobody waits, as in an evaluation. */
    public static PhiTagger shipped(LongSupplier nanoClock) {
        Function<String, @Nullable InputStream> files = name -> PhiTagger.class.getResourceAsStream(FOLDER + name);
        return read(files, sums(files.apply(SUMS)), nanoClock);
    }

    /**
     * Reads a tagger from other files of the same names: {@code tagger.bin}, {@code lexicon.bin} and {@code SHA256SUMS}, which names their digests.
     *
     * @param files opens a file, or returns null where there is none
     * @throws ModelException as {@link #shipped}
     */
    public static PhiTagger read(Function<String, @Nullable InputStream> files) {
        return read(files, sums(files.apply(SUMS)));
    }

    /**
     * Reads a tagger from {@link #files} of another.
     *
     * @param digests SHA-256 in hexadecimal by name
     * @throws ModelException as {@link #shipped}
     */
    public static PhiTagger read(Function<String, @Nullable InputStream> files, Map<String, String> digests) {
        return read(files, digests, System::nanoTime);
    }

    private static PhiTagger read(
            Function<String, @Nullable InputStream> files, Map<String, String> digests, LongSupplier nanoClock) {
        List<ModelSource> sources = new ArrayList<>();
        ModelFile tagger = file(TAGGER, files, digests, sources);
        ModelFile lexicon = file(LEXICON, files, digests, sources);
        return of(TokenTagger.read(tagger, lexicon), nanoClock, List.copyOf(sources));
    }

    /**
     * Returns one with another model, such as one that fails on purpose.
     *
     * @param scorer knows the eight classes of models/phi-tagger
     * @param nanoClock a clock such as {@link System#nanoTime}
     * @throws ModelException where it cannot compute, or knows other classes
     */
    public static PhiTagger of(TokenScorer scorer, LongSupplier nanoClock) {
        return of(scorer, nanoClock, List.of());
    }

    private static PhiTagger of(TokenScorer scorer, LongSupplier nanoClock, List<ModelSource> files) {
        if (scorer.classes() != TaggerLayer.CLASSES) {
            throw new ModelException(
                    "the tagger knows " + scorer.classes() + " classes (expected: " + TaggerLayer.CLASSES + ")");
        }
        // Code that has never run is slow, and nobody waits yet: this first time has no limit.
        Document probe = Document.of(List.of(Position.text("", "Pt seen by Dr. Early, MRN 0012345.")));
        new TaggerLayer(scorer, () -> 0, Profile.STRICT).detect(probe, new Candidates(probe));
        return new PhiTagger(scorer, nanoClock, files);
    }

    private static ModelFile file(
            String name,
            Function<String, @Nullable InputStream> files,
            Map<String, String> sums,
            List<ModelSource> sources) {
        String sum = sums.get(name);
        if (sum == null) {
            throw new ModelException(SUMS + " of the tagger does not name " + name);
        }
        sources.add(new ModelSource(name, sum, () -> Objects.requireNonNull(files.apply(name), name)));
        return ModelFile.read(name, files.apply(name), sum);
    }

    private static Map<String, String> sums(@Nullable InputStream in) {
        if (in == null) {
            throw new ModelException("model file " + SUMS + " is missing");
        }
        Map<String, String> sums = new HashMap<>();
        try (in) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] fields = line.split("  ", 2);
                if (fields.length == 2) {
                    sums.put(fields[1], fields[0]);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }

    /** The files that it was read from; none where it was made of a model alone. */
    public List<ModelSource> files() {
        return files;
    }

    TokenScorer scorer() {
        return scorer;
    }

    /** Computes until this Java machine has compiled what reads texts from now on, if not the fastest way: a part of a second. */
    public void prepare() {
        scorer.prepare(MOST_WARM_UP_NANOS);
    }

    /** Computes until this Java machine has compiled the fastest way, for some seconds at most; calls may come meanwhile. */
    public void warmUp() {
        scorer.warmUp(MOST_WARM_UP_NANOS);
    }

    /** Returns the layer of detection for a profile, for {@link Redactor#create(Profile, SiteKnowledge, List)}. */
    public Detector layer(Profile profile) {
        return new TaggerLayer(scorer, nanoClock, profile);
    }

    @Override
    public String toString() {
        return "PhiTagger[" + scorer + "]";
    }
}
