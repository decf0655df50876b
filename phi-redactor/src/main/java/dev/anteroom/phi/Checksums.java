package dev.anteroom.phi;

/** The check digits by which some numbers show what they are. Stateless. */
final class Checksums {

    private static final String VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final String VIN_VALUES = "12345678123457923456789";
    private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    private Checksums() {}

    /** Returns whether the last digit checks the others, as on cards and in device numbers. */
    static boolean luhn(byte[] digits, int count, int prefixSum) {
        int sum = prefixSum;
        boolean twice = false;
        for (int i = count - 1; i >= 0; i--) {
            int digit = digits[i];
            if (twice) {
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    /** Returns whether ten digits are a national provider identifier. */
    static boolean npi(byte[] digits) {
        return (digits[0] == 1 || digits[0] == 2) && luhn(digits, 10, 24);
    }

    /** Returns whether two letters and seven digits in upper case are a registration of the Drug Enforcement Administration. */
    static boolean dea(char[] chars, int start) {
        int odd = digit(chars, start + 2) + digit(chars, start + 4) + digit(chars, start + 6);
        int even = digit(chars, start + 3) + digit(chars, start + 5) + digit(chars, start + 7);
        return (odd + 2 * even) % 10 == digit(chars, start + 8);
    }

    private static int digit(char[] chars, int at) {
        return chars[at] - '0';
    }

    /** Returns whether 17 characters are a vehicle identification number with a valid check digit. */
    static boolean vin(char[] chars, int start) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            char c = upper(chars[start + i]);
            int value;
            if (c >= '0' && c <= '9') {
                value = c - '0';
            } else {
                int letter = VIN_LETTERS.indexOf(c);
                if (letter < 0) {
                    return false;
                }
                value = VIN_VALUES.charAt(letter) - '0';
            }
            sum += value * VIN_WEIGHTS[i];
        }
        int check = sum % 11;
        return upper(chars[start + 8]) == (check == 10 ? 'X' : (char) ('0' + check));
    }

    /** Returns whether alphanumerics, country code first, are an international bank account number. */
    static boolean iban(char[] chars, int count) {
        int remainder = 0;
        for (int i = 0; i < count; i++) {
            char c = upper(chars[(i + 4) % count]);
            if (c >= '0' && c <= '9') {
                remainder = (remainder * 10 + c - '0') % 97;
            } else {
                remainder = (remainder * 100 + c - 'A' + 10) % 97;
            }
        }
        return remainder == 1;
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
}
