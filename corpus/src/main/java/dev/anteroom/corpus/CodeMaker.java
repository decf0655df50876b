package dev.anteroom.corpus;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;

/** Invents numbers and codes: those with a checksum carry a right one. Confined to one thread. */
final class CodeMaker {
    private static final String MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY";
    private static final String VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

    private final Random random;
    private final Signs signs;

    CodeMaker(Random random, Signs signs) {
        this.random = random;
        this.signs = signs;
    }

    String ssn(String separator) {
        int area = 1 + random.nextInt(898);
        area = area == 666 ? 667 : area;
        return String.format(
                Locale.ROOT,
                "%03d%s%02d%s%04d",
                area,
                separator,
                1 + random.nextInt(99),
                separator,
                1 + random.nextInt(9998));
    }

    String mrn() {
        return switch (random.nextInt(7)) {
            case 0 -> signs.letters(1) + signs.nonZero() + signs.digits(6);
            case 1 -> signs.digits(3) + '-' + signs.digits(2) + '-' + signs.digits(3);
            case 2 -> signs.nonZero() + signs.digits(4) + '/' + signs.digits(2);
            case 3 -> "MR" + signs.nonZero() + signs.digits(5);
            case 4 -> signs.letters(2) + '-' + signs.nonZero() + signs.digits(5);
            case 5 -> "00" + signs.nonZero() + signs.digits(5);
            default -> signs.nonZero() + signs.digits(6);
        };
    }

    String mbi() {
        String text = signs.nonZero()
                + mbiLetter()
                + mbiSign()
                + signs.digits(1)
                + mbiLetter()
                + mbiSign()
                + signs.digits(1)
                + mbiLetter()
                + mbiLetter()
                + signs.digits(2);
        return random.nextBoolean()
                ? text.substring(0, 4) + '-' + text.substring(4, 7) + '-' + text.substring(7)
                : text;
    }

    private String mbiLetter() {
        return signs.some(MBI_LETTERS, 1);
    }

    private String mbiSign() {
        return random.nextBoolean() ? mbiLetter() : signs.digits(1);
    }

    String member() {
        return switch (random.nextInt(4)) {
            case 0 -> signs.letters(3) + signs.nonZero() + signs.digits(8);
            case 1 -> 'W' + signs.nonZero() + signs.digits(7) + "-0" + (1 + random.nextInt(4));
            case 2 -> signs.nonZero() + signs.digits(9);
            default -> signs.letters(2) + signs.digits(3) + signs.letters(1) + signs.digits(4);
        };
    }

    String account() {
        return switch (random.nextInt(3)) {
            case 0 -> signs.nonZero() + signs.digits(9);
            case 1 -> signs.nonZero() + signs.digits(3) + '-' + signs.digits(6);
            default -> signs.letters(1) + signs.digits(2) + '-' + signs.nonZero() + signs.digits(6);
        };
    }

    String routing() {
        String eight = "0" + (1 + random.nextInt(9)) + signs.digits(6);
        return eight + CheckDigits.routing(eight);
    }

    String card() {
        String start = switch (random.nextInt(4)) {
            case 0 -> "4" + signs.digits(14);
            case 1 -> "5" + (1 + random.nextInt(5)) + signs.digits(13);
            case 2 -> "6011" + signs.digits(11);
            default -> "3" + (random.nextBoolean() ? '4' : '7') + signs.digits(12);
        };
        String all = start + CheckDigits.luhn(start);
        String separator = random.nextInt(3) == 0 ? "" : random.nextBoolean() ? " " : "-";
        if (all.length() == 15) {
            return all.substring(0, 4) + separator + all.substring(4, 10) + separator + all.substring(10);
        }
        return all.substring(0, 4)
                + separator
                + all.substring(4, 8)
                + separator
                + all.substring(8, 12)
                + separator
                + all.substring(12);
    }

    String iban() {
        boolean german = random.nextBoolean();
        String country = german ? "DE" : "GB";
        String bban = german ? signs.digits(18) : signs.letters(4) + signs.digits(14);
        String all = country + CheckDigits.iban(country, bban) + bban;
        return random.nextBoolean() ? all : all.replaceAll("(.{4})(?=.)", "$1 ");
    }

    String npi() {
        String nine = (1 + random.nextInt(2)) + signs.digits(8);
        return nine + CheckDigits.npi(nine);
    }

    String dea() {
        String six = signs.digits(6);
        return signs.some("ABFM", 1) + signs.letters(1) + six + CheckDigits.dea(six);
    }

    String driver() {
        return switch (random.nextInt(4)) {
            case 0 -> signs.letters(1) + signs.nonZero() + signs.digits(6);
            case 1 -> signs.letters(1) + signs.digits(3) + '-' + signs.digits(4) + '-' + signs.digits(4);
            case 2 -> signs.letters(2) + signs.digits(6);
            default -> signs.letters(1) + signs.digits(12);
        };
    }

    String medicalLicense() {
        return switch (random.nextInt(3)) {
            case 0 -> "MD" + signs.nonZero() + signs.digits(5);
            case 1 -> signs.letters(1) + '-' + signs.nonZero() + signs.digits(4);
            default -> "RN-" + signs.nonZero() + signs.digits(6);
        };
    }

    String vin() {
        String raw = Places.pick(random, new String[] {"1HG", "WVW", "JTD", "5YJ", "KNA", "2T1", "WBA"})
                + signs.some(VIN_SIGNS, 8)
                + signs.digits(6);
        return raw.substring(0, 8) + CheckDigits.vin(raw) + raw.substring(9);
    }

    String plate() {
        return switch (random.nextInt(4)) {
            case 0 -> signs.letters(3) + '-' + signs.nonZero() + signs.digits(3);
            case 1 -> signs.letters(3) + ' ' + signs.nonZero() + signs.digits(2);
            case 2 -> signs.nonZero() + signs.letters(3) + signs.digits(3);
            default -> signs.letters(2) + signs.nonZero() + signs.digits(4);
        };
    }

    String serial() {
        return switch (random.nextInt(4)) {
            case 0 -> "SN" + signs.nonZero() + signs.digits(6);
            case 1 -> signs.letters(3) + signs.nonZero() + signs.digits(5) + signs.letters(1);
            case 2 -> signs.letters(2) + signs.digits(2) + '-' + signs.nonZero() + signs.digits(4);
            default -> signs.nonZero() + signs.digits(8);
        };
    }

    String udi() {
        String thirteen = "0" + signs.nonZero() + signs.digits(11);
        LocalDate expiry = LocalDate.of(2027, 1, 1).plusDays(random.nextInt(1500));
        return "(01)" + thirteen + CheckDigits.gtin(thirteen) + "(17)"
                + expiry.toString().substring(2).replace("-", "") + "(10)" + signs.letters(1) + signs.digits(4) + "(21)"
                + signs.nonZero()
                + signs.digits(7);
    }

    String mac() {
        String separator = random.nextBoolean() ? ":" : "-";
        StringBuilder text = new StringBuilder("0").append(signs.some("048c", 1));
        for (int i = 0; i < 5; i++) {
            text.append(separator).append(signs.some(Signs.HEX, 2));
        }
        return random.nextBoolean() ? text.toString() : text.toString().toUpperCase(Locale.ROOT);
    }

    String imei() {
        String fourteen = "35" + signs.digits(12);
        String all = fourteen + CheckDigits.luhn(fourteen);
        return random.nextBoolean()
                ? all
                : all.substring(0, 2)
                        + '-'
                        + all.substring(2, 8)
                        + '-'
                        + all.substring(8, 14)
                        + '-'
                        + all.substring(14);
    }

    String record() {
        String year = Signs.two(19 + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 0 -> year + '-' + signs.letters(2) + '-' + signs.digits(5);
            case 1 -> 'S' + year + '-' + signs.nonZero() + signs.digits(4);
            case 2 -> "20" + year + '/' + signs.nonZero() + signs.digits(3) + '/' + signs.letters(1);
            case 3 -> signs.letters(1) + signs.nonZero() + signs.digits(7);
            case 4 -> signs.nonZero() + signs.digits(7);
            case 5 -> signs.letters(3) + '-' + signs.nonZero() + signs.digits(6);
            default -> signs.nonZero() + signs.digits(3) + '/' + year;
        };
    }

    String biometric() {
        return switch (random.nextInt(4)) {
            case 0 ->
                Places.pick(random, new String[] {"FP", "VP", "RT", "IR"}) + '-' + signs.some("0123456789ABCDEF", 8);
            case 1 -> signs.some(Signs.HEX, 32);
            case 2 ->
                signs.letters(2)
                        + signs.digits(2)
                        + '-'
                        + signs.some("0123456789ABCDEF", 4)
                        + '-'
                        + signs.some("0123456789ABCDEF", 4);
            default -> "BIO" + signs.nonZero() + signs.digits(6);
        };
    }

    String uuid() {
        String text = signs.some(Signs.HEX, 8) + '-' + signs.some(Signs.HEX, 4) + "-4" + signs.some(Signs.HEX, 3) + '-'
                + signs.some("89ab", 1) + signs.some(Signs.HEX, 3) + '-' + signs.some(Signs.HEX, 12);
        return random.nextInt(4) == 0 ? text.toUpperCase(Locale.ROOT) : text;
    }

    String otherId() {
        return switch (random.nextInt(4)) {
            case 0 -> signs.letters(1) + signs.nonZero() + signs.digits(5);
            case 1 -> signs.digits(3) + '-' + signs.letters(1) + signs.digits(4);
            case 2 -> signs.letters(3) + signs.digits(2) + '-' + signs.digits(3);
            default -> signs.nonZero() + signs.digits(5);
        };
    }
}
