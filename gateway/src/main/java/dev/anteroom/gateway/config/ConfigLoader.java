package dev.anteroom.gateway.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the configuration and the contracts beside it, and finds every error at once. Stateless.
 *
 * <p>Values of secrets are not read here; a configuration is right or wrong by its text and the day alone.
 */
public final class ConfigLoader {
    private static final int MOST_ERRORS = 200;
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final String ANY_TOOL = "*";
    private static final Pattern WITNESS_KEY = Pattern.compile("[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*");
    private static final String WITNESS_KEY_EXPECTED = "the verifier key of the witness, NAME+ID+BASE64";

    private final Clock clock;
    private final ConfigFiles files;

    public ConfigLoader(Clock clock) {
        this(clock, ConfigFiles.onDisk());
    }

    /** A loader that reads from elsewhere. */
    public ConfigLoader(Clock clock, ConfigFiles files) {
        this.clock = clock;
        this.files = files;
    }

    /** Loads the file and the contracts that it names. */
    public ConfigResult load(Path file) {
        List<ConfigError> errors = new ArrayList<>();
        List<ConfigError> warnings = new ArrayList<>();
        Map<Path, byte[]> read = new LinkedHashMap<>();
        Problems problems = new Problems(file, errors, warnings, files, read);
        Node root = YamlFile.read(file, problems);
        if (root == null) {
            return rejected(errors, file);
        }
        Config config =
                new Reading(file, root, problems, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).config();
        return errors.isEmpty()
                ? new ConfigResult.Loaded(config, CanonicalText.of(config), warnings, read)
                : rejected(errors, file);
    }

    private static ConfigResult rejected(List<ConfigError> errors, Path file) {
        List<ConfigError> sorted = errors.stream()
                .sorted(Comparator.comparing((ConfigError e) -> !e.file().equals(file))
                        .thenComparingInt(ConfigError::line)
                        .thenComparingInt(ConfigError::column))
                .limit(MOST_ERRORS)
                .toList();
        return new ConfigResult.Rejected(sorted);
    }

    /** A value and where it stands. Immutable. */
    private record Placed<T>(T value, Section section) {}

    /** The reading of one file. Confined to one thread. */
    private static final class Reading {
        private final Path file;
        private final Path folder;
        private final Node node;
        private final Problems problems;
        private final LocalDate today;

        Reading(Path file, Node node, Problems problems, LocalDate today) {
            this.file = file;
            this.folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
            this.node = node;
            this.problems = problems;
            this.today = today;
        }

        Config config() {
            Section root = Section.of(
                    problems,
                    "",
                    node,
                    "version",
                    "gateway",
                    "listener",
                    "admin",
                    "limits",
                    "journal",
                    "contractsFile",
                    "targets",
                    "routes",
                    "retry",
                    "workflows",
                    "site",
                    "classifier",
                    "store",
                    "prices",
                    "telemetry",
                    "demo");
            root.number("version", 1, 1, null);
            GatewayConfig gateway = gateway(root);
            Placed<ListenerConfig> listener = listener(root);
            AdminConfig admin = admin(root, listener.value());
            LimitsConfig limits = limits(root);
            JournalConfig journal = journal(root);
            Map<String, ContractReader.Placed> contracts = contracts(root);
            Map<String, Placed<TargetConfig>> targets = targets(root);
            Map<String, Placed<RouteConfig>> routes = routes(root);
            RetryConfig retry =
                    new RetryConfig(root.section("retry", "maxAttempts").number("maxAttempts", 1, 10, 3));
            Map<String, Placed<WorkflowConfig>> workflows = workflows(root);
            SiteConfig site = new SiteReader(root, file, folder, problems, today).read();
            ClassifierConfig classifier = ClassifierReader.read(root, folder);
            StoreConfig store = TelemetryReader.store(root, folder);
            List<PriceConfig> prices = TelemetryReader.prices(root);
            TelemetryConfig telemetry = TelemetryReader.telemetry(root, folder);
            boolean demo = root.flag("demo", false);

            if (targets != null && contracts != null) {
                targets.values().forEach(target -> checkContract(target, contracts));
            }
            if (routes != null && targets != null) {
                routes.values().forEach(route -> checkTargets(route, targets));
            }
            if (workflows != null && routes != null) {
                workflows.values().forEach(workflow -> checkRoutes(workflow, routes, targets));
            }
            boolean live =
                    targets != null && values(targets).stream().anyMatch(t -> t.environment() == Environment.LIVE);
            checkListener(listener, live);
            if (demo) {
                checkDemo(root, listener.value(), live, workflows);
            }
            return new Config(
                    gateway,
                    listener.value(),
                    admin,
                    limits,
                    journal,
                    contracts == null
                            ? List.of()
                            : contracts.values().stream()
                                    .map(ContractReader.Placed::contract)
                                    .toList(),
                    values(targets),
                    values(routes),
                    retry,
                    values(workflows),
                    site,
                    classifier,
                    store,
                    prices,
                    telemetry,
                    demo);
        }

        private static <T> List<T> values(@Nullable Map<String, Placed<T>> placed) {
            return placed == null
                    ? List.of()
                    : placed.values().stream().map(Placed::value).toList();
        }

        private static GatewayConfig gateway(Section root) {
            Section section = root.section("gateway", "id", "environmentNote");
            return new GatewayConfig(
                    section.idOr("id", "local"), section.textOrNull("environmentNote", "a note for people"));
        }

        private Placed<ListenerConfig> listener(Section root) {
            Section section = root.section("listener", "host", "port", "tls", "tlsTerminator");
            String host = section.host("host", "127.0.0.1");
            int port = section.number("port", 0, 65_535, 8080);
            TlsConfig tls = section.has("tls") ? tls(section.section("tls", "certificate", "key", "clientCa")) : null;
            String terminator =
                    section.textOrNull("tlsTerminator", "the name of what ends TLS in front of the gateway");
            if (terminator != null && section.has("tls")) {
                section.wrong(
                        "tlsTerminator",
                        "TLS ends either here or in front of the gateway",
                        "tls or tlsTerminator, not both");
            }
            return new Placed<>(new ListenerConfig(host, port, tls, terminator), section);
        }

        private @Nullable TlsConfig tls(Section section) {
            for (String key : List.of("certificate", "key")) {
                if (section.isReadable() && !section.has(key)) {
                    section.missing(key, "file:PATH of a PEM file");
                }
            }
            FileReference certificate = References.file(section, "certificate", folder);
            FileReference key = References.file(section, "key", folder);
            FileReference clientCa = References.file(section, "clientCa", folder);
            return certificate == null || key == null ? null : new TlsConfig(certificate, key, clientCa);
        }

        private static void checkListener(Placed<ListenerConfig> placed, boolean live) {
            ListenerConfig listener = placed.value();
            boolean protectedBefore =
                    placed.section().has("tls") || placed.section().has("tlsTerminator");
            if (live && !Urls.isLoopback(listener.host()) && !protectedBefore) {
                placed.section()
                        .wrong(
                                "host",
                                "with a live target, callers from other machines need TLS",
                                "listener.tls, or listener.tlsTerminator with the name of what ends TLS, or a loopback host");
            }
        }

        private static AdminConfig admin(Section root, ListenerConfig listener) {
            Section section = root.section("admin", "host", "port");
            String host = section.host("host", "127.0.0.1");
            int port = section.number("port", 0, 65_535, 8081);
            if (!Urls.isLoopback(host)) {
                section.wrong(
                        "host",
                        Problems.shown(host) + " can be reached from other machines",
                        "a loopback address, such as 127.0.0.1");
            }
            if (port != 0 && port == listener.port()) {
                String key = section.has("port") ? "port" : "host";
                section.wrong(key, "the listener has the same port", "another port than " + port);
            }
            return new AdminConfig(host, port);
        }

        private static LimitsConfig limits(Section root) {
            Section section = root.section(
                    "limits",
                    "maxBodyBytes",
                    "maxDepth",
                    "maxHeaderBytes",
                    "maxConcurrentCalls",
                    "maxBytesInFlight",
                    "drain",
                    "headersAfter",
                    "keepAlive");
            Duration fiveMinutes = Duration.ofMinutes(5);
            Duration tenth = Duration.ofMillis(100);
            LimitsConfig limits = new LimitsConfig(
                    section.sizeBytes("maxBodyBytes", KIB, 256 * MIB, 8 * MIB),
                    section.number("maxDepth", 4, 512, 64),
                    Math.toIntExact(section.sizeBytes("maxHeaderBytes", KIB, MIB, 16 * KIB)),
                    section.number("maxConcurrentCalls", 1, 100_000, 1024),
                    section.sizeBytes("maxBytesInFlight", KIB, 64 * GIB, 256 * MIB),
                    section.duration("drain", Duration.ZERO, Duration.ofMinutes(30), Duration.ofSeconds(20)),
                    section.duration("headersAfter", tenth, fiveMinutes, Duration.ofSeconds(15)),
                    section.duration("keepAlive", tenth, fiveMinutes, Duration.ofSeconds(10)));
            if (limits.maxBodyBytes() > limits.maxBytesInFlight()) {
                section.wrong(
                        section.has("maxBytesInFlight") ? "maxBytesInFlight" : "maxBodyBytes",
                        "one body may be larger than all bodies together",
                        "maxBytesInFlight of at least maxBodyBytes (" + Units.showSize(limits.maxBodyBytes()) + ")");
            }
            return limits;
        }

        private JournalConfig journal(Section root) {
            Section section = root.section(
                    "journal",
                    "segmentBytes",
                    "alarmFreeBytes",
                    "reserveBytes",
                    "originals",
                    "operatorKey",
                    "originalsKey",
                    "retention",
                    "witness");
            JournalConfig journal = new JournalConfig(
                    section.sizeBytes("segmentBytes", 64 * KIB, GIB, 64 * MIB),
                    section.sizeBytes("alarmFreeBytes", 0, 1024 * GIB, 2 * GIB),
                    section.sizeBytes("reserveBytes", 0, 64 * GIB, 256 * MIB),
                    section.flag("originals", true),
                    KeepingReader.read(section, folder),
                    section.has("witness") ? witness(section) : null);
            if (journal.reserveBytes() > journal.alarmFreeBytes()) {
                section.wrong(
                        section.has("reserveBytes") ? "reserveBytes" : "alarmFreeBytes",
                        "calls would be refused before the alarm is raised",
                        "reserveBytes of at most alarmFreeBytes (" + Units.showSize(journal.alarmFreeBytes()) + ")");
            }
            return journal;
        }

        private @Nullable WitnessConfig witness(Section journal) {
            Section section = journal.section("witness", "directory", "key");
            String expected = "the path of a directory, relative to this file";
            String directory = section.text("directory", expected);
            String key = section.text("key", WITNESS_KEY_EXPECTED);
            if (!key.isEmpty() && !WITNESS_KEY.matcher(key).matches()) {
                section.wrong("key", "this is not a verifier key", WITNESS_KEY_EXPECTED);
            }
            try {
                return new WitnessConfig(file.resolveSibling(directory), key);
            } catch (InvalidPathException e) {
                section.wrong("directory", "this is not a path", expected);
                return null;
            }
        }

        private @Nullable Map<String, ContractReader.Placed> contracts(Section root) {
            String name = root.textOr("contractsFile", "contracts.yaml", "the path of a file, relative to this one");
            Path contractsFile;
            try {
                contractsFile = file.resolveSibling(name);
            } catch (InvalidPathException e) {
                root.wrong(
                        "contractsFile", "this is not the path of a file", "the path of a file, relative to this one");
                return null;
            }
            Problems found = problems.of(contractsFile);
            Node contracts = YamlFile.read(contractsFile, found);
            return contracts == null ? null : ContractReader.read(contracts, found);
        }

        private @Nullable Map<String, Placed<TargetConfig>> targets(Section root) {
            List<Section> sections = root.sectionsOrNull("targets", 1, TargetReader.KEYS);
            if (sections == null) {
                return null;
            }
            Map<String, Placed<TargetConfig>> targets = new LinkedHashMap<>();
            for (Section section : sections) {
                TargetConfig target = TargetReader.read(section, folder);
                place(targets, target.id(), new Placed<>(target, section), "target");
            }
            return targets;
        }

        private static <T> void place(Map<String, Placed<T>> all, String id, Placed<T> placed, String what) {
            if (id.isEmpty()) {
                // The id is missing or wrong, which has been reported; the rest still counts for what is checked over
                // all.
                all.put("#" + all.size(), placed);
            } else if (all.putIfAbsent(id, placed) != null) {
                placed.section().wrong("id", "a " + what + " with this id stands above", "an id of its own");
            }
        }

        private static List<String> ids(Collection<String> keys) {
            return keys.stream().filter(key -> !key.startsWith("#")).toList();
        }

        private static @Nullable Map<String, Placed<RouteConfig>> routes(Section root) {
            List<Section> sections = root.sectionsOrNull("routes", 1, "id", "models", "targets");
            if (sections == null) {
                return null;
            }
            Map<String, Placed<RouteConfig>> routes = new LinkedHashMap<>();
            for (Section section : sections) {
                RouteConfig route = new RouteConfig(
                        section.id("id"),
                        section.texts("models", 1, "a list of public model names"),
                        section.texts("targets", 1, "a list of target ids, the first tried first"));
                place(routes, route.id(), new Placed<>(route, section), "route");
            }
            return routes;
        }

        private static @Nullable Map<String, Placed<WorkflowConfig>> workflows(Section root) {
            List<Section> sections = root.sectionsOrNull(
                    "workflows", 1, "id", "audience", "profile", "routes", "restoreTools", "limits");
            if (sections == null) {
                return null;
            }
            Map<String, Placed<WorkflowConfig>> workflows = new LinkedHashMap<>();
            for (Section section : sections) {
                WorkflowConfig workflow = new WorkflowConfig(
                        section.id("id"),
                        section.choice("audience", List.of(Audience.values()), Audience.PATIENT),
                        section.choice("profile", List.of(Profile.STRICT, Profile.BALANCED), Profile.STRICT),
                        section.texts("routes", 1, "a list of route ids"),
                        section.texts("restoreTools", 0, "a list of tool names, or [\"*\"] for all, for trials only"),
                        workflowLimits(section));
                place(workflows, workflow.id(), new Placed<>(workflow, section), "workflow");
            }
            return workflows;
        }

        private static WorkflowConfig.WorkflowLimits workflowLimits(Section workflow) {
            Section section = workflow.section("limits", "requestsPerMinute", "concurrentCalls");
            int requests = section.number("requestsPerMinute", 1, 10_000_000, 0);
            int calls = section.number("concurrentCalls", 1, 100_000, 0);
            return new WorkflowConfig.WorkflowLimits(
                    requests == 0 ? OptionalInt.empty() : OptionalInt.of(requests),
                    calls == 0 ? OptionalInt.empty() : OptionalInt.of(calls));
        }

        private void checkContract(Placed<TargetConfig> placed, Map<String, ContractReader.Placed> contracts) {
            TargetConfig target = placed.value();
            if (target.contract().isEmpty()) {
                return;
            }
            ContractReader.Placed found = contracts.get(target.contract());
            if (found == null) {
                placed.section()
                        .wrong(
                                "contract",
                                "there is no contract " + Problems.shown(target.contract()),
                                DidYouMean.oneOf(target.contract(), contracts.keySet()));
                return;
            }
            ContractConfig contract = found.contract();
            if (contract.expiredOn(today)) {
                placed.section()
                        .wrong(
                                "contract",
                                "the contract '" + contract.id() + "' expired on " + contract.expires(),
                                "a contract that holds today");
            }
            if (contract.endpoints().isEmpty()) {
                return;
            }
            URI baseUrl = target.baseUrl();
            if (target.kind() == TargetKind.EXTRACTIVE) {
                if (placed.section().has("kind") && !contract.endpoints().contains(ContractConfig.BUILT_IN)) {
                    placed.section()
                            .wrong(
                                    "contract",
                                    "the contract '" + contract.id() + "' does not cover what runs inside this process",
                                    "a contract with the endpoint built-in");
                }
            } else if (baseUrl != null
                    && contract.endpoints().stream().noneMatch(endpoint -> isWithin(baseUrl, endpoint))) {
                placed.section()
                        .wrong(
                                "baseUrl",
                                "the contract '" + contract.id() + "' does not cover this URL",
                                "a URL within " + String.join(", ", contract.endpoints()));
            }
        }

        private static boolean isWithin(URI url, String endpoint) {
            return !endpoint.equals(ContractConfig.BUILT_IN) && Urls.isWithin(url, URI.create(endpoint));
        }

        private static void checkTargets(Placed<RouteConfig> placed, Map<String, Placed<TargetConfig>> targets) {
            RouteConfig route = placed.value();
            Set<String> served = new HashSet<>();
            boolean allFound = true;
            for (int i = 0; i < route.targets().size(); i++) {
                String id = route.targets().get(i);
                Placed<TargetConfig> target = targets.get(id);
                if (target == null) {
                    allFound = false;
                    if (!id.isEmpty()) {
                        placed.section()
                                .wrong(
                                        "targets",
                                        i,
                                        "there is no target " + Problems.shown(id),
                                        DidYouMean.oneOf(id, ids(targets.keySet())));
                    }
                    continue;
                }
                Set<String> models = target.value().models().keySet();
                served.addAll(models);
                if (!models.isEmpty()
                        && !route.models().isEmpty()
                        && route.models().stream().noneMatch(models::contains)) {
                    placed.section()
                            .wrong(
                                    "targets",
                                    i,
                                    "the target '" + id + "' has none of the models of this route",
                                    "one of its models: " + String.join(", ", models));
                }
            }
            for (int i = 0; allFound && !served.isEmpty() && i < route.models().size(); i++) {
                String model = route.models().get(i);
                if (!model.isEmpty() && !served.contains(model)) {
                    placed.section()
                            .wrong(
                                    "models",
                                    i,
                                    "no target of this route has the model " + Problems.shown(model),
                                    DidYouMean.oneOf(
                                            model, served.stream().sorted().toList()));
                }
            }
        }

        private static void checkRoutes(
                Placed<WorkflowConfig> placed,
                Map<String, Placed<RouteConfig>> routes,
                @Nullable Map<String, Placed<TargetConfig>> targets) {
            WorkflowConfig workflow = placed.value();
            boolean live = false;
            for (int i = 0; i < workflow.routes().size(); i++) {
                String id = workflow.routes().get(i);
                Placed<RouteConfig> route = routes.get(id);
                if (route != null) {
                    live |= targets != null && reachesLive(route.value(), targets);
                } else if (!id.isEmpty()) {
                    placed.section()
                            .wrong(
                                    "routes",
                                    i,
                                    "there is no route " + Problems.shown(id),
                                    DidYouMean.oneOf(id, ids(routes.keySet())));
                }
            }
            int any = workflow.restoreTools().indexOf(ANY_TOOL);
            if (any >= 0 && workflow.restoreTools().size() > 1) {
                placed.section()
                        .wrong("restoreTools", any, "'*' already stands for all tools", "'*' alone, or names alone");
            }
            if (any >= 0 && live) {
                placed.section()
                        .wrong(
                                "restoreTools",
                                any,
                                "'*' is for trials only, and a route of this workflow leads to a live target",
                                "the names of the tools that may receive originals");
            }
        }

        private static boolean reachesLive(RouteConfig route, Map<String, Placed<TargetConfig>> targets) {
            return route.targets().stream().anyMatch(id -> {
                Placed<TargetConfig> target = targets.get(id);
                return target != null && target.value().environment() == Environment.LIVE;
            });
        }

        private static void checkDemo(
                Section root,
                ListenerConfig listener,
                boolean live,
                @Nullable Map<String, Placed<WorkflowConfig>> workflows) {
            if (live) {
                root.wrong(
                        "demo",
                        "the demo key is not admitted beside a live target",
                        "demo: false, or sandbox targets only");
            }
            if (!Urls.isLoopback(listener.host())) {
                root.wrong(
                        "demo",
                        "the demo key is not admitted where other machines can reach the listener",
                        "demo: false, or a loopback listener.host");
            }
            if (workflows != null && !workflows.containsKey("demo")) {
                root.wrong(
                        "demo",
                        "the demo key belongs to the workflow 'demo', which is not there",
                        "demo: false, or a workflow 'demo'");
            }
        }
    }
}
