package dev.anteroom.phi;

/**
 * Finds the values that FHIR resources in JSON keep under general names, by the element around them: {@code identifier.value}.
 * Stateless. Each token of an element is read once, and an element that does not close is given up.
 */
final class FhirRecognizer {

    private static final String LAYER = "fhir.element";
    private static final int LONGEST_ELEMENT = 1024;

    private FhirRecognizer() {}

    /** Returns whether an element that keeps identifiers may begin at a word. */
    static boolean begins(Tokens t, int i) {
        return t.attachedTo(i, '"')
                && t.attachedMark(i + 1, '"')
                && t.mark(i + 2, ':')
                && (t.is(i, "identifier") || t.is(i, "telecom") || t.is(i, "address") || t.is(i, "name"));
    }

    /** Looks at the element whose name is a token, and returns the token after it. */
    static int recognize(Passage p, int i) {
        Tokens t = p.tokens;
        int at = i + 3;
        if (!t.mark(at, '[') && !t.mark(at, '{')) {
            return i + 1;
        }
        PhiCategory category = t.is(i, "identifier")
                ? PhiCategory.ID
                : t.is(i, "telecom") ? PhiCategory.PHONE : t.is(i, "address") ? PhiCategory.LOCATION : PhiCategory.NAME;
        int limit = Math.min(t.count(), i + LONGEST_ELEMENT);
        int depth = 0;
        while (at < limit) {
            if (t.mark(at, '[') || t.mark(at, '{')) {
                depth++;
            } else if (t.mark(at, ']') || t.mark(at, '}')) {
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
            } else if (t.mark(at, '"')
                    && t.attachedWord(at + 1)
                    && t.attachedMark(at + 2, '"')
                    && t.mark(at + 3, ':')) {
                at = value(p, at + 1, category, limit);
                continue;
            } else if (t.mark(at, '"')) {
                at = closingQuote(t, at + 1, limit);
            }
            at++;
        }
        return i + 1;
    }

    /** Proposes what stands under a key where it identifies, and returns the token to go on with. */
    private static int value(Passage p, int key, PhiCategory category, int limit) {
        Tokens t = p.tokens;
        boolean wanted = category == PhiCategory.LOCATION
                ? t.is(key, "line") || t.is(key, "text")
                : category == PhiCategory.NAME ? t.is(key, "text") : t.is(key, "value");
        int at = key + 3;
        if (!wanted) {
            return at;
        }
        boolean list = t.mark(at, '[');
        if (list) {
            at++;
        }
        while (t.mark(at, '"')) {
            int end = closingQuote(t, at + 1, limit);
            p.add(at + 1, end, mail(t, at, end) ? PhiCategory.EMAIL : category, LAYER, 0.6f);
            at = end + 1;
            if (!list || !t.mark(at, ',')) {
                break;
            }
            at++;
        }
        return list && t.mark(at, ']') ? at + 1 : at;
    }

    private static boolean mail(Tokens t, int from, int to) {
        for (int i = from; i < to; i++) {
            if (t.mark(i, '@')) {
                return true;
            }
        }
        return false;
    }

    private static int closingQuote(Tokens t, int from, int limit) {
        int at = from;
        while (at < limit && !t.mark(at, '"')) {
            at++;
        }
        return at;
    }
}
