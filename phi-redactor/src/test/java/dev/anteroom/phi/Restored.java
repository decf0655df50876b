package dev.anteroom.phi;

import java.util.List;
import java.util.random.RandomGenerator;

/** What came out of one channel, whichever way it was cut. Immutable. */
record Restored(String text, List<RestoreFinding> findings, int count) {

    static final String CHANNEL = "content";

    /** The vault that the tests share: its originals are easy to tell from what models write. */
    static Vault vault() {
        Vault.Builder builder = new Vault.Builder();
        builder.placeholderFor(PhiCategory.NAME, "Ada Quill");
        builder.placeholderFor(PhiCategory.NAME, "Bo O'Fox");
        builder.placeholderFor(PhiCategory.DATE, "01/02/2024");
        builder.placeholderFor(PhiCategory.DATE, "03/04/2025");
        builder.placeholderFor(PhiCategory.DATE, "05/06/2019", "2019");
        builder.placeholderFor(PhiCategory.AGE, "93");
        builder.placeholderFor(PhiCategory.MRN, "QX-88-1");
        builder.placeholderFor(PhiCategory.FACILITY, "St. Olaf");
        builder.placeholderFor(PhiCategory.URL, "https://ward.example/a?b=c");
        builder.placeholderFor(PhiCategory.EMAIL, "ada@ward.example");
        builder.placeholderFor(PhiCategory.IP, "10.9.8.7");
        builder.placeholderFor(PhiCategory.ID, "[NAME_1]");
        builder.placeholderFor(PhiCategory.ID, "<img src=//h.example/ alt='");
        builder.placeholderFor(PhiCategory.ID, ".h.example");
        builder.placeholderFor(PhiCategory.ID, "a \"b\" \\ c\n\u0001\ud83d\ude00");
        builder.number("48213377", "10020030");
        builder.number("482", "117");
        return builder.build();
    }

    static Restored text(Vault vault, String input) {
        return run(vault.textRestorer(RestorePolicy.restoring(CHANNEL)), input);
    }

    static Restored json(Vault vault, String input) {
        return run(vault.jsonRestorer(RestorePolicy.restoring(CHANNEL)), input);
    }

    static Restored run(Restorer restorer, String input, int... cuts) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int cut : cuts) {
            restorer.append(input.substring(from, cut), out);
            from = cut;
        }
        restorer.append(input.substring(from), out);
        restorer.finish(out);
        return new Restored(out.toString(), restorer.findings(), restorer.restoredCount());
    }

    static int[] everyPosition(String input) {
        int[] cuts = new int[input.length()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i;
        }
        return cuts;
    }

    static int[] randomCuts(RandomGenerator random, String input) {
        return random.ints(random.nextInt(1, 9), 0, input.length() + 1).sorted().toArray();
    }

    List<RestoreFinding.Kind> kinds() {
        return findings.stream().map(RestoreFinding::kind).toList();
    }
}
