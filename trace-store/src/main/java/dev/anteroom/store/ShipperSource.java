package dev.anteroom.store;

import dev.anteroom.traces.RecordId;
import dev.anteroom.traces.TraceReader;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What is shipped. Immutable.
 *
 * @param reader reads the journal of the data directory
 * @param durable the last record known to be on disk
 * @param dataDirectory where the journal's own id for the database lies, in {@code store/journal.id}
 * @param gatewayId for people who look at the table {@code shipped}
 */
public record ShipperSource(TraceReader reader, Supplier<RecordId> durable, Path dataDirectory, String gatewayId) {}
