package dev.anteroom.gateway.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.anteroom.gateway.config.Environment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of the file: one line that names the format, then one line a key with its present state. Stateless.
 *
 * <p>All that decides about a key stands on its own line, so a lost line refuses a key and never revives one. Anything unexpected is damage.
 */
final class KeyFile {
    private static final String HEADER = "{\"format\":\"anteroom-keys\",\"version\":1}";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> REQUIRED = Set.of("id", "hash", "tenant", "environment", "workflow", "created");
    private static final Set<String> OPTIONAL = Set.of("expires", "revoked", "note");
    private static final int LONGEST_NOTE = 200;

    private final JsonFactory json = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Whether the text can be a tenant, a workflow or the id of a key. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isNote(String text) {
        return text.length() <= LONGEST_NOTE && text.chars().noneMatch(Character::isISOControl);
    }

    byte[] render(List<StoredKey> keys) {
        StringWriter out = new StringWriter(256 * (keys.size() + 1));
        out.append(HEADER).append('\n');
        try {
            for (StoredKey stored : keys) {
                try (JsonGenerator line = json.createGenerator(out)) {
                    write(line, stored);
                }
                out.append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator line, StoredKey stored) throws IOException {
        CallerKey key = stored.key();
        line.writeStartObject();
        line.writeStringField("id", key.keyId());
        line.writeStringField("hash", HexFormat.of().formatHex(stored.hash()));
        line.writeStringField("tenant", key.tenant());
        line.writeStringField("environment", nameOf(key.environment()));
        line.writeStringField("workflow", key.workflow());
        line.writeStringField("created", key.created().toString());
        Instant expires = key.expires();
        if (expires != null) {
            line.writeStringField("expires", expires.toString());
        }
        Instant revoked = key.revoked();
        if (revoked != null) {
            line.writeStringField("revoked", revoked.toString());
        }
        if (!key.note().isEmpty()) {
            line.writeStringField("note", key.note());
        }
        line.writeEndObject();
    }

    List<StoredKey> parse(byte[] bytes, String name) throws KeyStoreException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new KeyStoreException(name + ": the file is damaged: it is not UTF-8");
        }
        if (!text.startsWith(HEADER + "\n")) {
            throw new KeyStoreException(name + ":1: the file is damaged: it does not begin as a file of keys");
        }
        List<StoredKey> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        int start = HEADER.length() + 1;
        for (int number = 2; start < text.length(); number++) {
            int end = text.indexOf('\n', start);
            Map<String, String> fields = end < 0 ? null : fields(text.substring(start, end));
            StoredKey stored = fields == null ? null : stored(fields);
            if (stored == null
                    || !ids.add(stored.key().keyId())
                    || !hashes.add(HexFormat.of().formatHex(stored.hash()))) {
                throw new KeyStoreException(
                        name + ":" + number + ": the line is damaged; every key is refused until it is repaired");
            }
            keys.add(stored);
            start = end + 1;
        }
        return keys;
    }

    /** The fields of one line, or null where it is anything but one object of texts. */
    private @Nullable Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    return null;
                }
                fields.put(name, parser.getText());
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? fields : null;
        } catch (IOException e) {
            // The message of the exception may quote the line.
            return null;
        }
    }

    private static @Nullable StoredKey stored(Map<String, String> fields) {
        for (String name : fields.keySet()) {
            if (!REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
                return null;
            }
        }
        String id = fields.getOrDefault("id", "");
        String hash = fields.getOrDefault("hash", "");
        String tenant = fields.getOrDefault("tenant", "");
        String workflow = fields.getOrDefault("workflow", "");
        String note = fields.getOrDefault("note", "");
        Environment environment = environment(fields.getOrDefault("environment", ""));
        if (!isId(id)
                || id.equals(CallerKey.DEMO_ID)
                || !HASH.matcher(hash).matches()
                || !isId(tenant)
                || !isId(workflow)
                || !isNote(note)
                || environment == null) {
            return null;
        }
        try {
            Instant created = Instant.parse(fields.getOrDefault("created", ""));
            String expires = fields.get("expires");
            String revoked = fields.get("revoked");
            CallerKey key = new CallerKey(
                    id,
                    tenant,
                    environment,
                    workflow,
                    created,
                    expires == null ? null : Instant.parse(expires),
                    revoked == null ? null : Instant.parse(revoked),
                    note);
            return new StoredKey(key, HexFormat.of().parseHex(hash));
        } catch (DateTimeException e) {
            return null;
        }
    }

    static String nameOf(Environment environment) {
        return environment.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Environment environment(String name) {
        for (Environment environment : Environment.values()) {
            if (nameOf(environment).equals(name)) {
                return environment;
            }
        }
        return null;
    }
}
