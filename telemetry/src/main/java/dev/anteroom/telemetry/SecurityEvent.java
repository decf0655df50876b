package dev.anteroom.telemetry;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Something that whoever guards the house wants to hear of. Immutable.
 *
 * @param facts names of the configuration, ids and words of this program by their keys, in their order; never a text of a
 *     call, and never what was presented as a key
 */
public record SecurityEvent(Instant time, Kind kind, Map<String, String> facts) {
    /** What happened. */
    public enum Kind {
        /** The process serves. */
        GATEWAY_STARTED(Severity.NOTICE),
        /** The process stops. */
        GATEWAY_STOPPED(Severity.NOTICE),
        /** What decides is not what it was at the start before. */
        CONFIGURATION_CHANGED(Severity.NOTICE),
        /** A caller with a valid key was not let through. */
        CALL_REFUSED(Severity.WARNING),
        /** The second scan found a known value in what would have been sent. */
        SECOND_SCAN_HIT(Severity.ALERT),
        /** A request came without a key that is known. */
        CREDENTIAL_INVALID(Severity.WARNING),
        /** A request came with a key whose time is over. */
        EXPIRED_KEY_USED(Severity.WARNING),
        /** A request came with a key that was revoked. */
        REVOKED_KEY_USED(Severity.ALERT),
        /** A key was used for the first time in this process. */
        KEY_FIRST_USED(Severity.NOTICE),
        /** There is a new key. */
        KEY_ADDED(Severity.NOTICE),
        /** A key was revoked. */
        KEY_REVOKED(Severity.NOTICE),
        /** A caller read the record of a call, with the redacted text that was sent. */
        RECORD_READ(Severity.NOTICE),
        /** Keys of records were destroyed because their time had come. */
        RECORDS_SHREDDED(Severity.NOTICE),
        /** What is kept too long could not be shredded; it is tried again within the hour. */
        RETENTION_FAILED(Severity.WARNING),
        /** The admin port was asked without its token, or by a page from elsewhere. */
        ADMIN_DENIED(Severity.WARNING);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }

        /** How much it matters. */
        public Severity severity() {
            return severity;
        }
    }

    /** How much an event matters, with the numbers of RFC 5424, 6.2.1. */
    public enum Severity {
        ALERT(1),
        WARNING(4),
        NOTICE(5);

        private final int number;

        Severity(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public SecurityEvent {
        SequencedMap<String, String> kept = new LinkedHashMap<>();
        facts.forEach((key, value) -> {
            if (!value.isEmpty()) {
                kept.put(key, value);
            }
        });
        facts = Collections.unmodifiableMap(kept);
    }
}
