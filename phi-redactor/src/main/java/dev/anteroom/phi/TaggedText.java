package dev.anteroom.phi;

import dev.anteroom.models.ModelException;
import dev.anteroom.models.TokenScorer;
import dev.anteroom.models.TokenScores;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one text's tokens, made into spans: which tokens are hidden, what between them and beside them belongs to them.
 * Confined to one thread; used for one text after the other. The joining is that of models/phi-tagger/evaluate.py.
 */
final class TaggedText {

    /**
     * When a token is hidden, and when a value is looked for elsewhere.
     *
     * @param hide the least likelihood of being an identifier
     * @param hideSmall the same in a text without capitals, where less tells a name from a word
     * @param hideOrdinary the same, on average, for a value of nothing but ordinary words in small letters, in a text that has capitals or nothing else,
     *     and for any part of a name that is an ordinary word, on no list of names, and has no capital that others lack
     * @param hideUnknown the same for a word of which no list says that it is ordinary or clinical
     * @param sure the least likelihood, on average over the value's tokens
     * @param leave the greatest likelihood of a token with which a rule that guesses where a value ends has gone too far; 0: none has
     */
    record Thresholds(float hide, float hideSmall, float hideOrdinary, float hideUnknown, float sure, float leave) {}

    /** Classes, in the order of models/phi-tagger/generate.py; nothing of a person is 0. */
    private static final byte NAME = 1;

    private static final byte LOCATION = 2;
    private static final byte FACILITY = 3;
    private static final byte DATE = 4;
    private static final byte ID = 5;
    private static final byte CONTACT = 6;
    private static final byte AGE = 7;

    private static final int FIRST_ROOM = 512;
    private static final int KEPT_ROOM = 1 << 17;
    private static final int MOST_JOINED_SIGNS = 2;
    private static final int OLDEST_TOLD = 89;

    private static final boolean[] CONNECT = set("-'.,/@#&+()_:\"\u2019");
    private static final boolean[] WITHIN = set("-./@_:#+~?&=%'*\u2019");

    final TokenScores scores = new TokenScores();
    private final Thresholds thresholds;
    private final TokenWords words;
    private final float hideRatio;
    private final float hideSmallRatio;
    private final float hideOrdinaryRatio;
    private final float hideUnknownRatio;
    private final float leaveRatio;
    private final float surelyNot;
    private byte[] labels = new byte[FIRST_ROOM];

    /** Of the tokens that are hidden for their own sake; 0 of others. */
    private float[] likelihoods = new float[FIRST_ROOM];

    TaggedText(Thresholds thresholds, TokenScorer lists) {
        this.thresholds = thresholds;
        this.words = new TokenWords(scores, lists);
        this.hideRatio = thresholds.hide / (1 - thresholds.hide);
        this.hideSmallRatio = thresholds.hideSmall / (1 - thresholds.hideSmall);
        this.hideOrdinaryRatio = thresholds.hideOrdinary / (1 - thresholds.hideOrdinary);
        this.hideUnknownRatio = thresholds.hideUnknown / (1 - thresholds.hideUnknown);
        this.leaveRatio = thresholds.leave / (1 - thresholds.leave);
        this.surelyNot = (float)
                Math.log(Math.min(Math.min(hideRatio, hideSmallRatio), hideUnknownRatio) / (TaggerLayer.CLASSES - 1));
    }

    private static boolean[] set(String signs) {
        boolean[] set = new boolean[0x2020];
        for (int i = 0; i < signs.length(); i++) {
            set[signs.charAt(i)] = true;
        }
        return set;
    }

    private static boolean in(boolean[] set, char c) {
        return c < set.length && set[c];
    }

    /** A piece of a position's folded text, at an offset in it; what begins in {@code [from, to)} of the piece is proposed. */
    record Piece(int position, char[] chars, int length, int offset, int from, int to) {}

    /**
     * Proposes what the scores say of a piece.
     *
     * @param rules what of the candidates may be shortened; null where none may
     */
    void read(Piece piece, @Nullable UnsureEnds rules, Candidates out) {
        int count = scores.count();
        if (labels.length < count || labels.length > KEPT_ROOM) {
            int room = Math.max(FIRST_ROOM, count + (count >> 1));
            labels = new byte[room];
            likelihoods = new float[room];
        }
        boolean capitals = TokenWords.hasCapital(piece.chars, 0, piece.length);
        boolean isAny = label(piece.chars, count, capitals);
        if (isAny) {
            char[] chars = piece.chars;
            joinSigns(chars, count);
            joinRuns(chars, count);
            growWords(count);
            leaveStates(chars, count);
        }
        if (rules != null) {
            shorten(rules, piece, count, out);
        }
        if (isAny) {
            spans(piece, count, capitals, out);
        }
    }

    /** Takes the words that surely identify nobody from the ends of what rules found, where the tagger sees an identifier between them. */
    private void shorten(UnsureEnds rules, Piece piece, int count, Candidates out) {
        for (int i = rules.last(piece.position, piece.offset + piece.from); i >= 0; i = rules.before(i)) {
            int start = out.start(i) - piece.offset;
            int end = out.end(i) - piece.offset;
            if (end > piece.length) {
                continue;
            }
            int from = tokenAt(start, count);
            int to = tokenAt(end, count);
            int first = from;
            boolean isName = !out.layer(i).equals(FacilityRecognizer.HEAD);
            if (!isAnyHidden(from, to)) {
                shortenUnseen(i, piece, from, to, out);
                continue;
            }
            while (first < to && isBeside(piece.chars, first)) {
                first++;
            }
            int last = to;
            if (isName) {
                last = nameEnd(piece.chars, first, to);
            } else {
                first = facilityStart(piece.chars, first, to);
            }
            while (last > first && isBeside(piece.chars, last - 1)) {
                last--;
            }
            if (first < last && (first == from || labels[first] != 0) && (last == to || labels[last - 1] != 0)) {
                out.shorten(
                        i,
                        first == from ? out.start(i) : piece.offset + scores.start(first),
                        last == to ? out.end(i) : piece.offset + scores.end(last - 1));
            }
        }
    }

    /** What the tagger does not see at all is the rule's alone, but for ordinary words behind a name that a list or label tells, and before a facility. */
    private void shortenUnseen(int candidate, Piece piece, int from, int to, Candidates out) {
        char[] chars = piece.chars;
        String layer = out.layer(candidate);
        int first = from;
        int last = to;
        if (layer.equals(UnsureEnds.LABEL) && isNoPart(chars, from)) {
            last = from;
        } else if (layer.equals(NameRecognizer.GIVEN) || layer.equals(UnsureEnds.LABEL)) {
            last = nameEnd(chars, from, to);
        } else if (layer.equals(FacilityRecognizer.HEAD)) {
            while (first < to && (isNoPart(chars, first) || words.isLink(chars, first) || words.isMark(chars, first))) {
                first++;
            }
            // Nothing but what it is: the referring clinic.
            first = first > from && words.isKind(chars, first, to) ? to : Math.min(first, to - 1);
        }
        int start = first == from ? out.start(candidate) : piece.offset + endOr(first, to);
        int end = last == to
                ? out.end(candidate)
                : piece.offset + (last == from ? scores.start(from) : scores.end(last - 1));
        out.shorten(candidate, start, Math.max(start, end));
    }

    /** Returns where a token begins, or the one before it ends where there is none in the value. */
    private int endOr(int token, int to) {
        return token < to ? scores.start(token) : scores.end(to - 1);
    }

    private boolean isAnyHidden(int from, int to) {
        for (int i = from; i < to; i++) {
            if (labels[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a token that is not hidden surely identifies nobody, or is a word that a name would neither begin nor end with. */
    private boolean isBeside(char[] chars, int token) {
        return isNoPart(chars, token) || (labels[token] == 0 && (isNone(token) || words.isLink(chars, token)));
    }

    private boolean isNoPart(char[] chars, int token) {
        return labels[token] == 0 && (words.isNoName(chars, token) || words.isSeldomName(chars, token));
    }

    /** Returns where a name ends: before the first word behind it that is no part of one, whatever a rule took after that. */
    private int nameEnd(char[] chars, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (isNoPart(chars, i)) {
                // An initial would belong to a name that goes on.
                return i > from + 1 && labels[i - 1] == 0 && words.is(chars, i - 1, "a") ? i - 1 : i;
            }
        }
        return to;
    }

    /** Returns where a facility begins: behind the last link that is no part of it, whatever a rule took before that. */
    private int facilityStart(char[] chars, int from, int to) {
        for (int i = to - 1; i > from; i--) {
            if (labels[i] == 0 && words.isLink(chars, i)) {
                return i + 1;
            }
        }
        return from;
    }

    /** Returns the first token that does not begin before an offset, or how many there are. */
    private int tokenAt(int offset, int count) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores.start(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isNone(int token) {
        return ratio(token, scores.score(token, 0)) <= leaveRatio;
    }

    /** Labels every token, and returns whether any is hidden. */
    private boolean label(char[] chars, int count, boolean capitals) {
        float enough = capitals ? hideRatio : hideSmallRatio;
        boolean any = false;
        for (int i = 0; i < count; i++) {
            float none = scores.score(i, 0);
            float best = scores.score(i, 1);
            byte label = 1;
            float sum = none + best;
            for (byte c = 2; c < TaggerLayer.CLASSES; c++) {
                float score = scores.score(i, c);
                sum += score;
                if (score > best) {
                    best = score;
                    label = c;
                }
            }
            // A sum over numbers is one; over anything else it is not, and then nothing here may be trusted.
            if (!(Math.abs(sum) <= Float.MAX_VALUE)) {
                throw new ModelException("the tagger gave a score that is no number");
            }
            float ahead = best - none;
            labels[i] = 0;
            likelihoods[i] = 0;
            if (ahead > surelyNot) {
                float ratio = ratio(i, none);
                boolean isHidden = ratio > enough || (ratio > hideUnknownRatio && words.isUnknown(i));
                if (isHidden && label == NAME && ratio <= hideOrdinaryRatio && words.isNoName(chars, i)) {
                    isHidden = false;
                }
                if (isHidden) {
                    labels[i] = label;
                    likelihoods[i] = ratio / (1 + ratio);
                    any = true;
                }
            }
        }
        return any;
    }

    /** How much likelier a token is an identifier than none; large, and not infinite, where it is certain. */
    private float ratio(int token, float none) {
        float ratio = 0;
        for (int c = 1; c < TaggerLayer.CLASSES; c++) {
            ratio += (float) Math.exp(Math.min(40, scores.score(token, c) - none));
        }
        return ratio;
    }

    /** Hides signs between two hidden tokens of the same class, or of a run without white space. */
    private void joinSigns(char[] chars, int count) {
        int before = -1;
        for (int i = 0; i < count; i++) {
            if (labels[i] == 0) {
                continue;
            }
            int between = i - before - 1;
            if (before >= 0 && between >= 1 && between <= MOST_JOINED_SIGNS) {
                boolean signs = true;
                boolean spaces = scores.space(i) != TokenScores.NO_SPACE;
                for (int k = before + 1; k < i; k++) {
                    signs &= scores.kind(k) == TokenScores.SIGN
                            && in(CONNECT, chars[scores.start(k)])
                            && !words.endsSentence(chars, k, count);
                    spaces |= scores.space(k) != TokenScores.NO_SPACE;
                }
                if (signs && (labels[before] == labels[i] || !spaces)) {
                    Arrays.fill(labels, before + 1, i, labels[before]);
                }
            }
            before = i;
        }
    }

    /** Hides the whole of a run without white space of which a part is a number or a contact, from its first to its last letter or digit. */
    private void joinRuns(char[] chars, int count) {
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i < count && scores.space(i) == TokenScores.NO_SPACE && inRun(chars, i - 1) && inRun(chars, i)) {
                continue;
            }
            joinRun(start, i);
            start = i;
        }
    }

    private boolean inRun(char[] chars, int token) {
        return scores.kind(token) != TokenScores.SIGN || in(WITHIN, chars[scores.start(token)]);
    }

    private void joinRun(int start, int end) {
        byte strong = 0;
        int first = -1;
        int last = -1;
        for (int i = start; i < end; i++) {
            strong = strong == 0 ? labels[i] : strong;
            if (scores.kind(i) != TokenScores.SIGN) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if ((strong == ID || strong == CONTACT) && first >= 0) {
            Arrays.fill(labels, first, last + 1, strong);
        }
    }

    /** Hides letters and digits that hang together with hidden ones: half a word is no cut that a reader would make. */
    private void growWords(int count) {
        for (int i = 1; i < count; i++) {
            if (labels[i] == 0 && labels[i - 1] != 0 && labels[i - 1] != AGE && words.together(i)) {
                labels[i] = labels[i - 1];
            }
        }
        for (int i = count - 1; i > 0; i--) {
            if (labels[i] != 0 && labels[i - 1] == 0 && labels[i] != AGE && words.together(i)) {
                labels[i - 1] = labels[i];
            }
        }
    }

    /** A state between a town and its postal code stays, as in what the rules find; not one of two words, of which one may be a country. */
    private void leaveStates(char[] chars, int count) {
        for (int i = 1; i + 1 < count; i++) {
            if (labels[i] == LOCATION && labels[i + 1] != 0 && words.isPostalCode(i + 1) && words.isState(chars, i)) {
                labels[i] = 0;
            }
        }
    }

    private void spans(Piece piece, int count, boolean capitals, Candidates out) {
        char[] chars = piece.chars;
        for (int i = 0; i < count; ) {
            byte label = labels[i];
            int from = i++;
            if (label == 0) {
                continue;
            }
            while (i < count
                    && labels[i] == label
                    && scores.space(i) != TokenScores.LINE_BREAK
                    && !words.endsSentence(chars, i, count)) {
                i++;
            }
            int to = i;
            while (from < to && words.isMark(chars, from) && !(label == CONTACT && opens(chars[scores.start(from)]))) {
                from++;
            }
            while (from < to && words.isMark(chars, to - 1)) {
                to--;
            }
            if (label == NAME || label == LOCATION || label == FACILITY) {
                while (to - from > 1 && words.isLink(chars, from)) {
                    from++;
                }
                while (to - from > 1 && words.isLink(chars, to - 1)) {
                    to--;
                }
            }
            if (label == DATE) {
                to = words.withoutTimeOfDay(chars, from, to);
            }
            if (label == LOCATION && to < count && words.isTownWord(chars, to)) {
                to++;
            }
            if (label == FACILITY && to < count && words.isKindOnNextLine(chars, to)) {
                to++;
            }
            from = withoutLabels(chars, label, from, to);
            if (from < to && isAsked(piece, scores.start(from)) && !stays(chars, label, from, to)) {
                propose(piece, label, from, to, capitals, out);
            }
        }
    }

    /** Returns where a value begins behind the words that say what it is: IMEI, mailto. */
    private int withoutLabels(char[] chars, byte label, int from, int to) {
        int at = from;
        if (label == ID || label == CONTACT) {
            while (at + 1 < to && scores.kind(at) == TokenScores.LETTERS && isLabel(chars, at, label)) {
                at++;
                while (at < to && words.isMark(chars, at) && !opens(chars[scores.start(at)])) {
                    at++;
                }
            }
        }
        return at < to ? at : from;
    }

    /** Returns whether a word is a label apart from the value that it announces. */
    private boolean isLabel(char[] chars, int token, byte label) {
        long classes = TokenWords.classes(chars, scores.start(token), scores.end(token));
        boolean apart = scores.space(token + 1) != TokenScores.NO_SPACE || chars[scores.start(token + 1)] == ':';
        return apart && (label == ID ? (classes & Lexicon.LABEL) != 0 : words.is(chars, token, "mailto"));
    }

    private static boolean isAsked(Piece piece, int start) {
        return start >= piece.from && start < piece.to;
    }

    private static boolean opens(char c) {
        return c == '(' || c == '+';
    }

    private void propose(Piece piece, byte label, int from, int to, boolean capitals, Candidates out) {
        float mean = mean(from, to);
        boolean alone = from == 0 && to == scores.count();
        boolean ordinary = words.ordinary(piece.chars, from, to);
        boolean looksOrdinary = capitals
                ? words.isSmall(piece.chars, from, to)
                        || (words.runEnd(from, to) == to && words.beginsSentence(piece.chars, from))
                : alone;
        boolean announces = words.is(piece.chars, from, to, Lexicon.LABEL, Lexicon.NAMELIKE);
        if (((looksOrdinary && ordinary) || announces) && mean < thresholds.hideOrdinary) {
            return;
        }
        if (mean < thresholds.hideOrdinary
                && ((label == NAME
                                && (words.isNoNameMisread(piece.chars, from, to)
                                        || words.isHeading(piece.chars, from, to)))
                        || (label == CONTACT && words.isWordWithDigits(from, to)))) {
            return;
        }
        // Five digits with no place before them may be a code of a procedure as well as a postal code.
        if (label == LOCATION
                && to - from == 1
                && words.isPostalCode(from)
                && (from == 0 || labels[from - 1] == 0)
                && mean < thresholds.hideOrdinary) {
            return;
        }
        // One word in small letters and nothing around it: what no list of names holds is a word of a program, such as
        // "json".
        if (alone && to == 1 && !capitals && !words.isListed(from)) {
            return;
        }
        out.add(
                piece.position,
                piece.offset + scores.start(from),
                piece.offset + scores.end(to - 1),
                category(piece.chars, label, from, to),
                mean >= thresholds.sure && !ordinary ? TaggerLayer.LAYER : TaggerLayer.HERE,
                mean);
    }

    /** Ages under 90 and bare years identify nobody by the rules of every profile, nor do titles without a name and codes of messages. */
    private boolean stays(char[] chars, byte label, int from, int to) {
        if (words.isMessageCode(chars, from, to)) {
            return true;
        }
        if (label == NAME) {
            return words.is(chars, from, to, Lexicon.TITLE | Lexicon.NAME_SUFFIX, 0);
        }
        if (label == CONTACT && Vocabularies.isAddress(chars, scores.start(from), scores.end(to - 1))) {
            return true;
        }
        if (label == DATE && to - from == 3 && words.isFraction(chars, from)) {
            return true;
        }
        if (to - from != 1 || scores.kind(from) != TokenScores.DIGITS) {
            return false;
        }
        int start = scores.start(from);
        int length = scores.end(from) - start;
        if (label == AGE) {
            return length < 3 && TokenWords.number(chars, start, length) <= OLDEST_TOLD;
        }
        if (length != 4) {
            return false;
        }
        int value = TokenWords.number(chars, start, length);
        return (label == DATE && value >= 1800 && value < 2100)
                || ((label == DATE || label == CONTACT)
                        && words.isTimeOfDay(from, value)
                        && words.is(chars, from - 1, "at"));
    }

    /** How likely a value is one, over the tokens that are hidden for their own sake. */
    private float mean(int from, int to) {
        float sum = 0;
        int counted = 0;
        for (int i = from; i < to; i++) {
            if (likelihoods[i] > 0) {
                sum += likelihoods[i];
                counted++;
            }
        }
        return counted == 0 ? thresholds.hide : sum / counted;
    }

    private PhiCategory category(char[] chars, byte label, int from, int to) {
        return switch (label) {
            case NAME -> PhiCategory.NAME;
            case LOCATION -> PhiCategory.LOCATION;
            case FACILITY -> PhiCategory.FACILITY;
            case DATE -> PhiCategory.DATE;
            case CONTACT -> contact(chars, from, to);
            case AGE -> PhiCategory.AGE;
            default -> PhiCategory.ID;
        };
    }

    private PhiCategory contact(char[] chars, int from, int to) {
        boolean letters = false;
        int points = 0;
        for (int i = from; i < to; i++) {
            letters |= scores.kind(i) == TokenScores.LETTERS;
            char c = chars[scores.start(i)];
            if (c == '@') {
                return PhiCategory.EMAIL;
            }
            points += c == '.' ? 1 : 0;
        }
        return letters ? PhiCategory.URL : points == 3 ? PhiCategory.IP : PhiCategory.PHONE;
    }

    @Override
    public String toString() {
        return "TaggedText[" + scores.count() + "]";
    }
}
