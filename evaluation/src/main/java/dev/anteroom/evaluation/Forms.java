package dev.anteroom.evaluation;

import java.util.List;

/** The wordings of systems, made for this project: slots are filled, everything else stands as it is. Stateless. */
final class Forms {
    /** A style and one wording of it. */
    record Form(String style, String frame) {}

    static final List<Form> ALL = List.of(
            new Form("markdown table", """
                    | Patient | MRN | DOB | Phone |
                    |---|---|---|---|
                    | {full} | {mrn} | {dob} | {phone} |
                    """),
            new Form("markdown table", """
                    | Field | Value |
                    |---|---|
                    | SSN | {ssn.dashed} |
                    | Email | {email} |
                    | Fax | {fax} |
                    | Member ID | {plan.member} |
                    | Account number | {account.number} |
                    | NPI | {license.npi} |
                    | License plate | {vehicle.plate} |
                    | Device serial | {device.serial} |
                    | Website | {url} |
                    | IP address | {ip} |
                    | ZIP | {zip} |
                    """),
            new Form("JSON", """
                    {"patient":{"name":"{full}","mrn":"{mrn}","birthDate":"{dob}","ssn":"{ssn.dashed}"},"contact":{"phone":"{phone}","fax":"{fax}","email":"{email}"},"address":{"city":"{city}","postalCode":"{zip}"}}"""),
            new Form("JSON", """
                    {"insurance":{"memberId":"{plan.member}","mbi":"{plan.mbi}"},"billing":{"accountNumber":"{account.number}","card":"{account.card}"},"provider":{"npi":"{license.npi}","facility":"{fac}"},"device":{"serialNumber":"{device.serial}","mac":"{device.mac}"},"vin":"{vehicle.vin}","portalUrl":"{url}","clientIp":"{ip}"}"""),
            new Form("CSV", """
                    name,mrn,dob,phone,email,zip
                    "{name}",{mrn},"{dob}",{phone},{email},{zip}
                    "{name}",{mrn},"{dob}",{phone},{email},{zip}
                    """),
            new Form("CSV", """
                    ssn,member_id,account_number,npi,license_plate,serial_number,ip_address
                    {ssn.dashed},{plan.member},{account.number},{license.npi},{vehicle.plate},{device.serial},{ip}
                    """),
            new Form("HTML", """
                    <table><tr><td>Patient</td><td><b>{full}</b></td></tr><tr><td>MRN:</td><td>{mrn}</td></tr><tr><td>DOB</td><td>{dob}</td></tr><tr><td>Phone</td><td>{phone}</td></tr><tr><td>ZIP</td><td>{zip}</td></tr></table><p>Write to <a href="mailto:{email}">her</a>.</p>"""),
            new Form("XML", """
                    <patient><name>{full}</name><medicalRecordNumber>{mrn}</medicalRecordNumber><birthDate>{dob}</birthDate><ssn>{ssn.dashed}</ssn><memberId>{plan.member}</memberId><serialNumber>{device.serial}</serialNumber><vin>{vehicle.vin}</vin><ip>{ip}</ip></patient>"""),
            new Form("HL7 v2", """
                    MSH|^~\\&|ADT|SITE|LAB|SITE||||ADT^A01||P|2.5
                    PID|1||{mrn}^^^SITE^MR||{last}^{first}||{hl7birth}|F|||{street}^^{city}^OH^{zip}||{phone}||||||{ssn.dashed}
                    NK1|1|{last}^{first}|SPO||{phone}
                    PV1|1|I|||||{license.npi}^{last}^{first}^^^DR
                    IN1|1|||||||||||||||||||||||||||||||||||{plan.member}
                    OBX|1|NM|2345-7^Glucose^LN||104|mg/dL|70-99|H
                    """),
            new Form("FHIR", """
                    {"resourceType":"Patient","text":{"status":"generated","div":"<div>{full}, born {dob}, MRN {mrn}</div>"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName","valueString":"{last}"}],"identifier":[{"type":{"text":"MRN"},"value":"{mrn}"}],"name":[{"family":"{last}","given":["{first}"]}],"telecom":[{"system":"phone","value":"{phone}"},{"system":"email","value":"{email}"}],"birthDate":"{isobirth}","address":[{"line":["{street}"],"city":"{city}","state":"OH","postalCode":"{zip}"}]}"""));

    /** Sentences with one value each, for attacked forms. */
    static final List<String> LABELLED = List.of(
            "Phone: {phone}, evenings.",
            "Fax: {fax} for the records.",
            "Email: {email} for the summary.",
            "SSN: {ssn.dashed} on file.",
            "MRN: {mrn} on the wristband.",
            "Member ID: {plan.member} as before.",
            "Account number: {account.number} on the bill.",
            "NPI: {license.npi} of the prescriber.",
            "VIN: {vehicle.vin} in the report.",
            "Serial number: {device.serial} of the pump.",
            "Website: {url} for the video.",
            "IP address: {ip} of the monitor.",
            "ZIP code: {zip} for the delivery.",
            "DOB: {dob} in the chart.",
            "Patient: {full} for follow-up.");

    private static final String[] CLINICAL = {
        "BP [118/76|142/88|90/60], HR [72|110], RR 18, SpO2 [97|92]% on [2|4] L, temp [98.6|101.2] F.",
        "Na [138|129], K [4.1|5.6], creatinine [0.9|2.14], BUN [14|48], glucose [104|312], HbA1c [6.4|11.2]%.",
        "Start metoprolol [25|50] mg BID and increase to [100|200] mg in [2|4] weeks.",
        "Vancomycin 15 mg/kg q12h, trough [14.2|18.7] mcg/mL, day [3|5] of [7|14].",
        "[54|67|81]-year-old [man|woman] with [3|6] weeks of cough.",
        "EF [35-40|55-60]%, LVIDd [5.2|6.1] cm, E/e' [12|18], TAPSE [14|22] mm.",
        "G[2|4]P[1|3] at [28|39] weeks and [2|5] days, fetal heart rate [140|155].",
        "Visual acuity 20/[20|40|200] OD and 20/[25|60] OS, IOP [14|26] mmHg.",
        "CHA2DS2-VASc [2|5], HAS-BLED [1|3], MELD-Na [18|27], GCS [15|9].",
        "Coded as [E11.9|I50.22|J44.1] with CPT [99213|99214|93306].",
        "LOINC [2345-7|718-7|4548-4] stands for this test.",
        "Per [KEYNOTE-189|DAPA-HF|PARADIGM-HF|CheckMate 227|NCT02220894], what dose was used?",
        "WBC [4.2|17.8] x10^9/L, Hgb [7.9|13.4] g/dL, platelets [88|245] K/uL, INR [1.1|3.4].",
        "APGAR [8|7] and [9|8], weight [3250|2980] g, length [50|48] cm.",
        "Infuse 0.9% NaCl at [75|125] mL/h for [8|24] hours.",
        "PSA rose from [2.1|4.4] to [6.8|12.3] ng/mL in [6|18] months.",
        "PEEP [5|10], FiO2 [0.4|0.6], pH [7.28|7.36], pCO2 [38|62], pO2 [58|81].",
        "NYHA class [II|III], 6-minute walk [310|420] m, BNP [240|1890] pg/mL.",
        "TNM pT[2|3]N[0|1]M0, Gleason [3+4=7|4+5=9], Ki-67 [15|40]%."
    };

    private Forms() {}

    /** Wordings with clinical numbers and nothing else. */
    static List<String> clinical() {
        return List.of(CLINICAL);
    }
}
