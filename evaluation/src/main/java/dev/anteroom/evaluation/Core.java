package dev.anteroom.evaluation;

import dev.anteroom.corpus.Identifier;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which characters of a value identify somebody: its letters and digits but for those that the law or everybody's language lets stand.
 * Not of the core are the year, ordinal ending, weekday and time of a date, the first three digits of a ZIP code, "Hospital" and its
 * like, the kind of a street, and the scheme of an address; nor is what an attack put in between: tags, and the digits of percent
 * escapes. Stateless.
 */
final class Core {
    private static final Pattern DATE = Pattern.compile(
            "(?<![0-9])(?:1 ?[89]|2 ?0) ?\\d ?\\d(?! ?[0-9])|(?<=\\d)T?\\d\\d:\\d\\d(?::\\d\\d)?Z?|T\\d\\d:\\d\\d|\\b(?:of|the|on|at)\\b|(?<=\\d)(?:st|nd|rd|th)"
                    + "|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|\\b[01]?\\d:\\d\\d\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ZIP = Pattern.compile("^\\d{3}");
    private static final Pattern AGE = Pattern.compile("[^0-9]+");
    private static final Pattern GENERIC = Pattern.compile(
            "\\b(?:hospitals?|medical|cent(?:er|re)|clinics?|health(?:care)?|care|general|regional|memorial|community|county|university|of"
                    + "|the|and|at|for|system|street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|way|place|circle"
                    + "|city|north|south|east|west|children|inc|llc|united|states|children's|system|apt|suite|unit)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DISGUISE = Pattern.compile("<[^<>]*>|%[0-9A-F]{2}");
    private static final Pattern ADDRESS = Pattern.compile("^(?:https?://)?(?:www\\.)?", Pattern.CASE_INSENSITIVE);

    private Core() {}

    static BitSet of(Identifier kind, String written) {
        String value = plain(written);
        BitSet core = new BitSet(value.length());
        for (int i = 0; i < value.length(); i++) {
            core.set(i, Character.isLetterOrDigit(value.charAt(i)));
        }
        BitSet all = (BitSet) core.clone();
        switch (kind) {
            case DATE -> remove(DATE, value, core);
            case ZIP -> remove(ZIP, value, core);
            case AGE_OVER_89 -> remove(AGE, value, core);
            case FACILITY, PLACE -> remove(GENERIC, value, core);
            case URL -> remove(ADDRESS, value.toLowerCase(Locale.ROOT), core);
            default -> {}
        }
        return core.isEmpty() ? all : core;
    }

    /** The value without what hides it, every character where it was. */
    private static String plain(String written) {
        String normal = Normalizer.normalize(written, Normalizer.Form.NFKC);
        String aligned = normal.length() == written.length() ? normal : written;
        return DISGUISE.matcher(aligned)
                .replaceAll(found -> " ".repeat(found.group().length()));
    }

    private static void remove(Pattern pattern, String value, BitSet core) {
        Matcher matcher = pattern.matcher(value);
        while (matcher.find()) {
            core.clear(matcher.start(), matcher.end());
        }
    }
}
