package dev.anteroom.gateway.wire;

import dev.anteroom.gateway.wire.Json.JsonArray;
import dev.anteroom.gateway.wire.Json.JsonFlag;
import dev.anteroom.gateway.wire.Json.JsonNull;
import dev.anteroom.gateway.wire.Json.JsonNumber;
import dev.anteroom.gateway.wire.Json.JsonObject;
import dev.anteroom.gateway.wire.Json.JsonString;
import dev.anteroom.phi.KnownValues;
import dev.anteroom.phi.PhiCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The {@code patient} field: what the app knows about the person the call is about. Immutable; never forwarded.
 *
 * <p>Either a FHIR Patient (HL7 FHIR R4, Patient) or any object of strings, numbers and lists: every value in it is removed from the
 * call exactly, in every form. The member's name says the category. What FHIR codes ({@code gender}, {@code use}, {@code system}), names
 * by URL or writes about the resource itself identifies nobody and is left out, as are the titles of a name ({@code prefix},
 * {@code suffix}) and extensions of demographics such as race.
 */
public final class PatientField {
    /** Members of a FHIR resource or data type that hold no value of the person. */
    private static final Set<String> CODED = Set.of(
            "resourceType",
            "gender",
            "active",
            "use",
            "system",
            "status",
            "language",
            "maritalStatus",
            "meta",
            "code",
            "coding",
            "type",
            "rank",
            "relationship",
            "communication",
            "deceasedBoolean",
            "multipleBirthBoolean",
            "multipleBirthInteger",
            "mode",
            "url",
            "div",
            "contentType",
            "state",
            "country",
            "valueUri",
            "valueUrl",
            "valueCanonical",
            "valueCode",
            "valueCoding",
            "valueCodeableConcept");

    /** Members of a name that many people share. */
    private static final Set<String> TITLES = Set.of("prefix", "suffix");

    private static final Set<String> DEMOGRAPHICS =
            Set.of("race", "ethnicity", "sex", "gender", "religion", "nationality");

    private final KnownValues values;

    private PatientField(KnownValues values) {
        this.values = values;
    }

    /** Nothing is known. */
    public static PatientField none() {
        return new PatientField(KnownValues.none());
    }

    /** Reads the field; {@code path} is where it stands, for the refusal of what is neither object nor list. */
    public static PatientField parse(Json json, String path) throws RequestRefused {
        if (!(json instanceof JsonObject object)) {
            throw new RequestRefused(
                    ErrorCode.INVALID_VALUE, path, "expected an object of known values or a FHIR Patient");
        }
        boolean fhir = object.members().get("resourceType") instanceof JsonString;
        KnownValues.Builder known = KnownValues.builder();
        collect(object, PhiCategory.ID, fhir, known);
        return new PatientField(known.build());
    }

    /** What must not leave. */
    public KnownValues values() {
        return values;
    }

    private static void collect(Json json, PhiCategory category, boolean fhir, KnownValues.Builder known) {
        switch (json) {
            case JsonObject object -> {
                if (category == PhiCategory.NAME) {
                    fullName(object, known);
                }
                PhiCategory around = fhir ? refined(object, category) : category;
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    String name = member.getKey();
                    if (fhir && name.equals("reference")) {
                        reference(member.getValue(), known);
                    } else if (!(fhir && CODED.contains(name))
                            && !(around == PhiCategory.NAME && TITLES.contains(name))) {
                        collect(member.getValue(), category(name, around), fhir, known);
                    }
                }
            }
            case JsonArray array -> {
                for (Json element : array.elements()) {
                    if (!(fhir && isDemographic(element))) {
                        collect(element, category, fhir, known);
                    }
                }
            }
            case JsonString string -> {
                if (!string.text().isBlank()) {
                    known.add(category, string.text());
                }
            }
            case JsonNumber number -> known.add(category, number.token());
            case JsonFlag f -> {}
            case JsonNull n -> {}
        }
    }

    /** What a ContactPoint's system or an Extension's URL says about its value. */
    private static PhiCategory refined(JsonObject object, PhiCategory category) {
        if (object.members().get("system") instanceof JsonString system && category == PhiCategory.PHONE) {
            return switch (system.text()) {
                case "email" -> PhiCategory.EMAIL;
                case "fax" -> PhiCategory.FAX;
                case "url" -> PhiCategory.URL;
                default -> category;
            };
        }
        return object.members().get("url") instanceof JsonString url
                ? category(url.text().substring(url.text().lastIndexOf('/') + 1), category)
                : category;
    }

    /** Whether this is an extension whose value a large part of all people share. */
    private static boolean isDemographic(Json json) {
        if (!(json instanceof JsonObject object) || !(object.members().get("url") instanceof JsonString url)) {
            return false;
        }
        String name = url.text().toLowerCase(Locale.ROOT);
        return DEMOGRAPHICS.stream().anyMatch(name.substring(name.lastIndexOf('/') + 1)::contains);
    }

    /** The id in {@code Practitioner/4711}; what kind of resource it is identifies nobody. */
    private static void reference(Json json, KnownValues.Builder known) {
        if (json instanceof JsonString string) {
            known.add(PhiCategory.ID, string.text().substring(string.text().lastIndexOf('/') + 1));
        }
    }

    /** FHIR HumanName and its like: the parts together are a value too. */
    private static void fullName(JsonObject name, KnownValues.Builder known) {
        List<String> parts = new ArrayList<>();
        for (String member : List.of("given", "first", "middle", "family", "last")) {
            Json part = name.members().get(member);
            if (part instanceof JsonString string) {
                parts.add(string.text());
            } else if (part instanceof JsonArray array) {
                for (Json element : array.elements()) {
                    if (element instanceof JsonString string) {
                        parts.add(string.text());
                    }
                }
            }
        }
        if (parts.size() > 1) {
            known.add(PhiCategory.NAME, String.join(" ", parts));
        }
    }

    private static PhiCategory category(String member, PhiCategory around) {
        String name = member.toLowerCase(Locale.ROOT);
        if (name.contains("name") || name.equals("given") || name.equals("family") || name.equals("nicknames")) {
            return PhiCategory.NAME;
        }
        if (name.contains("practitioner")) {
            return PhiCategory.NAME;
        }
        if (name.contains("organization") || name.equals("assigner")) {
            return PhiCategory.FACILITY;
        }
        if (name.contains("place")) {
            return PhiCategory.LOCATION;
        }
        if (name.contains("date") || name.equals("period") || name.contains("birth") || name.equals("dob")) {
            return PhiCategory.DATE;
        }
        if (name.contains("mail")) {
            return PhiCategory.EMAIL;
        }
        if (name.contains("phone") || name.contains("mobile") || name.contains("telecom")) {
            return PhiCategory.PHONE;
        }
        if (name.contains("fax")) {
            return PhiCategory.FAX;
        }
        if (name.contains("address")
                || name.equals("city")
                || name.contains("street")
                || name.contains("zip")
                || name.contains("postal")) {
            return PhiCategory.LOCATION;
        }
        if (name.contains("ssn") || name.contains("social")) {
            return PhiCategory.SSN;
        }
        if (name.contains("mrn") || name.contains("record")) {
            return PhiCategory.MRN;
        }
        if (name.contains("insurance") || name.contains("member") || name.contains("plan")) {
            return PhiCategory.PLAN;
        }
        return around;
    }
}
