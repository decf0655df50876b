package dev.anteroom.gateway.config;

import java.util.List;

/** What the site knows of itself and wants removed everywhere. Immutable. */
public record SiteConfig(List<String> facilities, List<String> staff, List<RecordNumber> recordNumbers) {
    public SiteConfig {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
    }

    /**
     * A form of record number that the site uses. Immutable.
     *
     * @param pattern a bounded regular expression: it compiles and cannot backtrack without limit
     */
    public record RecordNumber(String name, String pattern) {}
}
