package dev.anteroom.gateway.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file of the contracts. Stateless. */
final class ContractReader {
    private static final String DATE = "a date such as 2027-12-31, the last day on which the contract holds (UTC)";
    private static final String ENDPOINT = "https://HOST[:PORT][/PATH], http:// only to this machine, or built-in";
    private static final String RETENTION = "none, or how long the party keeps what it receives, such as 30d";

    private ContractReader() {}

    /** A contract and where it stands. Immutable. */
    record Placed(ContractConfig contract, Section section) {}

    /** The contracts by id, with those that have errors; null where the list itself cannot be read. */
    static @Nullable Map<String, Placed> read(Node root, Problems problems) {
        Section file = Section.of(problems, "", root, "version", "contracts");
        file.number("version", 1, 1, null);
        List<Section> sections = file.sectionsOrNull(
                "contracts",
                1,
                "id",
                "party",
                "endpoints",
                "modalities",
                "regions",
                "retention",
                "leastProfile",
                "expires",
                "insideBoundary");
        if (sections == null) {
            return null;
        }
        Map<String, Placed> contracts = new LinkedHashMap<>();
        for (Section section : sections) {
            ContractConfig contract = contract(section);
            if (!contract.id().isEmpty()
                    && contracts.putIfAbsent(contract.id(), new Placed(contract, section)) != null) {
                section.wrong("id", "a contract with this id stands above", "an id of its own");
            }
        }
        return contracts;
    }

    private static ContractConfig contract(Section section) {
        String id = section.id("id");
        String party = section.text("party", "the name of the party to the contract");
        List<String> endpoints = endpoints(section);
        Set<ContractModality> modalities = section.choices("modalities", 1, List.of(ContractModality.values()));
        List<String> regions = section.texts("regions", 1, "a list of regions, such as [us-east, us-west]");
        String retention = section.text("retention", RETENTION);
        if (!retention.isEmpty()
                && !retention.equals("none")
                && Units.duration(retention).isEmpty()) {
            section.wrong("retention", "unknown value " + Problems.shown(retention), RETENTION);
        }
        Profile leastProfile =
                section.choice("leastProfile", List.of(Profile.STRICT, Profile.BALANCED), Profile.STRICT);
        LocalDate expires = date(section, endpoints);
        boolean insideBoundary = section.flag("insideBoundary", false);
        return new ContractConfig(
                id, party, endpoints, modalities, regions, retention, leastProfile, expires, insideBoundary);
    }

    private static List<String> endpoints(Section section) {
        List<String> written = section.texts("endpoints", 1, ENDPOINT);
        List<String> endpoints = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String endpoint = written.get(i);
            if (endpoint.isEmpty() || endpoint.equals(ContractConfig.BUILT_IN)) {
                if (!endpoint.isEmpty()) {
                    endpoints.add(endpoint);
                }
                continue;
            }
            Urls.Reading reading = Urls.base(endpoint);
            if (reading.url() == null) {
                section.wrong("endpoints", i, String.valueOf(reading.problem()), ENDPOINT);
            } else if (reading.url().getScheme().equals("http")
                    && !Urls.isLoopback(reading.url().getHost())) {
                section.wrong("endpoints", i, "http:// without TLS leaves this machine", ENDPOINT);
            } else {
                endpoints.add(reading.url().toString());
            }
        }
        return endpoints;
    }

    private static @Nullable LocalDate date(Section section, List<String> endpoints) {
        if (section.isReadable() && !section.has("expires")) {
            boolean builtInOnly = endpoints.stream().allMatch(ContractConfig.BUILT_IN::equals);
            if (!builtInOnly) {
                section.missing("expires", DATE);
            }
        }
        return section.date("expires", false, DATE);
    }
}
