package dev.anteroom.phi;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a site knows about itself that its calls may name.
 * Immutable. It never shows its names and terms.
 *
 * @param facilities names of its hospitals, clinics and units
 * @param staff names of its people
 * @param recordNumbers shapes of its record numbers
 * @param exceptions terms that were reviewed and stay; expired ones do nothing
 * @param kept what stays readable inside placeholders, by profile
 */
public record SiteKnowledge(
        List<String> facilities,
        List<String> staff,
        List<RecordNumberFormat> recordNumbers,
        List<ReviewedException> exceptions,
        Map<Profile, Set<KeptPart>> kept) {

    private static final SiteKnowledge NONE = new SiteKnowledge(List.of(), List.of(), List.of());

    public SiteKnowledge {
        facilities = List.copyOf(facilities);
        staff = List.copyOf(staff);
        recordNumbers = List.copyOf(recordNumbers);
        exceptions = List.copyOf(exceptions);
        Map<Profile, Set<KeptPart>> copies = new EnumMap<>(Profile.class);
        kept.forEach((profile, parts) -> copies.put(profile, Set.copyOf(parts)));
        kept = Map.copyOf(copies);
    }

    /** Knowledge of which nothing stays readable. */
    public SiteKnowledge(
            List<String> facilities,
            List<String> staff,
            List<RecordNumberFormat> recordNumbers,
            List<ReviewedException> exceptions) {
        this(facilities, staff, recordNumbers, exceptions, Map.of());
    }

    /** Knowledge without exceptions. */
    public SiteKnowledge(List<String> facilities, List<String> staff, List<RecordNumberFormat> recordNumbers) {
        this(facilities, staff, recordNumbers, List.of());
    }

    /** Returns what stays readable inside the placeholders of a profile. */
    Set<KeptPart> kept(Profile profile) {
        return kept.getOrDefault(profile, Set.of());
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
