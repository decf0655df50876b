package dev.anteroom.gateway.call;

import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.gateway.wire.AnswerIdentity;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.CompiledRequest;
import dev.anteroom.gateway.wire.MalformedAnswer;
import dev.anteroom.gateway.wire.RequestCompiler;
import dev.anteroom.gateway.wire.RequestRefused;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.guardrails.ReleaseDecision;
import dev.anteroom.guardrails.ReleaseGate;
import dev.anteroom.guardrails.UncheckedRelease;
import dev.anteroom.phi.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Walks the code of a call on made-up text before real calls come, so that the first of them does not load and compile it. Stateless. */
public final class Warmup {
    private static final ReleaseGate GATE = new ReleaseGate();
    private static final int ROUNDS = 300;
    private static final String REQUEST = """
            {"model":"warm","messages":[{"role":"system","content":"Context: Jane Warmup, MRN 0012345, was seen by Dr. Early on \
            March 3, 2024 at Morning Hospital; phone (555) 010-0199, SSN 078-05-1120. Metformin 500 mg twice a day, BP 120/80."},
            {"role":"user","content":"Which dose?"}],"temperature":0.2,"stream":false}
            """;
    private static final String ANSWER = """
            {"model":"warm","choices":[{"index":0,"message":{"content":"[NAME_1] takes 500 mg. MRN [MRN_1]"},"finish_reason":"stop"}]}
            """;
    private static final String CHUNK = """
            {"choices":[{"index":0,"delta":{"content":"[NAME_1] takes 500 mg."},"finish_reason":null}]}
            """;

    private Warmup() {}

    /** Runs to its end or until the thread is interrupted; what fails here fails again, and louder, on a call. */
    public static void run(Snapshot snapshot, RandomGenerator random) {
        byte[] body = REQUEST.getBytes(StandardCharsets.UTF_8);
        UncheckedRelease unchecked = GATE.unchecked(Audience.SYSTEM).orElse(null);
        AnswerIdentity identity = new AnswerIdentity("warm", 0, "warm");
        for (int round = 0; round < ROUNDS && !Thread.currentThread().isInterrupted(); round++) {
            try {
                CompiledRequest request = RequestCompiler.compile(
                        snapshot.reader().parse(body, 0, body.length),
                        ChatRequestTable.TABLE,
                        snapshot.vocabulary(),
                        snapshot.reader());
                Redaction redaction = snapshot.balanced()
                        .redact(request.positions(), request.patient().values(), random);
                var _ = request.deidentify(redaction).recordText();
                ChatAnswer answer = ChatAnswer.read(
                        snapshot.reader().parse(ANSWER), redaction.vault(), tool -> true, false, identity, random);
                if (GATE.decide(Audience.SYSTEM, answer.text(), List.of())
                        instanceof ReleaseDecision.Released released) {
                    answer.toJson(released.answer());
                }
                new ChatStream(redaction.vault(), tool -> true, false, identity, false, unchecked, random)
                        .chunk(snapshot.reader().parse(CHUNK), event -> {});
            } catch (RequestRefused | MalformedAnswer impossible) {
                return;
            }
        }
    }
}
