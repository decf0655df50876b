package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorerAllocationTest {

    private static final List<String> TOKENS = List.of(
            "The ",
            "patient ",
            "[",
            "NAME",
            "_1",
            "]",
            " was ",
            "seen",
            " on [DATE_1]",
            ", see",
            " notes",
            " 482",
            " of",
            "\n");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Vault vault = Restored.vault();

    @Test
    void append_text_allocatesNothing() {
        assertEquals(0, allocatedBytes(vault.textRestorer(RestorePolicy.restoring("content"))));
    }

    @Test
    void append_json_allocatesNothing() {
        Restorer restorer = vault.jsonRestorer(RestorePolicy.restoring("tool"));
        restorer.append("{\"a\":\"\\u005bNAME_1] ", new StringBuilder());
        assertEquals(0, allocatedBytes(restorer));
    }

    @Test
    void clean_manyShortStrings_allocatesAFixedRoom() {
        OutboundScan scan = OutboundScan.of(List.of("Ada Quill", "QX-88-123", "Ann"));
        byte[] json = ("[" + "\"some words of a note\",".repeat(2_000) + "1]").getBytes(StandardCharsets.UTF_8);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            assertTrue(scan.clean(json, 0, json.length, s -> false));
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 16_384, "allocated " + least);
    }

    private static long allocatedBytes(Restorer restorer) {
        StringBuilder out = new StringBuilder(4_096);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                out.setLength(0);
                for (int j = 0; j < TOKENS.size(); j++) {
                    restorer.append(TOKENS.get(j), out);
                }
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(restorer.restoredCount() >= 20 * 200 * 3);
        return least;
    }
}
