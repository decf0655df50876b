package dev.anteroom.gateway.wire;

import dev.anteroom.egress.DeidentifiedRequest;
import dev.anteroom.egress.Modality;
import dev.anteroom.egress.OutboundNode;
import dev.anteroom.phi.Position;
import dev.anteroom.phi.Redaction;
import dev.anteroom.phi.Span;
import java.util.List;
import java.util.Set;

/**
 * A request that keeps to its position table and waits for its redaction. Immutable once made; confined to one call.
 *
 * <p>Holds original text in its positions, so it never outlives the call and never prints itself.
 */
public final class CompiledRequest {
    /** A document of the request: its id and the positions of its title (-1 for none) and text. */
    public record Document(String id, int titlePosition, int textPosition) {}

    /** A text of a message and the role that spoke it. */
    public record MessageText(String role, int position) {}

    private final RequestCompiler.Draft draft;
    private final List<Position> positions;
    private final List<JsonPath> paths;
    private final List<Integer> exactPositions;
    private final Set<Modality> residue;
    private final String model;
    private final boolean stream;
    private final boolean includeUsage;
    private final boolean jsonAnswer;
    private final PatientField patient;
    private final CallFields call;
    private final List<Document> documents;
    private final List<MessageText> messageTexts;

    CompiledRequest(
            RequestCompiler.Draft draft,
            List<Position> positions,
            List<JsonPath> paths,
            List<Integer> exactPositions,
            Set<Modality> residue,
            String model,
            boolean stream,
            boolean includeUsage,
            boolean jsonAnswer,
            PatientField patient,
            CallFields call,
            List<Document> documents,
            List<MessageText> messageTexts) {
        this.draft = draft;
        this.positions = positions;
        this.paths = paths;
        this.exactPositions = exactPositions;
        this.residue = residue;
        this.model = model;
        this.stream = stream;
        this.includeUsage = includeUsage;
        this.jsonAnswer = jsonAnswer;
        this.patient = patient;
        this.call = call;
        this.documents = documents;
        this.messageTexts = messageTexts;
    }

    /** Every text of the request, in canonical order. */
    public List<Position> positions() {
        return positions;
    }

    /** The JSON path of a position; the names of free-form objects are shown as {@code *}. */
    public String path(int position) {
        return paths.get(position).toString();
    }

    /** The modalities of the parts that cannot be read. */
    public Set<Modality> residue() {
        return residue;
    }

    /** The public name of the model asked for; chosen by the caller, so it may hold anything. */
    public String model() {
        return model;
    }

    /** Whether the answer is asked for as a stream. */
    public boolean stream() {
        return stream;
    }

    /** Whether a stream ends with a usage chunk. */
    public boolean includeUsage() {
        return includeUsage;
    }

    /** Whether the content of the answer is to be a JSON document. */
    public boolean jsonAnswer() {
        return jsonAnswer;
    }

    /** What is known about the patient. */
    public PatientField patient() {
        return patient;
    }

    /** Who calls, why, in which run. */
    public CallFields call() {
        return call;
    }

    /** The documents that came with the request. */
    public List<Document> documents() {
        return documents;
    }

    /** The texts of the messages, in order. */
    public List<MessageText> messageTexts() {
        return messageTexts;
    }

    /**
     * Completes the request with the redaction of exactly these positions.
     *
     * @throws RequestRefused where something was found in a text that must not change: a stop sequence or a name of a tool
     */
    public DeidentifiedRequest deidentify(Redaction redaction) throws RequestRefused {
        if (!exactPositions.isEmpty() && !redaction.spans().isEmpty()) {
            for (Span span : redaction.spans()) {
                if (exactPositions.contains(span.position())) {
                    throw new RequestRefused(
                            ErrorCode.POLICY_BLOCKED,
                            path(span.position()),
                            "an identifier (" + span.category()
                                    + ") was found where the text must not change; rename it");
                }
            }
        }
        return DeidentifiedRequest.of((OutboundNode.ObjectNode) draft.complete(redaction), redaction);
    }

    @Override
    public String toString() {
        return "CompiledRequest[" + positions.size() + " positions]";
    }
}
