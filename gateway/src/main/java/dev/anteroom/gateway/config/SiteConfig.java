package dev.anteroom.gateway.config;

import java.util.List;

/**
 * What the site knows of itself: what it wants removed everywhere, and what it found to be no identifier. Immutable.
 *
 * @param facilities names, those of the files that the configuration lists included
 * @param staff names, in the same way
 * @param exceptions those of the file that {@code exceptionsFile} names, expired ones too
 */
public record SiteConfig(
        List<String> facilities,
        List<String> staff,
        List<RecordNumber> recordNumbers,
        List<ExceptionConfig> exceptions) {
    public SiteConfig {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
        exceptions = List.copyOf(exceptions);
    }

    /**
     * A form of record number that the site uses. Immutable.
     *
     * @param pattern a shape: {@code 9} is a digit, {@code A} a letter, anything else itself
     */
    public record RecordNumber(String name, String pattern) {}
}
