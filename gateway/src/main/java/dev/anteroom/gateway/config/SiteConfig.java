package dev.anteroom.gateway.config;

import dev.anteroom.phi.KeptPart;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the site knows of itself: what it wants removed everywhere, and what it found to be no identifier. Immutable.
 *
 * @param facilities names, those of the files that the configuration lists included
 * @param staff names, in the same way
 * @param exceptions those of the file that {@code exceptionsFile} names, expired ones too
 * @param kept what stays readable inside placeholders, for every profile
 */
public record SiteConfig(
        List<String> facilities,
        List<String> staff,
        List<RecordNumber> recordNumbers,
        List<ExceptionConfig> exceptions,
        Map<Profile, Set<KeptPart>> kept) {
    public SiteConfig {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
        exceptions = List.copyOf(exceptions);
        kept = Map.copyOf(kept);
    }

    /**
     * A form of record number that the site uses. Immutable.
     *
     * @param pattern a shape: {@code 9} is a digit, {@code A} a letter, anything else itself
     */
    public record RecordNumber(String name, String pattern) {}
}
