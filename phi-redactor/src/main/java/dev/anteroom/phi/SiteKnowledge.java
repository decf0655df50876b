package dev.anteroom.phi;

import java.util.List;

/**
 * What a site knows about itself that its calls may name.
 * Immutable. It never shows its names and terms.
 *
 * @param facilities names of its hospitals, clinics and units
 * @param staff names of its people
 * @param recordNumbers shapes of its record numbers
 * @param exceptions terms that were reviewed and stay; expired ones do nothing
 */
public record SiteKnowledge(
        List<String> facilities,
        List<String> staff,
        List<RecordNumberFormat> recordNumbers,
        List<ReviewedException> exceptions) {

    private static final SiteKnowledge NONE = new SiteKnowledge(List.of(), List.of(), List.of());

    public SiteKnowledge {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
        exceptions = List.copyOf(exceptions);
    }

    /** Knowledge without exceptions. */
    public SiteKnowledge(List<String> facilities, List<String> staff, List<RecordNumberFormat> recordNumbers) {
        this(facilities, staff, recordNumbers, List.of());
    }

    /** Returns the knowledge of a site that has said nothing. */
    public static SiteKnowledge none() {
        return NONE;
    }

    @Override
    public String toString() {
        return "SiteKnowledge[" + facilities.size() + ", " + staff.size() + ", " + recordNumbers.size() + ", "
                + exceptions.size() + "]";
    }
}
