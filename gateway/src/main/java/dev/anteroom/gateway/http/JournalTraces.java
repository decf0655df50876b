package dev.anteroom.gateway.http;

import dev.anteroom.traces.Intent;
import dev.anteroom.traces.JournalException;
import dev.anteroom.traces.Refusal;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceJson;
import dev.anteroom.traces.TraceReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads traces from the journal on worker threads. Thread-safe. */
public final class JournalTraces implements TraceLookup {
    private final TraceReader reader;
    private final Executor workers;

    /** A lookup over this reader. */
    public JournalTraces(TraceReader reader, Executor workers) {
        this.reader = reader;
        this.workers = workers;
    }

    @Override
    public boolean find(String traceId, String tenant, String keyId, Consumer<byte @Nullable []> then) {
        try {
            workers.execute(() -> then.accept(read(traceId, tenant, keyId)));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private byte @Nullable [] read(String traceId, String tenant, String keyId) {
        try {
            Optional<Trace> trace = reader.find(traceId);
            if (trace.isEmpty() || !belongsTo(trace.get(), tenant, keyId)) {
                return null;
            }
            return TraceJson.text(trace.get()).getBytes(StandardCharsets.UTF_8);
        } catch (JournalException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static boolean belongsTo(Trace trace, String tenant, String keyId) {
        return trace.entries().stream().anyMatch(entry -> switch (entry.record()) {
            case Intent intent ->
                intent.caller().tenant().equals(tenant)
                        && intent.caller().keyId().equals(keyId);
            case Refusal refusal ->
                refusal.caller().tenant().equals(tenant)
                        && refusal.caller().keyId().equals(keyId);
            case dev.anteroom.traces.Original o -> false;
            case dev.anteroom.traces.Outcome o -> false;
            case dev.anteroom.traces.Interrupted i -> false;
            case dev.anteroom.traces.ShreddedRecord s -> false;
            case dev.anteroom.traces.Access a -> false;
        });
    }
}
