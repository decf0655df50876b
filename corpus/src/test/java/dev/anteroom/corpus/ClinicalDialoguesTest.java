package dev.anteroom.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClinicalDialoguesTest {
    private static final long SEED = 20261123;
    private static final int DIALOGUES = 300;

    @Test
    void next_anyDialogue_holdsEveryKind() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        for (int i = 0; i < DIALOGUES; i++) {
            LabelledText all = source.next().joined();
            for (Identifier kind : Identifier.values()) {
                assertFalse(all.values(kind).isEmpty(), kind + " in dialogue " + i + " of seed " + SEED);
            }
        }
    }

    @Test
    void nextNote_anyNote_holdsEveryKind() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        for (int i = 0; i < DIALOGUES; i++) {
            LabelledText note = source.nextNote();
            for (Identifier kind : Identifier.values()) {
                assertFalse(note.values(kind).isEmpty(), kind + " in note " + i + " of seed " + SEED);
            }
        }
    }

    @Test
    void next_sameSeed_sameTexts() {
        ClinicalDialogues one = ClinicalDialogues.seeded(7);
        ClinicalDialogues two = ClinicalDialogues.seeded(7);
        for (int i = 0; i < 20; i++) {
            assertEquals(one.next(), two.next());
            assertEquals(one.nextNote(), two.nextNote());
            assertEquals(
                    one.insertInto("It hurts here. It began slowly."),
                    two.insertInto("It hurts here. It began slowly."));
        }
        assertNotEquals(
                ClinicalDialogues.seeded(7).next(), ClinicalDialogues.seeded(8).next());
    }

    @Test
    void next_anyDialogue_noValueOutsideItsLabels() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        for (int i = 0; i < DIALOGUES; i++) {
            LabelledText all = source.next().joined();
            String rest = withoutValues(all);
            for (Value value : all.values()) {
                assertFalse(
                        rest.contains(value.of(all)),
                        value.kind() + " '" + value.of(all) + "' outside its label, dialogue " + i + " of seed "
                                + SEED);
            }
        }
    }

    @Test
    void next_anyDialogue_newValuesAreUnique() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        for (int i = 0; i < DIALOGUES; i++) {
            Dialogue dialogue = source.next();
            LabelledText all = dialogue.joined();
            Set<String> own = own(dialogue.patient());
            Set<String> seen = new HashSet<>();
            for (Value value : all.values()) {
                String text = value.of(all);
                boolean patients = own.contains(text)
                        || value.kind() == Identifier.NAME
                        || value.kind() == Identifier.PHONE
                        || value.kind() == Identifier.DATE;
                assertTrue(patients || seen.add(text), value.kind() + " twice: " + text + ", dialogue " + i);
            }
        }
    }

    @Test
    void next_patient_appearsInSeveralForms() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        for (int i = 0; i < DIALOGUES; i++) {
            Dialogue dialogue = source.next();
            Patient patient = dialogue.patient();
            LabelledText all = dialogue.joined();
            String text = all.text();
            assertTrue(text.contains(patient.mrn()), text);
            assertTrue(text.contains(patient.given()), text);
            assertTrue(
                    text.contains(patient.family())
                            || text.contains(patient.family().toUpperCase(java.util.Locale.ROOT)),
                    text);
        }
    }

    @Test
    void values_ofEachKind_comeInManyWordingsAndCues() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        Map<Identifier, Set<Cue>> cues = new EnumMap<>(Identifier.class);
        for (int i = 0; i < DIALOGUES; i++) {
            for (Value value : source.next().joined().values()) {
                cues.computeIfAbsent(value.kind(), kind -> EnumSet.noneOf(Cue.class))
                        .add(value.cue());
            }
        }
        for (Identifier kind : Identifier.values()) {
            assertTrue(Carriers.of(kind).size() >= 6, kind + " carriers");
            assertTrue(cues.getOrDefault(kind, Set.of()).size() >= 2, kind + " cues");
        }
        assertEquals(EnumSet.allOf(Cue.class), cues.get(Identifier.NAME));
    }

    @Test
    void names_lists_areLargeAndWithoutDuplicates() {
        assertTrue(Names.GIVEN.length >= 150, "given: " + Names.GIVEN.length);
        assertTrue(Names.FAMILY.length >= 200, "family: " + Names.FAMILY.length);
        assertEquals(Names.GIVEN.length, Set.of(Names.GIVEN).size());
        assertEquals(Names.FAMILY.length, Set.of(Names.FAMILY).size());
    }

    @Test
    void insertInto_baseText_keepsItAndLabelsEveryKind() {
        ClinicalDialogues source = ClinicalDialogues.seeded(SEED);
        String base =
                "[doctor] hi , how are you ?\n[patient] my knee hurts . it is 3.5 out of 10 , says dr. who .\n[doctor] i see .";
        for (int i = 0; i < DIALOGUES; i++) {
            LabelledText out = source.insertInto(base);
            assertEquals(EnumSet.allOf(Identifier.class), kinds(out));
            int at = 0;
            for (String piece :
                    List.of("how are you ?", "my knee hurts .", "it is 3.5 out of 10 , says dr. who .", "i see .")) {
                at = out.text().indexOf(piece, at);
                assertTrue(at >= 0, piece + " in " + out.text());
            }
        }
    }

    @Test
    void insertInto_emptyText_stillCarriesValues() {
        LabelledText out = ClinicalDialogues.seeded(1).insertInto("", List.of(Identifier.SSN, Identifier.SSN));
        assertEquals(2, out.values(Identifier.SSN).size());
    }

    @Test
    void baseTexts_quotedCsv_readsTheColumn(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("some.csv");
        Files.writeString(
                csv, "id,dialogue,note\r\n1,\"[doctor] say \"\"ah\"\" ,\n[patient] ah .\",n\r\n2,plain,m\r\n");
        assertEquals(List.of("[doctor] say \"ah\" ,\n[patient] ah .", "plain"), ClinicalDialogues.baseTexts(csv));
    }

    @Test
    void baseTexts_noSuchColumn_refuses(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("other.csv");
        Files.writeString(csv, "a,b\n1,2\n");
        assertThrows(IllegalArgumentException.class, () -> ClinicalDialogues.baseTexts(csv));
    }

    @Test
    void labelledText_overlappingValues_refused() {
        List<Value> overlap = List.of(new Value(Identifier.NAME, 0, 3), new Value(Identifier.NAME, 2, 4));
        assertThrows(IllegalArgumentException.class, () -> new LabelledText("abcdef", overlap));
    }

    private static Set<Identifier> kinds(LabelledText text) {
        Set<Identifier> kinds = EnumSet.noneOf(Identifier.class);
        text.values().forEach(value -> kinds.add(value.kind()));
        return kinds;
    }

    private static Set<String> own(Patient patient) {
        return Set.of(
                patient.mrn(), patient.email(), patient.street(), patient.city(), patient.zip(), patient.memberId());
    }

    private static String withoutValues(LabelledText text) {
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (Value value : text.values()) {
            rest.append(text.text(), at, value.start()).append('\n');
            at = value.end();
        }
        return rest.append(text.text(), at, text.text().length()).toString();
    }
}
