package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixteen times the text is about sixteen times the work, whatever fragment is repeated: measured in the processor time of this thread, with
 * room for caches and the collector. {@code -Danteroom.seed=N} replays one run.
 */
class RedactorLinearTest {

    private static final int FRAGMENTS = 60;
    private static final int SMALL = 1 << 16;
    private static final int LARGE = 1 << 20;
    private static final int MOST_TIMES = 40;
    private static final int TRIES = 3;
    private static final int WARM_UPS = 100;

    private static final String[] PIECES = {
        "MRN",
        "MRN:",
        "Patient name",
        "DOB ",
        "SSN#",
        "phone",
        "room",
        "age",
        "7",
        "123",
        "1961",
        "12345678",
        "0",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "@",
        "/",
        "-",
        ".",
        ",",
        ":",
        "|",
        "~",
        "^",
        "&",
        "\\",
        "_",
        "*",
        "+",
        "#",
        "'",
        "\"",
        "<b>",
        "</b>",
        "<",
        ">",
        "%41",
        "%C3%AB",
        "%",
        "&amp;",
        "&#65;",
        "&#x",
        "\\u0041",
        "\\u00e6",
        "\\n",
        "\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "Dr.",
        "Mrs",
        "MD",
        "RN,",
        "Jr",
        "March",
        "3rd",
        "of",
        "Sept",
        "monday",
        "one",
        "two hundred",
        "oh",
        "double",
        "PID|1||",
        "OBX|",
        "PV1|",
        "\"family\":\"",
        "\"given\":[",
        "\"birthDate\":",
        "\"value\":",
        "Smith",
        "Smith, ",
        "J.",
        "de la",
        "O'",
        "Quillfeather",
        "quill",
        "Bill",
        "Hospital",
        "St.",
        "Street",
        "Apt",
        "OH 44",
        "TVJOOiAx",
        "QUJD",
        "4d524e",
        "http://",
        "www.",
        "a@b.",
        ".org",
        "dot",
        "at",
        "[NAME_1]",
        "[A",
        "e\u0301",
        "\u200B",
        "\uD83D\uDE00",
        "\uD800",
        "\uFF11",
        "\u00E6",
        "A1",
        "ab-",
        "years old",
        "y/o",
        "x",
        "1/",
        "2-",
        "+1",
        "ext.",
    };

    private static final KnownValues KNOWN = KnownValues.builder()
            .add(PhiCategory.NAME, "William Quillfeather-Smith")
            .add(PhiCategory.DATE, "1961-03-05")
            .add(PhiCategory.MRN, "MRN-00123123")
            .add(PhiCategory.LOCATION, "12 Quagmire Street, Lower Tidmarsh")
            .build();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void redact_anyFragmentRepeated_worksInProportion() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        Random random = new Random(seed);
        Redactor[] redactors = {
            Redactor.create(Profile.BALANCED, SiteKnowledge.none()),
            Redactor.create(Profile.STRICT, SiteKnowledge.none())
        };
        List<String> slow = new ArrayList<>();
        for (int i = 0; i < FRAGMENTS; i++) {
            StringBuilder fragment = new StringBuilder();
            for (int pieces = 1 + random.nextInt(5); pieces > 0; pieces--) {
                fragment.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(3) == 0 ? " " : "");
            }
            Redactor redactor = redactors[random.nextInt(2)];
            double times = times(redactor, fragment.toString());
            if (times > MOST_TIMES) {
                slow.add("%.0f times for %s: <%s>".formatted(times, redactor.profile(), fragment));
            }
        }
        assertTrue(slow.isEmpty(), () -> String.join("\n", slow));
    }

    /** What random fragments once showed to grow with the square of its length: the end of a line must end every look ahead. */
    @ParameterizedTest
    @ValueSource(strings = {"one\n", "word word\n"})
    void redact_linesWithoutSigns_worksInProportion(String fragment) {
        Redactor redactor = Redactor.create(Profile.STRICT, SiteKnowledge.none());
        for (int i = 0; i < WARM_UPS; i++) {
            // Else the small text is interpreted and hides the square of the large one.
            nanos(redactor, fragment, SMALL);
        }
        double times = times(redactor, fragment);
        assertTrue(times <= MOST_TIMES, () -> "%.0f times".formatted(times));
    }

    /** Returns how many times as long the large text takes as the small one, at best. */
    private static double times(Redactor redactor, String fragment) {
        long small = Long.MAX_VALUE;
        long large = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            small = Math.min(small, nanos(redactor, fragment, SMALL));
        }
        for (int i = 0; i < TRIES && large > MOST_TIMES * small; i++) {
            large = Math.min(large, nanos(redactor, fragment, LARGE));
        }
        return (double) large / small;
    }

    private static long nanos(Redactor redactor, String fragment, int size) {
        List<Position> call = List.of(Position.text("$", fragment.repeat(size / fragment.length())));
        long start = THREADS.getCurrentThreadCpuTime();
        redactor.redact(call, KNOWN, new Random(1));
        return THREADS.getCurrentThreadCpuTime() - start;
    }
}
