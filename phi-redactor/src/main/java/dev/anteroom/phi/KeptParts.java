package dev.anteroom.phi;

import java.util.Set;

/**
 * Finds the part of an identifier that may stay readable: 45 CFR 164.514(b)(2)(i)(B) and (C). Immutable. Thread-safe.
 *
 * <p>It keeps nothing where it is in doubt: several years, a year that could as well be a time, digits that are not clearly a ZIP code, ZIP
 * codes in which 20,000 people or fewer live.
 */
final class KeptParts {

    /** What the census of 2000 or that of 2010 counts 20,000 people or fewer in. */
    private static final Set<String> FEW_PEOPLE = Set.of(
            "036", "059", "063", "102", "203", "205", "369", "556", "692", "753", "772", "790", "821", "823", "830",
            "831", "878", "879", "884", "890", "893");

    private static final int OLDEST_YEARS = 89;
    private static final int ZIP = 5;
    private static final int ZIP_KEPT = 3;

    private final boolean years;
    private final boolean zips;

    KeptParts(Set<KeptPart> parts) {
        this.years = parts.contains(KeptPart.YEAR);
        this.zips = parts.contains(KeptPart.ZIP3);
    }

    /** Returns the digits of an original that stay readable, or an empty string. */
    String of(PhiCategory category, String original, int thisYear) {
        return switch (category) {
            case DATE -> years ? year(Tokens.of(FoldedText.of(original)), thisYear) : "";
            case LOCATION -> zips ? zip(Tokens.of(FoldedText.of(original))) : "";
            default -> "";
        };
    }

    /** The only year of a date: everybody who was born in it is 89 at most. */
    private static String year(Tokens t, int thisYear) {
        int year = 0;
        for (int i = 0; i < t.count(); i++) {
            if (!t.number(i) || t.length(i) < 4) {
                continue;
            }
            if (t.length(i) != 4 || !endsDate(t, i) || year != 0 || t.is(i + 1, Lexicon.DURATION)) {
                return "";
            }
            year = t.value(i);
        }
        return year >= thisYear - OLDEST_YEARS && year <= thisYear + 1 ? Integer.toString(year) : "";
    }

    /** Returns whether a number of four digits stands where the year of a date does; elsewhere it may be a time. */
    private static boolean endsDate(Tokens t, int i) {
        int before = t.mark(i - 1, '.') ? i - 2 : i - 1;
        return i == 0
                || t.attached(i)
                || t.mark(i - 1, ',')
                || t.is(i - 1, "of")
                || t.is(before, Lexicon.MONTH)
                || (t.number(i - 1) && t.is(i - 2, Lexicon.MONTH))
                || (t.attachedWord(i - 1) && t.number(i - 2));
    }

    /** The ZIP code at the end of a place, behind a state or alone. */
    private static String zip(Tokens t) {
        int last = t.count() - 1;
        if (last >= 2 && t.number(last) && t.length(last) == 4 && t.mark(last - 1, '-')) {
            last -= 2;
        }
        if (last < 0 || !t.number(last) || t.length(last) != ZIP || t.attachedToWord(last)) {
            return "";
        }
        int before = t.mark(last - 1, ',') || t.mark(last - 1, '.') ? last - 2 : last - 1;
        boolean behindState = AddressRecognizer.stateEnd(t, before) > before || t.is(before, Lexicon.STATE);
        if (last > 0 && !behindState) {
            return "";
        }
        int digits = t.digits(last, 0, ZIP_KEPT);
        String kept = (digits < 100 ? digits < 10 ? "00" : "0" : "") + digits;
        return FEW_PEOPLE.contains(kept) ? "" : kept;
    }
}
