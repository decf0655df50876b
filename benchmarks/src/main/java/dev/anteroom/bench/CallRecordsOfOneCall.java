package dev.anteroom.bench;

import dev.anteroom.traces.Attempt;
import dev.anteroom.traces.BodyText;
import dev.anteroom.traces.CallContext;
import dev.anteroom.traces.Caller;
import dev.anteroom.traces.Candidate;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.ModelDigest;
import dev.anteroom.traces.Original;
import dev.anteroom.traces.Outcome;
import dev.anteroom.traces.Parameter;
import dev.anteroom.traces.RedactionSpan;
import dev.anteroom.traces.StageTiming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The three records of a call of 1 KiB with eight findings and an answer of 256 characters. Immutable. */
record CallRecordsOfOneCall(Original original, Intent intent, Outcome outcome) {
    private static final int FINDINGS = 8;
    private static final String HASH = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

    static CallRecordsOfOneCall of(String traceId) {
        Instant time = Instant.parse("2026-11-29T12:00:00.123456Z");
        String text =
                "{\"model\":\"scripted\",\"messages\":[" + "Started metformin 500 mg twice a day. ".repeat(27) + "]}";
        List<RedactionSpan> spans = new ArrayList<>();
        for (int i = 0; i < FINDINGS; i++) {
            spans.add(new RedactionSpan(
                    "messages[0].content",
                    100 * i,
                    100 * i + 12,
                    "NAME",
                    "name.title+tagger",
                    0.97,
                    "[NAME_" + i + "]"));
        }
        List<Candidate.Filter> filters = List.of(
                new Candidate.Filter("model", true),
                new Candidate.Filter("environment", true),
                new Candidate.Filter("contract", true),
                new Candidate.Filter("residue", true),
                new Candidate.Filter("boundary", true));
        List<StageTiming> timings = new ArrayList<>();
        for (String stage :
                List.of("parsed", "planned", "redacted", "intent_durable", "first_answer", "answered", "released")) {
            timings.add(new StageTiming(stage, 1_234_567));
        }
        return new CallRecordsOfOneCall(
                new Original(traceId, time, 42, BodyText.of(text)),
                new Intent(
                        traceId,
                        "req_0123456789abcdef",
                        time,
                        new Caller("st-mary", "live", "key-7", "discharge", "clinician"),
                        new CallContext("nurse-17", "treatment", "", "", "", HASH, ""),
                        HASH,
                        "balanced",
                        HASH,
                        "0.1.0+0123456789abcdef",
                        HASH,
                        List.of(new ModelDigest("tagger.bin", HASH), new ModelDigest("lexicon.bin", HASH)),
                        "scripted",
                        false,
                        HASH,
                        HASH,
                        BodyText.of(text),
                        spans,
                        List.of(),
                        List.of(new Candidate("scripted", true, "admitted", filters)),
                        List.of("scripted"),
                        "none"),
                new Outcome(
                        traceId,
                        time,
                        200,
                        "stop",
                        "",
                        List.of(new Attempt(
                                "scripted",
                                "scripted",
                                "scripted-1",
                                "fp_1",
                                200,
                                "answered",
                                1_000_000,
                                2_000_000,
                                3_000_000,
                                List.of(new Parameter("temperature", "0.2"), new Parameter("max_tokens", "512")),
                                250,
                                60,
                                1_200,
                                "answered")),
                        BodyText.of("Take it twice a day, [NAME_1]. ".repeat(9)),
                        HASH,
                        List.of(),
                        "unchecked",
                        250,
                        60,
                        timings,
                        256,
                        false,
                        -1));
    }
}
