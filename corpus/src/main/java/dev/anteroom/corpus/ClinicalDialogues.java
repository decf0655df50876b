package dev.anteroom.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * An endless, seeded source of clinical texts whose identifying values are known to the character. Confined to one thread.
 *
 * <p>The same seed and the same sequence of calls give the same texts on every machine. Every person, place and number is invented.
 */
public final class ClinicalDialogues {
    private static final String[] PATIENT_OPENERS = {
        "Patient: {pt.full}\nDOB: {pt.birth}\nMRN: {pt.mrn}",
        "Name: {pt.lastfirst}\nDate of birth: {pt.birth}\nMedical record number: {pt.mrn}",
        "Patient: {pt.caps}  DOB: {pt.birth}  MRN: {pt.mrn}",
        "Patient name: {pt.fullm}\nDOB {pt.birth}, MRN {pt.mrn}"
    };
    private static final String[] PATIENT_PROSE = {
        "Hello {pt.full}, could you confirm your date of birth? I have {pt.birth} here.",
        "So you are {pt.full}, born on {pt.birth}, is that right?",
        "Let me open the chart of {pt.fullm}, medical record number {pt.mrn}."
    };
    private static final String[] PATIENT_SELF = {
        "Yes, I am {pt.given}, and my phone number is still {pt.phone}.",
        "That is right, {pt.full}. You can call me at {pt.phone}.",
        "Yes. My email is {pt.email} and my phone is {pt.phone}.",
        "Call me {pt.given}, please. My Medicare number is {pt.plan}."
    };
    private static final String[] PATIENT_LATER = {
        "All right, {pt.given}, that makes sense.",
        "Thank you, {pt.given}. Anything else?",
        "I will note that for {pt.family}, {pt.given}.",
        "We will mail it to {pt.street}, {pt.city}, ZIP code {pt.zip}."
    };
    private static final String[] NOTE_HEADS = {
        "DISCHARGE SUMMARY",
        "PROGRESS NOTE",
        "CONSULTATION",
        "OFFICE VISIT",
        "EMERGENCY DEPARTMENT NOTE",
        "TELEPHONE ENCOUNTER"
    };

    private final Random random;
    private final ValueMaker maker;

    private ClinicalDialogues(long seed) {
        this.random = new Random(seed);
        this.maker = new ValueMaker(random);
    }

    /** A source that gives the same texts for the same seed. */
    public static ClinicalDialogues seeded(long seed) {
        return new ClinicalDialogues(seed);
    }

    /** The next conversation; it holds at least one value of every kind. */
    public Dialogue next() {
        int turns = 10 + 2 * random.nextInt(3);
        List<List<Part>> plan = new ArrayList<>();
        List<Part> clinician = ordinary(Ordinary.CLINICIAN);
        List<Part> patient = ordinary(Ordinary.PATIENT);
        for (int i = 0; i < turns; i++) {
            List<Part> left = i % 2 == 0 ? clinician : patient;
            List<Part> some = left.subList(0, 1 + random.nextInt(Math.min(3, left.size())));
            plan.add(new ArrayList<>(some));
            some.clear();
        }
        for (Part carrier : carriers(allKinds(random.nextInt(5)))) {
            List<Part> turn = plan.get(1 + random.nextInt(turns - 1));
            turn.add(random.nextInt(turn.size() + 1), carrier);
        }
        plan.get(0).add(0, new Part(Cue.PROSE, Places.pick(random, PATIENT_PROSE)));
        plan.get(0).add(0, new Part(Cue.FORM, Places.pick(random, PATIENT_OPENERS)));
        plan.get(1).add(0, new Part(Cue.PROSE, Places.pick(random, PATIENT_SELF)));
        plan.get(2 * (1 + random.nextInt(turns / 2 - 1)))
                .add(0, new Part(Cue.NONE, Places.pick(random, PATIENT_LATER)));
        return compose(plan);
    }

    /** The next clinical note; it holds at least one value of every kind. */
    public LabelledText nextNote() {
        return nextNoteOf().joined();
    }

    /** The next clinical note as a dialogue of one turn, so that its patient is known. */
    public Dialogue nextNoteOf() {
        List<Part> parts = ordinary(Ordinary.NOTE);
        parts.subList(8 + random.nextInt(5), parts.size()).clear();
        for (Part carrier : carriers(allKinds(random.nextInt(4)))) {
            parts.add(random.nextInt(parts.size() + 1), carrier);
        }
        parts.add(0, new Part(Cue.FORM, "Address: {pt.street}, {pt.city}, ZIP {pt.zip}\nPhone: {pt.phone}"));
        parts.add(0, new Part(Cue.FORM, Places.pick(random, PATIENT_OPENERS)));
        parts.add(0, new Part(Cue.NONE, Places.pick(random, NOTE_HEADS) + "\n"));
        parts.add(new Part(Cue.NONE, "{pt.family} was told to return if worse."));
        return compose(List.of(parts));
    }

    /** {@code baseText} with one value of every kind put between its sentences, in sentences of their own. */
    public LabelledText insertInto(String baseText) {
        return insertInto(baseText, EnumSet.allOf(Identifier.class));
    }

    /** {@code baseText} with one value of each of {@code kinds} (a kind that is named twice comes twice) put between its sentences. */
    public LabelledText insertInto(String baseText, Collection<Identifier> kinds) {
        Composer composer = new Composer(random, maker.patient());
        List<Part> parts = carriers(kinds).stream()
                .map(part -> new Part(part.cue(), composer.decide(part.template())))
                .toList();
        List<String> around = new ArrayList<>();
        around.add(baseText.replace('{', '(').replace('}', ')'));
        parts.forEach(part -> around.add(part.template()));
        composer.surroundings(around);

        List<Integer> gaps = gaps(baseText);
        int[] at = new int[parts.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = gaps.get(random.nextInt(gaps.size()));
        }
        Arrays.sort(at);
        List<LabelledText> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < at.length; i++) {
            LabelledText sentence =
                    composer.fill(parts.get(i).template(), parts.get(i).cue());
            boolean ended = endsSentence(sentence.text());
            boolean lineEnds = at[i] == baseText.length() || baseText.charAt(at[i]) == '\n';
            pieces.add(plain(baseText.substring(from, at[i]) + (at[i] == 0 ? "" : " ")));
            pieces.add(sentence);
            pieces.add(plain((ended || lineEnds ? "" : ".") + (at[i] == 0 && !baseText.isEmpty() ? " " : "")));
            from = at[i];
        }
        pieces.add(plain(baseText.substring(from)));
        return LabelledText.join("", pieces);
    }

    /** The column {@code dialogue} of a CSV file with a header, in its order: texts for {@link #insertInto}. */
    public static List<String> baseTexts(Path csv) throws IOException {
        return Csv.column(Files.readString(csv), "dialogue");
    }

    private List<Identifier> allKinds(int extra) {
        List<Identifier> kinds = new ArrayList<>(EnumSet.allOf(Identifier.class));
        Identifier[] all = Identifier.values();
        for (int i = 0; i < extra; i++) {
            kinds.add(Places.pick(random, all));
        }
        kinds.add(Identifier.NAME);
        return kinds;
    }

    private List<Part> carriers(Collection<Identifier> kinds) {
        List<Part> parts = new ArrayList<>();
        for (Identifier kind : kinds) {
            List<Carriers.Carrier> of = Carriers.of(kind);
            Carriers.Carrier carrier = of.get(random.nextInt(of.size()));
            parts.add(new Part(carrier.cue(), carrier.template()));
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    private List<Part> ordinary(String[] sentences) {
        List<Part> parts = new ArrayList<>();
        for (String sentence : sentences) {
            parts.add(new Part(Cue.NONE, sentence));
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    private Dialogue compose(List<List<Part>> plan) {
        while (true) {
            Patient patient = maker.patient();
            Composer composer = new Composer(random, patient);
            List<List<Part>> decided = plan.stream()
                    .map(turn -> turn.stream()
                            .map(part -> new Part(part.cue(), composer.decide(part.template())))
                            .toList())
                    .toList();
            composer.surroundings(
                    decided.stream().flatMap(List::stream).map(Part::template).toList());
            if (!composer.patientFits()) {
                continue;
            }
            List<LabelledText> turns = new ArrayList<>();
            for (List<Part> turn : decided) {
                List<LabelledText> pieces = new ArrayList<>();
                for (Part part : turn) {
                    LabelledText piece = composer.fill(part.template(), part.cue());
                    if (!pieces.isEmpty()) {
                        pieces.add(plain(endsSentence(pieces.getLast().text()) ? " " : "\n"));
                    }
                    pieces.add(piece);
                }
                turns.add(LabelledText.join("", pieces));
            }
            return new Dialogue(patient, turns);
        }
    }

    private static LabelledText plain(String text) {
        return new LabelledText(text, List.of());
    }

    private static boolean endsSentence(String text) {
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        return last == '.' || last == '?' || last == '!';
    }

    /** Where a sentence has just ended; at least one place. */
    private static List<Integer> gaps(String text) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 1; i <= text.length(); i++) {
            if ((i == text.length() || Character.isWhitespace(text.charAt(i))) && isEnd(text, i - 1)) {
                gaps.add(i);
            }
        }
        if (gaps.isEmpty()) {
            gaps.add(text.length());
        }
        return gaps;
    }

    /** A stop that no abbreviation, initial or number explains. */
    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        if (c == '?' || c == '!') {
            return true;
        }
        if (c != '.' || at == 0) {
            return false;
        }
        if (text.charAt(at - 1) == ' ') {
            return true;
        }
        int letters = 0;
        while (letters < 4 && letters < at && Character.isLowerCase(text.charAt(at - 1 - letters))) {
            letters++;
        }
        return letters == 4;
    }

    private record Part(Cue cue, String template) {}
}
