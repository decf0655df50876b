package dev.anteroom.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code store}, {@code prices} and {@code telemetry}: nothing in them decides about a call. Stateless. */
final class TelemetryReader {
    private static final String STORE_URL = "postgresql://HOST[:PORT]/DATABASE";
    private static final String SECRET = "env:NAME or file:PATH, which says where the secret is kept";
    private static final String ENDPOINT = "https://HOST[:PORT]/v1/traces, http:// only to this machine";
    private static final String SYSLOG = "tls://HOST:PORT, tcp:// only to this machine";
    private static final String CA = "file:PATH of the PEM file of the authority";
    private static final String MODEL = "the provider's name of a model or deployment";
    private static final String CURRENCY = "three capital letters, such as USD";
    private static final Pattern DATABASE = Pattern.compile("/[A-Za-z0-9_.-]{1,63}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.@-]{1,63}");
    private static final Pattern CURRENCY_CODE = Pattern.compile("[A-Z]{3}");
    private static final long MOST_PER_MILLION = 1_000_000;

    private TelemetryReader() {}

    static @Nullable StoreConfig store(Section root, Path folder) {
        if (!root.has("store")) {
            return null;
        }
        Section section = root.section("store", "url", "user", "credential", "ca");
        URI url = address(section, "url", section.text("url", STORE_URL), Set.of("postgresql", "postgres"), STORE_URL);
        String user = section.text("user", "the name of a database user");
        if (!user.isEmpty() && !USER.matcher(user).matches()) {
            section.wrong("user", "this is not the name of a user", "letters, digits, '_', '.', '@' and '-'");
        }
        if (section.isReadable() && !section.has("credential")) {
            section.missing("credential", SECRET);
        }
        SecretReference credential = References.secret(section, "credential", folder);
        FileReference ca = References.file(section, "ca", folder);
        if (url != null && !DATABASE.matcher(url.getRawPath()).matches()) {
            section.wrong("url", "the URL names no database", STORE_URL);
        }
        if (url != null && !Urls.isLoopback(url.getHost()) && !section.has("ca")) {
            section.wrong(
                    "url", "a database on another machine is reached by TLS alone", "the key ca beside it: " + CA);
        }
        return url == null || credential == null ? null : new StoreConfig(url.toString(), user, credential, ca);
    }

    static List<PriceConfig> prices(Section root) {
        List<Section> sections =
                root.sectionsOrNull("prices", 0, "model", "target", "from", "inputPerMillion", "outputPerMillion");
        List<PriceConfig> prices = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Section section : sections == null ? List.<Section>of() : sections) {
            String model = section.text("model", MODEL);
            String target = section.has("target") ? section.id("target") : null;
            LocalDate from = section.date("from", true, "the first day, such as 2026-01-01");
            long input = section.decimalMicros("inputPerMillion", MOST_PER_MILLION);
            long output = section.decimalMicros("outputPerMillion", MOST_PER_MILLION);
            if (from != null) {
                if (!model.isEmpty() && !seen.add(List.of(model, target == null ? "" : target, from))) {
                    section.wrong("from", "a price of this model and day stands above", "one price a model and day");
                }
                prices.add(new PriceConfig(model, target, from, input, output));
            }
        }
        return List.copyOf(prices);
    }

    static TelemetryConfig telemetry(Section root, Path folder) {
        Section section = root.section("telemetry", "spans", "securityEvents", "currency");
        String currency = section.textOr("currency", "USD", CURRENCY);
        if (!CURRENCY_CODE.matcher(currency).matches()) {
            section.wrong("currency", "this is not a currency", CURRENCY);
        }
        return new TelemetryConfig(
                section.has("spans") ? spans(section.section("spans", "endpoint", "credential", "ca"), folder) : null,
                section.has("securityEvents")
                        ? securityEvents(section.section("securityEvents", "file", "syslog", "ca"), folder)
                        : null,
                currency);
    }

    private static TelemetryConfig.@Nullable Spans spans(Section section, Path folder) {
        if (section.isReadable() && !section.has("endpoint")) {
            section.missing("endpoint", ENDPOINT);
        }
        URI endpoint = section.url("endpoint", ENDPOINT);
        SecretReference credential = References.secret(section, "credential", folder);
        FileReference ca = References.file(section, "ca", folder);
        if (endpoint == null) {
            return null;
        }
        if (endpoint.getScheme().equals("http") && !Urls.isLoopback(endpoint.getHost())) {
            section.wrong("endpoint", "http:// without TLS leaves this machine", ENDPOINT);
        }
        return new TelemetryConfig.Spans(endpoint, credential, ca);
    }

    private static TelemetryConfig.SecurityEvents securityEvents(Section section, Path folder) {
        if (section.isReadable() && !section.has("file") && !section.has("syslog")) {
            section.missing("file", "file:PATH, or syslog: " + SYSLOG);
        }
        FileReference file = References.file(section, "file", folder);
        String written = section.textOrNull("syslog", SYSLOG);
        URI syslog = written == null ? null : address(section, "syslog", written, Set.of("tcp", "tls"), SYSLOG);
        FileReference ca = References.file(section, "ca", folder);
        if (syslog != null) {
            if (syslog.getPort() < 0 || !syslog.getRawPath().isEmpty()) {
                section.wrong("syslog", "this is not a host with a port", SYSLOG);
            } else if (syslog.getScheme().equals("tcp") && !Urls.isLoopback(syslog.getHost())) {
                section.wrong("syslog", "tcp:// without TLS leaves this machine", SYSLOG);
            }
        }
        return new TelemetryConfig.SecurityEvents(file, syslog, ca);
    }

    /** A URL of one of these schemes with a host, and neither user nor query; null where it is wrong, which is reported. */
    private static @Nullable URI address(
            Section section, String key, String written, Set<String> schemes, String expected) {
        if (written.isEmpty()) {
            return null; // reported
        }
        URI uri = null;
        try {
            uri = new URI(written);
        } catch (URISyntaxException e) {
            // The one message below says it; that of the exception would repeat the text.
        }
        if (uri == null
                || uri.getScheme() == null
                || !schemes.contains(uri.getScheme())
                || uri.getHost() == null
                || !Urls.isHost(uri.getHost().replaceAll("^\\[|]$", ""))
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            section.wrong(key, "this is not such an address", expected);
            return null;
        }
        return uri;
    }
}
