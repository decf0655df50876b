package dev.anteroom.evaluation;

import dev.anteroom.corpus.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The held-out part of a folder of public data, read when it is asked for. Immutable. */
record DataFolder(Path root) {
    /** As many of the names by frequency as a clinic meets; rarer ones are mostly misspellings. */
    private static final int COMMON_GIVEN = 5_000;

    private static final int COMMON_FAMILY = 20_000;
    private static final int SHORTEST_NAME = 3;

    DataFolder {
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException(
                    "--data: no folder at the path given (expected: the folder of public data)");
        }
    }

    List<String> givenNames() {
        return heldOut(lines("ssa-names/allnames.txt").stream().limit(COMMON_GIVEN));
    }

    List<String> familyNames() {
        return heldOut(column("gecko-data/last-name.csv", 0).stream().limit(COMMON_FAMILY));
    }

    List<String> cities() {
        return heldOut(column("us-cities/us_cities.csv", 3).stream().distinct());
    }

    List<String> facilities() {
        Stream<String> listed =
                column("cms-hospitals/hospitals.csv", 0).stream().map(DataFolder::titleCase);
        return heldOut(Stream.concat(listed, lines("phileas-lists/hospitals.txt").stream())
                .distinct());
    }

    /** Names of diseases, as they stand in the classification. */
    List<String> diseases() {
        return heldOut(column("icd-10/categories.csv", 1).stream());
    }

    List<String> dialogues() {
        List<String> texts = new ArrayList<>(encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 3));
        texts.addAll(encounters("aci-bench/train.csv", 1, 2));
        return texts;
    }

    List<String> notes() {
        List<String> texts = new ArrayList<>(encounters("MTS-Dialog/MTS-Dialog-TrainingSet.csv", 0, 2));
        texts.addAll(encounters("aci-bench/train.csv", 1, 3));
        List<List<String>> reports = records("mtsamples/test.csv");
        for (int i = 1; i < reports.size(); i++) {
            if (reports.get(i).size() > 2 && HeldOut.test("mtsamples/" + i)) {
                texts.add(reports.get(i).get(2));
            }
        }
        return texts;
    }

    private List<String> encounters(String file, int id, int text) {
        String set = file.substring(0, file.indexOf('/'));
        return records(file).stream()
                .skip(1)
                .filter(fields -> fields.size() > text && HeldOut.test(set + '/' + fields.get(id)))
                .map(fields -> fields.get(text))
                .toList();
    }

    /** The held-out wordings of a section of the frames, by the first word of its heading. */
    List<String> frames(String section) {
        return heldOut(sections("frames/frames.txt").getOrDefault(section, List.of()).stream());
    }

    /** The fillers of every kind; they identify nobody, so all are used. */
    Map<String, List<String>> words() {
        return sections("frames/words.txt");
    }

    private Map<String, List<String>> sections(String file) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("== ")) {
                section = new ArrayList<>();
                sections.put(line.substring(3).split("[: ]", 2)[0], section);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                section.add(line);
            }
        }
        return sections;
    }

    private List<String> heldOut(Stream<String> items) {
        List<String> some = items.filter(item -> item.length() >= SHORTEST_NAME && HeldOut.test(item))
                .toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data: a list without a held-out item (expected: the folder of public data)");
        }
        return some;
    }

    private List<String> column(String file, int index) {
        return records(file).stream()
                .skip(1)
                .filter(fields -> fields.size() > index)
                .map(fields -> fields.get(index).strip())
                .toList();
    }

    private List<List<String>> records(String file) {
        return Csv.records(read(file));
    }

    private List<String> lines(String file) {
        return read(file).lines().toList();
    }

    String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("--data: cannot read " + file + " in it", e);
        }
    }

    private static String titleCase(String capitals) {
        StringBuilder text = new StringBuilder(capitals.toLowerCase(Locale.ROOT));
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '-') {
                text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
            }
        }
        return text.toString().replace(" Of ", " of ").replace(" The ", " the ").replace(" And ", " and ");
    }
}
