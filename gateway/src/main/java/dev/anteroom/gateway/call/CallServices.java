package dev.anteroom.gateway.call;

import dev.anteroom.egress.ProviderClient;
import dev.anteroom.gateway.extractive.ExtractiveProvider;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.phi.RedactionCache;
import dev.anteroom.routing.Breakers;
import dev.anteroom.traces.ContentDigest;
import dev.anteroom.traces.Journal;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What calls of one event loop share. Confined to that loop, but for the members that say otherwise of themselves.
 *
 * @param history what was found in turns that came before; shared by all loops, thread-safe
 * @param loop runs tasks on the event loop
 * @param waits the calls of this loop that wait for records
 * @param detectors threads for texts that would hold up the loop; rejects when its queue is full
 * @param random not predictable from outside: stand-in numbers and tool-call ids come from it
 */
public record CallServices(
        Snapshot snapshot,
        RedactionCache history,
        Journal journal,
        ContentDigest digest,
        CallReports reports,
        ProviderClient providers,
        ExtractiveProvider extractive,
        Breakers breakers,
        Executor loop,
        RecordWaits waits,
        Executor detectors,
        Clock clock,
        LongSupplier nanoTime,
        RandomGenerator random) {}
