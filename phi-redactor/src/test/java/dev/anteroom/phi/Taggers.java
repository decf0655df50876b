package dev.anteroom.phi;

import dev.anteroom.models.TimeLimit;
import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenScores;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Taggers for tests: the shipped one, read once, which a busy machine does not make late. */
final class Taggers {

    static final PhiTagger SHIPPED = PhiTagger.shipped(() -> 0);

    private Taggers() {}

    static Redactor redactor(Profile profile) {
        return Redactor.create(profile, SiteKnowledge.none(), List.of(SHIPPED.layer(profile)));
    }

    /** What a test makes of the shipped tagger's scores. */
    interface Fault {
        void after(String text, TokenScores scores);
    }

    /** The shipped tagger, which counts the characters that it reads, and to which something happens. */
    static final class Disturbed implements TokenScorer {

        final AtomicLong characters = new AtomicLong();
        private final TokenScorer scorer = SHIPPED.scorer();
        private final Fault fault;

        Disturbed(Fault fault) {
            this.fault = fault;
        }

        @Override
        public String version() {
            return "disturbed";
        }

        @Override
        public int classes() {
            return scorer.classes();
        }

        @Override
        public int bins(char[] word, int length) {
            return scorer.bins(word, length);
        }

        @Override
        public void warmUp(long mostNanos) {}

        @Override
        public void score(char[] text, int length, TokenScores scores, TimeLimit limit) {
            characters.addAndGet(length);
            scorer.score(text, length, scores, limit);
            fault.after(new String(text, 0, length), scores);
        }
    }
}
