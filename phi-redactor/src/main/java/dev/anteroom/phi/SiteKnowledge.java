package dev.anteroom.phi;

import java.util.List;

/**
 * What a site knows about itself that its calls may name.
 * Immutable.
 *
 * @param facilities names of its hospitals, clinics and units
 * @param staff names of its people
 * @param recordNumbers shapes of its record numbers
 */
public record SiteKnowledge(List<String> facilities, List<String> staff, List<RecordNumberFormat> recordNumbers) {

    private static final SiteKnowledge NONE = new SiteKnowledge(List.of(), List.of(), List.of());

    public SiteKnowledge {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
    }

    /** Returns the knowledge of a site that has said nothing. */
    public static SiteKnowledge none() {
        return NONE;
    }

    @Override
    public String toString() {
        return "SiteKnowledge[" + facilities.size() + ", " + staff.size() + ", " + recordNumbers.size() + "]";
    }
}
