package dev.anteroom.gateway.cli.redact;

import java.util.Map;

/** Says in words why a layer takes a stretch for an identifier. Stateless. */
final class LayerWords {
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("known.patient", "the patient field of the call holds it"),
            Map.entry("site", "a list of the site holds it"),
            Map.entry("repeat", "the same value was found elsewhere in the call"),
            Map.entry("encoded", "it is text in disguise that holds an identifier"),
            Map.entry("placeholder", "it reads like one of our placeholders"),
            Map.entry("mrn.site", "it has the shape of the site's record numbers"),
            Map.entry("strict.number", "the strict profile replaces numbers that no clinical grammar explains"),
            Map.entry("name.position", "the position holds a person's name by definition"),
            Map.entry("name.title", "a title stands before it"),
            Map.entry("name.given", "it begins with a common given name"),
            Map.entry("name.credential", "a credential stands after it"),
            Map.entry("name.initials", "initials stand beside a surname"),
            Map.entry("location.street", "it reads like a street and number"),
            Map.entry("location.city", "it is a city in a place for one"),
            Map.entry("location.county", "the word county stands beside it"),
            Map.entry("location.postal", "it has a postal code, by its form or by what stands beside it"),
            Map.entry("date.month", "it names a month and a day"),
            Map.entry("date.relative", "it names a weekday or a holiday"),
            Map.entry("id.digits", "it is a long run of digits"),
            Map.entry("id.code", "it mixes letters and digits as codes do"),
            Map.entry("tagger", "the trained tagger takes it for one"),
            Map.entry("tagger.here", "the trained tagger takes it for one in this place"),
            Map.entry("facility.head", "it ends in a word for a facility"),
            Map.entry("facility.brand", "it begins with the name of a health system"));

    private static final Map<String, String> BY_ENDING = Map.of(
            "label", "a label or a field name says what it is",
            "pattern", "it has the form of one");

    private static final String AGREED = "+tagger";

    private LayerWords() {}

    static String of(String layer) {
        if (layer.endsWith(AGREED)) {
            return of(layer.substring(0, layer.length() - AGREED.length())) + ", and the trained tagger agrees";
        }
        String words = BY_NAME.get(layer);
        if (words == null) {
            words = BY_ENDING.get(layer.substring(layer.lastIndexOf('.') + 1));
        }
        return words == null ? "the rule of this name" : words;
    }

    /** Whether no exception can hold against the layer, because it knows rather than guesses. */
    static boolean knows(String layer) {
        return switch (layer) {
            case "known.patient", "site", "encoded", "placeholder", "name.position" -> true;
            default -> false;
        };
    }

    /** Whether the layer only follows what another found. */
    static boolean follows(String layer) {
        return layer.equals("repeat");
    }
}
