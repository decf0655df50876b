package dev.anteroom.gateway.config;

import dev.anteroom.store.Pricing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The dated prices of the configuration. Immutable.
 *
 * <p>A price of a target goes before one of every target; of each the newest whose day has come (UTC) counts.
 */
public final class PriceTable implements Pricing {
    private static final long TOKENS = 1_000_000;

    private final Map<String, List<PriceConfig>> newestFirst = new HashMap<>();

    private PriceTable() {}

    /** The table of these prices. */
    public static PriceTable of(List<PriceConfig> prices) {
        PriceTable table = new PriceTable();
        for (PriceConfig price : prices) {
            table.newestFirst
                    .computeIfAbsent(price.model(), model -> new ArrayList<>())
                    .add(price);
        }
        Comparator<PriceConfig> order = Comparator.comparing(PriceConfig::from).reversed();
        table.newestFirst.values().forEach(list -> list.sort(order));
        return table;
    }

    @Override
    public OptionalLong costMicros(
            String target, String model, Instant time, long promptTokens, long completionTokens) {
        List<PriceConfig> prices = newestFirst.get(model);
        if (prices == null) {
            return OptionalLong.empty();
        }
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        PriceConfig price = newest(prices, target, day);
        price = price == null ? newest(prices, null, day) : price;
        if (price == null) {
            return OptionalLong.empty();
        }
        double micros = (double) promptTokens * price.inputMicros() + (double) completionTokens * price.outputMicros();
        return OptionalLong.of(Math.round(micros / TOKENS));
    }

    private static @Nullable PriceConfig newest(List<PriceConfig> prices, @Nullable String target, LocalDate day) {
        for (PriceConfig price : prices) {
            boolean meant = target == null ? price.target() == null : target.equals(price.target());
            if (meant && !price.from().isAfter(day)) {
                return price;
            }
        }
        return null;
    }
}
