package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Allocation of one call of about 1 KiB, text and result included. */
class RedactorAllocationTest {

    private static final int CALLS = 2_000;

    private static final String CLEAN = """
            The patient is a 67-year-old man with type 2 diabetes and hypertension. He reports two weeks of worsening dyspnea on
            exertion, orthopnea and lower extremity edema. BP 142/88, HR 96, SpO2 93% on room air. Labs: Na 134, K 4.9, creatinine
            1.6 mg/dL (baseline 1.2), BNP 890. Home medications include metformin 1000 mg twice daily, lisinopril 20 mg daily and
            atorvastatin 40 mg nightly. Echocardiogram in 2022 showed an ejection fraction of 45% with mild mitral regurgitation.
            Assessment: acute on chronic systolic heart failure exacerbation. Plan: furosemide 40 mg IV twice daily, daily weights,
            fluid restriction 1.5 L, repeat basic metabolic panel in the morning, and hold metformin. Follow up in 2 weeks after
            discharge. Please summarise this for the primary care physician and suggest three follow-up questions to ask him then,
            with one sentence of reasoning for each of them and a list of red flags for which he should come back at once.""";

    private static final String IDENTIFYING =
            "Mr. John Smithers, MRN: 4482913, seen on 3/14/2024 by Dr. Patel at Springfield General Hospital; wife Mary, (312) 555-0147. "
                    + CLEAN;

    private static long allocatedPerCall(String text) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Redactor redactor = Redactor.create(Profile.BALANCED, SiteKnowledge.none());
        List<Position> call = List.of(Position.text("$", text));
        Random random = new Random(1);
        for (int i = 0; i < CALLS; i++) {
            redactor.redact(call, KnownValues.none(), random);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            redactor.redact(call, KnownValues.none(), random);
        }
        long perCall = (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
        System.out.println("allocated per call: " + perCall);
        return perCall;
    }

    @Test
    void redact_oneKibibyteWithoutIdentifiers_staysWithinTwelveKibibytes() {
        assertTrue(allocatedPerCall(CLEAN) <= 12 * 1024);
    }

    @Test
    void redact_oneKibibyteWithSevenIdentifiers_staysWithinFortyKibibytes() {
        assertTrue(allocatedPerCall(IDENTIFYING) <= 40 * 1024);
    }
}
