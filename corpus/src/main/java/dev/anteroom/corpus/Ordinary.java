package dev.anteroom.corpus;

/** Clinical sentences that identify nobody, with numbers that look like they might. Immutable. */
final class Ordinary {
    static final String[] CLINICIAN = """
            Good morning, what brings you in today?
            How long has the <pain|cough|swelling|dizziness> been going on?
            On a scale from one to ten, how bad is it right now?
            Does anything make it better or worse?
            Have you had any fever, chills or night sweats?
            Your blood pressure is <108..148>/<62..88> and your heart rate is <58..88> today.
            Oxygen saturation is <94..99>% on room air and the temperature is 98.<2..8>.
            Let us increase the <lisinopril|metformin|atorvastatin|metoprolol> to <10..40> mg once daily.
            The hemoglobin A1c is <6..8>.<1..9>%, a little higher than last time.
            I would like an ultrasound of the <gallbladder|thyroid|left leg> this week.
            The lungs are clear and there is no edema in the ankles.
            Any allergies besides <penicillin|sulfa drugs|latex>?
            The creatinine is 1.<1..4> and the potassium is 4.<1..8>, both fine.
            We will taper the prednisone by 5 mg every <3..7> days.
            The ejection fraction on the echo was <45..65> percent.
            Keep the leg elevated and use ice for 20 minutes at a time.
            That is a common side effect and usually settles within two weeks.
            I am going to listen to your heart now.
            The Parkinson's symptoms seem stable on carbidopa 25/100.
            A score of <8..14>/15 on the Glasgow scale was charted in the ambulance.
            Your L4-L5 disc is bulging but nothing is pinched.
            We should repeat the MRI with contrast.
            Continue the warfarin; the INR of 2.<1..9> is in range.
            There is no family history of Crohn's disease, is there?""".split("\n");

    static final String[] PATIENT = """
            It started about <two|three|five> weeks ago and it is worse at night.
            I take <metformin|ibuprofen|omeprazole> <200..500> mg in the morning.
            No fever, but I feel tired all the time.
            It hurts when I climb the stairs.
            I stopped smoking <3..9> years ago.
            The pain is about a <4..8> out of 10.
            I have been drinking more water, maybe 2 liters a day.
            My ankles swell up by the evening.
            Sometimes my heart skips a beat, then it is fine.
            I lost <4..9> pounds without trying.
            The new pills upset my stomach.
            I sleep on two pillows because of my breathing.
            My sugar was <140..188> before breakfast.
            It feels like pins and needles in both hands.
            No, nothing like that in the family.
            I walk the dog for 30 minutes every day.
            The rash itches but it does not spread.
            I had a Foley catheter after the operation and hated it.
            I get headaches behind the right eye.
            My hearing is worse on the left side.""".split("\n");

    static final String[] NOTE = """
            Chief complaint: <shortness of breath|chest pain|knee pain|abdominal pain|fatigue>.
            History of hypertension, type 2 diabetes and <COPD|gout|asthma|hypothyroidism>.
            Vitals: BP <108..148>/<62..88>, HR <58..88>, RR <12..20>, SpO2 <94..99>%.
            Medications: lisinopril <10..40> mg daily, metformin 500 mg twice daily, aspirin 81 mg.
            Lungs clear to auscultation bilaterally, no wheezes.
            Abdomen soft, non-tender, bowel sounds present.
            Labs: WBC <4..9>.<1..9>, Hgb <11..15>.<1..9>, platelets <150..380>, Na <135..144>, K 4.<1..8>.
            Glasgow coma scale 15/15, cranial nerves II-XII intact.
            Assessment: stable, likely <viral|mechanical|medication-related>.
            Plan: continue current therapy, recheck in <4..8> weeks.
            EKG: normal sinus rhythm, QTc <410..450> ms.
            CT of the chest without contrast: a <4..8> mm nodule, unchanged.
            Ejection fraction <45..65>%, mild mitral regurgitation.
            Incision clean, dry and intact; sutures in place.
            Tolerated the procedure well, estimated blood loss <20..80> mL.
            Allergies: penicillin (rash).""".split("\n");

    private Ordinary() {}
}
