package dev.anteroom.corpus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sentences that carry a value of each kind. Immutable.
 *
 * <p>A line is a cue ({@code F} form, {@code P} prose, {@code N} none) and a template. In a template {@code {slot}} is a value and
 * {@code <a|b>} a choice; {@code <12..99>} is a number that identifies nobody.
 */
final class Carriers {
    private static final Map<Identifier, List<Carrier>> ALL = new EnumMap<>(Identifier.class);

    static {
        add(Identifier.NAME, """
                F Patient: {name.full}.
                F Emergency contact: {name.full} (<spouse|sibling|neighbor>).
                F Attending: {name.full}, MD.
                F Name: {name.lastfirst}
                F Referring provider: {name.full}, DO.
                P Dr. {name.family} asked for the results to be sent over today.
                P Mrs. {name.family} from the front desk took the message.
                P Nurse {name.given} changed the dressing this morning.
                P I spoke with Dr. {name.full} about the plan.
                P Ms. {name.full} will pick up the prescription.
                P My <brother|sister|cousin|neighbor> {name.given} drove me here.
                P Discussed with Mr. {name.family}, who agrees.
                N {name.full} was also in the room and had questions.
                N It was {name.given} who noticed the swelling first.
                N Please let {name.full} know about the appointment.
                N The night shift was covered by {name.family}.
                N I live with {name.given} and two cats.
                N {name.lastfirst} is listed as the proxy.""");
        add(Identifier.PLACE, """
                F City: {place.city}
                F Street: {place.street}
                P I moved here from {place.city} last spring.
                P She was born in {place.city} and worked in a mill there.
                P The house is on {place.street}, on the second floor.
                P We live near {place.street} now.
                N We drove over from {place.city} this morning.
                N The outbreak started at a wedding in {place.city}.
                N Transport from {place.city} has been arranged.""");
        add(Identifier.FACILITY, """
                F Facility: {facility}
                F Referred from: {facility}.
                P The imaging was done at {facility} and the disc is here.
                P She was admitted to {facility} for two nights.
                P Please request the old chart from {facility}.
                N {facility} has the earlier films.
                N They sent me over from {facility} by ambulance.
                N Follow-up with {facility} is arranged.""");
        add(Identifier.PHONE, """
                F Phone: {phone}
                F Tel. {phone}
                F Mobile: {phone}
                F Callback number: {phone}.
                F Home phone {phone}; leave a message.
                P The best number to reach me is {phone}, evenings are fine.
                P You can call {phone} if the fever comes back.
                P Her daughter's cell phone is {phone}.
                P Please dial {phone} and ask for the night nurse.
                P We text reminders to {phone} a day before.
                N The pharmacy said {phone} after six.
                N If nobody answers, try {phone}.""");
        add(Identifier.FAX, """
                F Fax: {fax}
                F Fax number: {fax}.
                F Fax # {fax}
                F F: {fax} (attention: records)
                P Please fax the results to {fax} before noon.
                P The records office has a fax machine at {fax}.
                P They need the order faxed to {fax}.
                P Our fax line is {fax}.""");
        add(Identifier.EMAIL, """
                F Email: {email}
                F E-mail address: {email}.
                P Please send the summary to {email} when it is ready.
                P My email is {email}, all lowercase.
                P The portal invitation went to {email}.
                P You can write to {email} with questions.
                N Cc {email} on that, please.
                N I check {email} every morning.""");
        add(Identifier.SSN, """
                F SSN: {ssn}
                F SSN {ssn.plain}
                F Social Security Number: {ssn.plain}
                F Social security no. {ssn}.
                P His social security number is {ssn}, if billing needs it.
                P My social is {ssn}.
                P The form asks for the social security number, which is {ssn.plain}.
                N {ssn.dashed} is what I wrote on the intake sheet.
                N The clerk wrote down {ssn.dashed} twice.""");
        add(Identifier.MRN, """
                F MRN: {mrn}
                F MRN {mrn}
                F Medical record number: {mrn}.
                F Medical Record # {mrn}
                F Chart no. {mrn}
                F Hospital number: {mrn}
                P Her medical record number is {mrn}.
                P Please pull the chart, record number {mrn}, before the visit.
                P The MRN on the wristband is {mrn}.
                N The label read {mrn.evident} and matched.""");
        add(Identifier.PLAN, """
                F Medicare number: {plan.mbi}
                F MBI: {plan.mbi}
                F Member ID: {plan.member}
                F Insurance ID {plan.member}.
                F Policy number: {plan.member}
                F Group number: {plan.group}
                F Medicaid ID: {plan.medicaid}
                P My Medicare card says {plan.mbi}.
                P The insurance member number is {plan.member}, same as last year.
                P Her policy number is {plan.member}.
                N She read {plan.mbi} from the red and blue card.""");
        add(Identifier.ACCOUNT, """
                F Account number: {account.number}
                F Acct # {account.number}
                F Routing number: {account.routing}
                F Card on file: {account.card}
                F IBAN: {account.iban}
                F Hospital account no. {account.number}.
                P The copay goes on my credit card, {account.card}.
                P Please take it from bank account {account.number}.
                P The billing account is {account.number}, balance zero.
                N The copay was charged to {account.card} today.
                N Refund to {account.iban} as before.""");
        add(Identifier.LICENSE, """
                F NPI: {license.npi}
                F DEA: {license.dea}
                F DEA # {license.dea}
                F Driver's license: {license.driver}
                F License no. {license.medical}
                F Medical license: {license.medical}
                P The ordering provider's NPI is {license.npi}.
                P My driver's license number is {license.driver}.
                P The controlled prescription needs the DEA number, {license.dea}.
                P Her nursing license {license.medical} is current.""");
        add(Identifier.VEHICLE, """
                F VIN: {vehicle.vin}
                F Vehicle identification number: {vehicle.vin}
                F License plate: {vehicle.plate}
                F Plate no. {vehicle.plate}.
                P The car that hit her had license plate {vehicle.plate}.
                P His van, plate number {vehicle.plate}, is still in the ambulance bay.
                P The adapted car has VIN {vehicle.vin}.
                N The insurer wants {vehicle.vin} on the injury report.""");
        add(Identifier.DEVICE, """
                F Serial number: {device.serial}
                F Pacemaker S/N: {device.serial}
                F Device ID: {device.serial}
                F UDI: {device.udi}
                F MAC address: {device.mac}
                F IMEI: {device.imei}
                P The insulin pump, serial number {device.serial}, was replaced.
                P The implant card lists serial no. {device.serial}.
                P The home monitor has MAC address {device.mac}.
                N The glucose sensor at {device.mac} stopped reporting.
                N The hip implant sticker shows {device.udi}.
                P The phone that runs the app has IMEI {device.imei}.""");
        add(Identifier.URL, """
                F Website: {url}
                F Portal link: {url}
                F URL: {url}
                P The photos of the rash are at {url} for the dermatologist.
                P She keeps a blog about her illness at {url}.
                P You can open the report under {url} with your password.
                N See {url} for the video of the tremor.
                N I uploaded it to {url} last night.""");
        add(Identifier.IP, """
                F IP address: {ip}
                F Client IP: {ip}
                F Last login from {ip}
                P The home monitor connects from IP {ip}.
                P The portal shows a login from address {ip} that is not mine.
                P Telehealth visit, IP address {ip}.
                N The session from {ip.v4} dropped twice.
                N Packets from {ip.v6} were logged by the bedside monitor.""");
        add(Identifier.ZIP, """
                F ZIP: {zip}
                F Zip code: {zip}
                F Postal code: {zip}.
                F ZIP code {zip}
                P My zip code is {zip}.
                P The mail order pharmacy ships to zip {zip}.
                P They asked for the postal code and I said {zip}.
                N The supplies go to {place.city}, {zip.after}.
                N We are in {place.city}, {zip.after} now.""");
        add(Identifier.DATE, """
                F DOB: {date.birth}
                F Date of birth: {date.birth}
                F Admitted: {date}
                F Discharge date: {date}
                F Date of service: {date}.
                F Last tetanus shot: {date}
                P The surgery was on {date}.
                P I was born on {date.birth}.
                P The stitches came out on {date}, no problems.
                P The cough started around {date}.
                P We will see you again on {date}.
                N {date} was the last normal mammogram.
                N She fell {date} and again a week later.""");
        add(Identifier.AGE_OVER_89, """
                F Age: {age}
                F Age {age}, lives alone.
                P My grandmother is {age} years old and still gardens.
                P A {age}-year-old with a hip fracture shares the room.
                P Her mother died at the age of {age}.
                P She turned {age} last month.
                P The neighbor, aged {age}, found him.
                P His aunt is a {age} y/o retired teacher.
                P My father lived to be {age}.""");
        add(Identifier.RECORD_NUMBER, """
                F Accession: {record}
                F Accession number: {record}.
                F Encounter number: {record}
                F Visit # {record}
                F Specimen ID: {record}
                F Case no. {record}
                F Claim number: {record}
                F Order #: {record}
                P The biopsy came back under accession number {record}.
                P The claim number for the accident is {record}.
                P The prescription number on the bottle is {record}.
                P Pathology filed it as case number {record}.""");
        add(Identifier.BIOMETRIC, """
                F Fingerprint ID: {biometric}
                F Voiceprint: {biometric}
                F Retinal scan ID: {biometric}
                F Iris template: {biometric}
                F Palm vein template {biometric}
                P The cabinet is unlocked with fingerprint template {biometric}.
                P The telephone line knows her by voiceprint {biometric}.
                P Face recognition enrolled him as face template {biometric}.""");
        add(Identifier.OTHER_ID, """
                F Study subject ID: {id.other}
                F Employee ID: {id.other}
                F Badge number: {id.other}
                F Patient UUID: {id.uuid}
                F Passport no. {id.passport}
                F Registry ID: {id.other}
                P In the trial she is study participant {id.other}.
                P My employee number is {id.other}, for the work note.
                P The passport number is {id.passport}.
                P The portal token is {id.uuid}.
                N The export names him {id.uuid} everywhere.
                N The wearable syncs under {id.uuid}.""");
    }

    /** One sentence with a place for a value. */
    record Carrier(Identifier kind, Cue cue, String template) {}

    private Carriers() {}

    static List<Carrier> of(Identifier kind) {
        List<Carrier> carriers = ALL.get(kind);
        if (carriers == null) {
            throw new IllegalStateException("carriers of " + kind + ": none (expected: some)");
        }
        return carriers;
    }

    /** The kind of value that a slot stands for. */
    static Identifier kindOf(String slot) {
        int dot = slot.indexOf('.');
        String head = dot < 0 ? slot : slot.substring(0, dot);
        return switch (head) {
            case "pt" -> ptKind(slot);
            case "age" -> Identifier.AGE_OVER_89;
            case "record" -> Identifier.RECORD_NUMBER;
            case "id" -> Identifier.OTHER_ID;
            default -> Identifier.valueOf(head.toUpperCase(Locale.ROOT));
        };
    }

    private static Identifier ptKind(String slot) {
        return switch (slot) {
            case "pt.birth" -> Identifier.DATE;
            case "pt.mrn" -> Identifier.MRN;
            case "pt.phone" -> Identifier.PHONE;
            case "pt.email" -> Identifier.EMAIL;
            case "pt.street", "pt.city" -> Identifier.PLACE;
            case "pt.zip" -> Identifier.ZIP;
            case "pt.plan" -> Identifier.PLAN;
            default -> Identifier.NAME;
        };
    }

    private static void add(Identifier kind, String lines) {
        List<Carrier> carriers = new ArrayList<>();
        for (String line : lines.split("\n", -1)) {
            Cue cue = line.charAt(0) == 'F' ? Cue.FORM : line.charAt(0) == 'P' ? Cue.PROSE : Cue.NONE;
            carriers.add(new Carrier(kind, cue, line.substring(2)));
        }
        ALL.put(kind, List.copyOf(carriers));
    }
}
