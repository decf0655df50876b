package dev.anteroom.acceptance;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Many values, looked for at once in bytes and in every spelling that can be undone: raw, in other case, digits alone, JSON-escaped,
 * URL-encoded, base64 at any alignment. Confined to one thread.
 */
final class Needles {
    private static final int LEAST_BYTES = 8;

    private record Needle(String value, byte[] bytes) {}

    private final Map<Long, List<Needle>> byStart = new HashMap<>();
    private final Set<String> values = new HashSet<>();

    static Needles of(String... values) {
        Needles needles = new Needles();
        Arrays.stream(values).forEach(needles::add);
        return needles;
    }

    /** A value of at least eight bytes. */
    void add(String value) {
        if (!values.add(value)) {
            return;
        }
        Set<String> spellings = new TreeSet<>(List.of(
                value,
                value.toLowerCase(Locale.ROOT),
                value.toUpperCase(Locale.ROOT),
                escaped(value, "\\u%04x"),
                escaped(value, "\\u%04X"),
                escaped(value, "%%%02x"),
                escaped(value, "%%%02X"),
                URLEncoder.encode(value, StandardCharsets.UTF_8)));
        String digits = value.replaceAll("[^0-9]", "");
        if (digits.length() >= LEAST_BYTES) {
            spellings.add(digits);
        }
        for (int shift = 0; shift < 3; shift++) {
            spellings.add(base64(value, shift, Base64.getEncoder()));
            spellings.add(base64(value, shift, Base64.getUrlEncoder()));
        }
        for (String spelling : spellings) {
            byte[] bytes = spelling.getBytes(StandardCharsets.UTF_8);
            if (bytes.length < LEAST_BYTES) {
                throw new IllegalArgumentException("a needle of " + bytes.length + " bytes (expected: 8 or more)");
            }
            byStart.computeIfAbsent(ByteBuffer.wrap(bytes).getLong(), start -> new ArrayList<>(1))
                    .add(new Needle(value, bytes));
        }
    }

    private static String escaped(String value, String format) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(String.format(Locale.ROOT, format, b & 0xff));
        }
        return escaped.toString();
    }

    /** The characters of base64 that this value alone decides where it begins at this byte of a group of three. */
    private static String base64(String value, int shift, Base64.Encoder encoder) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String all = encoder.withoutPadding().encodeToString(shifted);
        int from = shift == 0 ? 0 : shift + 1;
        return all.substring(from, shifted.length * 8 / 6);
    }

    /** The values that stand in these bytes, in any spelling. */
    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        if (bytes.length < LEAST_BYTES) {
            return found;
        }
        long window = ByteBuffer.wrap(bytes).getLong();
        for (int at = 0; ; at++) {
            List<Needle> candidates = byStart.get(window);
            if (candidates != null) {
                for (Needle needle : candidates) {
                    int end = at + needle.bytes.length;
                    if (end <= bytes.length && Arrays.equals(bytes, at, end, needle.bytes, 0, needle.bytes.length)) {
                        found.add(needle.value);
                    }
                }
            }
            if (at + LEAST_BYTES >= bytes.length) {
                return found;
            }
            window = window << 8 | bytes[at + LEAST_BYTES] & 0xffL;
        }
    }

    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything a provider received of one request, as one run of bytes. */
    static byte[] received(dev.anteroom.load.ReceivedRequest request) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(request.path())
                .append('?')
                .append(request.query())
                .append('\n');
        request.headers()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        all.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(request.body());
        return all.toByteArray();
    }
}
