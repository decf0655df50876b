package dev.anteroom.traces;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The key that signs a gateway's checkpoints, in the folder {@code keys} of its data directory. Immutable.
 *
 * @param created whether it was made just now: its public half must be kept where the gateway cannot change it
 * @param publicFile the verifier key, for whoever checks
 */
record LogKey(NoteSigner signer, boolean created, Path publicFile) {
    static final String FILE = "log.key";
    static final String PUBLIC_FILE = "log.pub";

    /** Reads the key, or makes one; writes the public half beside it where that is missing. */
    static LogKey openOrCreate(Path folder, String gatewayId, SecureRandom random) throws JournalException {
        Path file = folder.resolve(FILE);
        Path publicFile = folder.resolve(PUBLIC_FILE);
        try {
            Disk.createPrivateDirectories(folder);
            boolean created = !Files.exists(file);
            NoteSigner signer = created
                    ? NoteSigner.create(file, Checkpoint.keyName(gatewayId), NoteKey.Use.NOTE, random)
                    : NoteSigner.read(file);
            String key = signer.key() + "\n";
            if (!key.equals(textOf(publicFile))) {
                Disk.replaceWhole(publicFile, key);
            }
            return new LogKey(signer, created, publicFile);
        } catch (NoteException e) {
            throw new JournalException(JournalException.Kind.KEY, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new JournalException(JournalException.Kind.KEY, file + ": " + e, e);
        }
    }

    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
