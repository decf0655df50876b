package dev.anteroom.gateway.cli.redact;

import dev.anteroom.phi.Explanation;
import dev.anteroom.phi.Span;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what every layer made of a text that should have been replaced, and which site rule would find it.
 * Confined to one thread.
 */
final class MissedText {
    private static final int MOST_SHOWN = 20;
    private static final int LEAST_VARIABLE = 4;
    private static final int LONGEST_PATTERN = 64;

    private final String wanted;
    private final PrintWriter err;
    private final boolean showValues;
    private int found;
    private int missed;

    MissedText(String wanted, PrintWriter err, boolean showValues) {
        this.wanted = wanted;
        this.err = err;
        this.showValues = showValues;
    }

    void look(Input.Text input, Explanation explanation) {
        String text = input.text();
        Places places = new Places(text);
        int next = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            int end = at + wanted.length();
            List<Explanation.Finding> findings = explanation.findings();
            while (next < findings.size() && findings.get(next).span().end() <= at) {
                next++;
            }
            Span here = next < findings.size() && findings.get(next).span().start() < end
                    ? findings.get(next).span()
                    : null;
            boolean whole = here != null && here.start() <= at && here.end() >= end;
            missed += whole ? 0 : 1;
            if (found++ < MOST_SHOWN) {
                err.println("missed? " + input.name() + " " + places.range(at, end) + " " + verdict(here, whole));
            }
            for (Span taken : explanation.withdrawn()) {
                if (!whole && taken.start() < end && taken.end() > at && found <= MOST_SHOWN) {
                    err.println("    " + taken.layer() + " proposed " + taken.category()
                            + ", and a reviewed exception holds against it");
                }
            }
        }
    }

    private static String verdict(@Nullable Span here, boolean whole) {
        if (here == null) {
            return "no layer saw it";
        }
        return (whole ? "is replaced, as " : "is replaced in part, as ") + here.category() + " by " + here.layer()
                + ": " + LayerWords.of(here.layer());
    }

    /** Whether the text stood in any input. */
    boolean wasThere() {
        return found > 0;
    }

    /** Sums up and suggests; returns whether some of it was missed. */
    boolean conclude() {
        if (missed == 0) {
            err.println("missed? all " + found + " are replaced");
            return false;
        }
        err.println("missed? " + missed + " of " + found
                + " not, or not wholly, replaced. If it is what this patient's call"
                + " already knows, give it in the field patient; if it is the site's own, add");
        err.print(rule());
        return true;
    }

    private String rule() {
        int variable = 0;
        boolean digit = false;
        StringBuilder pattern = new StringBuilder(wanted.length());
        for (int i = 0; i < wanted.length(); i++) {
            char c = wanted.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isDigit = c >= '0' && c <= '9';
            digit |= isDigit;
            boolean kept = showValues && letter && c != 'A';
            variable += isDigit || (letter && !kept) ? 1 : 0;
            pattern.append(isDigit ? '9' : letter && !kept ? 'A' : c);
        }
        if (digit && variable >= LEAST_VARIABLE && wanted.length() <= LONGEST_PATTERN) {
            return """
                    site:
                      recordNumbers:
                        - name: ""   # what the site calls it
                          pattern: %s   # 9 is a digit, A a letter; check that nothing else has this shape
                    """.formatted(Yaml.quoted(pattern.toString()));
        }
        String name = showValues ? Yaml.quoted(wanted) : "\"\"";
        return """
                site:
                  staff: [%s]        # where it is a person of the site
                  facilities: [%s]   # where it is a place or an organisation
                """.formatted(name, name);
    }
}
