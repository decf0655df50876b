package dev.anteroom.gateway.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random patients in random forms at random places of random chat bodies: nothing of them may be left in what would be sent, read by a
 * normaliser that shares nothing with the redactor. {@code -Danteroom.seed=N} replays one run.
 */
class PatientLeakTest {
    private static final int BODIES = 2_000;
    private static final int SHOWN = 20;

    private static final String[] GIVEN = {"Zoë", "Brannagh", "Théodora", "Élodine", "Oskarin", "Wilhelmar", "Ingrün"};
    private static final String[] FAMILY = {
        "Quillfeather", "Müllerich", "O'Brannock", "de la Crustan", "Tarvin-Oxley", "Muñozar", "Žižkoven", "Baumgærtel"
    };
    private static final String[] STREETS = {"Quagmire", "Gorsefield", "Thistlewick", "Périgneux"};
    private static final String[] CITIES = {"Lower Tidmarsh", "Nether Wallop", "Göttelborn"};
    private static final String[] SENTENCES = {
        "Seen in clinic today, %s reports less pain.",
        "metformin was continued for %s at discharge",
        "BP stable. Contact: %s; no further changes.",
        "| plan | %s | stable |",
        "<p>%s</p>",
        "%s",
        "note for\n%s\nas agreed",
        "{\"note\": \"%s\"}",
        "https://chart.example/view?q=%s&page=next",
        "(%s)",
        "\"%s\"",
        "id=%s,",
    };
    private static final Pattern BASE64_RUN = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");

    private final Random random = new Random(seed());
    private final OutboundBody outbound = new OutboundBody();

    private static long seed() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        return seed;
    }

    /** A value as it is written into a body, and what of it must not be readable in what leaves. */
    private record Written(String kind, String text, List<String> cores) {}

    @Test
    void deidentify_patientInAnyFormAnywhere_nothingOfItLeaves() {
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < BODIES; i++) {
            Patient patient = new Patient();
            List<Written> written = new ArrayList<>();
            String body = body(patient, written);
            String out = outbound.of(body, random.nextBoolean(), random);
            List<String> readings = readings(out);
            written.stream()
                    .flatMap(value -> value.cores().stream())
                    .distinct()
                    .filter(core -> readings.stream().anyMatch(reading -> reading.contains(plain(core))))
                    .forEach(core -> leaks.add(core + " of " + of(core, written) + " in " + out));
        }
        assertTrue(
                leaks.isEmpty(),
                () -> leaks.size() + " left, such as\n"
                        + String.join("\n", leaks.subList(0, Math.min(SHOWN, leaks.size()))));
    }

    private static String of(String core, List<Written> written) {
        return written.stream()
                .filter(value -> value.cores().contains(core))
                .map(value -> value.kind() + " <" + value.text() + ">")
                .collect(Collectors.joining(", "));
    }

    /** What somebody can read in a text: as it stands, unescaped, percent-decoded, and what its base64 hides. */
    private static List<String> readings(String text) {
        String unescaped = ESCAPE.matcher(text)
                .replaceAll(hit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hit.group(1), 16))));
        List<String> readings =
                new ArrayList<>(List.of(plain(text), plain(unescaped), plain(percentDecoded(unescaped))));
        Matcher run = BASE64_RUN.matcher(unescaped);
        while (run.find()) {
            String digits = run.group().replace("=", "").replace('-', '+').replace('_', '/');
            if (digits.length() % 4 != 1) {
                readings.add(plain(new String(Base64.getDecoder().decode(digits), StandardCharsets.UTF_8)));
            }
        }
        return readings;
    }

    private static String percentDecoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
                out[length++] = (byte) (hex(bytes[i + 1]) * 16 + hex(bytes[i + 2]));
                i += 2;
            } else {
                out[length++] = bytes[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte c) {
        return Character.digit((char) (c & 0xFF), 16);
    }

    /** Letters and digits alone, compatible forms composed, accents and case off. */
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

    private String body(Patient patient, List<Written> written) {
        List<String> messages = new ArrayList<>();
        int turns = 1 + random.nextInt(4);
        for (int i = 0; i < turns; i++) {
            messages.addAll(turn(patient, written, i));
        }
        StringBuilder body = new StringBuilder("{\"model\":\"m\",\"patient\":")
                .append(random.nextBoolean() ? patient.plainObject() : patient.fhir())
                .append(",\"messages\":[")
                .append(String.join(",", messages))
                .append(']');
        if (random.nextInt(3) == 0) {
            body.append(",\"documents\":[{\"title\":").append(value(patient, written));
            body.append(",\"text\":").append(value(patient, written)).append("}]");
        }
        if (random.nextInt(3) == 0) {
            body.append(",\"metadata\":{\"patient\":")
                    .append(value(patient, written))
                    .append('}');
        }
        if (random.nextInt(3) == 0) {
            body.append(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"open_chart\",\"description\":")
                    .append(value(patient, written))
                    .append(",\"parameters\":{\"type\":\"object\",\"properties\":{\"chart\":{\"enum\":[")
                    .append(value(patient, written))
                    .append("]}}}}}]");
        }
        return body.append('}').toString();
    }

    private List<String> turn(Patient patient, List<Written> written, int number) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of("{\"role\":\"user\",\"content\":" + value(patient, written) + "}");
            case 1 ->
                List.of("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":" + value(patient, written)
                        + "},{\"type\":\"text\",\"text\":" + value(patient, written) + "}]}");
            case 2 -> {
                Written name = patient.name();
                written.add(name);
                yield List.of("{\"role\":\"user\",\"name\":" + quoted(name.text()) + ",\"content\":"
                        + value(patient, written) + "}");
            }
            case 3 -> List.of("{\"role\":\"system\",\"content\":" + value(patient, written) + "}");
            default -> {
                String arguments = "{" + value(patient, written) + ":[" + value(patient, written) + ",{\"who\":"
                        + value(patient, written) + "}]}";
                yield List.of(
                        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c" + number
                                + "\",\"type\":\"function\",\"function\":{\"name\":\"open_chart\",\"arguments\":"
                                + quoted(arguments) + "}}]}",
                        "{\"role\":\"tool\",\"tool_call_id\":\"c" + number + "\",\"content\":" + value(patient, written)
                                + "}");
            }
        };
    }

    /** A JSON string with a form of one of the patient's values in it. */
    private String value(Patient patient, List<Written> written) {
        Written value = patient.value();
        written.add(value);
        return quoted(pick(SENTENCES).replace("%s", value.text()));
    }

    private String quoted(String text) {
        boolean escaped = random.nextInt(4) == 0;
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped || c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return json.append('"').toString();
    }

    /** Another way of writing the same; the second half of the ways needs decoding to be read. */
    private Written disguised(Written value) {
        String text = value.text();
        int way = random.nextInt(14);
        String other = switch (way) {
            case 0 -> text.toLowerCase(Locale.ROOT);
            case 1 -> text.toUpperCase(Locale.ROOT);
            case 2 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case 3 -> Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            case 4 -> inserted(text, pick("\u200B", "\u00AD", "\u2060", "\uFEFF"));
            case 5 -> fullWidth(text);
            case 6 -> text.replace(" ", pick("  ", "\u00A0", "\t", "\n", "\u2009", " \n "));
            case 7 -> URLEncoder.encode(text, StandardCharsets.UTF_8);
            case 8 -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            case 9 -> everyBytePercent(text);
            case 10 ->
                Base64.getEncoder()
                        .encodeToString(("Seen today: " + text + " in clinic").getBytes(StandardCharsets.UTF_8));
            case 11 ->
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("patient=" + text).getBytes(StandardCharsets.UTF_8));
            case 12 -> escaped(text);
            default -> text;
        };
        return new Written(value.kind() + " " + way, other, value.cores());
    }

    private static String inserted(String text, String mark) {
        return String.join(mark, text.split(""));
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            wide.append(c > ' ' && c < 127 ? (char) (c + 0xFEE0) : c);
        }
        return wide.toString();
    }

    private static String everyBytePercent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(b & 0xFF));
        }
        return encoded.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append("\\u%04x".formatted((int) c));
        }
        return escaped.toString();
    }

    /** A patient made up of random values. Confined to one thread. */
    private final class Patient {
        private final String given = pick(GIVEN);
        private final String middle = pick("", "Ottokar", "Q.");
        private final String family = pick(FAMILY);
        private final int year = 1930 + random.nextInt(80);
        private final int month = 1 + random.nextInt(12);
        private final int day = 1 + random.nextInt(28);
        private final String record = digits(8);
        private final String phone = digits(10);
        private final String social = digits(9);
        private final String house = digits(3);
        private final String street = pick(STREETS);
        private final String city = pick(CITIES);
        private final String mail = "q" + digits(5) + "@post.example";

        private String birthDate() {
            return "%d-%02d-%02d".formatted(year, month, day);
        }

        private String grouped(String digits, String separator) {
            return digits.substring(0, 3) + separator + digits.substring(3, 6) + separator + digits.substring(6);
        }

        String plainObject() {
            String name = (given + " " + middle).strip();
            return """
                    {"name":%s,"dob":%s,"mrn":%s,"phone":%s,"email":%s,"ssn":"%s","address":{"street":%s,"city":%s}}""".formatted(
                            pick(
                                    quoted(name + " " + family),
                                    quoted(family + ", " + name),
                                    "{\"first\":" + quoted(name) + ",\"last\":" + quoted(family) + "}"),
                            quoted(pick(birthDate(), "%02d/%02d/%d".formatted(month, day, year), longDate())),
                            pick(quoted("MRN-00" + record), quoted(record), record),
                            quoted(pick(phone, "+1 " + grouped(phone, "-"))),
                            quoted(mail),
                            grouped(social, "-"),
                            quoted(house + " " + street + " " + pick("Street", "St")),
                            quoted(city));
        }

        String fhir() {
            String givens = quoted(given) + (middle.isEmpty() ? "" : "," + quoted(middle));
            return """
                    {"resourceType":"Patient","identifier":[{"system":"urn:oid:1.2.36","value":%s},{"value":"%s"}],
                    "name":[{"use":"official","family":%s,"given":[%s],"prefix":["Dr"]}],"birthDate":"%s","gender":"other",
                    "telecom":[{"system":"phone","value":%s},{"system":"email","value":%s}],
                    "address":[{"use":"home","line":[%s],"city":%s,"state":"OH"}]}""".formatted(
                            quoted(record),
                            grouped(social, "-"),
                            quoted(family),
                            givens,
                            birthDate(),
                            quoted(phone),
                            quoted(mail),
                            quoted(house + " " + street + " Street"),
                            quoted(city));
        }

        Written value() {
            return disguised(
                    switch (random.nextInt(7)) {
                        case 0, 1 -> plainName();
                        case 2, 3 -> date();
                        case 4, 5 -> number();
                        default -> place();
                    });
        }

        Written name() {
            return disguised(plainName());
        }

        private Written plainName() {
            String initial = given.substring(0, 1);
            String bare = family.replaceAll("[ '-]", "");
            String text = pick(
                    given + " " + family,
                    family + ", " + given,
                    family + " " + given,
                    initial + ". " + family,
                    family + " " + initial,
                    family,
                    given,
                    bare,
                    given + bare,
                    initial + bare,
                    given + "." + bare,
                    given + "_" + bare,
                    given + "-" + bare,
                    given + " Q. " + family,
                    family + "'s",
                    String.join(" ", bare.split("")));
            return new Written("name", text, List.of(bare, given));
        }

        private String longDate() {
            return "%s %d, %d".formatted(Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH), day, year);
        }

        private Written date() {
            String name = Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            String text = pick(
                    birthDate(),
                    birthDate() + "T07:30:00Z",
                    "%02d/%02d/%d".formatted(month, day, year),
                    "%d/%d/%02d".formatted(month, day, year % 100),
                    "%d/%d/%d".formatted(day, month, year),
                    "%d %s %d".formatted(day, name, year),
                    "%s %dth, %d".formatted(name, day, year),
                    "%dth of %s %d".formatted(day, name, year),
                    "%d-%s-%d".formatted(day, name.substring(0, 3), year),
                    "%02d%s%d".formatted(day, name.substring(0, 3).toUpperCase(Locale.ROOT), year),
                    "%s. %d, %d".formatted(name.substring(0, 3), day, year),
                    "%d%02d%02d".formatted(year, month, day),
                    "%d/%02d/%02d".formatted(year, month, day),
                    "%d.%d.%d".formatted(day, month, year),
                    longDate());
            return new Written("date", text, List.of(text));
        }

        private Written number() {
            String[] choice = {record, phone, social, mail};
            String number = choice[random.nextInt(choice.length)];
            String text = number.equals(mail)
                    ? mail
                    : pick(
                            number,
                            grouped(number, pick("-", " ", ".", "/", " - ", "\u2011")),
                            number.substring(0, 2) + " " + number.substring(2, 4) + " " + number.substring(4),
                            "(" + number.substring(0, 3) + ") " + number.substring(3, 6) + "-" + number.substring(6),
                            "00" + number);
            return new Written("number", text, List.of(number.equals(mail) ? mail.substring(0, 6) : number));
        }

        private Written place() {
            String text = pick(
                    house + " " + street + " Street",
                    house + " " + street + " St.",
                    house + " " + street + " Street, " + city,
                    city);
            return new Written("place", text, List.of(text.contains(street) ? street : city));
        }
    }
}
