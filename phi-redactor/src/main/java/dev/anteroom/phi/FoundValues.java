package dev.anteroom.phi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The values that were found in a call, in the forms in which they may stand elsewhere in it.
 * Immutable.
 *
 * @param patterns the forms, in order of the positions in which the values were found
 * @param until how many of the forms are of values from positions before each position
 * @param skipped whether forms were left out because no searched position can hold them
 */
record FoundValues(ValuePatterns patterns, int[] until, boolean skipped) {

    static final String LAYER = "repeat";

    /**
     * Writes the values of a call.
     *
     * @param spans what was found, in order, position by position as the history has it
     * @param searched the positions that hold a form of the values if any does
     * @param originals takes the forms of which every occurrence is found, those that are left out among them
     */
    static FoundValues of(
            Document document, List<Span> spans, History history, BitSet searched, Set<String> originals) {
        ValueTrace.Recorder recorder = history.recorder();
        Consumer<String> sure = originals::add;
        ValuePatterns.Builder builder;
        if (recorder == null) {
            builder = new ValuePatterns.Builder();
        } else {
            builder = new ValuePatterns.Builder(recorder);
            sure = sure.andThen(recorder::sure);
        }
        ValueForms forms = new ValueForms(builder, sure, LAYER, 0.55f, false);
        ValueForms vagueForms = new ValueForms(builder, sure, LAYER, 0.52f, false);
        Set<String> seen = HashSet.newHashSet(spans.size());
        int[] until = new int[document.size() + 1];
        boolean skipped = false;
        int position = 0;
        int nth = -1;
        int token = 0;
        for (Span span : spans) {
            while (position < span.position()) {
                until[++position] = builder.size();
                nth = -1;
                token = 0;
            }
            nth++;
            if (span.layer().equals(PlaceholderRecognizer.LAYER)
                    || span.layer().equals(TaggerLayer.HERE)
                    || span.layer().equals(ClassifierLayer.LAYER)) {
                continue;
            }
            String value = document.position(position).text().substring(span.start(), span.end());
            if (!seen.add(value)) {
                continue;
            }
            ValueTrace trace = history.trace(position, nth, searched);
            if (trace != null) {
                trace.addSure(value, originals);
                skipped = true;
                continue;
            }
            if (recorder != null) {
                recorder.begin(value);
            }
            token = add(span.category() == PhiCategory.ID ? vagueForms : forms, document, span, value, token);
            if (recorder != null) {
                history.keep(position, nth, recorder.end());
            }
        }
        Arrays.fill(until, position + 1, until.length, builder.size());
        return new FoundValues(builder.build(), until, skipped);
    }

    /**
     * Adds a value with its tokens: those of the text around it, at or behind one of them, where it is cut already and they are the same.
     * Returns the token after the value there.
     */
    private static int add(ValueForms forms, Document document, Span span, String value, int token) {
        if (document.isCut(span.position()) && document.text(span.position()).isPlain(span.start(), span.end())) {
            Tokens around = document.tokens(span.position());
            int from = around.startingAt(span.start(), token);
            int to = from < 0 ? -1 : around.endingAt(span.end(), from);
            if (to >= 0) {
                forms.addFound(span.category(), value, around, from, to);
                return to;
            }
        }
        Tokens alone = Tokens.of(FoldedText.of(value));
        forms.addFound(span.category(), value, alone, 0, alone.count());
        return token;
    }

    @Override
    public String toString() {
        return "FoundValues[" + patterns.size() + "]";
    }
}
