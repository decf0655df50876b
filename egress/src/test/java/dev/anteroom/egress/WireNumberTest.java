package dev.anteroom.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireNumberTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "7", "-9007199254740991", "0.5", "1e3", "1.25E-7", "-0.0e+1"})
    void new_jsonNumber_keepsItsToken(String token) {
        assertEquals(token, new WireNumber(token).token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "NaN",
                "Infinity",
                "0x1",
                "1 ",
                "12345678901234567890123456"
            })
    void new_anythingElse_throwsWithoutRepeatingIt(String token) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> new WireNumber(token));
        assertFalse(token.length() > 3 && String.valueOf(thrown.getMessage()).contains(token));
    }
}
