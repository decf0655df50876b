package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.RequestCompiler;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.phi.Explanation;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Span;
import dev.anteroom.routing.Strictness;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.RedactionSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs today's detectors over a request as it was sent. Thread-safe. */
final class Rescan {
    private static final String KNOWN = "known.patient";

    /** Deeper than any configuration lets a request be. */
    private static final int MAX_DEPTH = 1_000;

    private final Snapshot snapshot;
    private final @Nullable Strictness profile;
    private final KnownValues patient;

    /**
     * A rescan with the rules of this snapshot.
     *
     * @param profile how strictly to look; null for each call's own profile
     * @param patient only these values are looked for, in every form; where there are none, all that the detectors know
     */
    Rescan(Snapshot snapshot, @Nullable Strictness profile, KnownValues patient) {
        this.snapshot = snapshot;
        this.profile = profile;
        this.patient = patient;
    }

    /**
     * What stood in a request although it identifies somebody. Immutable.
     *
     * @param path where in the request
     * @param span where in the text, in UTF-16 units, what it is and which layer says so
     * @param value the text itself: for the eyes of who asked for it, never for a log
     */
    record LetOut(String path, Span span, String value) {
        @Override
        public String toString() {
            return "LetOut[" + span.category() + "]";
        }
    }

    /** Returns what the redacted request of a call still shows; throws where it cannot be read as a request. */
    List<LetOut> letOut(Intent intent, String sent) throws RequestRefused {
        byte[] body = sent.getBytes(StandardCharsets.UTF_8);
        JsonReader reader = new JsonReader(MAX_DEPTH, body.length);
        CompiledRequest request = RequestCompiler.compile(
                reader.parse(body, 0, body.length), ChatRequestTable.TABLE, snapshot.vocabulary(), reader);
        // A number that was replaced reads like the number it stands for.
        Set<String> replaced =
                intent.redaction().stream().map(RedactionSpan::path).collect(Collectors.toSet());
        Strictness used =
                profile != null ? profile : Strictness.valueOf(intent.profile().toUpperCase(Locale.ROOT));
        Explanation explanation = snapshot.redactor(used).explainRemaining(request.positions(), patient);
        List<LetOut> letOut = new ArrayList<>();
        for (Explanation.Finding finding : explanation.findings()) {
            Span span = finding.span();
            Position position = request.positions().get(span.position());
            String path = request.path(span.position());
            boolean standIn = position.form() == Position.Form.NUMBER && replaced.contains(path);
            if (!standIn && isAskedFor(finding)) {
                letOut.add(new LetOut(path, span, position.text().substring(span.start(), span.end())));
            }
        }
        return letOut;
    }

    private boolean isAskedFor(Explanation.Finding finding) {
        return patient.size() == 0
                || finding.votes().stream().anyMatch(vote -> vote.layer().startsWith(KNOWN));
    }

    @Override
    public String toString() {
        return "Rescan";
    }
}
