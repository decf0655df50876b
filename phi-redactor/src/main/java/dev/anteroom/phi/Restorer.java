package dev.anteroom.phi;

import dev.anteroom.phi.RestoreFinding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts originals back into one channel of an answer, as it arrives, wherever that is safe.
 * Confined to one thread; a channel is one choice's content, refusal, reasoning or tool arguments.
 *
 * <p>The result does not depend on how the channel was cut: everything is decided character by character. A character is in one of three
 * places. It is <i>plain</i> and leaves at once. Or it is held as part of a <i>candidate</i>, which may become a placeholder or a stand-in
 * number. Or it is held in the <i>chain</i>: placeholders, and what connects them, whose fate the next characters decide, because
 * {@code [NAME_1]} may turn out to be the start of {@code [NAME_1].example.com} or of {@code [NAME_1]@example.com}. What came before a
 * placeholder is judged by {@link LinkContext}. A chain has one fate, and any character that cannot connect a name with a host settles it.
 */
public final class Restorer {

    /** Most characters held back; at this bound a chain is left as the model wrote it. */
    static final int HOLD_CHARS = 512;

    private static final PhiCategory[] CATEGORIES = PhiCategory.values();
    private static final char[] NO_SPELLING = {};

    /** What the next character says about the chain. */
    private enum Look {
        CONNECTS,
        ALLOWS,
        DENIES
    }

    private enum Candidate {
        NONE,
        PLACEHOLDER,
        NUMBER
    }

    private final Vault vault;
    private final StandIns standIns;
    private final boolean numbers;
    private final RestorePolicy policy;
    private final @Nullable JsonStrings strings;
    private final LinkContext context = new LinkContext();
    private final PlaceholderMatcher matcher = new PlaceholderMatcher();
    private final List<RestoreFinding> findings = new ArrayList<>();
    private int restoredCount;

    private final HeldText held = new HeldText(HOLD_CHARS);
    private Candidate candidate = Candidate.NONE;
    private int candidateStart;
    private boolean candidateAfterWord;

    private final Chain chain = new Chain();

    /** Outside JSON strings, and in withheld channels: whether a placeholder is under way in text that has left already. */
    private boolean watching;

    private char lastWatched = ' ';

    Restorer(Vault vault, RestorePolicy policy, boolean json) {
        this.vault = vault;
        this.standIns = vault.standIns();
        this.numbers = !standIns.isEmpty();
        this.policy = policy;
        this.strings = json ? new JsonStrings() : null;
    }

    /** Takes the next piece and appends to {@code out} what can be released now. */
    public void append(CharSequence delta, StringBuilder out) {
        if (!policy.restore()) {
            out.append(delta);
            for (int i = 0; i < delta.length(); i++) {
                if (strings == null) {
                    watch(delta.charAt(i), Kind.UNLISTED_TOOL);
                } else {
                    watchJson(strings, delta.charAt(i));
                }
            }
        } else if (strings == null) {
            appendText(delta, out);
        } else {
            appendJson(strings, delta, out);
        }
    }

    /** Ends the channel and appends to {@code out} what was still held. */
    public void finish(StringBuilder out) {
        if (!policy.restore()) {
            endWatchedNumber(Kind.UNLISTED_TOOL);
            return;
        }
        if (strings == null) {
            endText(out);
            return;
        }
        if (strings.inString()) {
            endText(out);
            out.append(strings.escape(), 0, strings.escapeLength());
            strings.endEscape();
        } else {
            endOutsideNumber(true, out);
        }
    }

    /** Returns how many placeholders and stand-in numbers were restored so far. */
    public int restoredCount() {
        return restoredCount;
    }

    /** Returns what was not restored so far, in order of appearance. */
    public List<RestoreFinding> findings() {
        return List.copyOf(findings);
    }

    /** Returns how many characters are held back now. */
    public int heldChars() {
        if (!policy.restore()) {
            return 0;
        }
        return (held.isEmpty() ? 0 : held.rawLength()) + (strings == null ? 0 : strings.escapeLength());
    }

    @Override
    public String toString() {
        return "Restorer[" + policy.channel() + ", restored " + restoredCount + ", held " + heldChars() + "]";
    }

    private void appendText(CharSequence delta, StringBuilder out) {
        int from = 0;
        int length = delta.length();
        for (int i = 0; i < length; i++) {
            char c = delta.charAt(i);
            if (passes(c)) {
                context.step(c);
                continue;
            }
            if (from < i) {
                out.append(delta, from, i);
            }
            from = i + 1;
            step(c, NO_SPELLING, 0, out);
        }
        if (from < length) {
            out.append(delta, from, length);
        }
    }

    private void appendJson(JsonStrings lexer, CharSequence delta, StringBuilder out) {
        int from = 0;
        int length = delta.length();
        for (int i = 0; i < length; i++) {
            char c = delta.charAt(i);
            if (c != '"' && lexer.inString() && !lexer.inEscape() && passes(c)) {
                context.step(c);
                continue;
            }
            if (from < i) {
                out.append(delta, from, i);
            }
            from = i + 1;
            stepJson(lexer, c, out);
        }
        if (from < length) {
            out.append(delta, from, length);
        }
    }

    /** Whether the character is plain and nothing before it is held. */
    private boolean passes(char c) {
        return held.isEmpty() && c != '[' && c != '\\' && !(numbers && TextChars.isDigit(c));
    }

    private void stepJson(JsonStrings lexer, char c, StringBuilder out) {
        switch (lexer.step(c)) {
            case JsonStrings.OUTSIDE -> stepOutside(c, out);
            case JsonStrings.STRING_START -> {
                endOutsideNumber(false, out);
                watching = false;
                lastWatched = c;
                context.reset();
                out.append(c);
            }
            case JsonStrings.STRING_END -> {
                endText(out);
                out.append(c);
            }
            case JsonStrings.PLAIN -> step(c, NO_SPELLING, 0, out);
            case JsonStrings.ESCAPED -> {
                step(lexer.decoded(), lexer.escape(), lexer.escapeLength(), out);
                lexer.endEscape();
            }
            case JsonStrings.BROKEN -> {
                step(lexer.decoded(), lexer.escape(), lexer.escapeLength(), out);
                lexer.endEscape();
                stepJson(lexer, c, out);
            }
            default -> {}
        }
    }

    // ---- one decoded character of text, or of a JSON string

    private void step(char c, char[] spelling, int spellingLength, StringBuilder out) {
        if (held.isFull()) {
            overflow(out);
        }
        switch (candidate) {
            case NONE -> {}
            case PLACEHOLDER -> {
                int result = matcher.step(c);
                if (result == PlaceholderMatcher.FAIL) {
                    boolean escapedBackslash = c == '\\' && held.length() == candidateStart + 1;
                    if (escapedBackslash) {
                        held.add(c, spelling, spellingLength);
                    }
                    failCandidate(out);
                    if (escapedBackslash) {
                        return;
                    }
                } else {
                    held.add(c, spelling, spellingLength);
                    if (result == PlaceholderMatcher.MATCH) {
                        endPlaceholder(out);
                    }
                    return;
                }
            }
            case NUMBER -> {
                if (TextChars.isDigit(c)) {
                    held.add(c, spelling, spellingLength);
                    if (!standIns.begins(held.chars(), candidateStart, held.length())) {
                        failCandidate(out);
                    }
                    return;
                }
                if (TextChars.isWord(c)) {
                    failCandidate(out);
                } else {
                    endNumber(out);
                }
            }
        }
        if (c == '[' || c == '\\') {
            candidate = Candidate.PLACEHOLDER;
            matcher.begin(c);
            startCandidate(c, spelling, spellingLength);
        } else if (numbers && TextChars.isDigit(c) && !afterWord()) {
            candidate = Candidate.NUMBER;
            startCandidate(c, spelling, spellingLength);
            if (!standIns.begins(held.chars(), candidateStart, held.length())) {
                failCandidate(out);
            }
        } else if (chain.isEmpty()) {
            context.step(c);
            if (spellingLength == 0) {
                out.append(c);
            } else {
                out.append(spelling, 0, spellingLength);
            }
        } else {
            held.add(c, spelling, spellingLength);
            advance(out);
        }
    }

    private void startCandidate(char c, char[] spelling, int spellingLength) {
        candidateStart = held.length();
        candidateAfterWord = afterWord();
        held.add(c, spelling, spellingLength);
    }

    /** Whether what stands before the next character is an identifier character, or a stand-in number. */
    private boolean afterWord() {
        if (held.isEmpty()) {
            return TextChars.isWord(context.previous());
        }
        return TextChars.isWord(held.charAt(held.length() - 1));
    }

    private void endPlaceholder(StringBuilder out) {
        PhiCategory category = CATEGORIES[matcher.category()];
        String original = vault.original(matcher);
        if (!matcher.upperCase() && candidateAfterWord) {
            failCandidate(out); // as in code: rows[id_1]
        } else if (original == null) {
            failCandidate(out);
            find(Kind.UNKNOWN_PLACEHOLDER, category);
        } else {
            endCandidate(original, category, out);
        }
    }

    private void endNumber(StringBuilder out) {
        String original = standIns.original(held.chars(), candidateStart, held.length());
        if (original == null) {
            failCandidate(out);
        } else {
            endCandidate(original, PhiCategory.ID, out);
        }
    }

    /** The candidate is one of the vault's: it joins the chain, or starts one, or must stay as it is. */
    private void endCandidate(String original, PhiCategory category, StringBuilder out) {
        candidate = Candidate.NONE;
        if (chain.isTarget()) {
            settle(Kind.IN_LINK_TARGET, candidateStart, out);
        }
        if (chain.isEmpty()) {
            Kind denial = context.verdict();
            boolean target = denial == Kind.IN_LINK_TARGET && isAddress(category) && context.atTargetStart();
            if (denial != null && !target) {
                find(denial, category);
                writePlain(out);
                return;
            }
            chain.start(target, context.previous() == '<');
            chain.add(candidateStart, held.length(), original, category);
        } else {
            boolean afterDot = chain.afterDot();
            chain.add(candidateStart, held.length(), original, category);
            if (afterDot) {
                settle(Kind.IN_HOST_OR_EMAIL, held.length(), out);
            }
        }
    }

    /** The candidate is nothing: its characters go the way of plain ones. */
    private void failCandidate(StringBuilder out) {
        candidate = Candidate.NONE;
        advance(out);
    }

    /** Judges the held characters behind the chain one by one; once the chain is settled, the others are plain. */
    private void advance(StringBuilder out) {
        while (!chain.isEmpty() && chain.end < held.length()) {
            switch (chain.look(held.charAt(chain.end))) {
                case CONNECTS -> chain.end++;
                case ALLOWS -> settle(null, chain.end, out);
                case DENIES -> settle(chain.denial, chain.end, out);
            }
        }
        if (chain.isEmpty()) {
            writePlain(out);
        }
    }

    private void overflow(StringBuilder out) {
        if (chain.isEmpty()) {
            candidate = Candidate.NONE;
            writePlain(out);
        } else {
            settle(Kind.HOLD_LIMIT, candidate == Candidate.NONE ? held.length() : candidateStart, out);
        }
    }

    /** Ends a text or a JSON string: nothing more can come that a chain could hang together with. */
    private void endText(StringBuilder out) {
        switch (candidate) {
            case NONE -> {}
            case PLACEHOLDER -> failCandidate(out);
            case NUMBER -> endNumber(out);
        }
        if (!chain.isEmpty()) {
            settle(null, held.length(), out);
        }
    }

    /** Writes the held characters before {@code end}: with the originals, or as they came where there is a denial. */
    private void settle(@Nullable Kind denial, int end, StringBuilder out) {
        int at = 0;
        for (int i = 0; i < chain.size; i++) {
            for (; at < chain.starts[i]; at++) {
                writeHeld(at, out);
            }
            String original = chain.originals[i];
            PhiCategory category = chain.categories[i];
            Kind why = chain.denials[i];
            if (why == null) {
                why = denial;
            }
            if (why == null && !chain.isTarget()) {
                why = context.verdict(); // an original restored just before may itself be an address or markup
            }
            if (why == null) {
                at = chain.ends[i];
                restoredCount++;
                if (strings == null) {
                    out.append(original);
                } else {
                    JsonStrings.appendEscaped(original, out);
                }
                context.restored(original, category);
            } else {
                find(why, category);
            }
        }
        for (; at < end; at++) {
            writeHeld(at, out);
        }
        held.drop(end);
        candidateStart -= end;
        chain.clear();
    }

    private void writePlain(StringBuilder out) {
        for (int i = 0; i < held.length(); i++) {
            writeHeld(i, out);
        }
        held.drop(held.length());
    }

    private void writeHeld(int index, StringBuilder out) {
        context.step(held.charAt(index));
        held.write(index, out);
    }

    private void find(Kind kind, PhiCategory category) {
        findings.add(new RestoreFinding(kind, category, policy.channel()));
    }

    /** The categories whose originals are addresses, so that they may be a whole link target. */
    private static boolean isAddress(PhiCategory category) {
        return category == PhiCategory.URL || category == PhiCategory.EMAIL || category == PhiCategory.IP;
    }

    // ---- a character outside JSON strings: only whole number tokens are restored

    private void stepOutside(char c, StringBuilder out) {
        watchPlaceholder(c, Kind.OUTSIDE_JSON_STRING);
        boolean digit = TextChars.isDigit(c);
        if (!held.isEmpty() && !digit) {
            endOutsideNumber(isTokenBorder(c), out);
        }
        if (digit && numbers && (!held.isEmpty() || isTokenBorder(lastWatched))) {
            held.add(c, NO_SPELLING, 0);
            if (held.isFull() || !standIns.begins(held.chars(), 0, held.length())) {
                writePlain(out);
            }
        } else {
            out.append(c);
        }
        lastWatched = c;
    }

    private void endOutsideNumber(boolean whole, StringBuilder out) {
        String original = whole && !held.isEmpty() ? standIns.original(held.chars(), 0, held.length()) : null;
        if (original == null) {
            writePlain(out);
        } else {
            out.append(original);
            restoredCount++;
            held.drop(held.length());
        }
    }

    private static boolean isTokenBorder(char c) {
        return c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}' || TextChars.isSpace(c);
    }

    // ---- text that has left as it came, and is only watched

    private void watchJson(JsonStrings lexer, char c) {
        switch (lexer.step(c)) {
            case JsonStrings.ESCAPED -> {
                watch(lexer.decoded(), Kind.UNLISTED_TOOL);
                lexer.endEscape();
            }
            case JsonStrings.BROKEN -> {
                watch(lexer.decoded(), Kind.UNLISTED_TOOL);
                lexer.endEscape();
                watchJson(lexer, c);
            }
            case JsonStrings.PARTIAL -> {}
            default -> watch(c, Kind.UNLISTED_TOOL);
        }
    }

    private void watch(char c, Kind kind) {
        watchPlaceholder(c, kind);
        if (numbers) {
            boolean digit = TextChars.isDigit(c);
            if (!held.isEmpty() && !digit) {
                if (TextChars.isWord(c)) {
                    held.drop(held.length());
                } else {
                    endWatchedNumber(kind);
                }
            }
            if (digit && (!held.isEmpty() || !TextChars.isWord(lastWatched))) {
                held.add(c, NO_SPELLING, 0);
                if (held.isFull() || !standIns.begins(held.chars(), 0, held.length())) {
                    held.drop(held.length());
                }
            }
        }
        lastWatched = c;
    }

    private void endWatchedNumber(Kind kind) {
        if (!held.isEmpty() && standIns.original(held.chars(), 0, held.length()) != null) {
            find(kind, PhiCategory.ID);
        }
        held.drop(held.length());
    }

    private void watchPlaceholder(char c, Kind kind) {
        if (watching) {
            int result = matcher.step(c);
            watching = result == PlaceholderMatcher.MORE;
            if (result == PlaceholderMatcher.MATCH) {
                boolean known = vault.original(matcher) != null;
                find(known ? kind : Kind.UNKNOWN_PLACEHOLDER, CATEGORIES[matcher.category()]);
                return;
            }
        }
        if (!watching && (c == '[' || c == '\\')) {
            watching = true;
            matcher.begin(c);
        }
    }

    /** Placeholders in the held text that share one fate, and what the characters behind them have shown. Confined to one thread. */
    private static final class Chain {

        private int size;
        private int end;
        private int[] starts = new int[4];
        private int[] ends = new int[4];
        private String[] originals = {"", "", "", ""};
        private PhiCategory[] categories = {PhiCategory.ID, PhiCategory.ID, PhiCategory.ID, PhiCategory.ID};
        private @Nullable Kind[] denials = new Kind[4];

        private boolean target;
        private boolean angle;
        private char last;
        private long word;
        private int wordLength;
        private @Nullable Kind denial;

        boolean isEmpty() {
            return size == 0;
        }

        /** Whether the chain is one address at the start of a link target, which it must fill alone. */
        boolean isTarget() {
            return size > 0 && target;
        }

        boolean afterDot() {
            return last == '.';
        }

        void clear() {
            Arrays.fill(originals, 0, size, ""); // originals are kept no longer than needed
            Arrays.fill(denials, 0, size, null);
            size = 0;
        }

        void start(boolean atTarget, boolean afterAngle) {
            target = atTarget;
            angle = afterAngle;
            last = 0;
        }

        void add(int from, int to, String original, PhiCategory category) {
            if (size > 0) {
                lookThrough(original, category);
            }
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
                originals = Arrays.copyOf(originals, size * 2);
                categories = Arrays.copyOf(categories, size * 2);
                denials = Arrays.copyOf(denials, size * 2);
            }
            starts[size] = from;
            ends[size] = to;
            originals[size] = original;
            categories[size] = category;
            denials[size] = null;
            size++;
            end = to;
            char tail = original.isEmpty() ? 0 : original.charAt(original.length() - 1);
            last = tail == '.' || tail == ':' ? tail : 0;
            word = 0;
            wordLength = 0;
        }

        /** The placeholders so far must not become the front part of an address that the next one stands for. */
        private void lookThrough(String original, PhiCategory category) {
            Look look = category == PhiCategory.URL ? Look.DENIES : Look.CONNECTS;
            denial = Kind.IN_URL;
            for (int i = 0; i < original.length() && look == Look.CONNECTS; i++) {
                look = lookAhead(original.charAt(i));
            }
            if (look == Look.DENIES) {
                for (int i = 0; i < size; i++) {
                    if (denials[i] == null) {
                        denials[i] = denial;
                    }
                }
            }
        }

        /** What the next character says; a denial is in {@link #denial}. */
        Look look(char c) {
            if (target) {
                denial = Kind.IN_LINK_TARGET;
                return TextChars.isSpace(c) || c == (angle ? '>' : ')') ? Look.ALLOWS : Look.DENIES;
            }
            if (angle && c == '>') {
                denial = Kind.IN_LINK_TARGET;
                return size == 1 && end == ends[0] && isAddress(categories[0]) ? Look.ALLOWS : Look.DENIES;
            }
            return lookAhead(c);
        }

        private Look lookAhead(char c) {
            char before = last;
            last = c;
            if (TextChars.isAsciiLetter(c)) {
                word = word << 5 | (c & 31);
                wordLength++;
                denial = Kind.IN_HOST_OR_EMAIL;
                return before == '.' ? Look.DENIES : Look.CONNECTS;
            }
            boolean scheme = c == ':' && Schemes.isScheme(word, wordLength);
            word = 0;
            wordLength = 0;
            if (scheme || (c == '/' && before == '/')) {
                denial = Kind.IN_URL;
                return Look.DENIES;
            }
            if (c == '@' || (before == '.' && TextChars.isLetterOrDigit(c))) {
                denial = Kind.IN_HOST_OR_EMAIL;
                return Look.DENIES;
            }
            return before != '/' && (TextChars.isConnector(c) || (c == '/' && before == ':'))
                    ? Look.CONNECTS
                    : Look.ALLOWS;
        }
    }
}
