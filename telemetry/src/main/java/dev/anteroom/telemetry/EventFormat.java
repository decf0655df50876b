package dev.anteroom.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Security events as bytes. Thread-safe. */
final class EventFormat {
    /** "log audit" (RFC 5424, 6.2.1). */
    private static final int FACILITY = 13;

    private static final int FACILITY_FACTOR = 8;
    /** The number for examples and documentation (RFC 5612): this program has none of its own. */
    private static final String STRUCTURED_DATA_ID = "anteroom@32473";

    private static final JsonFactory JSON = new JsonFactory();

    private EventFormat() {}

    /** A JSON object and a line feed. */
    static byte[] jsonLine(SecurityEvent event, String gatewayId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", event.time().toString());
            json.writeStringField("event", name(event));
            json.writeStringField("severity", event.kind().severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("gateway", gatewayId);
            for (Map.Entry<String, String> fact : event.facts().entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        out.write('\n');
        return out.toByteArray();
    }

    /** An RFC 5424 message in its octet-counted frame. */
    static byte[] syslogFrame(SecurityEvent event, String gatewayId, long pid) {
        StringBuilder text = new StringBuilder(256);
        text.append('<')
                .append(FACILITY * FACILITY_FACTOR + event.kind().severity().number())
                .append(">1 ")
                .append(event.time().truncatedTo(ChronoUnit.MICROS))
                .append(' ')
                .append(gatewayId)
                .append(" anteroom ")
                .append(pid)
                .append(' ')
                .append(name(event))
                .append(" [")
                .append(STRUCTURED_DATA_ID);
        event.facts().forEach((key, value) -> {
            text.append(' ').append(key).append("=\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\' || c == ']') {
                    text.append('\\');
                }
                text.append(c);
            }
            text.append('"');
        });
        byte[] message = text.append(']').toString().getBytes(StandardCharsets.UTF_8);
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[length.length + message.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    private static String name(SecurityEvent event) {
        return event.kind().name().toLowerCase(Locale.ROOT);
    }
}
