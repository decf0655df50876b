package dev.anteroom.guardrails;

import dev.anteroom.guardrails.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of the documents as they may be quoted to a patient. Confined to one decision.
 *
 * <p>An answer passes as a chain of quotations; each is a run of neighbouring sentences of one document that begins at a
 * sentence which may begin a quotation and ends at one which may end it.
 */
/*
 * Why not every sentence by itself: "Do not:\n- Drive a car.\n- Drink alcohol." would allow "Drink alcohol.", "Is it safe?
 * No." would allow "No.", and a document that is a piece of a longer one would allow the second half of its first sentence.
 * So, in a document:
 *
 *  may not begin: what follows an unfinished line of its paragraph or a question; the paragraph that a line ending with a
 *  colon introduces; what stands in a quotation or bracket that was opened before; a list item that anything stands before,
 *  for a list is quoted from what introduces it; a single word, and what begins with a word that points back ("It", "However", "No"); a first sentence that begins small;
 *  whatever stands under a heading that negates or restricts ("Do not", "Avoid", "Unless"), and what follows such a word
 *  and a colon in a paragraph; anything of a document with tags, strike-through or code in it.
 *
 *  may not end: an unfinished line (an ellipsis does not finish one) with more in its paragraph, before a list or at the end of the document; a line that
 *  ends with a colon; a question that something follows; what leaves a quotation or bracket open; a heading that negates.
 *
 * What no rule about sentences can see, a document that quotes an error in one sentence and corrects it in the next, stays
 * possible: documents for patients have to be written for patients.
 */
final class Quotable {

    /** Of a sentence that stands in the documents more often, further places are not looked at. */
    private static final int MAX_PLACES = 64;

    private static final Set<String> POINTING_BACK = Chars.words("""
            it its this that these those they them their he she his her him such however but otherwise then
            also instead so and or nor yet therefore thus hence still except rather although though else yes
            no not never maybe perhaps correct false true wrong right both neither either same likewise
            similarly conversely
            """);

    private static final Set<String> RESTRICTING = Chars.words("""
            no not never donts don'ts dont's don\u2019ts don't dont don\u2019t cannot can't can\u2019t avoid avoiding stop
            without unless except if when only contraindications contraindicated warning warnings forbidden
            prohibited myths myth wrong false incorrect mistakes against before after danger dangers
            overdose children pregnancy emergency
            """);

    private final Map<String, int[]> places = new HashMap<>();
    private final List<Place> sentences = new ArrayList<>();

    private Quotable() {}

    static Quotable of(List<Evidence> documents) {
        Quotable quotable = new Quotable();
        for (Evidence document : documents) {
            quotable.add(document.text());
        }
        return quotable;
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** One finding for each sentence of the answer, and one for anything that is in none. */
    List<Finding> check(String answer) {
        List<Finding> findings = new ArrayList<>();
        int[] reached = {};
        int from = 0;
        boolean fresh = true;
        for (Sentence sentence : Sentences.split(answer)) {
            int start = Chars.skipSpace(answer, from);
            from = sentence.end();
            int[] here = places.get(normalised(answer, start, sentence.end()));
            if (here == null) {
                endQuotation(findings, fresh, reached);
                findings.add(new Finding(Kind.SENTENCE_NOT_IN_DOCUMENTS, start, sentence.end()));
                reached = new int[] {};
                fresh = true;
                continue;
            }
            int[] next = goOn(reached, here, fresh || mayEnd(reached));
            if (next.length == 0) {
                endQuotation(findings, fresh, reached);
                next = goOn(reached, here, true);
            }
            fresh = next.length == 0;
            findings.add(new Finding(
                    fresh ? Kind.SENTENCE_OUT_OF_CONTEXT : Kind.SENTENCE_IN_DOCUMENTS, start, sentence.end()));
            reached = next;
        }
        endQuotation(findings, fresh, reached);
        int rest = Chars.skipSpace(answer, from);
        if (rest < answer.length()) {
            findings.add(new Finding(Kind.SENTENCE_NOT_IN_DOCUMENTS, rest, answer.length()));
        }
        return findings;
    }

    /** Where the sentence just read may stand, when the one before stood at one of {@code reached}. */
    private int[] goOn(int[] reached, int[] here, boolean mayBegin) {
        int[] next = new int[here.length];
        int count = 0;
        for (int place : here) {
            Place sentence = sentences.get(place);
            boolean follows = !sentence.first && Arrays.binarySearch(reached, place - 1) >= 0;
            if (follows || (mayBegin && sentence.mayBegin)) {
                next[count++] = place;
            }
        }
        return Arrays.copyOf(next, count);
    }

    private boolean mayEnd(int[] reached) {
        for (int place : reached) {
            if (sentences.get(place).mayEnd) {
                return true;
            }
        }
        return false;
    }

    /** Turns the last finding into one out of context when the quotation under way may not end there. */
    private void endQuotation(List<Finding> findings, boolean fresh, int[] reached) {
        if (!fresh && !mayEnd(reached)) {
            Finding last = findings.removeLast();
            findings.add(new Finding(Kind.SENTENCE_OUT_OF_CONTEXT, last.start(), last.end()));
        }
    }

    private void add(String text) {
        List<Sentence> split = Sentences.split(text);
        int base = sentences.size();
        int from = 0;
        for (int i = 0; i < split.size(); i++) {
            Sentence sentence = split.get(i);
            Place place = new Place(text, Chars.skipSpace(text, from), sentence, i == 0);
            place.afterBlankLine = i > 0 && blankLine(text, from, place.markerStart);
            from = sentence.end();
            sentences.add(place);
            enter(normalised(text, sentence.start(), sentence.end()), base + i);
            if (place.isItem()) {
                enter(normalised(text, place.markerStart, sentence.end()), base + i);
            }
        }
        if (!isMarkedUp(text)) {
            bind(text, sentences.subList(base, sentences.size()));
        }
    }

    private void enter(String key, int place) {
        int[] known = places.get(key);
        if (known == null) {
            places.put(key, new int[] {place});
        } else if (known.length < MAX_PLACES) {
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = place;
            places.put(key, more);
        }
    }

    /** Finds which sentences of a document may begin and which may end a quotation. */
    private static void bind(String text, List<Place> document) {
        boolean restricted = false;
        boolean underColon = false;
        boolean inList = false;
        boolean introduced = false;
        Openings openings = new Openings();
        for (int i = 0; i < document.size(); i++) {
            Place place = document.get(i);
            Place before = i == 0 ? null : document.get(i - 1);
            Place after = i + 1 == document.size() ? null : document.get(i + 1);
            boolean finished = isFinished(text, place);
            boolean heading = isHeading(place, after, finished);
            if (place.afterBlankLine) {
                openings.reset();
                underColon &= before != null && before.colon;
            }
            if (heading) {
                restricted = false;
                underColon = false;
            }
            if (place.isItem()) {
                introduced = inList ? introduced : before != null;
                inList = true;
            } else if (place.afterBlankLine || heading) {
                introduced = false;
                inList = false;
            }
            boolean inside = openings.isOpen();
            openings.read(text, place.start, place.end);
            place.finished = finished;
            place.question = isQuestion(text, place);
            place.colon = text.charAt(place.end - 1) == ':';
            place.mayBegin =
                    !inside && !restricted && !underColon && !introduced && beginsOnItsOwn(text, place, before);
            place.mayEnd = !openings.isOpen() && !place.colon && endsOnItsOwn(place, after);
            underColon |= place.colon || restrictsBeforeColon(text, place);
            if (heading && mentions(text, place.start, place.end, RESTRICTING)) {
                restricted = true;
                place.mayEnd = false;
            }
        }
    }

    /** Whether a sentence says that it has ended: an ellipsis does not, nor an abbreviation that something follows. */
    private static boolean isFinished(String text, Place place) {
        if (!Chars.endsTerminated(text, place.start, place.end)) {
            return false;
        }
        int end = place.end;
        while (Chars.isCloser(text.charAt(end - 1))) {
            end--;
        }
        if (text.charAt(end - 1) == '\u2026' || (end - 2 >= place.start && text.startsWith("..", end - 2))) {
            return false;
        }
        return text.charAt(end - 1) != '.' || !Sentences.isLeading(text, place.start, end - 1);
    }

    private static boolean restrictsBeforeColon(String text, Place place) {
        for (int i = place.end - 2; i > place.start; i--) {
            if (text.charAt(i) == ':' && Chars.isSpace(text.charAt(i + 1))) {
                return mentions(text, place.start, i, RESTRICTING);
            }
        }
        return false;
    }

    /** Whether something in a document may strike out, hide or set apart what stands between two marks. */
    private static boolean isMarkedUp(String text) {
        if (text.contains("~~") || text.contains("```")) {
            return true;
        }
        for (int i = text.indexOf('<'); i >= 0 && i + 1 < text.length(); i = text.indexOf('<', i + 1)) {
            char c = text.charAt(i + 1);
            if (Character.isLetter(c) || c == '/' || c == '!' || c == '?') {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsOnItsOwn(String text, Place place, @Nullable Place before) {
        if (before == null) {
            if (Character.isLowerCase(text.charAt(place.start))) {
                return false;
            }
        } else if (before.question || (!before.finished && !place.afterBlankLine && before.marker != '#')) {
            return false;
        }
        String first = firstWord(text, place);
        return first != null && !POINTING_BACK.contains(first);
    }

    private static boolean endsOnItsOwn(Place place, @Nullable Place after) {
        if (after == null) {
            return place.finished;
        }
        if (place.question) {
            return false;
        }
        return place.finished || (after.afterBlankLine && !after.isItem());
    }

    /** A line on its own that is no sentence. */
    private static boolean isHeading(Place place, @Nullable Place after, boolean finished) {
        return place.marker == '#'
                || (!finished
                        && !place.isItem()
                        && (place.first || place.afterBlankLine)
                        && after != null
                        && after.afterBlankLine);
    }

    private static boolean isQuestion(String text, Place place) {
        int i = place.end;
        while (i > place.start && (Chars.isCloser(text.charAt(i - 1)) || Chars.isTerminal(text.charAt(i - 1)))) {
            if (text.charAt(i - 1) == '?') {
                return true;
            }
            i--;
        }
        return false;
    }

    /** The first word in small letters; null when the sentence has fewer than two. */
    private static @Nullable String firstWord(String text, Place place) {
        int start = place.start;
        while (start < place.end && !Chars.isWordPart(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < place.end && Chars.isWordPart(text.charAt(end))) {
            end++;
        }
        int second = end;
        while (second < place.end && !Chars.isWordPart(text.charAt(second))) {
            second++;
        }
        return second >= place.end ? null : text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean mentions(String text, int start, int stop, Set<String> words) {
        int i = start;
        while (i < stop) {
            if (!Chars.isWordPart(text.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < stop && Chars.isWordPart(text.charAt(end))) {
                end++;
            }
            if (words.contains(text.substring(i, end).toLowerCase(Locale.ROOT))) {
                return true;
            }
            i = end;
        }
        return false;
    }

    private static boolean blankLine(String text, int from, int to) {
        int lineEnds = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Chars.isLineEnd(c) && !(c == '\n' && i > from && text.charAt(i - 1) == '\r')) {
                lineEnds++;
            }
        }
        return lineEnds > 1;
    }

    /** The text with every run of white space as one space. */
    private static String normalised(String text, int start, int end) {
        StringBuilder normalised = new StringBuilder(end - start);
        boolean space = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Chars.isSpace(c)) {
                space = true;
            } else {
                if (space) {
                    normalised.append(' ');
                    space = false;
                }
                normalised.append(c);
            }
        }
        return normalised.toString();
    }

    /** A sentence where it stands in a document. */
    private static final class Place {

        final int markerStart;
        final int start;
        final int end;
        final char marker;
        final boolean first;
        boolean afterBlankLine;
        boolean finished;
        boolean question;
        boolean colon;
        boolean mayBegin;
        boolean mayEnd;

        Place(String text, int markerStart, Sentence sentence, boolean first) {
            this.markerStart = markerStart;
            this.start = sentence.start();
            this.end = sentence.end();
            this.marker = markerStart < start ? text.charAt(markerStart) : 0;
            this.first = first;
        }

        boolean isItem() {
            return marker != 0 && marker != '#';
        }
    }
}
