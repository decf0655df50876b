package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
    @TempDir
    Path keys;

    private ContentDigest digest() throws IOException {
        return ContentDigest.openOrCreate(keys, new SecureRandom());
    }

    /** As whoever has the key file computes it. */
    private String hmac(String text) throws Exception {
        byte[] key = HexFormat.of()
                .parseHex(
                        Files.readString(keys.resolve("content-digest.secret")).strip());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void original_text_isTheHmacOfTheKeyFile() throws Exception {
        assertEquals(digest().original("{\"a\": \"é\"}"), hmac("original\0{\"a\": \"é\"}"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("content-digest.secret"))));
    }

    @Test
    void conversation_otherBorders_isAnother() throws Exception {
        ContentDigest digest = digest();
        assertEquals(hmac("conversation\0003:st-2:ab1:c"), digest.conversation("st-", List.of("ab", "c")));
        assertNotEquals(digest.conversation("st-", List.of("a", "bc")), digest.conversation("st-", List.of("ab", "c")));
    }

    @Test
    void answer_events_isTheHmacOfTheirLines() throws Exception {
        ContentDigest.Answer answer = digest().answer();
        answer.event("one");
        answer.event("two");
        String end = answer.end();
        answer.event("late");
        assertEquals(hmac("answer\0one\ntwo\n"), end);
        assertEquals(end, answer.end());
        assertEquals("", digest().answer().end());
    }

    @Test
    void open_withoutKey_makesNone() throws Exception {
        assertTrue(ContentDigest.open(keys).isEmpty());
        assertFalse(Files.exists(keys.resolve("content-digest.secret")));
        String then = digest().original("text");
        assertEquals(then, ContentDigest.open(keys).orElseThrow().original("text"));
    }

    @Test
    void openOrCreate_damagedKey_isRefused() throws Exception {
        Files.writeString(keys.resolve("content-digest.secret"), "00");
        assertThrows(IOException.class, this::digest);
    }
}
