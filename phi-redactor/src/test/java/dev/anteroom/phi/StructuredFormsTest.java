package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every structured category, in every style of writing and under every attack: nothing of the value may be left. All values are made up. */
class StructuredFormsTest {

    private static final Redactor REDACTOR = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
    private static final int FRAGMENT = 4;

    /** A label, its key in a machine's format, and a value. */
    record Item(String label, String key, String value) {
        boolean digitsOnly() {
            return value.chars().noneMatch(Character::isLetter);
        }
    }

    private static final List<Item> ITEMS = items("""
            phone number; phone; (312) 555-0188
            phone; phoneNumber; 312-555-0147
            cell; mobile_phone; 312.555.0199
            telephone; homePhone; +1 312 555 0123
            contact number; contact_number; 3125550166
            callback number; callback; 555-0188
            fax; fax; 312-555-0177
            fax number; fax_number; (312) 555 0177
            email; email; jane.doe48@mailbox.org
            e-mail address; emailAddress; jdoe_4821@mercyfamily.com
            SSN; ssn; 482-91-7336
            social security number; socialSecurityNumber; 482917336
            SSN; patient_ssn; 482 91 7336
            MRN; mrn; 48291733
            MRN; medical_record_number; 4829-173
            medical record number; medicalRecordNumber; A482917
            MRN; mrn; 00/48217/3
            patient ID; patientId; 48217
            chart number; chart_no; 48-29-17
            encounter number; encounter_id; 90482917
            accession number; accession; S24-48217
            member ID; memberId; XZW482917336
            policy number; policy_number; 482917-01
            subscriber ID; subscriber_id; W482917336
            group number; groupNumber; 482917
            MBI; mbi; 1EG4-TE5-MK73
            health plan number; health_plan_number; HP482917
            account number; accountNumber; 77482917
            acct; acct_no; 4829-1733
            card number; card_number; 4111 1111 1111 1111
            license number; licenseNumber; D482-9173-3301
            driver's license; drivers_license; S4829173
            NPI; npi; 1234567893
            DEA; dea_number; AB1234563
            VIN; vin; 1HGCM82633A004352
            license plate; license_plate; 7XYZ482
            serial number; serialNumber; SN-482917
            device ID; device_id; PJN482917H
            UDI; udi; (01)00844588003288(17)141120(10)7654321D
            website; url; https://portal.mercyfamily.org/p/48217
            IP address; ipAddress; 10.48.217.33
            IP; ip; 2001:db8:0:4829::1733
            zip code; zip; 62704-4829
            ZIP; postalCode; 62704
            date of birth; birthDate; 1945-03-12
            DOB; dob; 03/12/1945
            DOB; dob; March 12, 1945
            admission date; admission_date; 12-Mar-1945
            discharge date; dischargeDate; 3/12/45
            pt's MRN; pt_mrn; 482917
            hospital no.; hosp_no; H482917
            med rec #; med_rec_no; 48-29-173
            FIN; fin; 9048217
            CSN; csn; 482917330
            visit ID; visitId; V-48217
            patient account number; patient_account; 48217-03
            specimen ID; specimenId; SP-48217
            case number; caseNumber; 48217
            health record number; healthRecordNumber; 48217-9
            insurance ID; insuranceId; BCX48217
            Medicare ID; medicare_id; 1EG4TE5MK73
            Medicaid ID; medicaidId; 48217336A
            Medicare number; medicareNumber; 482-91-7336A
            Rx BIN; rxBin; 482917
            plan ID; planId; 48217
            claim number; claimNumber; 48-21733
            prior authorization number; priorAuthNumber; PA482917
            bank account; bank_account; 48291733
            routing number; routingNumber; 021000021
            invoice number; invoice_no; 48217
            DL number; dlNumber; S482-9173
            passport number; passportNumber; 482917336
            medical license; medicalLicense; MD48217
            nursing license number; rnLicense; RN482917
            certificate number; certificateNumber; C-48217
            vehicle plate; vehiclePlate; ABC 4821
            tag number; tagNumber; TX-48217
            vehicle identification number; vehicleId; 1HGCM82633A004352
            device serial number; deviceSerial; 482917-A
            pacemaker serial; pacemakerSerial; PJN482917
            implant serial number; implant_serial; 48217336
            lot number; lotNumber; L48217
            IMEI; imei; 490154203237518
            MAC address; macAddress; 00:1A:48:21:73:36
            S/N; sn; 48217A
            portal link; portalUrl; www.mercyportal.org/u/48217
            source IP; sourceIp; 192.168.48.217
            employee ID; employeeId; E48217
            badge number; badgeNumber; 48217
            order number; orderNumber; 48217
            reference number; referenceNumber; REF-48217
            participant ID; participantId; 048-217
            study ID; studyId; ST-0482
            biometric ID; biometricId; BIO-48217
            fingerprint ID; fingerprintId; FP48217
            pager; pager; 48217
            work phone; workPhone; 312-555-0188 ext. 4821
            cell number; cellNumber; 312 555 0188
            WhatsApp; whatsapp; +44 7700 900482
            home phone; homePhone; +49 30 4821733
            facsimile; facsimile; 1-800-555-0177
            date of death; deceasedDate; 12/03/1945
            appointment date; appointmentDate; 04/05/2024
            date of service; serviceDate; 2024.03.12
            date of birth; dateOfBirth; 12 March 1945
            born; born; 3-12-1945
            DOB; dob; 19450312
            surgery date; surgeryDate; Mar 12 2024
            """);

    private static final Map<String, String> STYLES = styles("""
            query=What should I tell the patient with {label} {value} about metformin?
            note={Label}: {value}. Stable on metformin 500 mg.
            bare={label} {value}
            is=The {label} is {value} and she feels fine.
            on file=We have {value} on file as the {label}.
            dialogue=Doctor: What is your {label}?\\nPatient: It's {value}.
            short dialogue=Nurse: {label}?\\nPatient: {value}
            no punctuation=pt seen for cough {label} {value} take metformin
            hash={Label} #{value}
            equals={label}={value};
            arrow={label} -> {value}
            dash={Label} - {value}
            next line={Label}:\\n{value}
            dots={Label} ........ {value}
            tab={Label}\\t{value}
            parenthesis=She called ({label}: {value}) again.
            bold=**{Label}:** {value}
            bold label=- **{Label}**: {value}
            list=- {label}: `{value}`
            head row=| {Label} | Drug |\\n|---|---|\\n| {value} | metformin |
            row=| {Label} | {value} |
            key={"{key}": "{value}", "dose": 500}
            escaped key={\\\\"{key}\\\\":\\\\"{value}\\\\"}
            python={'{key}': '{value}'}
            yaml=drug: metformin\\n{key}: {value}
            csv=drug,{key}\\nmetformin,"{value}"
            semicolons={key};drug\\n{value};metformin
            element=<{key}>{value}</{key}>
            attribute=<patient {key}="{value}" drug="metformin"/>
            cell=<tr><th>{Label}</th><td>{value}</td></tr>
            strong=<p><strong>{Label}:</strong> {value}</p>
            div=<div>{Label}: {value}</div>
            heads=<tr><th>Drug</th><th>{Label}</th></tr><tr><td>metformin</td><td>{value}</td></tr>
            escaped line=Visit note\\\\n{Label}: {value}\\\\nPlan: metformin
            query string=GET /a?drug=metformin&{key}={value}
            """);

    private static List<Item> items(String table) {
        return table.lines()
                .map(line -> line.strip().split("; ", 3))
                .map(cells -> new Item(cells[0], cells[1], cells[2]))
                .toList();
    }

    private static Map<String, String> styles(String table) {
        Map<String, String> styles = new LinkedHashMap<>();
        table.lines().forEach(line -> {
            int equals = line.indexOf('=');
            styles.put(
                    line.substring(0, equals),
                    line.substring(equals + 1)
                            .replace("\\\\", "\u0001")
                            .replace("\\n", "\n")
                            .replace("\\t", "\t")
                            .replace('\u0001', '\\'));
        });
        return styles;
    }

    private static String filled(String style, Item item, String value) {
        String label = item.label();
        return style.replace("{label}", label)
                .replace("{Label}", Character.toUpperCase(label.charAt(0)) + label.substring(1))
                .replace("{key}", item.key())
                .replace("{value}", value);
    }

    private static String plain(String text) {
        FoldedText folded = FoldedText.of(text);
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < folded.length(); i++) {
            if (Character.isLetterOrDigit(folded.charAt(i))) {
                plain.append(Character.toLowerCase(folded.charAt(i)));
            }
        }
        return plain.toString();
    }

    /** Returns whether four characters in a row, one of them a digit, or the whole value are left. */
    static boolean leaks(String redacted, String value) {
        String left = plain(redacted.replaceAll("\\[[A-Z]+_[0-9]+]", "\u2603").replaceAll("\u2603", "Z"));
        String core = plain(value);
        for (int i = 0; i + FRAGMENT <= core.length(); i++) {
            String part = core.substring(i, i + FRAGMENT);
            if (part.chars().filter(Character::isDigit).count() >= 2 && left.contains(part)) {
                return true;
            }
        }
        return left.contains(core);
    }

    private static String redacted(String... positions) {
        List<Position> call = new ArrayList<>();
        for (String text : positions) {
            call.add(Position.text("$", text));
        }
        Redaction redaction = REDACTOR.redact(call, KnownValues.none(), new Random(1));
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < positions.length; i++) {
            all.append(redaction.text(i).value()).append(" ## ");
        }
        return all.toString();
    }

    private static List<String> leaksIn(UnaryOperator<String> writing) {
        List<String> leaks = new ArrayList<>();
        for (Item item : ITEMS) {
            STYLES.forEach((name, style) -> {
                String text = writing.apply(filled(style, item, item.value()));
                String left = redacted(text);
                if (leaks(left, item.value())) {
                    leaks.add("\n" + name + " | " + item.label() + " | " + text + " => " + left);
                }
            });
        }
        return leaks;
    }

    @Test
    void redact_everyStyle_leavesNothing() {
        assertEquals(List.of(), leaksIn(text -> text));
    }

    @Test
    void redact_lowerCase_leavesNothing() {
        assertEquals(List.of(), leaksIn(text -> text.toLowerCase(Locale.ROOT)));
    }

    @Test
    void redact_capitals_leavesNothing() {
        assertEquals(List.of(), leaksIn(text -> text.contains("\\n") ? text : text.toUpperCase(Locale.ROOT)));
    }

    private static List<String> leaksUnder(UnaryOperator<String> attack, boolean digitsOnly, String... styles) {
        List<String> leaks = new ArrayList<>();
        for (Item item : ITEMS) {
            String attacked = attack.apply(item.value());
            if (attacked.equals(item.value()) || (digitsOnly && !item.digitsOnly())) {
                continue;
            }
            for (String style : styles) {
                String text = filled(Objects.requireNonNull(STYLES.get(style)), item, attacked);
                String left = redacted(text);
                if (left.contains(attacked) || leaks(left, item.value())) {
                    leaks.add("\n" + style + " | " + item.label() + " | " + text + " => " + left);
                }
            }
        }
        return leaks;
    }

    private static String between(String value, String inserted) {
        int middle = value.length() - 1;
        while (middle > 1
                && !(middle <= value.length() / 2 + 2
                        && Character.isDigit(value.charAt(middle))
                        && Character.isDigit(value.charAt(middle - 1)))) {
            middle--;
        }
        return value.substring(0, middle) + inserted + value.substring(middle);
    }

    private static final String[] PLAIN = {"query", "note", "bare", "is", "no punctuation", "row", "key"};

    @Test
    void redact_invisibleAndLookAlikes_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        for (String invisible : List.of("\u200B", "\u00AD", "\u2060", "\uFEFF", "\u200D", "\u034F")) {
            leaks.addAll(leaksUnder(value -> between(value, invisible), false, PLAIN));
        }
        leaks.addAll(leaksUnder(value -> value.replace(' ', '\u00A0').replace('-', '\u2011'), false, PLAIN));
        leaks.addAll(leaksUnder(value -> value.replace('-', '\u2013'), false, PLAIN));
        leaks.addAll(leaksUnder(
                value -> value.chars()
                        .map(c -> c >= '0' && c <= '9' ? c - '0' + '\uFF10' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                false,
                PLAIN));
        leaks.addAll(leaksUnder(value -> value.replace('A', '\u0410').replace('e', '\u0435'), false, PLAIN));
        assertEquals(List.of(), leaks);
    }

    @Test
    void redact_markupInside_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        leaks.addAll(leaksUnder(value -> "<b>" + between(value, "</b>"), false, PLAIN));
        leaks.addAll(
                leaksUnder(value -> between(value, "<span class=\"x\">") + "</span>", false, "note", "bare", "is"));
        leaks.addAll(leaksUnder(value -> "**" + between(value, "**"), false, PLAIN));
        leaks.addAll(leaksUnder(value -> between(value, "**") + "**", false, PLAIN));
        leaks.addAll(leaksUnder(value -> value.replace("-", "&#8209;").replace(" ", "&nbsp;"), false, PLAIN));
        assertEquals(List.of(), leaks);
    }

    @Test
    void redact_lineBreakInside_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        leaks.addAll(
                leaksUnder(value -> value.replaceFirst("(?<=[0-9])-(?=[0-9])", "-\n"), false, "note", "bare", "is"));
        leaks.addAll(
                leaksUnder(value -> value.replaceFirst("(?<=[0-9]) (?=[0-9])", "\n"), false, "note", "bare", "is"));
        leaks.addAll(leaksUnder(value -> value.replaceFirst("@", "@\n"), false, "note", "bare", "is"));
        assertEquals(List.of(), leaks);
    }

    @Test
    void redact_spacedDigits_leavesNothing() {
        assertEquals(
                List.of(),
                leaksUnder(
                        value -> value.matches("[0-9() +./-]{7,}") && !value.contains(".") && !value.contains("/")
                                ? value.replaceAll("[^0-9]*([0-9])[^0-9-]*", "$1 ")
                                        .strip()
                                : value,
                        true,
                        "query",
                        "note",
                        "bare",
                        "is",
                        "no punctuation"));
    }

    private static final String[] DIGITS = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
    };

    private static String spelled(String value) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isDigit(c)) {
                words.append(words.isEmpty() ? "" : " ").append(DIGITS[c - '0']);
            } else if (c == '-') {
                words.append(" dash");
            }
        }
        return words.toString();
    }

    @Test
    void redact_spelledDigits_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        for (Item item : ITEMS) {
            if (!item.digitsOnly()
                    || item.value().contains("/")
                    || item.key().equals("birthDate")
                    || item.value().contains(".")
                    || item.value().contains(":")) {
                continue;
            }
            for (String style : List.of("query", "note", "is", "dialogue", "no punctuation")) {
                for (String joint : List.of(" ", ", ", "-")) {
                    String text = filled(
                            Objects.requireNonNull(STYLES.get(style)),
                            item,
                            spelled(item.value()).replace(" ", joint));
                    String left = redacted(text);
                    long words = List.of(left.split("[^a-z]+")).stream()
                            .filter(word -> List.of(DIGITS).contains(word))
                            .count();
                    if (words > 0) {
                        leaks.add("\n" + style + " | " + text + " => " + left);
                    }
                }
            }
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void redact_encoded_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        leaks.addAll(leaksUnder(value -> URLEncoder.encode(value, StandardCharsets.UTF_8), false, PLAIN));
        leaks.addAll(leaksUnder(
                value -> value.length() < 8
                        ? value
                        : Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                false,
                PLAIN));
        assertEquals(List.of(), leaks);
    }

    @Test
    void redact_splitOverPositions_leavesNothing() {
        List<String> leaks = new ArrayList<>();
        for (Item item : ITEMS) {
            List<String[]> calls = new ArrayList<>();
            calls.add(new String[] {"my " + item.label() + " is", item.value()});
            calls.add(new String[] {"What is your " + item.label() + "?", item.value()});
            calls.add(new String[] {"What is your " + item.label() + "?", "It's " + item.value() + ", why?"});
            calls.add(new String[] {item.label() + ":", item.value() + " thanks"});
            int hyphen = item.value().indexOf('-', 2);
            if (hyphen > 0 && item.digitsOnly()) {
                calls.add(new String[] {
                    "my " + item.label() + " is " + item.value().substring(0, hyphen + 1),
                    item.value().substring(hyphen + 1)
                });
            }
            for (String[] call : calls) {
                String left = redacted(call);
                if (leaks(left, item.value())) {
                    leaks.add("\n" + String.join(" ## ", call) + " => " + left);
                }
            }
        }
        assertEquals(List.of(), leaks);
    }
}
