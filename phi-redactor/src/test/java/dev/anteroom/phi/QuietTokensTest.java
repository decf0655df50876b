package dev.anteroom.phi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anteroom.corpus.ClinicalDialogues;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tokens over which rules pass change nothing: where a site has a format of record numbers every token is looked at, and a format that nothing
 * has finds nothing. {@code -Danteroom.seed=N} replays one run.
 */
class QuietTokensTest {

    private static final int TEXTS = 2_000;
    private static final int LONGEST = 200;
    private static final int SOURCES = 40;
    private static final String SIGNS = " \n.,:;-/'\"()[]<@+#=_%0129aAzZ\u00e9\u0416";

    private static final SiteKnowledge NOTHING_QUIET = new SiteKnowledge(
            List.of(), List.of(), List.of(new RecordNumberFormat("none", "\u00a7\u00a7\u00a7\u00a79999")));

    /** A piece of a clinical text with some characters changed, so that words stand beside what they do not stand beside in prose. */
    private static String text(String source, Random random) {
        int start = random.nextInt(source.length());
        StringBuilder text = new StringBuilder(source.substring(start, Math.min(source.length(), start + LONGEST)));
        for (int changes = random.nextInt(20); changes > 0; changes--) {
            text.setCharAt(random.nextInt(text.length()), SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    @Test
    void detect_anyText_isTheSameWhereEveryTokenIsLookedAt() {
        long seed = Long.getLong("anteroom.seed", System.nanoTime());
        System.out.println("anteroom.seed=" + seed);
        Random random = new Random(seed);
        ClinicalDialogues dialogues = ClinicalDialogues.seeded(seed);
        List<String> sources = Stream.generate(() ->
                        dialogues.nextNote().text() + dialogues.next().joined().text())
                .limit(SOURCES)
                .toList();
        for (Profile profile : Profile.values()) {
            Redactor quiet = Redactor.create(profile, SiteKnowledge.none());
            Redactor all = Redactor.create(profile, NOTHING_QUIET);
            for (int i = 0; i < TEXTS; i++) {
                String text = text(sources.get(random.nextInt(SOURCES)), random);
                List<Position> positions = List.of(Position.text("", text));
                assertEquals(
                        all.detect(positions, KnownValues.none()), quiet.detect(positions, KnownValues.none()), text);
            }
        }
    }
}
