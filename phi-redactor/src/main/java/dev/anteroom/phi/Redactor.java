package dev.anteroom.phi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Finds what identifies somebody in all positions of a call, then replaces all of it at once.
 * Immutable. Thread-safe.
 */
public final class Redactor {

    /** Changed with every change of how detectors' results are put together. */
    private static final String VERSION = "redactor-7";

    private static final int DEEPEST_ENCODING = 2;
    private static final String ENCODED = "encoded";
    private static final String STAND_IN = "stand_in";

    /** Below every rule that knows what the plain text is: some words and numbers only happen to decode to something. */
    private static final float ENCODED_SCORE = 0.6f;

    /** Characters by which most placeholders are longer than what they stand for, at most. */
    private static final int LONGER_PLACEHOLDER = 8;

    private final Profile profile;
    private final List<Detector> detectors;
    private final ValuePatterns sitePatterns;
    private final ReviewedTerms exceptions;
    private final KeptParts kept;
    private final InstantSource clock;
    private final String digest;
    private final int reach;

    private Redactor(Profile profile, SiteKnowledge site, List<Detector> detectors, InstantSource clock) {
        this.profile = profile;
        this.detectors = detectors;
        this.clock = clock;
        this.kept = new KeptParts(site.kept(profile));
        this.exceptions = ReviewedTerms.of(site.exceptions()).without(siteValues(site));

        ValuePatterns.Builder patterns = new ValuePatterns.Builder();
        ValueForms forms = new ValueForms(patterns, _ -> {}, "site", 0.95f, false);
        siteValues(site).forEach(value -> forms.addKnown(value.category(), value.text()));
        this.sitePatterns = patterns.build();
        this.digest = digest(profile, site, detectors);
        this.reach = detectors.stream().mapToInt(Detector::reach).max().orElse(0);
    }

    /** Returns a redactor with the rules that need no model. */
    public static Redactor create(Profile profile, SiteKnowledge site) {
        return create(profile, site, List.of());
    }

    /** Returns a redactor with further layers of detection after the rules. */
    public static Redactor create(Profile profile, SiteKnowledge site, List<Detector> further) {
        return create(profile, site, further, InstantSource.system());
    }

    /** Returns a redactor with further layers, and a clock that says when reviewed exceptions have expired. */
    public static Redactor create(Profile profile, SiteKnowledge site, List<Detector> further, InstantSource clock) {
        List<Detector> all = new ArrayList<>();
        all.add(new StructuralDetector(profile, site));
        all.addAll(further);
        return new Redactor(profile, site, List.copyOf(all), clock);
    }

    /** Returns one without the rules, for measuring what a layer finds by itself; no call is redacted with it. */
    public static Redactor withoutRules(Profile profile, List<Detector> layers) {
        return new Redactor(profile, SiteKnowledge.none(), List.copyOf(layers), InstantSource.system());
    }

    private static List<KnownValues.Value> siteValues(SiteKnowledge site) {
        List<KnownValues.Value> values = new ArrayList<>();
        site.facilities().forEach(name -> values.add(new KnownValues.Value(PhiCategory.FACILITY, name)));
        site.staff().forEach(name -> values.add(new KnownValues.Value(PhiCategory.NAME, name)));
        return List.copyOf(values);
    }

    /** Returns how much this redactor replaces. */
    public Profile profile() {
        return profile;
    }

    /** Returns the SHA-256, in hexadecimal, over everything that decides: rules, detectors, profile, site knowledge. */
    public String digest() {
        return digest;
    }

    private static String digest(Profile profile, SiteKnowledge site, List<Detector> detectors) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        update(sha, VERSION);
        update(sha, profile.name());
        updateAll(sha, detectors.stream().map(Detector::version).toList());
        updateAll(sha, site.facilities());
        updateAll(sha, site.staff());
        updateAll(
                sha, site.recordNumbers().stream().map(RecordNumberFormat::name).toList());
        updateAll(
                sha,
                site.recordNumbers().stream().map(RecordNumberFormat::pattern).toList());
        update(sha, Integer.toString(site.exceptions().size()));
        for (ReviewedException exception : site.exceptions()) {
            update(sha, exception.term());
            updateAll(sha, exception.context());
            update(sha, exception.category() == null ? "" : exception.category().name());
            update(sha, exception.reason());
            update(sha, exception.reviewer());
            update(sha, exception.expires().toString());
        }
        updateAll(sha, site.kept(profile).stream().sorted().map(KeptPart::name).toList());
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void updateAll(MessageDigest sha, List<String> texts) {
        update(sha, Integer.toString(texts.size()));
        texts.forEach(text -> update(sha, text));
    }

    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        sha.update((byte) ':');
        sha.update(bytes);
    }

    /** Returns what identifies somebody, sorted and disjoint. */
    public List<Span> detect(List<Position> positions, KnownValues known) {
        return find(new Candidates(Document.of(positions)), known);
    }

    /** Returns what identifies somebody and why each layer thinks so. */
    public Explanation explain(List<Position> positions, KnownValues known) {
        Candidates candidates = new Candidates(Document.of(positions));
        List<Span> spans = find(candidates, known);
        return Explanation.of(spans, candidates);
    }

    /**
     * Returns what identifies somebody in positions that were redacted before: what {@link #explain} finds, without the placeholders that
     * stand there.
     */
    public Explanation explainRemaining(List<Position> redacted, KnownValues known) {
        Explanation all = explain(redacted, known);
        List<Explanation.Finding> remaining = new ArrayList<>();
        for (Explanation.Finding finding : all.findings()) {
            Span span = finding.span();
            String text = redacted.get(span.position()).text();
            if (!PlaceholderMatcher.isAllPlaceholders(text, span.start(), span.end())) {
                remaining.add(finding);
            }
        }
        return new Explanation(remaining, all.withdrawn());
    }

    private List<Span> find(Candidates candidates, KnownValues known) {
        return find(candidates, History.none(candidates.document()), known, inForce(), new LinkedHashSet<>());
    }

    /** Returns the call with everything replaced that identifies somebody. */
    public Redaction redact(List<Position> positions, KnownValues known, RandomGenerator random) {
        Document document = Document.of(positions);
        return redact(document, History.none(document), positions, known, inForce(), random);
    }

    /** Returns the same, and reads only what the cache does not know of the call's positions. */
    public Redaction redact(
            List<Position> positions,
            KnownValues known,
            RandomGenerator random,
            RedactionCache cache,
            RedactionCache.Scope scope) {
        Document document = Document.of(positions);
        ReviewedTerms inForce = inForce();
        History history = new CachedHistory(
                document, cache, scope, new CachedHistory.Basis(digest, inForce.size(), known), reach);
        return redact(document, history, positions, known, inForce, random);
    }

    private ReviewedTerms inForce() {
        return exceptions.on(today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Redaction redact(
            Document document,
            History history,
            List<Position> positions,
            KnownValues known,
            ReviewedTerms inForce,
            RandomGenerator random) {
        Set<String> originals = new LinkedHashSet<>();
        List<Span> spans = find(new Candidates(document), history, known, inForce, originals);
        Vault.Builder vault = new Vault.Builder();
        StandInNumbers numbers = new StandInNumbers(document, random);
        List<Object> written = new ArrayList<>(positions.size());
        int thisYear = today().getYear();
        List<String> treatments = new ArrayList<>(spans.size());
        int next = 0;
        for (int i = 0; i < positions.size(); i++) {
            int from = next;
            while (next < spans.size() && spans.get(next).position() == i) {
                next++;
            }
            Position position = positions.get(i);
            List<Span> here = spans.subList(from, next);
            if (position.form() == Position.Form.NUMBER) {
                here.forEach(_ -> treatments.add(STAND_IN));
            }
            written.add(
                    switch (position.form()) {
                        case NUMBER ->
                            new RedactedNumber(
                                    here.isEmpty() ? position.text() : numbers.replace(position.text(), vault));
                        case TEXT, SYMBOL, PERSON ->
                            new RedactedText(
                                    here.isEmpty()
                                            ? position.text()
                                            : write(position.text(), here, vault, thisYear, treatments));
                    });
        }
        return new Redaction(written, spans, treatments, vault.build(), OutboundScan.of(originals));
    }

    private String write(String text, List<Span> spans, Vault.Builder vault, int thisYear, List<String> treatments) {
        StringBuilder out = new StringBuilder(text.length() + spans.size() * LONGER_PLACEHOLDER);
        int at = 0;
        for (Span span : spans) {
            out.append(text, at, span.start());
            String original = text.substring(span.start(), span.end());
            String placeholder =
                    vault.placeholderFor(span.category(), original, kept.of(span.category(), original, thisYear));
            treatments.add(placeholder);
            out.append(placeholder);
            at = span.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    private static ValuePatterns knownPatterns(KnownValues known, Set<String> originals) {
        if (known.size() == 0) {
            return ValuePatterns.none();
        }
        ValuePatterns.Builder patterns = new ValuePatterns.Builder();
        ValueForms forms = new ValueForms(patterns, originals::add, "known.patient", 0.99f, true);
        for (KnownValues.Value value : known.values()) {
            forms.addKnown(value.category(), value.text());
        }
        return patterns.build();
    }

    /** Runs all layers, then looks for everything found and known once more in all positions. */
    private List<Span> find(
            Candidates candidates, History history, KnownValues known, ReviewedTerms inForce, Set<String> originals) {
        Document document = candidates.document();
        ValuePatterns patterns = knownPatterns(known, originals);
        ReviewedTerms open = inForce.without(known.values());
        BitSet fresh = history.fresh();
        for (int from = fresh.nextSetBit(0); from >= 0; ) {
            int to = fresh.nextClearBit(from);
            propose(document, from, to, patterns, open, candidates, DEEPEST_ENCODING);
            from = fresh.nextSetBit(to);
        }
        List<Span> spans = SpanMerger.merge(document, List.of(), candidates, 0);
        if (profile == Profile.STRICT) {
            int before = candidates.size();
            StrictSweep.sweep(document, fresh, spans, candidates);
            open.withdraw(document, candidates, before);
            spans = SpanMerger.merge(document, spans, candidates, before);
        }
        return repeats(document, history, history.own(spans), candidates, originals);
    }

    /** Proposes what stands in the positions {@code [from, to)}: what a position holds depends on it and its detectors' reach alone. */
    private void propose(
            Document document,
            int from,
            int to,
            ValuePatterns known,
            ReviewedTerms open,
            Candidates candidates,
            int depth) {
        int before = candidates.size();
        withNeighbours(document, from, to, candidates, this::detect);
        open.withdraw(document, candidates, before);
        for (int i = from; i < to; i++) {
            known.match(document, i, candidates);
            sitePatterns.match(document, i, candidates);
            List<EncodedTexts.Encoded> encoded = depth == 0 ? List.of() : document.encoded(i);
            if (!encoded.isEmpty()) {
                Document inner = document.hidden(i);
                Candidates hidden = new Candidates(inner);
                propose(inner, 0, inner.size(), known, open, hidden, depth - 1);
                unmask(i, encoded, hidden, candidates);
            }
        }
        if (!known.isEmpty()) {
            withNeighbours(document, from, to, candidates, (part, found) -> cutValues(part, known, found));
        }
    }

    /** Looks for known numbers that the border between two positions cuts in two. */
    private static void cutValues(Document document, ValuePatterns known, Candidates candidates) {
        for (int i = 1; i < document.size(); i++) {
            SeamRecognizer.recognize(document, i, candidates, seam -> known.match(seam.document(), 0, seam));
        }
    }

    private void detect(Document document, Candidates candidates) {
        for (Detector detector : detectors) {
            detector.detect(document, candidates);
        }
    }

    /** Looks at positions and their neighbours within reach, and keeps what is proposed in the positions themselves. */
    private void withNeighbours(
            Document document, int from, int to, Candidates candidates, BiConsumer<Document, Candidates> look) {
        Document part = document.part(from, to, reach);
        boolean whole = part == document;
        Candidates proposed = whole ? candidates : new Candidates(part);
        look.accept(part, proposed);
        if (!whole) {
            candidates.addAsked(proposed, Math.max(0, from - reach));
        }
    }

    /** Proposes the whole disguise for everything found in what it hides. */
    private static void unmask(
            int position, List<EncodedTexts.Encoded> encoded, Candidates hidden, Candidates candidates) {
        int last = -1;
        for (int i = 0; i < hidden.size(); i++) {
            int index = hidden.position(i);
            if (index != last) {
                EncodedTexts.Encoded run = encoded.get(index);
                candidates.add(position, run.start(), run.end(), hidden.span(i).category(), ENCODED, ENCODED_SCORE);
                last = index;
            }
        }
    }

    private List<Span> repeats(
            Document document, History history, List<Span> spans, Candidates candidates, Set<String> originals) {
        FoundValues values = FoundValues.of(document, spans, history, history.fresh(), originals);
        BitSet open = history.open(values.patterns(), values.until());
        if (values.skipped() && !open.equals(history.fresh())) {
            values = FoundValues.of(document, spans, history, open, originals);
        }
        ValuePatterns found = values.patterns();
        int before = candidates.size();
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            found.match(document, i, candidates);
            List<EncodedTexts.Encoded> encoded = document.encoded(i);
            if (!encoded.isEmpty()) {
                Document inner = document.hidden(i);
                Candidates hidden = new Candidates(inner);
                for (int k = 0; k < inner.size(); k++) {
                    found.match(inner, k, hidden);
                }
                unmask(i, encoded, hidden, candidates);
            }
        }
        List<Span> searched = new ArrayList<>();
        for (Span span : spans) {
            if (open.get(span.position())) {
                searched.add(span);
            }
        }
        return history.settle(SpanMerger.merge(document, searched, candidates, before));
    }

    @Override
    public String toString() {
        return "Redactor[" + profile + "]";
    }
}
