package dev.anteroom.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one target; what it refers to is checked afterwards. Stateless. */
final class TargetReader {
    static final String[] KEYS = {
        "id",
        "kind",
        "environment",
        "contract",
        "baseUrl",
        "credential",
        "apiVersion",
        "models",
        "ca",
        "proxy",
        "timeouts",
        "breaker"
    };
    private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final Pattern API_VERSION = Pattern.compile("v1|preview|20[0-9]{2}-[0-9]{2}-[0-9]{2}(?:-preview)?");
    private static final String BASE_URL = "https://HOST[:PORT][/PATH], http:// only to this machine";
    private static final String PROXY = "http://HOST:PORT";
    private static final String MODELS =
            "{public name: the provider's model or deployment} or [name, ...], without spaces";

    private TargetReader() {}

    static TargetConfig read(Section section, Path folder) {
        String id = section.id("id");
        TargetKind kind = section.requiredChoice("kind", List.of(TargetKind.values()));
        Environment environment = section.requiredChoice("environment", List.of(Environment.values()));
        String contract = section.id("contract");
        URI baseUrl = section.url("baseUrl", BASE_URL);
        SecretReference credential = References.secret(section, "credential", folder);
        String apiVersion = section.textOrNull("apiVersion", "a version such as 2024-10-21");
        if (apiVersion != null && !API_VERSION.matcher(apiVersion).matches()) {
            section.wrong(
                    "apiVersion", Problems.shown(apiVersion) + " is not a version", "a version such as 2024-10-21");
        }
        SequencedMap<String, String> models = models(section);
        FileReference ca = References.file(section, "ca", folder);
        URI proxy = proxy(section);
        if (kind != null) {
            keysOfKind(section, kind);
        }
        if (baseUrl != null && baseUrl.getScheme().equals("http")) {
            if (!Urls.isLoopback(baseUrl.getHost())) {
                section.wrong("baseUrl", "http:// without TLS leaves this machine", BASE_URL);
            } else if (section.has("proxy")) {
                section.wrong("proxy", "a target on this machine is reached without a proxy", "no proxy");
            }
        }
        return new TargetConfig(
                id,
                kind == null ? TargetKind.OPENAI : kind,
                environment == null ? Environment.SANDBOX : environment,
                contract,
                baseUrl,
                credential,
                apiVersion,
                models,
                ca,
                proxy,
                timeouts(section),
                breaker(section));
    }

    private static void keysOfKind(Section section, TargetKind kind) {
        switch (kind) {
            case OPENAI -> {
                require(section, "baseUrl", BASE_URL);
                forbid(section, kind, "apiVersion");
            }
            case AZURE -> {
                require(section, "baseUrl", BASE_URL);
                require(section, "credential", "env:NAME or file:PATH, which says where the secret is kept");
            }
            case EXTRACTIVE -> {
                for (String key : List.of("baseUrl", "credential", "apiVersion", "ca", "proxy")) {
                    forbid(section, kind, key);
                }
            }
        }
    }

    private static void require(Section section, String key, String expected) {
        if (section.isReadable() && !section.has(key)) {
            section.missing(key, expected);
        }
    }

    private static void forbid(Section section, TargetKind kind, String key) {
        if (section.has(key)) {
            section.wrong(key, "a target of kind " + Section.nameOf(kind) + " has no " + key, "no such key");
        }
    }

    private static SequencedMap<String, String> models(Section section) {
        SequencedMap<String, String> models = new LinkedHashMap<>();
        if (section.isMapping("models")) {
            Map<String, String> entries = section.entriesOrNull("models", MODELS);
            if (entries != null) {
                if (entries.isEmpty()) {
                    section.wrong("models", "there is no model", MODELS);
                }
                entries.forEach((name, model) -> {
                    if (!MODEL.matcher(name).matches()
                            || (!model.isEmpty() && !MODEL.matcher(model).matches())) {
                        section.wrongEntry("models", name, "this is not the name of a model", MODELS);
                    }
                    models.put(name, model);
                });
            }
            return models;
        }
        List<String> names = section.texts("models", 1, MODELS);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.isEmpty() && !MODEL.matcher(name).matches()) {
                section.wrong("models", i, "this is not the name of a model", MODELS);
            }
            models.put(name, name);
        }
        return models;
    }

    private static @Nullable URI proxy(Section section) {
        URI proxy = section.url("proxy", PROXY);
        if (proxy != null
                && (!proxy.getScheme().equals("http") || !proxy.getRawPath().isEmpty())) {
            section.wrong("proxy", "this is not the address of a proxy", PROXY);
            return null;
        }
        return proxy;
    }

    private static TargetConfig.Timeouts timeouts(Section target) {
        Section section = target.section("timeouts", "connect", "firstToken", "stall", "total");
        Duration least = Duration.ofMillis(10);
        Duration most = Duration.ofHours(1);
        Duration connect = section.duration("connect", least, Duration.ofMinutes(1), Duration.ofSeconds(5));
        Duration firstToken = section.duration("firstToken", least, most, Duration.ofSeconds(30));
        Duration stall = section.duration("stall", least, most, Duration.ofSeconds(30));
        Duration total = section.duration("total", least, most, Duration.ofMinutes(10));
        noLongerThan(section, "connect", connect, total);
        noLongerThan(section, "firstToken", firstToken, total);
        noLongerThan(section, "stall", stall, total);
        return new TargetConfig.Timeouts(connect, firstToken, stall, total);
    }

    private static void noLongerThan(Section section, String key, Duration part, Duration total) {
        if (part.compareTo(total) > 0) {
            section.wrong(
                    section.has(key) ? key : "total",
                    key + " (" + Units.showDuration(part) + ") is longer than total (" + Units.showDuration(total)
                            + ")",
                    key + " within total");
        }
    }

    private static TargetConfig.Breaker breaker(Section target) {
        Section section = target.section("breaker", "failureRate", "window", "openFor");
        return new TargetConfig.Breaker(
                section.number("failureRate", 1, 100, 50),
                section.number("window", 1, 10_000, 20),
                section.duration("openFor", Duration.ofMillis(10), Duration.ofHours(1), Duration.ofSeconds(10)));
    }
}
