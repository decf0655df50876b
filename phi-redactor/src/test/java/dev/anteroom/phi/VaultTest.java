package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class VaultTest {

    @Test
    void placeholderFor_categories_numbersEachFromOne() {
        Vault.Builder builder = new Vault.Builder();
        assertEquals("[NAME_1]", builder.placeholderFor(PhiCategory.NAME, "a"));
        assertEquals("[DATE_1]", builder.placeholderFor(PhiCategory.DATE, "a"));
        assertEquals("[NAME_2]", builder.placeholderFor(PhiCategory.NAME, "b"));
        assertEquals("[NAME_1]", builder.placeholderFor(PhiCategory.NAME, "a"));
        Vault vault = builder.build();
        assertEquals(3, vault.size());
        assertEquals(
                "a b a.", Restored.text(vault, "[NAME_1] [NAME_2] [DATE_1].").text());
    }

    @Test
    void placeholderFor_everyCategory_isRestored() {
        Vault.Builder builder = new Vault.Builder();
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (PhiCategory category : PhiCategory.values()) {
            for (int i = 1; i <= 12; i++) {
                text.append(builder.placeholderFor(category, category + "v" + i))
                        .append(' ');
                expected.append(category).append('v').append(i).append(' ');
            }
        }
        assertEquals(
                expected.toString(),
                Restored.text(builder.build(), text.toString()).text());
    }

    @Test
    void number_badOrAmbiguous_isRefusedWithoutTheValue() {
        Vault.Builder builder = new Vault.Builder();
        assertFalse(message(() -> builder.number("12x", "777")).contains("777"));
        builder.number("12", "777");
        builder.number("12", "777");
        assertFalse(message(() -> builder.number("12", "888")).contains("888"));
        assertEquals(1, builder.build().size());
    }

    @Test
    void number_sharedPrefixes_areToldApart() {
        Vault.Builder builder = new Vault.Builder();
        for (String standIn : new String[] {"1", "12", "123", "124", "13", "2", "20", "999"}) {
            builder.number(standIn, "7" + standIn);
        }
        assertEquals(
                "71 712 7123 7124 713 72 720 7999 125 11 9 99 9999",
                Restored.text(builder.build(), "1 12 123 124 13 2 20 999 125 11 9 99 9999")
                        .text());
    }

    @Test
    void toString_fullVault_showsTheSizeOnly() {
        assertEquals("Vault[17]", Restored.vault().toString());
        assertEquals("Vault[0]", Vault.empty().toString());
    }

    @Test
    void empty_anyText_passes() {
        assertEquals(
                "[1] [NAME_1] 12",
                Restored.text(Vault.empty(), "[1] [NAME_1] 12").text());
    }

    private static String message(Runnable action) {
        return Objects.requireNonNull(
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
