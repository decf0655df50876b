package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.cli.CommandFailure;
import dev.anteroom.gateway.config.Secret;
import dev.anteroom.gateway.config.StoreConfig;
import dev.anteroom.gateway.wire.JsonOutput;
import dev.anteroom.store.CallQuery;
import dev.anteroom.store.RunDigest;
import dev.anteroom.store.StoreException;
import dev.anteroom.store.StoredCall;
import dev.anteroom.store.TraceStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anteroom traces search}: asks the database that the configuration names. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description =
                "Searches the database that the configuration names, newest first: id, time, verdict, status, tenant, workflow,"
                        + " model, tokens, cost. What a call was about stands in the journal: traces show ID.")
public final class SearchCommand implements Callable<Integer> {
    private static final int COST_DECIMALS = 6;

    private final Clock clock;
    private final SecureRandom random;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RecordOptions records = new RecordOptions();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--tenant", paramLabel = "NAME")
    private @Nullable String tenant;

    @Option(names = "--workflow", paramLabel = "ID")
    private @Nullable String workflow;

    @Option(names = "--snapshot", paramLabel = "HASH", description = "the hash or its beginning")
    private @Nullable String snapshot;

    @Option(
            names = "--verdict",
            paramLabel = "WORD",
            description = "verbatim, unchecked, withheld, none, failed, refused, interrupted or open")
    private @Nullable String verdict;

    @Option(names = "--model", paramLabel = "NAME", description = "the name that the app asked for")
    private @Nullable String model;

    @Option(names = "--run", paramLabel = "RUN", description = "what the app said in anteroom.run")
    private @Nullable String run;

    @Option(names = "--min-cost", paramLabel = "N", description = "at least this cost, such as 0.05")
    private @Nullable BigDecimal minCost;

    @Option(names = "--limit", paramLabel = "N", description = "the newest N (default: ${DEFAULT-VALUE})")
    private int limit = 100;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    /** The command; a key for {@code --run} that is made comes from {@code random}. */
    public SearchCommand(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (limit < 1) {
            throw new CommandFailure(2, "--limit: " + limit + " (expected: at least 1)");
        }
        CallQuery query = new CallQuery(
                records.from(),
                records.until(),
                Optional.ofNullable(tenant),
                Optional.ofNullable(workflow),
                Optional.ofNullable(snapshot),
                Optional.ofNullable(verdict),
                Optional.ofNullable(model),
                Optional.ofNullable(run),
                leastCost(),
                limit);
        PrintWriter out = spec.commandLine().getOut();
        try (TraceStore store = connect()) {
            for (StoredCall call : store.search(query)) {
                out.println(json ? json(call) : line(call));
            }
        } catch (StoreException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
        out.flush();
        return 0;
    }

    private TraceStore connect() throws CommandFailure, StoreException {
        StoreConfig store =
                config.load(clock, spec.commandLine().getErr()).config().store();
        if (store == null) {
            throw new CommandFailure(2, config.file() + " names no store; traces list reads the journal itself");
        }
        Secret password = store.credential().open(System::getenv, clock);
        var _ = password.read();
        try {
            return TraceStore.connect(store.options(password), RunDigest.openOrCreate(records.data(), random));
        } catch (IOException e) {
            throw new CommandFailure(1, String.valueOf(e.getMessage()));
        }
    }

    private OptionalLong leastCost() throws CommandFailure {
        if (minCost == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(minCost.movePointRight(COST_DECIMALS).longValueExact());
        } catch (ArithmeticException e) {
            throw new CommandFailure(2, "--min-cost: expected a number with at most six decimals");
        }
    }

    private static String cost(StoredCall call) {
        return call.costMicros().isEmpty()
                ? "-"
                : BigDecimal.valueOf(call.costMicros().getAsLong(), COST_DECIMALS)
                        .toPlainString();
    }

    private static String line(StoredCall call) {
        return String.join(
                        "  ",
                        List.of(
                                call.traceId(),
                                call.startedAt().toString(),
                                String.format("%-11s", call.verdict()),
                                Integer.toString(call.status()),
                                call.tenant(),
                                call.workflow(),
                                call.model().isEmpty() ? "-" : call.model(),
                                Long.toString(call.promptTokens() + call.completionTokens()),
                                cost(call),
                                call.code()))
                .stripTrailing();
    }

    private static String json(StoredCall call) {
        return new String(
                JsonOutput.bytes(out -> {
                    out.writeStartObject();
                    out.writeStringField("trace_id", call.traceId());
                    out.writeStringField("started_at", call.startedAt().toString());
                    out.writeStringField("tenant", call.tenant());
                    out.writeStringField("environment", call.environment());
                    out.writeStringField("workflow", call.workflow());
                    out.writeStringField("snapshot", call.snapshot());
                    out.writeStringField("model", call.model());
                    out.writeStringField("verdict", call.verdict());
                    out.writeNumberField("status", call.status());
                    out.writeStringField("code", call.code());
                    out.writeStringField("target", call.target());
                    out.writeNumberField("prompt_tokens", call.promptTokens());
                    out.writeNumberField("completion_tokens", call.completionTokens());
                    if (call.costMicros().isPresent()) {
                        out.writeFieldName("cost");
                        out.writeNumber(cost(call));
                    }
                    out.writeNumberField("duration_us", call.durationMicros());
                    out.writeEndObject();
                }),
                StandardCharsets.UTF_8);
    }
}
