package dev.anteroom.corpus;

/** The checksums that real identifiers carry, so that invented ones look like them. Stateless. */
final class CheckDigits {
    private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    private CheckDigits() {}

    /** The Luhn digit that completes {@code digits}. */
    static int luhn(String digits) {
        int sum = 0;
        boolean twice = true;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int d = digits.charAt(i) - '0';
            if (twice) {
                d *= 2;
                d = d > 9 ? d - 9 : d;
            }
            sum += d;
            twice = !twice;
        }
        return (10 - sum % 10) % 10;
    }

    /** The tenth digit of an NPI whose first nine are given (Luhn over the prefix 80840). */
    static int npi(String nine) {
        return luhn("80840" + nine);
    }

    /** The seventh digit of a DEA number whose first six are given. */
    static int dea(String six) {
        int odd = six.charAt(0) + six.charAt(2) + six.charAt(4) - 3 * '0';
        int even = six.charAt(1) + six.charAt(3) + six.charAt(5) - 3 * '0';
        return (odd + 2 * even) % 10;
    }

    /** The ninth digit of a US bank routing number whose first eight are given. */
    static int routing(String eight) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += (eight.charAt(i) - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
        }
        return (10 - sum % 10) % 10;
    }

    /** The last digit of a GTIN-14 whose first thirteen are given. */
    static int gtin(String thirteen) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (thirteen.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return (10 - sum % 10) % 10;
    }

    /** The ninth character of a VIN of 17 characters; what stands there now is not looked at. */
    static char vin(String vin) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += VIN_WEIGHTS[i] * vinValue(vin.charAt(i));
        }
        int rest = sum % 11;
        return rest == 10 ? 'X' : (char) ('0' + rest);
    }

    private static int vinValue(char c) {
        if (c <= '9') {
            return c - '0';
        }
        return "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ".indexOf(c) % 10;
    }

    /** The two check digits of an IBAN of {@code country} with the account part {@code bban}. */
    static String iban(String country, String bban) {
        return String.format(java.util.Locale.ROOT, "%02d", 98 - mod97(bban + country + "00"));
    }

    /** The remainder of an IBAN-style string (letters count 10 to 35) by 97. */
    static int mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int v = Character.digit(text.charAt(i), 36);
            rest = (v > 9 ? rest * 100 + v : rest * 10 + v) % 97;
        }
        return rest;
    }
}
