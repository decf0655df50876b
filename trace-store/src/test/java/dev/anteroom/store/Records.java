package dev.anteroom.store;

import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.CallContext;
import dev.anteroom.traces.Caller;
import dev.anteroom.traces.Candidate;
import dev.anteroom.traces.DurableIntent;
import dev.anteroom.traces.Finding;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Journal;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.JournalOptions;
import dev.anteroom.traces.KeyRing;
import dev.anteroom.traces.ModelDigest;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Parameter;
import dev.anteroom.traces.RedactionSpan;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.StageTiming;
import dev.anteroom.traces.TraceIds;
import dev.anteroom.traces.TraceReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Makes records at random, with a canary wherever a text of a call can stand. Confined to one thread. */
final class Records {
    static final String CANARY = "Zebulon-Quackenbush";
    static final List<String> TENANTS = List.of("st-mary", "north", "ward-7");
    static final List<String> WORKFLOWS = List.of("discharge", "portal");
    static final List<String> MODELS = List.of("small", "large");
    static final List<String> SNAPSHOTS = List.of("aa".repeat(32), "ab".repeat(32), "cd".repeat(32));
    static final List<String> RELEASES = List.of("verbatim", "unchecked", "withheld");
    private static final SecureRandom SECURE = new SecureRandom();

    private final RandomGenerator random;
    private final TraceIds ids;

    Records(RandomGenerator random) {
        this(random, Clock.systemUTC());
    }

    Records(RandomGenerator random, Clock clock) {
        this.random = random;
        this.ids = new TraceIds(clock, random);
    }

    static JournalOptions options(Path data) throws JournalException {
        return JournalOptions.defaults(data, "gw-1", KeyRing.openOrCreate(data.resolve("keys"), SECURE))
                .withSegmentBytes(64 << 10)
                .withSpace(0, 0, () -> Long.MAX_VALUE / 2);
    }

    static TraceReader reader(Path data) throws JournalException {
        return TraceReader.open(data, KeyRing.openOrCreate(data.resolve("keys"), SECURE));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A call at random: refused, open, or with its outcome. Returns how many records it has. */
    int append(Journal journal) throws Exception {
        if (random.nextInt(5) == 0) {
            journal.append(refusal()).get(30, TimeUnit.SECONDS);
            return 1;
        }
        Intent intent = intent();
        DurableIntent durable = journal.append(intent).get(30, TimeUnit.SECONDS);
        if (random.nextInt(10) == 0) {
            return 1;
        }
        journal.append(durable, outcome(intent)).get(30, TimeUnit.SECONDS);
        return 2;
    }

    Intent intent() {
        return new Intent(
                ids.next(),
                CANARY,
                Instant.now(),
                caller(),
                context(),
                one(SNAPSHOTS),
                "strict",
                "redactor-1",
                "build-1",
                CANARY,
                List.of(new ModelDigest(CANARY, CANARY)),
                one(MODELS),
                random.nextBoolean(),
                CANARY,
                "digest",
                BodyText.of("[NAME_1] " + CANARY),
                List.of(new RedactionSpan("$.messages[0]." + CANARY, 3, 9, "NAME", "pattern", 0.97, CANARY)),
                List.of(),
                List.of(new Candidate("a", true, "", List.of())),
                List.of("a"),
                "none");
    }

    Outcome outcome(Intent intent) {
        boolean failed = random.nextInt(4) == 0;
        return new Outcome(
                intent.traceId(),
                Instant.now(),
                failed ? 502 : 200,
                failed ? "error" : "stop",
                failed ? "upstream_failed" : "",
                List.of(new Attempt(
                        "a",
                        intent.requestedModel() + "-1",
                        CANARY,
                        CANARY,
                        200,
                        "answered",
                        1000,
                        20_000,
                        90_000,
                        List.of(new Parameter(CANARY, CANARY)),
                        1,
                        1,
                        1,
                        "answered")),
                BodyText.of("[NAME_1] " + CANARY),
                CANARY,
                List.of(new Finding("phi", "NAME", "content")),
                one(RELEASES),
                random.nextInt(2_000),
                random.nextInt(2_000),
                List.of(new StageTiming("parsed", 41_000), new StageTiming("released", 2_000_000)),
                30,
                false,
                -1);
    }

    Refusal refusal() {
        return new Refusal(
                ids.next(),
                CANARY,
                Instant.now(),
                caller(),
                context(),
                one(SNAPSHOTS),
                400,
                "unsupported_parameter",
                "$." + CANARY,
                "invalid_request_error",
                CANARY);
    }

    private Caller caller() {
        return new Caller(one(TENANTS), "live", "key-7", one(WORKFLOWS), "clinician");
    }

    private CallContext context() {
        return new CallContext(
                CANARY,
                CANARY,
                random.nextBoolean() ? "" : "run of " + CANARY + random.nextInt(3),
                CANARY,
                CANARY,
                CANARY,
                CANARY);
    }
}
