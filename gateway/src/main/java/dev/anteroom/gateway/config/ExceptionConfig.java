package dev.anteroom.gateway.config;

import dev.anteroom.phi.PhiCategory;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A term that was reviewed and stays, although detectors take it for an identifier. Immutable.
 *
 * @param context words that must all stand near the term; may be empty
 * @param category the one category that it holds for; null for all that are open to exceptions
 * @param expires the last day on which it holds (UTC)
 */
public record ExceptionConfig(
        String term,
        List<String> context,
        @Nullable PhiCategory category,
        String reason,
        String reviewer,
        LocalDate expires) {
    public ExceptionConfig {
        context = List.copyOf(context);
    }
}
