package dev.anteroom.gateway.snapshot;

import dev.anteroom.egress.Modality;
import dev.anteroom.egress.ProviderTarget;
import dev.anteroom.egress.WireVocabulary;
import dev.anteroom.gateway.config.ClassifierConfig;
import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.ContractConfig;
import dev.anteroom.gateway.config.ContractModality;
import dev.anteroom.gateway.config.FileReference;
import dev.anteroom.gateway.config.Profile;
import dev.anteroom.gateway.config.Secret;
import dev.anteroom.gateway.config.SecretReference;
import dev.anteroom.gateway.config.SiteConfig;
import dev.anteroom.gateway.config.TargetConfig;
import dev.anteroom.gateway.config.TargetKind;
import dev.anteroom.gateway.config.WorkflowConfig;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.kept.SnapshotParts;
import dev.anteroom.gateway.wire.ChatRequestTable;
import dev.anteroom.gateway.wire.JsonReader;
import dev.anteroom.gateway.wire.TableWords;
import dev.anteroom.guardrails.Audience;
import dev.anteroom.models.TokenClassifier;
import dev.anteroom.phi.Detector;
import dev.anteroom.phi.ModelSource;
import dev.anteroom.phi.PhiClassifier;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.phi.RecordNumberFormat;
import dev.anteroom.phi.Redactor;
import dev.anteroom.phi.ReviewedException;
import dev.anteroom.phi.SiteKnowledge;
import dev.anteroom.routing.BreakerSettings;
import dev.anteroom.routing.Contract;
import dev.anteroom.routing.Deadlines;
import dev.anteroom.routing.Environment;
import dev.anteroom.routing.KeyLimits;
import dev.anteroom.routing.Route;
import dev.anteroom.routing.RoutingTable;
import dev.anteroom.routing.Strictness;
import dev.anteroom.routing.Target;
import dev.anteroom.traces.ModelDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiles a checked configuration into a snapshot. Stateless. */
public final class SnapshotCompiler {
    private static final int UNLIMITED_PER_MINUTE = 60_000_000;
    private static final int PROBES = 3;

    private SnapshotCompiler() {}

    /**
     * The snapshot of a configuration that {@code check-config} accepts.
     *
     * @param secrets opens a reference to a secret; the value is read when a call needs it
     * @param tagger reads every text beside the rules, in either profile
     * @param build what this process was built from
     */
    public static Snapshot compile(
            Config config,
            String canonicalText,
            Function<SecretReference, Secret> secrets,
            PhiTagger tagger,
            Build build) {
        return compile(config, canonicalText, secrets, new Models(tagger, null), build, InstantSource.system());
    }

    /**
     * What reads texts beside the rules. Immutable.
     *
     * @param tagger reads every text, in either profile
     * @param classifier reads the texts of the strict profile too; null where the configuration names none
     */
    public record Models(PhiTagger tagger, @Nullable PhiClassifier classifier) {
        private static final String CLASSIFIER = "classifier/";

        /**
         * Opens the classifier that the configuration names, if any.
         *
         * @throws dev.anteroom.models.ModelException where its files are not what they should be
         */
        public static Models open(PhiTagger tagger, Config config) {
            return with(tagger, config, own -> PhiClassifier.open(own.folder().path(), own.threads(), settings(own)));
        }

        /**
         * The same from {@link #files} that were kept, not from where the configuration has the classifier.
         *
         * @param kept opens a file by the name that it has there
         * @throws dev.anteroom.models.ModelException where they are not what they should be
         */
        public static Models open(PhiTagger tagger, Config config, TokenClassifier.Source kept) {
            return with(
                    tagger,
                    config,
                    own -> PhiClassifier.open(
                            name -> kept.open(CLASSIFIER + name), CLASSIFIER, own.threads(), settings(own)));
        }

        private static Models with(PhiTagger tagger, Config config, Function<ClassifierConfig, PhiClassifier> opened) {
            ClassifierConfig own = config.classifier();
            return new Models(tagger, own == null ? null : opened.apply(own));
        }

        private static PhiClassifier.Settings settings(ClassifierConfig classifier) {
            return new PhiClassifier.Settings(
                    classifier.labels(),
                    classifier.thresholdPercent() / 100f,
                    classifier.deadline().toMillis());
        }

        /** Whether a name among {@link #files} is one of the classifier's. */
        public static boolean isOfClassifier(String name) {
            return name.startsWith(CLASSIFIER);
        }

        /** The files of all models; those of the classifier in a folder of their own. */
        public List<ModelSource> files() {
            List<ModelSource> files = new ArrayList<>(tagger.files());
            if (classifier != null) {
                for (ModelSource file : classifier.files()) {
                    files.add(new ModelSource(CLASSIFIER + file.name(), file.sha256(), file.bytes()));
                }
            }
            return files;
        }

        /** Returns the layers beside the rules. */
        public List<Detector> layers(dev.anteroom.phi.Profile profile) {
            Detector first = tagger.layer(profile);
            return classifier == null || profile != dev.anteroom.phi.Profile.STRICT
                    ? List.of(first)
                    : List.of(first, classifier.layer());
        }

        /** Ends the threads of the classifier. */
        public void close() {
            if (classifier != null) {
                classifier.close();
            }
        }
    }

    /** The same, with a clock that says when reviewed exceptions have expired. */
    public static Snapshot compile(
            Config config,
            String canonicalText,
            Function<SecretReference, Secret> secrets,
            Models models,
            Build build,
            InstantSource clock) {
        SiteKnowledge site = site(config.site());
        Redactor strict = redactor(dev.anteroom.phi.Profile.STRICT, site, models, clock);
        Redactor balanced = redactor(dev.anteroom.phi.Profile.BALANCED, site, models, clock);
        List<Target> targets = new ArrayList<>();
        Map<String, ProviderTarget> providerTargets = new HashMap<>();
        Set<String> words = new HashSet<>(TableWords.of(ChatRequestTable.TABLE));
        for (TargetConfig target : config.targets()) {
            ContractConfig contract = config.contract(target.contract()).orElseThrow();
            targets.add(target(target, contract));
            if (target.kind() != TargetKind.EXTRACTIVE) {
                providerTargets.put(target.id(), providerTarget(target, contract, secrets));
            }
            words.addAll(target.models().values());
        }
        List<Route> routes = config.routes().stream()
                .map(r -> new Route(r.id(), r.models(), r.targets()))
                .toList();
        Map<String, Workflow> workflows = new HashMap<>();
        for (WorkflowConfig workflow : config.workflows()) {
            workflows.put(workflow.id(), workflow(workflow, config));
        }
        SnapshotParts parts =
                new SnapshotParts(canonicalText, strict.digest(), balanced.digest(), build.name(), build.digest());
        return new Snapshot(
                parts.hash(),
                parts,
                models.files().stream()
                        .map(file -> new ModelDigest(file.name(), file.sha256()))
                        .toList(),
                config,
                WireVocabulary.of(words),
                new JsonReader(config.limits().maxDepth(), (int) config.limits().maxBodyBytes()),
                RoutingTable.of(targets, routes),
                workflows,
                providerTargets,
                strict,
                balanced,
                models.classifier() != null);
    }

    private static Redactor redactor(
            dev.anteroom.phi.Profile profile, SiteKnowledge site, Models models, InstantSource clock) {
        return Redactor.create(profile, site, models.layers(profile), clock);
    }

    /** Returns what the redactor is told of the site. */
    public static SiteKnowledge site(SiteConfig site) {
        return new SiteKnowledge(
                site.facilities(),
                site.staff(),
                site.recordNumbers().stream()
                        .map(r -> new RecordNumberFormat(r.name(), r.pattern()))
                        .toList(),
                site.exceptions().stream()
                        .map(e -> new ReviewedException(
                                e.term(), e.context(), e.category(), e.reason(), e.reviewer(), e.expires()))
                        .toList(),
                Map.of(
                        dev.anteroom.phi.Profile.BALANCED,
                        site.kept().getOrDefault(Profile.BALANCED, Set.of()),
                        dev.anteroom.phi.Profile.STRICT,
                        site.kept().getOrDefault(Profile.STRICT, Set.of())));
    }

    private static Target target(TargetConfig target, ContractConfig contract) {
        EnumSet<dev.anteroom.routing.Modality> modalities = EnumSet.noneOf(dev.anteroom.routing.Modality.class);
        for (ContractModality modality : contract.modalities()) {
            modalities.add(
                    switch (modality) {
                        case TEXT -> dev.anteroom.routing.Modality.TEXT;
                        case IMAGE -> dev.anteroom.routing.Modality.IMAGE;
                        case AUDIO -> dev.anteroom.routing.Modality.AUDIO;
                        case FILE -> dev.anteroom.routing.Modality.FILE;
                    });
        }
        TargetConfig.Timeouts timeouts = target.timeouts();
        TargetConfig.Breaker breaker = target.breaker();
        return new Target(
                target.id(),
                switch (target.environment()) {
                    case SANDBOX -> Environment.SANDBOX;
                    case LIVE -> Environment.LIVE;
                },
                new Contract(
                        contract.id(),
                        modalities,
                        strictness(contract.leastProfile()),
                        expiry(contract.expires()),
                        contract.insideBoundary()),
                target.models(),
                new Deadlines(
                        timeouts.connect().toNanos(),
                        timeouts.firstToken().toNanos(),
                        timeouts.stall().toNanos(),
                        timeouts.total().toNanos()),
                new BreakerSettings(
                        breaker.failureRatePercent(),
                        breaker.windowCalls(),
                        Math.max(1, breaker.windowCalls() / 2),
                        breaker.openFor().toNanos(),
                        PROBES));
    }

    /** A contract is in force to the end of its last day in UTC. */
    private static Instant expiry(@Nullable LocalDate lastDay) {
        return lastDay == null
                ? Instant.MAX
                : lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static ProviderTarget providerTarget(
            TargetConfig target, ContractConfig contract, Function<SecretReference, Secret> secrets) {
        EnumSet<Modality> modalities = EnumSet.noneOf(Modality.class);
        for (ContractModality modality : contract.modalities()) {
            switch (modality) {
                case TEXT -> {}
                case IMAGE -> modalities.add(Modality.IMAGE);
                case AUDIO -> modalities.add(Modality.AUDIO);
                case FILE -> modalities.add(Modality.FILE);
            }
        }
        SecretReference reference = target.credential();
        Supplier<Optional<String>> credential;
        boolean needsCredential = reference != null;
        if (reference == null) {
            credential = Optional::empty;
        } else {
            Secret secret = secrets.apply(reference);
            credential = secret::current;
        }
        FileReference ca = target.ca();
        if (target.baseUrl() == null) {
            throw new IllegalArgumentException("target " + target.id() + " has no baseUrl");
        }
        return new ProviderTarget(
                target.id(),
                switch (target.kind()) {
                    case OPENAI -> ProviderTarget.Dialect.OPENAI;
                    case AZURE -> ProviderTarget.Dialect.AZURE_OPENAI;
                    case EXTRACTIVE -> throw new IllegalArgumentException("the extractive provider has no server");
                },
                target.baseUrl(),
                target.apiVersion() == null ? "" : target.apiVersion(),
                credential,
                needsCredential,
                modalities,
                expiry(contract.expires()),
                ca == null ? null : ca.path(),
                target.proxy());
    }

    private static Workflow workflow(WorkflowConfig workflow, Config config) {
        int concurrent =
                workflow.limits().concurrentCalls().orElse(config.limits().maxConcurrentCalls());
        int perMinute = workflow.limits().requestsPerMinute().orElse(UNLIMITED_PER_MINUTE);
        return new Workflow(
                workflow.id(),
                switch (workflow.audience()) {
                    case PATIENT -> Audience.PATIENT;
                    case CLINICIAN -> Audience.CLINICIAN;
                    case SYSTEM -> Audience.SYSTEM;
                },
                strictness(workflow.profile()),
                workflow.routes(),
                Set.copyOf(workflow.restoreTools()),
                new KeyLimits(concurrent, perMinute, Math.max(1, (int)
                        (perMinute / Duration.ofMinutes(1).toSeconds()))));
    }

    private static Strictness strictness(Profile profile) {
        return switch (profile) {
            case STRICT -> Strictness.STRICT;
            case BALANCED -> Strictness.BALANCED;
        };
    }
}
