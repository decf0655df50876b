package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random forms of random patients at random places; {@code -Danteroom.seed=N} replays one run. */
class KnownFormsTest {

    private static final int FORMS = 10_000;
    private static final int FORMS_A_CALL = 10;

    private static final String[] GIVEN = {"Zoë", "Brannagh", "William", "Theodore", "Élodie", "Oskar"};
    private static final String[] FAMILY = {
        "Quillfeather",
        "Müllerich",
        "O'Brannock",
        "de la Crustan",
        "Tarvin-Oxley",
        "Muñozar",
        "Baumgaertel",
        "Bjærgvind"
    };
    private static final String[] SENTENCES = {
        "Seen in clinic today, %s reports less pain.",
        "metformin 500 mg was continued for %s at discharge",
        "{\"note\": \"%s was reviewed\"}",
        "| plan | %s | stable |",
        "BP 120/80. Contact: %s; no further changes.",
        "<p>%s</p>"
    };

    /** A form of a value, and the fragments of it that must not be left. */
    private record Form(String text, List<String> cores) {}

    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        return seed;
    }

    @Test
    void redact_randomFormsOfThePatient_noneIsLeft() {
        Redactor[] redactors = {
            Redactor.create(Profile.BALANCED, SiteKnowledge.none()),
            Redactor.create(Profile.STRICT, SiteKnowledge.none())
        };
        List<String> leaks = new ArrayList<>();
        for (int made = 0; made < FORMS; made += FORMS_A_CALL) {
            Patient patient = new Patient();
            List<Form> forms = new ArrayList<>();
            List<Position> positions = new ArrayList<>();
            for (int i = 0; i < FORMS_A_CALL; i++) {
                Form form = patient.form();
                forms.add(form);
                positions.add(Position.text("$[" + i + "]", pick(SENTENCES).replace("%s", form.text())));
            }
            Redaction redaction = redactors[random.nextInt(2)].redact(positions, patient.known(), random);
            for (int i = 0; i < FORMS_A_CALL; i++) {
                String out = plain(redaction.text(i).value());
                if (forms.get(i).cores().stream().anyMatch(core -> out.contains(plain(core)))) {
                    leaks.add(positions.get(i).text());
                }
            }
        }
        assertTrue(
                leaks.isEmpty(),
                () -> leaks.size() + " left, such as\n"
                        + String.join("\n", leaks.subList(0, Math.min(25, leaks.size()))));
    }

    @Test
    void redact_numberCutBetweenTwoTurns_noPartIsLeft() {
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        for (int i = 0; i < 1_000; i++) {
            Patient patient = new Patient();
            String number = pick(patient.record, patient.phone, patient.social);
            int cut = 3 + random.nextInt(number.length() - 5);
            String head = number.substring(0, cut);
            String tail = number.substring(cut);
            List<Position> positions = List.of(
                    Position.text("$[0]", "Hello."),
                    Position.text(
                            "$[1]",
                            pick("", "it was ", "please note ", "that’s A\u030A\u200B ") + head + pick("", "-", " ")),
                    Position.text("$[2]", pick("", "\u200B") + tail + pick("", " of course", ", thank you")),
                    Position.text("$[3]", "Thank you."));
            Redaction redaction = redactor.redact(positions, patient.known(), random);
            assertFalse(redaction.text(1).value().contains(head), () -> positions.toString());
            assertFalse(redaction.text(2).value().contains(tail), () -> positions.toString());
        }
    }

    @Test
    void redact_nicknameThatIsAWord_onlyWithCapitalInsideASentence() {
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        KnownValues known = KnownValues.builder()
                .add(PhiCategory.NAME, "William Quillfeather")
                .build();
        for (String clean : List.of("she will return", "Will she return?", "the bill was paid", "a billy goat")) {
            assertEquals(clean, MarkedText.redacted(redactor, known, clean));
        }
        assertEquals("then [NAME_1] left", MarkedText.redacted(redactor, known, "then Bill left"));
        assertEquals("then [NAME_1] left", MarkedText.redacted(redactor, known, "then billy quillfeather left"));
    }

    @Test
    void redact_shortName_inAnyCaseUnlessItIsAWord() {
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        KnownValues known = KnownValues.builder()
                .add(PhiCategory.NAME, "Zoë Muñozar")
                .add(PhiCategory.NAME, "Baumgærtel")
                .build();
        assertEquals("note for [NAME_1] only", MarkedText.redacted(redactor, known, "note for zoe only"));
        assertEquals(
                "note for [NAME_1] only", MarkedText.redacted(redactor, known, "note for B a u m g æ r t e l only"));
        KnownValues words =
                KnownValues.builder().add(PhiCategory.NAME, "Kit Tia Ray").build();
        assertEquals("a kit, a ray, a tia", MarkedText.redacted(redactor, words, "a kit, a ray, a tia"));
        assertEquals("then [NAME_1] left", MarkedText.redacted(redactor, words, "then Kit left"));
    }

    /** Letters and digits alone, without accents and in one case: written apart from the folding of the redactor. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{Nd}]", "");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder().append(1 + random.nextInt(9));
        while (digits.length() < count) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** Four digits that the sentences do not hold by chance. */
    private String lastFour() {
        return (3 + random.nextInt(7)) + "%03d".formatted(random.nextInt(1000));
    }

    /** A patient made up of random values. Confined to one thread. */
    private final class Patient {

        private final String first = pick(GIVEN);
        private final String last = pick(FAMILY);
        private final int year = 1930 + random.nextInt(80);
        private final int month = 1 + random.nextInt(12);
        private final int day = 1 + random.nextInt(28);
        private final String record = digits(8);
        private final String phone = digits(6) + lastFour();
        private final String social = digits(5) + lastFour();

        KnownValues known() {
            return KnownValues.builder()
                    .add(PhiCategory.NAME, first + " " + last)
                    .add(PhiCategory.DATE, "%d-%02d-%02d".formatted(year, month, day))
                    .add(PhiCategory.MRN, "MRN-00" + record)
                    .add(PhiCategory.PHONE, phone)
                    .add(PhiCategory.ID, social("-"))
                    .add(PhiCategory.LOCATION, "917 Quagmire Street, Lower Tidmarsh")
                    .build();
        }

        private String social(String separator) {
            return social.substring(0, 3) + separator + social.substring(3, 5) + separator + social.substring(5);
        }

        Form form() {
            return switch (random.nextInt(5)) {
                case 0, 1 -> name();
                case 2 -> date();
                case 3 -> number();
                default ->
                    new Form(
                            pick(
                                    "917 Quagmire Street",
                                    "917 quagmire st",
                                    "917 QUAGMIRE ST.",
                                    "lower tidmarsh",
                                    "917 Quagmire\nStreet"),
                            List.of("quagmire", "tidmarsh"));
            };
        }

        private Form name() {
            String initial = first.substring(0, 1);
            String bare = last.replaceAll("[ '-]", "");
            String name = pick(
                    first + " " + last,
                    last + ", " + first,
                    initial + ". " + last,
                    last + " " + initial,
                    last,
                    bare,
                    first + last,
                    initial + bare,
                    bare + initial,
                    first + "." + bare,
                    first + "_" + bare,
                    last + "'s",
                    first + " " + last + "s",
                    String.join(" ", bare.split("")),
                    last.replace("ü", "ue").replace("ae", "ä"),
                    last.replace('\'', ' '),
                    last.replace('\'', '’'));
            String written = disguised(name);
            // as written too: another spelling or alphabet has none of the plain fragments
            return new Form(written, List.of(last, bare, first, written));
        }

        private String disguised(String name) {
            return switch (random.nextInt(7)) {
                case 0 -> name.toLowerCase(Locale.ROOT);
                case 1 -> name.toUpperCase(Locale.ROOT);
                case 2 -> Normalizer.normalize(name, Normalizer.Form.NFD);
                case 3 -> name.replace("r", "r\u200B");
                case 4 -> name.replace("a", "а").replace("e", "е");
                default -> name;
            };
        }

        private Form date() {
            String name = Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            String text = pick(
                    "%d-%02d-%02d".formatted(year, month, day),
                    "%02d/%02d/%d".formatted(month, day, year),
                    "%d/%d/%02d".formatted(month, day, year % 100),
                    "%d %s %d".formatted(day, name, year),
                    "%s %dth, %d".formatted(name, day, year),
                    "%d-%s-%d".formatted(day, name.substring(0, 3), year),
                    "%d%02d%02d".formatted(year, month, day),
                    "%02d.%02d.%d".formatted(day, month, year),
                    "%d %s".formatted(day, name));
            return new Form(text, List.of(text));
        }

        private Form number() {
            return switch (random.nextInt(4)) {
                case 0 -> part();
                default -> whole();
            };
        }

        /** What people say of a number that both sides know. */
        private Form part() {
            String line = phone.substring(6);
            String text = pick(
                    phone.substring(3, 6) + "-" + line,
                    phone.substring(3, 6) + " " + line,
                    phone.substring(3),
                    line,
                    social.substring(5),
                    "xxx-xx-" + social.substring(5));
            return new Form(text, List.of(line, social.substring(5)));
        }

        private Form whole() {
            String text = pick(
                    social,
                    social(" "),
                    record,
                    "00" + record,
                    "MRN-00" + record,
                    "mrn" + record,
                    record.substring(0, 4) + " " + record.substring(4),
                    record.substring(0, 2) + "." + record.substring(2, 5) + "/" + record.substring(5),
                    phone,
                    "+1 " + phone,
                    "(" + phone.substring(0, 3) + ") " + phone.substring(3, 6) + "-" + phone.substring(6));
            return new Form(text, List.of(record, phone, social));
        }
    }
}
