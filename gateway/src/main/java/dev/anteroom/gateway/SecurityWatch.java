package dev.anteroom.gateway;

import dev.anteroom.gateway.http.DoorWatch;
import dev.anteroom.gateway.http.LoginFailure;
import dev.anteroom.gateway.keys.CallerKey;
import dev.anteroom.gateway.keys.KeyDirectory;
import dev.anteroom.gateway.snapshot.Snapshot;
import dev.anteroom.telemetry.SecurityEvent;
import dev.anteroom.telemetry.Telemetry;
import dev.anteroom.traces.RecordPart;
import dev.anteroom.traces.Shredder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells telemetry of what matters to whoever guards the house, beside the calls themselves. Thread-safe; does not wait. */
final class SecurityWatch implements DoorWatch {
    private static final String LAST_SNAPSHOT = "last-snapshot";

    private final Telemetry telemetry;
    private final Clock clock;
    private volatile KeyDirectory keys;
    private final Set<String> usedKeys = ConcurrentHashMap.newKeySet();

    SecurityWatch(Telemetry telemetry, Clock clock, KeyDirectory keys) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public void loginFailed(LoginFailure failure) {
        telemetry.metrics().failedLogin(failure.reason().name().toLowerCase(Locale.ROOT));
        SecurityEvent.Kind kind = switch (failure.reason()) {
            case MISSING, UNKNOWN -> SecurityEvent.Kind.CREDENTIAL_INVALID;
            case EXPIRED -> SecurityEvent.Kind.EXPIRED_KEY_USED;
            case REVOKED -> SecurityEvent.Kind.REVOKED_KEY_USED;
        };
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("reason", failure.reason().name().toLowerCase(Locale.ROOT));
        facts.put("key_id", failure.keyId());
        tell(kind, facts);
    }

    @Override
    public void keyUsed(CallerKey key) {
        if (!usedKeys.contains(key.keyId()) && usedKeys.add(key.keyId())) {
            tell(SecurityEvent.Kind.KEY_FIRST_USED, facts(key));
        }
    }

    @Override
    public void recordRead(String keyId, String tenant, String traceId) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("key_id", keyId);
        facts.put("tenant", tenant);
        facts.put("trace_id", traceId);
        tell(SecurityEvent.Kind.RECORD_READ, facts);
    }

    void adminDenied(String reason) {
        tell(SecurityEvent.Kind.ADMIN_DENIED, Map.of("reason", reason));
    }

    /** Compares the keys that there are with those that there were when they could last be read. */
    void keysAre(KeyDirectory now) {
        KeyDirectory before = keys;
        if (before == now || now.problem().isPresent()) {
            return;
        }
        keys = now;
        for (CallerKey key : now.all()) {
            CallerKey old = before.byId(key.keyId()).orElse(null);
            if (old == null) {
                tell(SecurityEvent.Kind.KEY_ADDED, facts(key));
            } else if (key.revoked() != null && old.revoked() == null) {
                tell(SecurityEvent.Kind.KEY_REVOKED, facts(key));
            }
        }
    }

    /** The process serves; says so where something else decides than at the start before. */
    void started(Snapshot snapshot, Path dataDirectory) throws IOException {
        Path folder = Files.createDirectories(dataDirectory.resolve("telemetry"));
        Path file = folder.resolve(LAST_SNAPSHOT);
        String before = Files.exists(file)
                ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                : "";
        if (!before.equals(snapshot.hash())) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("before", before);
            facts.put("snapshot", snapshot.hash());
            tell(SecurityEvent.Kind.CONFIGURATION_CHANGED, facts);
            Files.writeString(file, snapshot.hash() + "\n", StandardCharsets.US_ASCII);
        }
        tell(SecurityEvent.Kind.GATEWAY_STARTED, Map.of("snapshot", snapshot.hash()));
    }

    void stopped(Snapshot snapshot) {
        tell(SecurityEvent.Kind.GATEWAY_STOPPED, Map.of("snapshot", snapshot.hash()));
    }

    /** Records had been kept for as long as the configuration says. */
    void shredded(Shredder.Report report) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (RecordPart part : RecordPart.values()) {
            facts.put(part.word(), Long.toString(report.parts().getOrDefault(part, 0L)));
        }
        tell(SecurityEvent.Kind.RECORDS_SHREDDED, facts);
    }

    /** What should have been shredded was not; the problem names files and numbers alone. */
    void retentionFailed(String problem) {
        tell(SecurityEvent.Kind.RETENTION_FAILED, Map.of("problem", problem));
    }

    private static Map<String, String> facts(CallerKey key) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("key_id", key.keyId());
        facts.put("tenant", key.tenant());
        facts.put("workflow", key.workflow());
        return facts;
    }

    private void tell(SecurityEvent.Kind kind, Map<String, String> facts) {
        telemetry.event(clock.instant(), kind, facts);
    }
}
