package dev.anteroom.gateway.config;

import dev.anteroom.phi.KeptPart;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what the site knows of itself, from the configuration and the files that it names. Confined to one thread. */
final class SiteReader {
    private static final String NAMES = "a list of names, or of file:PATH for a file of one name a line";
    private static final String EXCEPTIONS_FILE = "the path of a file, relative to this one";

    private final Section site;
    private final Path file;
    private final Path folder;
    private final Problems problems;
    private final LocalDate today;

    /** A reader of the section {@code site}; {@code problems} collects for the files that it names too. */
    SiteReader(Section root, Path file, Path folder, Problems problems, LocalDate today) {
        this.site = root.section("site", "facilities", "staff", "recordNumbers", "exceptionsFile", "keep");
        this.file = file;
        this.folder = folder;
        this.problems = problems;
        this.today = today;
    }

    SiteConfig read() {
        return new SiteConfig(names("facilities"), names("staff"), recordNumbers(), exceptions(), kept());
    }

    private Map<Profile, Set<KeptPart>> kept() {
        Section keep = site.section("keep", "balanced", "strict");
        Map<Profile, Set<KeptPart>> kept = new EnumMap<>(Profile.class);
        for (Profile profile : Profile.values()) {
            kept.put(profile, keep.choices(Section.nameOf(profile), 0, List.of(KeptPart.values())));
        }
        return kept;
    }

    private List<String> names(String key) {
        Set<String> names = new LinkedHashSet<>();
        List<String> written = site.texts(key, 0, NAMES);
        for (int i = 0; i < written.size(); i++) {
            String name = written.get(i);
            if (!References.isFile(name)) {
                names.add(name);
                continue;
            }
            FileReference reference = References.file(site, key, i, name, folder);
            if (reference != null) {
                names.addAll(ListFile.read(reference, problems.of(reference.path())));
            }
        }
        return List.copyOf(names);
    }

    private List<SiteConfig.RecordNumber> recordNumbers() {
        List<Section> numbers = site.sectionsOrNull("recordNumbers", 0, "name", "pattern");
        List<SiteConfig.RecordNumber> recordNumbers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section number : numbers == null ? List.<Section>of() : numbers) {
            String expected = RecordNumberPattern.EXPECTED;
            SiteConfig.RecordNumber recordNumber =
                    new SiteConfig.RecordNumber(number.id("name"), number.text("pattern", expected));
            if (!recordNumber.name().isEmpty() && !names.add(recordNumber.name())) {
                number.wrong("name", "a record number with this name stands above", "a name of its own");
            }
            if (!recordNumber.pattern().isEmpty()) {
                String problem = RecordNumberPattern.problem(recordNumber.pattern());
                if (problem != null) {
                    number.wrong("pattern", problem, expected);
                }
            }
            recordNumbers.add(recordNumber);
        }
        return recordNumbers;
    }

    private List<ExceptionConfig> exceptions() {
        String name = site.textOrNull("exceptionsFile", EXCEPTIONS_FILE);
        if (name == null) {
            return List.of();
        }
        Path exceptionsFile;
        try {
            exceptionsFile = file.resolveSibling(name);
        } catch (InvalidPathException e) {
            site.wrong("exceptionsFile", "this is not the path of a file", EXCEPTIONS_FILE);
            return List.of();
        }
        Problems found = problems.of(exceptionsFile);
        Node root = YamlFile.read(exceptionsFile, found);
        return root == null ? List.of() : ExceptionReader.read(root, found, today);
    }
}
