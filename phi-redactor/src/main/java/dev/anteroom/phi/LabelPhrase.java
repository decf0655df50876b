package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A wording that announces an identifier, such as {@code medical record number}.
 * Immutable.
 *
 * @param words the words, in lower case
 * @param category what the value after it is
 * @param shape what the value looks like
 * @param strength how little may stand between it and the value
 * @param layer name of the rule, for spans
 */
record LabelPhrase(String[] words, PhiCategory category, Shape shape, Strength strength, String layer) {

    /** What a labelled value looks like. */
    enum Shape {
        IDENTIFIER,
        /** Anything up to white space. */
        CHUNK,
        PERSON,
        PLACE,
        ADDRESS,
        POSTAL_CODE,
        DATE,
        AGE,
        PHONE,
        ORGANISATION,
        /** The label says that the value is not an identifier. */
        NOTHING
    }

    /** How little may stand between a label and its value. */
    enum Strength {
        /** A space. */
        STRONG,
        /** A word such as "number", a colon or the like. */
        WEAK,
        /** A colon or the like, a cell or a field. */
        FIELD,
        /** The key of a field or the head of a column only. */
        KEY
    }

    static final List<LabelPhrase> ALL = all();

    String joined() {
        return String.join("", words);
    }

    private static List<LabelPhrase> all() {
        List<LabelPhrase> all = new ArrayList<>();
        ids(all, PhiCategory.MRN, Strength.STRONG, """
                mrn, mrns, mr number, mr no, emr, emr number, medical record, medical rec, med rec, med record, pt mrn, patient mrn, hospital id, mpi, empi, emrn, urn,
                patient id, patient identifier, person id, pt id, patient number, patient no, hospital number, hospital no, unit number,
                chart number, chart no, chart id, record number, record no, record id, encounter number, encounter no, encounter id, csn,
                visit number, visit no, visit id, fin, har, accession number, accession no, accession, accession id, case number, case no,
                case id, specimen number, specimen no, specimen id, nhs number, nhs no, chi number, subject id, subject number, study id,
                medical number, mrnumber, member mrn, health record number, contact serial number, admission number, admission id,
                episode number, hospitalisation number, hic, hicn, pat id, pid, guarantor id, registration number""");
        ids(
                all,
                PhiCategory.MRN,
                Strength.WEAK,
                "chart, record, encounter, visit, case, specimen, episode, pt, patient, hospital, admission");
        ids(all, PhiCategory.SSN, Strength.STRONG, """
                ssn, social security, social security number, soc sec, ss, social, ssn last four, last four of ssn, last four ssn,
                last four of social, tax id, tin, itin, national id, nino, national insurance, sin,
                social insurance, aadhaar, curp, cpf""");
        ids(all, PhiCategory.PLAN, Strength.STRONG, """
                member id, member number, member no, subscriber id, subscriber number, subscriber no, policy number, policy no, policy id,
                group number, group no, group id, plan number, plan no, plan id, insurance id, insurance number, insurance no,
                insurance policy, insurance member, medicare number, medicare id, medicare no, medicaid number, medicaid id, medicaid no,
                mbi, health plan id, health plan number, health plan, beneficiary number, beneficiary id, beneficiary, hpbn, payer id,
                coverage id, insurance card, certificate holder, tricare id, rxbin, rxgrp, rxpcn, rx bin, rx group, rx pcn, bin number,
                health card, health card number, ohip""");
        ids(
                all,
                PhiCategory.PLAN,
                Strength.WEAK,
                "member, subscriber, policy, group, plan, insurance, medicare, medicaid, payer, coverage");
        ids(all, PhiCategory.ACCOUNT, Strength.STRONG, """
                account number, account no, account id, acct number, acct no, acct id, acct, account, bank account, checking account, savings account,
                routing number, routing no, routing, card number, card no, credit card, debit card, iban, swift, bic, invoice number,
                invoice no, invoice id, billing id, billing number, billing account, bill number, receipt number, guarantor account, hospital account,
                payment id, transaction id, aba, sort code""");
        ids(all, PhiCategory.ACCOUNT, Strength.WEAK, "invoice, billing, card, bill, receipt");
        ids(all, PhiCategory.LICENSE, Strength.STRONG, """
                license number, license no, licence number, licence no, license id, licence id, driver s license, drivers license, driver license,
                driver s licence, driving licence, dl number, dl no, dln, dea, dea number, dea no, npi, npi number, npi no, medical license,
                nursing license, state license, certificate number, certificate no, certification number, cert number, cert no, cert, passport,
                passport number, passport no, upin, license, licence, clia, green card number, visa number""");
        ids(all, PhiCategory.LICENSE, Strength.WEAK, "certificate, certification, dl");
        ids(all, PhiCategory.VEHICLE, Strength.STRONG, """
                vin, vehicle identification, vehicle id, license plate, licence plate, plate number, plate no, plate, tag number, vehicle number,
                vehicle tag, vehicle plate, registration plate, number plate, vehicle registration""");
        ids(all, PhiCategory.VEHICLE, Strength.WEAK, "vehicle, tag");
        ids(all, PhiCategory.DEVICE, Strength.STRONG, """
                serial number, serial no, serial, device id, device number, device identifier, device serial, serial id, udi, imei, imsi, meid, mac address,
                lot number, lot no, implant id, implant number, implant serial, device sn, s n, sn, model serial, pump serial, lead serial,
                pacemaker serial, generator serial, machine id, asset tag, asset id, host name, hostname""");
        ids(
                all,
                PhiCategory.DEVICE,
                Strength.WEAK,
                "device, implant, mac, lot, udid, pacemaker, model number, model no");
        ids(all, PhiCategory.BIOMETRIC, Strength.STRONG, """
                fingerprint id, fingerprint, voiceprint id, voiceprint, voice print id, voice print, retina scan id, retina scan, retinal scan id, retinal scan, iris
                scan id, iris scan, iris template, palm vein template, palm vein, face template, face recognition template, fingerprint template,
                retina template, vein template, biometric id, biometric, biometric hash, biometric template, palm print id, palm print, faceprint, face id, dna profile id,
                dna id, finger print id""");
        ids(all, PhiCategory.ID, Strength.STRONG, """
                id number, identification number, identifier, reference number, reference no, ref number, ref no, confirmation number, confirmation no,
                confirmation code, ticket number, ticket no, ticket id, order number, order no, order id, claim number, claim no, claim id,
                rx number, rx no, rx id, prescription number, prescription no, prescription id, employee id, employee number, employee no, badge number, badge no,
                badge id, badge, tracking number, tracking no, tracking id, session id, device token, request id, trace id, authorization number, authorization no, auth number, auth no, auth code, prior auth number, pa number, reference id,
                staff id, provider id, student id, inmate number, inmate id, booking number, docket number, case file, file number, file no,
                confirmation, patient token, order ref, uuid, guid, sample id, barcode, bag number, donor id,
                donor number, unit id, research id, participant id, screening number, randomization number, trial id""");
        add(all, PhiCategory.ID, Shape.CHUNK, Strength.WEAK, """
                user id, userid, username, user name, login, login id, access code, pin, password, passcode, patient portal login, api key, secret""");
        ids(
                all,
                PhiCategory.ID,
                Strength.WEAK,
                "reference, ref, ticket, order, claim, rx, employee, tracking, authorization, auth, prescription, participant, donor, file");
        ids(all, PhiCategory.ID, Strength.FIELD, "id, identifier, number, key");
        add(all, PhiCategory.PHONE, Shape.PHONE, Strength.STRONG, """
                phone, phone number, phone no, telephone, telephone number, tel, tel no, cell, cell phone, cell number, mobile, mobile number, mobile phone,
                home phone, work phone, contact number, callback number, callback, call back number, pager, pager number, beeper, emergency contact number,
                ph, whatsapp, direct line, landline""");
        add(
                all,
                PhiCategory.FAX,
                Shape.PHONE,
                Strength.STRONG,
                "fax, fax number, fax no, facsimile, fax to, faxed to, telefax, efax");
        add(all, PhiCategory.DATE, Shape.DATE, Strength.STRONG, """
                dob, d o b, date of birth, birth date, birthdate, birthday, born, born on, date of admission, date of discharge, date of service, date of
                death, admission date, discharge date, admit date, service date, visit date, dos, doa, dod, death date, date of surgery, surgery date,
                procedure date, appointment date, date of visit, collected on, collection date, expiration date, issue date, date signed, date dictated,
                dictated on, transcribed on, admitted, discharged, onset date, deceased date, deceased, effective date, period start, period end, issued,
                authored on, recorded date, occurrence date, effective date time, date time, lmp, edd, edc""");
        add(
                all,
                PhiCategory.DATE,
                Shape.DATE,
                Strength.FIELD,
                "date, admit, dc, disch, collected, received, resulted, reported, printed, drawn, start date, end date, start, end, timestamp");
        add(all, PhiCategory.AGE, Shape.AGE, Strength.STRONG, "age, aged, pt age, patient age, years of age");
        add(
                all,
                PhiCategory.LOCATION,
                Shape.POSTAL_CODE,
                Strength.STRONG,
                "zip, zip code, zipcode, postal code, postcode, post code, zip plus four");
        add(all, PhiCategory.LOCATION, Shape.ADDRESS, Strength.FIELD, """
                address, home address, mailing address, street address, residence, street, address line, addr, address on file, billing address, work address, current
                address, permanent address, address line one, address line two""");
        add(all, PhiCategory.LOCATION, Shape.PLACE, Strength.FIELD, """
                city, town, hometown, county, village, place of birth, birthplace, birth place, location, municipality, neighborhood, parish, home town,
                district, township, city of residence""");
        add(all, PhiCategory.LOCATION, Shape.PLACE, Strength.STRONG, """
                lives in, living in, lived in, resides in, residing in, resident of, residents of, born in, raised in, grew up in, moved to, moved from, relocated to, native of, originally from,
                vacationing in, visiting from, traveled from, travelled from, drove in from, flew in from, flew from, commutes from, home in, homeless in, hometown of, city of, town of, hails from, came from,
                patient from, female from, male from, man from, woman from, boy from, girl from, gentleman from, lady from, farmer from, student from, veteran from, teacher from, is from, was from, family in, retired to, returned from, traveled to, travelled to, trip to, recent travel to, vacation in""");
        add(all, PhiCategory.FACILITY, Shape.ORGANISATION, Strength.FIELD, """
                facility, hospital, clinic, pharmacy, employer, school, facility name, hospital name, clinic name, organization, organisation, organization name,
                nursing home, practice, practice name, site, preferred pharmacy, performing lab, laboratory, company, place of work, insurer, managing organization, service provider""");
        add(
                all,
                PhiCategory.FACILITY,
                Shape.ORGANISATION,
                Strength.STRONG,
                "works at, works for, employed by, employed at, employee of, student at, works as a teacher at, attends, teaches at, lives at");
        add(all, PhiCategory.NAME, Shape.PERSON, Strength.STRONG, """
                patient name, pt name, name of patient, full name, first name, last name, middle name, maiden name, given name, family name, preferred name, legal name,
                surname, forename, alias, aka, name is, named, my name is, seen by, signed by, dictated by, referred by, electronically signed by, reviewed by, ordered by, performed by, authored by,
                prepared by, attested by, transcribed by, interpreted by, cosigned by, co signed by, entered by, verified by, evaluated by, accompanied by, brought in by, admitted by, discharged by, written by,
                completed by, collected by, approved by, attending physician, attending provider, attending name, referring physician, referring provider, primary care physician, primary care provider, physician name, provider name, doctor name,
                consulting physician, ordering physician, ordering provider, emergency contact, emergency contact name, next of kin, legal guardian, health care proxy, healthcare proxy, power of attorney,
                contact person, contact name, guarantor name, guarantor, subscriber name, insured name, policy holder, policyholder, caregiver name, mother s name, father s name, mothers name, fathers name, spouse name,
                nurse name, surgeon name, dictating physician, responsible party, first and last name, patient s name, patients name, his name is, her name is, goes by, called by, this is, known as,
                doctor s name, dear""");
        add(all, PhiCategory.NAME, Shape.PERSON, Strength.WEAK, """
                patient, pt, client, resident, subject, physician, attending, provider, surgeon, assistant, anesthesiologist, radiologist, pathologist, cardiologist, referring, pcp, cc, attn, attention, nok, hi, hello, hey,
                mother, father, mom, dad, mum, mommy, daddy, grandma, grandpa, stepmother, stepfather, stepson, stepdaughter, godmother, caseworker, case worker, case worker is, wife, husband, spouse, son, daughter, brother, sister, guardian, caregiver, partner, niece, nephew, aunt, uncle, cousin, grandmother, grandfather, grandson, granddaughter, fiance, fiancee,
                girlfriend, boyfriend, roommate, friend, neighbor, nurse, therapist, pharmacist, interpreter, witness, author, contact, from, to, re, by, neurologist, oncologist, dictated, signed, hcp, poa, dpoa, proxy, case manager, social worker""");
        add(
                all,
                PhiCategory.NAME,
                Shape.PERSON,
                Strength.FIELD,
                "name, names, member name, employee name, display name, user, sender, recipient, caller, practitioner, performer, staff");
        add(
                all,
                PhiCategory.NAME,
                Shape.PERSON,
                Strength.KEY,
                "given, family, first, last, middle, fullname, lname, fname, nickname, requester, asserter, recorder, doctor");
        add(
                all,
                PhiCategory.EMAIL,
                Shape.IDENTIFIER,
                Strength.FIELD,
                "email, e mail, email address, e mail address, mail");
        add(all, PhiCategory.IP, Shape.IDENTIFIER, Strength.FIELD, "ip address, ip");
        add(all, PhiCategory.ID, Shape.NOTHING, Strength.STRONG, """
                icd, icd code, cpt, cpt code, loinc, loinc code, snomed, snomed ct, snomed code, rxnorm, rxcui, ndc, hcpcs, drg, nct, pmid, doi, cvx, atc, code, value, page, phone call, room number, bed number, floor number, number of, case of, case series,
                case report, record of, patient reports, patient denies, group therapy, plan of care, plan of treatment, order set, visit diagnosis, age group, age range, social history, social work, social worker, serial exams, serial ekg, serial troponins,
                account for, accounts for, record high, record low, tel aviv, cell count, cell counts, white cell, t cell, b cell, cell carcinoma, stem cell, trial number, line number, serial monitoring, tool call id""");
        return List.copyOf(all);
    }

    private static void ids(List<LabelPhrase> all, PhiCategory category, Strength strength, String list) {
        add(all, category, Shape.IDENTIFIER, strength, list);
    }

    private static void add(List<LabelPhrase> all, PhiCategory category, Shape shape, Strength strength, String list) {
        for (String phrase : list.split(",")) {
            all.add(new LabelPhrase(phrase.strip().split("\\s+"), category, shape, strength, layer(category)));
        }
    }

    /** Returns the layer of what the labels of a category find. */
    static String layer(PhiCategory category) {
        return category.name().toLowerCase(Locale.ROOT) + ".label";
    }
}
