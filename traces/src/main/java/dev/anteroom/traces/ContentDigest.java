package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names a text in a record so that whoever has the text and the key can prove that it was this one, and who lacks the key cannot try texts
 * out: HMAC-SHA-256 (RFC 2104) in lower-case hexadecimal, over a word for what it is, a zero byte, and the bytes. Thread-safe.
 */
public final class ContentDigest {
    private static final String FILE = "content-digest.secret";
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private ContentDigest(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** The digest with the key of this folder of keys, {@code content-digest.secret}; the key is made where missing. */
    public static ContentDigest openOrCreate(Path keysDirectory, SecureRandom random) throws IOException {
        Path file = keysDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            create(keysDirectory, file, random);
        }
        return read(file);
    }

    /** The same for who only compares: empty where the key is not there. */
    public static Optional<ContentDigest> open(Path keysDirectory) throws IOException {
        Path file = keysDirectory.resolve(FILE);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static ContentDigest read(Path file) throws IOException {
        String hex = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            byte[] key = HexFormat.of().parseHex(hex);
            if (key.length == KEY_BYTES) {
                return new ContentDigest(key);
            }
        } catch (IllegalArgumentException e) {
            // said below, without what stands there
        }
        throw new IOException(file + ": expected " + 2 * KEY_BYTES + " hex digits");
    }

    private static void create(Path keysDirectory, Path file, SecureRandom random) throws IOException {
        Disk.createPrivateDirectories(keysDirectory);
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        try (FileChannel out = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            byte[] hex = (HexFormat.of().formatHex(fresh) + "\n").getBytes(StandardCharsets.US_ASCII);
            Disk.writeFully(out, ByteBuffer.wrap(hex), 0);
            out.force(true);
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster; theirs counts.
        }
        Disk.forceDirectory(keysDirectory);
    }

    /** Of what a call asked, as it came: the word is {@code original}. */
    public String original(byte[] body, int length) {
        Mac mac = mac("original");
        mac.update(body, 0, length);
        return hex(mac);
    }

    /** The same of a text, as UTF-8. */
    public String original(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return original(bytes, bytes.length);
    }

    /**
     * Of a conversation: the word is {@code conversation}, the bytes are the tenant and the first texts, each as UTF-8 behind its length in
     * decimal and a colon.
     */
    public String conversation(String tenant, List<String> firstTexts) {
        Mac mac = mac("conversation");
        part(mac, tenant);
        firstTexts.forEach(text -> part(mac, text));
        return hex(mac);
    }

    private static void part(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
    }

    /** Begins the digest of a provider's answer. */
    public Answer answer() {
        return new Answer(mac("answer"));
    }

    /**
     * Of what a provider answers, while it comes: the word is {@code answer}, the bytes are the document as it came, or the data of every event of a
     * stream but {@code [DONE]}, each with a line feed behind it. Thread-safe.
     */
    public static final class Answer {
        private final Mac mac;
        private boolean begun;
        private @Nullable String result;

        private Answer(Mac mac) {
            this.mac = mac;
        }

        /** A document. */
        public synchronized void document(byte[] bytes) {
            if (result == null) {
                begun = true;
                mac.update(bytes);
            }
        }

        /** The data of an event. */
        public synchronized void event(String data) {
            if (result == null) {
                begun = true;
                mac.update(data.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) '\n');
            }
        }

        /** The digest of what came so far, {@code ""} where nothing did; what comes later does not count. */
        public synchronized String end() {
            String end = result;
            if (end == null) {
                end = begun ? hex(mac) : "";
                result = end;
            }
            return end;
        }

        @Override
        public String toString() {
            return "Answer";
        }
    }

    private Mac mac(String word) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(word.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static String hex(Mac mac) {
        return HexFormat.of().formatHex(mac.doFinal());
    }

    @Override
    public String toString() {
        return "ContentDigest";
    }
}
