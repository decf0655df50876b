package dev.anteroom.guardrails;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers a question with sentences of the evidence, word for word. Immutable, thread-safe.
 *
 * <p>Sentences are ranked by BM25 over their terms, with the sentences of all evidence as the collection. What the question
 * asks for (an amount, a time, a person, a place, a reason, how often) favours sentences that hold such a thing, and a
 * sentence gains a little from a relevant neighbour. The same question and evidence always give the same answer.
 *
 * <p>Time is linear in the evidence, and for the ranking n·log n in its sentences; memory is linear in the sentences.
 */
public final class ExtractiveAnswerer {

    private static final int MAX_QUESTION_TERMS = 64;
    private static final double SATURATION = 1.2;
    private static final double LENGTH_WEIGHT = 0.4;
    private static final double HINT_FACTOR = 1.5;
    private static final double NUMBER_FACTOR = 1.5;
    private static final double QUESTION_FACTOR = 0.4;
    private static final double FRAGMENT_FACTOR = 0.6;
    private static final double NEIGHBOUR_SHARE = 0.15;
    private static final double INTRODUCED_SHARE = 0.6;
    private static final double LEAST_SHARE_OF_BEST = 0.4;

    private final TermTable asked = Hint.asked();
    private final TermTable held = Hint.held();
    private final TermTable stopWords = Hint.stopWords();
    private final long[][] synonyms;

    /** An answerer. */
    public ExtractiveAnswerer() {
        List<long[]> groups = new ArrayList<>();
        Terms terms = new Terms();
        for (String group : Hint.synonyms()) {
            terms.reset(group, 0, group.length());
            long[] stems = new long[8];
            int count = 0;
            while (terms.next()) {
                stems[count++] = terms.stem();
            }
            groups.add(Arrays.copyOf(stems, count));
        }
        synonyms = groups.toArray(long[][]::new);
    }

    /**
     * The sentences that have most to do with the question, the most relevant first and equal ones in the order of the
     * text; empty when none shares a term with it.
     *
     * @param maxSentences at most so many, at least one
     */
    public ExtractiveAnswer answer(String question, List<Evidence> evidence, int maxSentences) {
        if (maxSentences < 1) {
            throw new IllegalArgumentException("maxSentences: " + maxSentences + " (expected: >= 1)");
        }
        Query query = query(question);
        if (query.count == 0) {
            return ExtractiveAnswer.EMPTY;
        }
        Ranking ranking = new Ranking(query, evidence);
        ranking.read();
        ranking.score();
        return ranking.best(maxSentences);
    }

    private Query query(String question) {
        Query query = new Query();
        Terms terms = new Terms();
        terms.reset(question, 0, question.length());
        while (terms.next()) {
            int hint = asked.get(terms.plain());
            if (hint != TermTable.NONE) {
                query.hints |= hint;
            }
            if (query.count < MAX_QUESTION_TERMS
                    && stopWords.get(terms.plain()) == TermTable.NONE
                    && query.table.get(terms.stem()) == TermTable.NONE) {
                int index = query.count++;
                query.weights[index] = terms.isNumber() ? NUMBER_FACTOR : 1;
                query.table.putIfAbsent(terms.stem(), index);
                enterSynonyms(query, terms.stem(), index);
            }
        }
        return query;
    }

    private void enterSynonyms(Query query, long stem, int index) {
        for (long[] group : synonyms) {
            for (long member : group) {
                if (member == stem) {
                    for (long same : group) {
                        query.table.putIfAbsent(same, index);
                    }
                }
            }
        }
    }

    /** What a question asks. */
    private static final class Query {
        final TermTable table = new TermTable(MAX_QUESTION_TERMS * 4);
        final double[] weights = new double[MAX_QUESTION_TERMS];
        int count;
        int hints;
    }

    /** The sentences of the evidence on their way to an answer. */
    private final class Ranking {

        private final Query query;
        private final List<Evidence> evidence;
        private final List<List<Sentence>> split = new ArrayList<>();
        private final int total;
        private final int[] source;
        private final int[] start;
        private final int[] end;
        private final int[] words;
        private final int[] hints;
        private final short[] frequencies;
        private final int[] sentencesWith;
        private double[] scores = {};

        Ranking(Query query, List<Evidence> evidence) {
            this.query = query;
            this.evidence = evidence;
            int count = 0;
            for (Evidence piece : evidence) {
                List<Sentence> sentences = Sentences.split(piece.text());
                split.add(sentences);
                count += sentences.size();
            }
            total = count;
            source = new int[total];
            start = new int[total];
            end = new int[total];
            words = new int[total];
            hints = new int[total];
            frequencies = new short[total * query.count];
            sentencesWith = new int[query.count];
        }

        void read() {
            Terms terms = new Terms();
            int index = 0;
            for (int piece = 0; piece < split.size(); piece++) {
                String text = evidence.get(piece).text();
                for (Sentence sentence : split.get(piece)) {
                    source[index] = piece;
                    start[index] = sentence.start();
                    end[index] = sentence.end();
                    terms.reset(text, sentence.start(), sentence.end());
                    read(terms, text, index);
                    index++;
                }
            }
        }

        private void read(Terms terms, String text, int index) {
            int base = index * query.count;
            int holds = 0;
            int count = 0;
            boolean afterNumber = false;
            while (terms.next()) {
                count++;
                int term = query.table.get(terms.stem());
                if (term != TermTable.NONE && frequencies[base + term] < Short.MAX_VALUE) {
                    if (frequencies[base + term]++ == 0) {
                        sentencesWith[term]++;
                    }
                }
                int hint = held.get(terms.plain());
                if (hint != TermTable.NONE) {
                    holds |= hint == Hint.UNIT ? (afterNumber ? Hint.AMOUNT : 0) : hint;
                }
                afterNumber = terms.isNumber();
                if (afterNumber && isDate(text, terms)) {
                    holds |= Hint.TIME;
                } else if (afterNumber && terms.end() < end[index] && text.charAt(terms.end()) == '%') {
                    holds |= Hint.AMOUNT;
                } else if (terms.isCapitalised() && terms.start() > 0 && text.charAt(terms.start() - 1) == '[') {
                    holds |= placeholder(text, terms.start());
                }
            }
            words[index] = count;
            hints[index] = holds;
        }

        /** Whether a number is part of {@code 3/14}, {@code 2024-03-14} or {@code 10:30}. */
        private static boolean isDate(String text, Terms terms) {
            int at = terms.end();
            if (at + 1 >= text.length() || !Character.isDigit(text.charAt(at + 1))) {
                return false;
            }
            char c = text.charAt(at);
            return c == '/' || c == ':' || c == '-';
        }

        private static int placeholder(String text, int at) {
            if (text.startsWith("NAME", at)) {
                return Hint.PERSON;
            }
            if (text.startsWith("DATE", at) || text.startsWith("AGE", at)) {
                return Hint.TIME;
            }
            return text.startsWith("LOCATION", at) || text.startsWith("FACILITY", at) ? Hint.PLACE : 0;
        }

        void score() {
            double[] own = new double[total];
            double average = Math.max(1, Arrays.stream(words).sum() / (double) Math.max(1, total));
            double[] rarity = new double[query.count];
            for (int term = 0; term < query.count; term++) {
                double with = sentencesWith[term];
                rarity[term] = query.weights[term] * Math.log(1 + (total - with + 0.5) / (with + 0.5));
            }
            for (int i = 0; i < total; i++) {
                double norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * words[i] / average);
                double sum = 0;
                for (int term = 0; term < query.count; term++) {
                    int frequency = frequencies[i * query.count + term];
                    if (frequency > 0) {
                        sum += rarity[term] * frequency * (SATURATION + 1) / (frequency + norm);
                    }
                }
                own[i] = sum * factor(i);
            }
            scores = withNeighbours(own);
        }

        private double factor(int index) {
            String text = evidence.get(source[index]).text();
            char last = text.charAt(end[index] - 1);
            double factor = (hints[index] & query.hints) != 0 ? HINT_FACTOR : 1;
            if (last == '?') {
                factor *= QUESTION_FACTOR;
            } else if (last == ':' || (words[index] < 4 && !Character.isDigit(last) && !Chars.isTerminal(last))) {
                factor *= FRAGMENT_FACTOR;
            }
            return factor;
        }

        private double[] withNeighbours(double[] own) {
            double[] together = new double[total];
            for (int i = 0; i < total; i++) {
                double before = i > 0 && source[i - 1] == source[i] ? own[i - 1] : 0;
                double after = i + 1 < total && source[i + 1] == source[i] ? own[i + 1] : 0;
                boolean introduced = before > 0 && (lastOf(i - 1) == '?' || lastOf(i - 1) == ':');
                boolean holds = (hints[i] & query.hints) != 0;
                if (own[i] > 0) {
                    together[i] = own[i] + NEIGHBOUR_SHARE * Math.max(before, after);
                } else if (introduced || holds) {
                    together[i] = INTRODUCED_SHARE * before;
                }
                if (introduced && own[i] > 0) {
                    together[i] += INTRODUCED_SHARE * before;
                }
            }
            return together;
        }

        private char lastOf(int index) {
            return evidence.get(source[index]).text().charAt(end[index] - 1);
        }

        ExtractiveAnswer best(int maxSentences) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < total; i++) {
                if (scores[i] > 0) {
                    order.add(i);
                }
            }
            order.sort(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i));
            List<Cited> cited = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            Set<String> said = new HashSet<>();
            String previous = "";
            for (int i : order) {
                if (cited.size() == maxSentences || scores[i] < LEAST_SHARE_OF_BEST * scores[order.getFirst()]) {
                    break;
                }
                String sentence = evidence.get(source[i]).text().substring(start[i], end[i]);
                if (said.add(sentence)) {
                    append(text, previous, sentence);
                    previous = sentence;
                    cited.add(new Cited(evidence.get(source[i]).id(), start[i], end[i], scores[i]));
                }
            }
            return cited.isEmpty() ? ExtractiveAnswer.EMPTY : new ExtractiveAnswer(text.toString(), cited);
        }

        /** One sentence a line, and a blank line where the line break alone would not part them. */
        private static void append(StringBuilder text, String previous, String sentence) {
            if (!text.isEmpty()) {
                text.append(partedByLineEnd(previous, sentence) ? "\n" : "\n\n");
            }
            text.append(sentence);
        }

        private static boolean partedByLineEnd(String previous, String sentence) {
            for (Sentence parted : Sentences.split(previous + "\n" + sentence)) {
                if (parted.start() == previous.length() + 1) {
                    return true;
                }
            }
            return false;
        }
    }
}
