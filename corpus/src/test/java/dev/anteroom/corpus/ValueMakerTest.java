package dev.anteroom.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueMakerTest {
    private static final long SEED = 42;
    private static final int VALUES = 2_000;

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            value = {
                "ssn.dashed ~ (?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}",
                "ssn.plain ~ (?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}",
                "phone ~ (\\+?1[ -])?\\(?[2-9][0-9]{2}\\)?[ .-]?[2-9][0-9]{2}[ .-][0-9]{4}( (x|ext\\. )[0-9]{3,4})?",
                "fax ~ (\\+?1[ -])?\\(?[2-9][0-9]{2}\\)?[ .-]?[2-9][0-9]{2}[ .-][0-9]{4}( (x|ext\\. )[0-9]{3,4})?",
                "plan.mbi ~ [1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2}",
                "vehicle.vin ~ [A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}",
                "device.mac ~ [0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}",
                "id.uuid ~ [0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}",
                "zip ~ [0-9]{5}(-[0-9]{4})?",
                "age ~ 9[0-9]|10[0-9]|110",
                "ip.v4 ~ ([0-9]{1,3}\\.){3}[0-9]{1,3}",
                "ip.v6 ~ [0-9a-fA-F:]{8,39}",
                "email ~ [a-z0-9._+-]+@[a-z.-]+",
                "license.dea ~ [ABFM][A-Z][0-9]{7}"
            })
    void make_slot_hasItsForm(String slot, String pattern) {
        ValueMaker maker = new ValueMaker(new Random(SEED));
        Patient patient = maker.patient();
        for (int i = 0; i < VALUES; i++) {
            String value = maker.make(slot, patient);
            assertTrue(value.matches(pattern), slot + ": " + value + " (seed " + SEED + ")");
        }
    }

    /** The checks below are written in the validating direction, not with the code that makes the digits. */
    @ParameterizedTest
    @CsvSource({
        "account.card",
        "license.npi",
        "device.imei",
        "license.dea",
        "account.routing",
        "account.iban",
        "device.udi",
        "vehicle.vin"
    })
    void make_slotWithChecksum_isValid(String slot) {
        ValueMaker maker = new ValueMaker(new Random(SEED));
        Patient patient = maker.patient();
        for (int i = 0; i < VALUES; i++) {
            String value = maker.make(slot, patient);
            boolean valid = switch (slot) {
                case "account.card", "device.imei" -> luhn(value.replaceAll("[ -]", ""));
                case "license.npi" -> luhn("80840" + value);
                case "license.dea" -> dea(value.substring(2));
                case "account.routing" -> routing(value);
                case "account.iban" -> iban(value.replace(" ", ""));
                case "device.udi" -> gtin(value.substring(4, 18));
                default -> vin(value);
            };
            assertTrue(valid, slot + ": " + value + " (seed " + SEED + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({"79927398713, true", "79927398710, false", "4111111111111111, true", "808401234567893, true"})
    void luhn_publishedExamples_judgedRight(String digits, boolean valid) {
        assertEquals(valid, luhn(digits));
        int last = digits.charAt(digits.length() - 1) - '0';
        assertEquals(valid, CheckDigits.luhn(digits.substring(0, digits.length() - 1)) == last);
    }

    @ParameterizedTest
    @CsvSource({"1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"})
    void vin_publishedExamples_haveTheirDigit(String vin) {
        assertEquals(vin.charAt(8), CheckDigits.vin(vin));
        assertTrue(vin(vin));
    }

    @ParameterizedTest
    @CsvSource({"GB82WEST12345698765432", "DE89370400440532013000"})
    void iban_publishedExamples_haveTheirDigits(String iban) {
        assertEquals(iban.substring(2, 4), CheckDigits.iban(iban.substring(0, 2), iban.substring(4)));
        assertTrue(iban(iban));
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int d = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? d : d < 5 ? 2 * d : 2 * d - 9;
        }
        return sum % 10 == 0;
    }

    private static boolean dea(String seven) {
        int[] d = seven.chars().map(c -> c - '0').toArray();
        return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6];
    }

    private static boolean routing(String nine) {
        int[] d = nine.chars().map(c -> c - '0').toArray();
        return (3 * (d[0] + d[3] + d[6]) + 7 * (d[1] + d[4] + d[7]) + d[2] + d[5] + d[8]) % 10 == 0;
    }

    private static boolean gtin(String fourteen) {
        int sum = 0;
        for (int i = 0; i < 14; i++) {
            sum += (fourteen.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return sum % 10 == 0;
    }

    private static boolean iban(String iban) {
        StringBuilder digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new java.math.BigInteger(digits.toString())
                        .mod(java.math.BigInteger.valueOf(97))
                        .intValue()
                == 1;
    }

    private static boolean vin(String vin) {
        String letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
        String worth = "12345678123457923456789";
        int[] weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            char c = vin.charAt(i);
            int v = c <= '9' ? c - '0' : worth.charAt(letters.indexOf(c)) - '0';
            sum += v * weights[i];
        }
        char expected = sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
        return vin.charAt(8) == expected;
    }
}
