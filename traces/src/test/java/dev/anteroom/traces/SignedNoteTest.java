package dev.anteroom.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignedNoteTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());

    /** The example of golang.org/x/mod/sumdb/note. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    @TempDir
    private Path folder;

    @Test
    void check_noteThatGoSigned_isValid() throws NoteException {
        NoteKey key = NoteKey.parse(GO_KEY);
        SignedNote note = SignedNote.parse(GO_NOTE);
        assertEquals(GO_KEY, key.toString());
        assertEquals(GO_NOTE, note.encode());
        assertInstanceOf(NoteKey.Check.Valid.class, key.check(note));
        SignedNote altered = new SignedNote(note.text().replace("problem is", "answer is"), note.signatures());
        assertInstanceOf(NoteKey.Check.Invalid.class, key.check(altered));
        NoteKey other = new NoteKey("PeterNeumann", NoteKey.Use.COSIGNATURE, key.raw());
        assertInstanceOf(NoteKey.Check.Absent.class, other.check(note), "another number");
    }

    @Test
    void sign_withAKeyReadBack_isValidForItsPublicHalfAlone() throws Exception {
        for (NoteKey.Use use : NoteKey.Use.values()) {
            Path file = folder.resolve(use + ".key");
            NoteSigner.create(file, "example.org/w", use, Fixtures.RANDOM);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            NoteSigner signer = NoteSigner.read(file);
            SignedNote note = new SignedNote("a\nb\n", List.of(signer.sign("a\nb\n", 1_700_000_000)));
            NoteKey key = NoteKey.parse(signer.key().toString());
            long seconds = use == NoteKey.Use.NOTE ? 0 : 1_700_000_000;
            assertEquals(new NoteKey.Check.Valid(seconds), key.check(SignedNote.parse(note.encode())));
            assertThrows(
                    java.nio.file.FileAlreadyExistsException.class,
                    () -> NoteSigner.create(file, "again", use, Fixtures.RANDOM));
        }
    }

    @Test
    void read_halvesOfTwoKeys_isRefused() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        NoteSigner.create(first, "k", NoteKey.Use.NOTE, Fixtures.RANDOM);
        NoteSigner.create(second, "k", NoteKey.Use.NOTE, Fixtures.RANDOM);
        String secret = Files.readAllLines(first).getFirst();
        String open = Files.readAllLines(second).getLast();
        Files.writeString(first, secret + "\n" + open + "\n");
        NoteException e = assertThrows(NoteException.class, () -> NoteSigner.read(first));
        assertTrue(String.valueOf(e.getMessage()).contains("do not belong together"));
    }

    @Test
    void parse_anyBytes_isANoteThatEncodesToThemOrAPlainRefusal() {
        Random random = new Random(SEED);
        byte[] good = GO_NOTE.getBytes(StandardCharsets.UTF_8);
        int parsed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = random.nextInt(3) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
            }
            try {
                SignedNote note = SignedNote.parse(bytes);
                assertEquals(new String(bytes, StandardCharsets.UTF_8), note.encode(), () -> "anteroom.seed=" + SEED);
                parsed++;
                Checkpoint.parse(note.text());
            } catch (NoteException refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() < 120);
            }
        }
        assertTrue(parsed > 100, "the mutations are too rough");
    }

    @Test
    void parse_anySubmission_encodesToTheSameOrIsRefused() {
        Random random = new Random(SEED);
        String good = "old 7\n" + "A".repeat(43) + "=\n\nanteroom/g/" + "0".repeat(32) + "\n9\n" + "A".repeat(43)
                + "=\n\n" + GO_NOTE.substring(GO_NOTE.indexOf('\u2014'));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = random.nextInt(3) == 0 ? (byte) '\n' : (byte) random.nextInt(256);
            }
            try {
                Submission submission = Submission.parse(bytes);
                assertEquals(
                        new String(bytes, StandardCharsets.UTF_8), submission.encode(), () -> "anteroom.seed=" + SEED);
            } catch (NoteException refused) {
                assertTrue(String.valueOf(refused.getMessage()).length() < 120);
            }
        }
    }

    @Test
    void parse_checkpointThatIsNone_isRefused() {
        String root = "A".repeat(43) + "=";
        for (String bad : List.of(
                "",
                "o\n1\n",
                "o\n01\n" + root + "\n",
                "o\n-1\n" + root + "\n",
                "\n1\n" + root + "\n",
                "o\n1\n" + root,
                "o\n1\nAAAA\n",
                "o\n1\n" + root + "\n\n",
                "o\n9999999999999999999\n" + root + "\n")) {
            assertThrows(NoteException.class, () -> Checkpoint.parse(bad), bad);
        }
    }
}
