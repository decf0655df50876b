package dev.anteroom.corpus;

import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Random;

/** Invents one value for a slot, in one of the forms people write it. Confined to one thread. */
final class ValueMaker {
    private static final String[] WEEKDAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    private static final String[] HANDLES = {
        "skywatcher",
        "quiltmaker",
        "trombone",
        "marathoner",
        "birdsong",
        "gardengate",
        "lakehouse",
        "oldtimer",
        "pianokeys",
        "redkite"
    };
    private static final String[] MAIL_HOSTS = {
        "example.com",
        "mail.example.org",
        "inbox.example.net",
        "clinic-mail.org",
        "homepost.net",
        "county.health.us",
        "uni-med.edu"
    };
    private static final String[] WEB_HOSTS = {
        "portal.carefolio.net",
        "www.myhealthbook.org",
        "photos.sharebox.io",
        "results.labview.com",
        "blog.livingwithit.net",
        "recordsroom.org"
    };

    private final Random random;
    private final Signs signs;
    private final CodeMaker codes;

    ValueMaker(Random random) {
        this.random = random;
        this.signs = new Signs(random);
        this.codes = new CodeMaker(random, signs);
    }

    Patient patient() {
        String given = Places.pick(random, Names.GIVEN);
        String family = family();
        String state = Places.state(random);
        String handle = random.nextBoolean()
                ? ascii(given) + '.' + ascii(family)
                : ascii(given).charAt(0) + ascii(family) + signs.digits(2);
        return new Patient(
                given,
                signs.letters(1),
                family,
                birth().toString(),
                make("mrn"),
                areaCode() + '-' + exchange() + '-' + signs.digits(4),
                handle + '@' + Places.pick(random, MAIL_HOSTS),
                (1 + random.nextInt(9800)) + " " + Places.street(random),
                Places.city(random),
                state,
                Places.zip(random, state),
                codes.mbi());
    }

    /** A value for {@code slot}; slots that start with {@code pt.} speak about {@code patient}. */
    String make(String slot, Patient patient) {
        return switch (slot) {
            case "pt.full" -> patient.fullName();
            case "pt.fullm" -> patient.given() + ' ' + patient.middle() + ". " + patient.family();
            case "pt.lastfirst" -> patient.family() + ", " + patient.given();
            case "pt.caps" -> (patient.family() + ", " + patient.given()).toUpperCase(Locale.ROOT);
            case "pt.family" -> patient.family();
            case "pt.given" -> patient.given();
            case "pt.birth" -> date(LocalDate.parse(patient.birthDate()), true);
            case "pt.mrn" -> patient.mrn();
            case "pt.phone" -> phoneForm(patient.phone().split("-"), false);
            case "pt.email" -> patient.email();
            case "pt.street" -> patient.street();
            case "pt.city" -> patient.city();
            case "pt.zip" -> patient.zip();
            case "pt.plan" -> patient.memberId();
            default -> make(slot);
        };
    }

    /** A value for a slot that speaks about nobody in particular. */
    String make(String slot) {
        return switch (slot) {
            case "name.full" -> fullName();
            case "name.given" -> Places.pick(random, Names.GIVEN);
            case "name.family" -> family();
            case "name.lastfirst" -> family() + ", " + Places.pick(random, Names.GIVEN);
            case "place.city" -> Places.city(random);
            case "place.street" -> Places.street(random);
            case "facility" -> Places.facility(random);
            case "phone", "fax" -> phoneForm(new String[] {areaCode(), exchange(), signs.digits(4)}, true);
            case "email" -> email();
            case "ssn" -> codes.ssn(random.nextInt(3) == 0 ? " " : "-");
            case "ssn.dashed" -> codes.ssn("-");
            case "ssn.plain" -> codes.ssn("");
            case "mrn" -> codes.mrn();
            case "mrn.evident" -> "MRN" + (random.nextBoolean() ? "-" : "") + signs.nonZero() + signs.digits(6);
            case "plan.mbi" -> codes.mbi();
            case "plan.member" -> codes.member();
            case "plan.group" -> signs.letters(1 + random.nextInt(3)) + signs.digits(5);
            case "plan.medicaid" -> signs.letters(2) + signs.digits(5) + signs.letters(1);
            case "account.number" -> codes.account();
            case "account.routing" -> codes.routing();
            case "account.card" -> codes.card();
            case "account.iban" -> codes.iban();
            case "license.npi" -> codes.npi();
            case "license.dea" -> codes.dea();
            case "license.driver" -> codes.driver();
            case "license.medical" -> codes.medicalLicense();
            case "vehicle.vin" -> codes.vin();
            case "vehicle.plate" -> codes.plate();
            case "device.serial" -> codes.serial();
            case "device.udi" -> codes.udi();
            case "device.mac" -> codes.mac();
            case "device.imei" -> codes.imei();
            case "url" -> url();
            case "ip" -> random.nextBoolean() ? ip4() : ip6();
            case "ip.v4" -> ip4();
            case "ip.v6" -> ip6();
            case "zip" -> zip(Places.state(random));
            case "zip.after" -> stateAndZip();
            case "date" -> date(recent(), false);
            case "date.birth" -> date(birth(), true);
            case "age" -> Integer.toString(90 + random.nextInt(21));
            case "record" -> codes.record();
            case "biometric" -> codes.biometric();
            case "id.uuid" -> codes.uuid();
            case "id.other" -> codes.otherId();
            case "id.passport" -> signs.letters(1) + signs.nonZero() + signs.digits(7);
            default -> throw new IllegalArgumentException("slot: " + slot + " (expected: a known slot)");
        };
    }

    private String stateAndZip() {
        String state = Places.state(random);
        return state + ' ' + zip(state);
    }

    private String zip(String state) {
        String five = Places.zip(random, state);
        return random.nextInt(3) == 0 ? five + '-' + signs.nonZero() + signs.digits(3) : five;
    }

    private String fullName() {
        String given = Places.pick(random, Names.GIVEN);
        return switch (random.nextInt(5)) {
            case 0 -> given + ' ' + signs.letters(1) + ". " + family();
            case 1 -> given + ' ' + Places.pick(random, Names.FAMILY) + '-' + Places.pick(random, Names.FAMILY);
            default -> given + ' ' + family();
        };
    }

    private String family() {
        return Places.pick(random, random.nextInt(9) == 0 ? Names.FAMILY_LONG : Names.FAMILY);
    }

    private String phoneForm(String[] parts, boolean extension) {
        String a = parts[0];
        String b = parts[1];
        String c = parts[2];
        return switch (random.nextInt(extension ? 10 : 8)) {
            case 0 -> '(' + a + ") " + b + '-' + c;
            case 1 -> '(' + a + ')' + b + '-' + c;
            case 2 -> a + '.' + b + '.' + c;
            case 3 -> a + ' ' + b + ' ' + c;
            case 4 -> "+1 " + a + ' ' + b + ' ' + c;
            case 5 -> "+1-" + a + '-' + b + '-' + c;
            case 6 -> "1-" + a + '-' + b + '-' + c;
            case 8 -> a + '-' + b + '-' + c + " ext. " + signs.nonZero() + signs.digits(2);
            case 9 -> '(' + a + ") " + b + '-' + c + " x" + signs.nonZero() + signs.digits(3);
            default -> a + '-' + b + '-' + c;
        };
    }

    private String areaCode() {
        String code = (2 + random.nextInt(8)) + signs.digits(2);
        return code.endsWith("11") || code.charAt(1) == '9' ? "4" + (1 + random.nextInt(4)) + '2' : code;
    }

    private String exchange() {
        String code = (2 + random.nextInt(8)) + signs.digits(2);
        return code.endsWith("11") ? code.charAt(0) + "42" : code;
    }

    private String email() {
        String host = Places.pick(random, MAIL_HOSTS);
        String given = ascii(Places.pick(random, Names.GIVEN));
        String family = ascii(Places.pick(random, Names.FAMILY));
        return switch (random.nextInt(5)) {
            case 0 -> given + '.' + family + '@' + host;
            case 1 -> given.charAt(0) + family + signs.digits(2) + '@' + host;
            case 2 -> Places.pick(random, HANDLES) + signs.digits(3) + '@' + host;
            case 3 -> given + '_' + Places.pick(random, HANDLES) + "+clinic@" + host;
            default -> family + '-' + given + '@' + host;
        };
    }

    private String url() {
        String host = Places.pick(random, WEB_HOSTS);
        String path = signs.some("abcdefghkmnpqrstuvwxyz0123456789", 8);
        return switch (random.nextInt(5)) {
            case 0 -> "https://" + host + "/u/" + path;
            case 1 -> "http://" + host + "/view?id=" + path + "&page=" + (1 + random.nextInt(9));
            case 2 -> "www." + path.replaceAll("[0-9]", "q") + ".org/" + Places.pick(random, HANDLES);
            case 3 -> "https://" + host + ":8443/" + Places.pick(random, HANDLES) + '/' + path + "#top";
            default -> host + '/' + path;
        };
    }

    private String ip4() {
        int first = Places.pick(random, new Integer[] {10, 23, 67, 98, 104, 172, 192, 203});
        return first + "." + random.nextInt(256) + '.' + random.nextInt(256) + '.' + (1 + random.nextInt(254));
    }

    private String ip6() {
        String group = signs.some("123456789abcdef", 1) + signs.some(Signs.HEX, 3);
        return switch (random.nextInt(4)) {
            case 0 -> "2001:db8:" + group + ':' + signs.some(Signs.HEX, 4) + "::" + signs.some("123456789abcdef", 2);
            case 1 ->
                "fe80::" + group + ':' + signs.some(Signs.HEX, 4) + ':' + signs.some(Signs.HEX, 4) + ':'
                        + signs.some(Signs.HEX, 4);
            case 2 -> "2A02:" + (group + "::" + signs.some("123456789abcdef", 3)).toUpperCase(Locale.ROOT);
            default ->
                "2600:1700:" + group + ":0:" + signs.some(Signs.HEX, 4) + ':' + signs.some(Signs.HEX, 4) + ':'
                        + signs.some(Signs.HEX, 4) + ':' + signs.some(Signs.HEX, 4);
        };
    }

    private LocalDate recent() {
        return LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2800));
    }

    private LocalDate birth() {
        return LocalDate.of(1938, 1, 1).plusDays(random.nextInt(29_000));
    }

    private String date(LocalDate day, boolean withYear) {
        int d = day.getDayOfMonth();
        int m = day.getMonthValue();
        int y = day.getYear();
        String month = Month.of(m).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        String shortMonth = month.substring(0, 3);
        return switch (random.nextInt(withYear ? 12 : 16)) {
            case 0 -> Signs.two(m) + '/' + Signs.two(d) + '/' + y;
            case 1 -> m + "/" + d + '/' + Signs.two(y % 100);
            case 2 -> day.toString();
            case 3 -> month + ' ' + d + ", " + y;
            case 4 -> d + " " + month + ' ' + y;
            case 5 -> Signs.two(d) + '-' + shortMonth.toUpperCase(Locale.ROOT) + '-' + y;
            case 6 -> Signs.two(m) + '-' + Signs.two(d) + '-' + y;
            case 7 -> Signs.two(d) + '.' + Signs.two(m) + '.' + y;
            case 8 -> m + "/" + d + '/' + y;
            case 9 -> (month.length() == 3 ? month : shortMonth + '.') + ' ' + d + ", " + y;
            case 10 -> month + ' ' + d + ordinal(d) + ", " + y;
            case 11 -> "the " + d + ordinal(d) + " of " + month + ' ' + y;
            case 12 -> month + ' ' + d + ordinal(d);
            case 13 -> day + "T" + Signs.two(random.nextInt(24)) + ':' + Signs.two(random.nextInt(60));
            case 14 -> WEEKDAYS[day.getDayOfWeek().getValue() - 1] + ", " + month + ' ' + d;
            default -> shortMonth + ' ' + d + ' ' + y;
        };
    }

    private static String ordinal(int day) {
        if (day >= 11 && day <= 13) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    private static String ascii(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            if (c >= 'a' && c <= 'z') {
                text.append(c);
            }
        }
        return text.toString();
    }
}
