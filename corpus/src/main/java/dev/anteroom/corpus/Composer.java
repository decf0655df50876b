package dev.anteroom.corpus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Turns templates into labelled text for one dialogue or note. Confined to one thread; one for each text.
 *
 * <p>A value is taken only when nothing outside the labelled places reads the same and no other value of the text is the same, so that a
 * value seen in a de-identified text is a leak and not a coincidence.
 */
final class Composer {
    private static final int TRIES = 500;

    private final Random random;
    private final ValueMaker maker;
    private final Patient patient;
    private final Set<String> used = new HashSet<>();
    private String literals = "";

    Composer(Random random, Patient patient) {
        this.random = random;
        this.maker = new ValueMaker(random);
        this.patient = patient;
        markUsed(patient.given());
        markUsed(patient.family());
        for (String value :
                new String[] {patient.mrn(), patient.phone(), patient.email(), patient.zip(), patient.memberId()}) {
            used.add(plain(value));
        }
    }

    /** A template whose choices are made; slots are still open. */
    String decide(String template) {
        StringBuilder text = new StringBuilder(template.length());
        int at = 0;
        for (int open = template.indexOf('<'); open >= 0; open = template.indexOf('<', at)) {
            int close = template.indexOf('>', open);
            text.append(template, at, open).append(choice(template.substring(open + 1, close)));
            at = close + 1;
        }
        return text.append(template, at, template.length()).toString();
    }

    private String choice(String inside) {
        int dots = inside.indexOf("..");
        if (dots >= 0) {
            int low = Integer.parseInt(inside.substring(0, dots));
            int high = Integer.parseInt(inside.substring(dots + 2));
            return Integer.toString(low + random.nextInt(high - low + 1));
        }
        return Places.pick(random, inside.split("\\|"));
    }

    /** Says which words will stand around the values; called once, before the first {@link #fill}. */
    void surroundings(Iterable<String> decided) {
        StringBuilder all = new StringBuilder();
        for (String template : decided) {
            int at = 0;
            for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
                int close = template.indexOf('}', open);
                all.append(template, at, open).append('\n');
                at = close + 1;
            }
            all.append(template, at, template.length()).append('\n');
        }
        literals = all.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether the patient's own values keep apart from the words around them. */
    boolean patientFits() {
        return !literals.contains(patient.given().toLowerCase(Locale.ROOT))
                && !literals.contains(patient.family().toLowerCase(Locale.ROOT))
                && !literals.contains(patient.mrn().toLowerCase(Locale.ROOT))
                && !literals.contains(patient.city().toLowerCase(Locale.ROOT))
                && !literals.contains(patient.zip());
    }

    /** A decided template with its slots filled. */
    LabelledText fill(String decided, Cue cue) {
        StringBuilder text = new StringBuilder(decided.length() + 32);
        List<Value> values = new ArrayList<>();
        int at = 0;
        for (int open = decided.indexOf('{'); open >= 0; open = decided.indexOf('{', at)) {
            int close = decided.indexOf('}', open);
            text.append(decided, at, open);
            String slot = decided.substring(open + 1, close);
            String value = unique(slot);
            if (slot.equals("zip.after")) {
                // The state in front belongs to the code and identifies nobody.
                text.append(value, 0, 3);
                value = value.substring(3);
            }
            values.add(new Value(Carriers.kindOf(slot), text.length(), text.length() + value.length(), cue));
            text.append(value);
            at = close + 1;
        }
        text.append(decided, at, decided.length());
        return new LabelledText(text.toString(), values);
    }

    private String unique(String slot) {
        if (slot.startsWith("pt.")) {
            return maker.make(slot, patient);
        }
        Identifier kind = Carriers.kindOf(slot);
        for (int i = 0; i < TRIES; i++) {
            String value = maker.make(slot, patient);
            if (kind == Identifier.NAME ? freeName(value) : free(value)) {
                return value;
            }
        }
        throw new IllegalStateException("slot " + slot + ": nothing free in " + TRIES + " tries");
    }

    private boolean free(String value) {
        return !literals.contains(value.toLowerCase(Locale.ROOT)) && used.add(plain(value));
    }

    private boolean freeName(String value) {
        for (String word : value.split("[ ,.-]+", -1)) {
            if (used.contains(plain(word)) || (word.length() > 1 && hasWord(word.toLowerCase(Locale.ROOT)))) {
                return false;
            }
        }
        markUsed(value);
        return true;
    }

    private boolean hasWord(String word) {
        if (word.length() > 3) {
            return literals.contains(word);
        }
        return false;
    }

    private void markUsed(String name) {
        for (String word : name.split("[ ,.-]+", -1)) {
            if (word.length() > 3) {
                used.add(plain(word));
            }
        }
    }

    private static String plain(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                text.append(Character.toLowerCase(c));
            }
        }
        return text.toString();
    }
}
