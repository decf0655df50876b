package dev.anteroom.traces;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The other side of a witness: signs checkpoints of a gateway's logs that go on from those it signed before. Confined to one
 * call.
 *
 * <p>It needs no part of the gateway's data: a log's public key, its own key, and a file of what it signed last of each log, which is on disk before
 * a signature leaves.
 */
public final class Cosigner {
    private final NoteSigner signer;
    private final List<NoteKey> logKeys;
    private final Path state;

    private Cosigner(NoteSigner signer, List<NoteKey> logKeys, Path state) {
        this.signer = signer;
        this.logKeys = List.copyOf(logKeys);
        this.state = state;
    }

    /** What cannot be signed, and why. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A witness with the key of this file.
     *
     * @param logTrust whose logs it signs
     * @param state the last checkpoint of each log that it signed; made where it is missing
     */
    public static Cosigner open(Path keyFile, LogTrust logTrust, Path state) throws Refused {
        try {
            NoteSigner signer = NoteSigner.read(keyFile);
            if (signer.key().use() != NoteKey.Use.COSIGNATURE) {
                throw new Refused(keyFile + ": not the key of a witness");
            }
            return new Cosigner(signer, logTrust.logKeys(), state);
        } catch (IOException | NoteException e) {
            throw new Refused(keyFile + ": " + e.getMessage());
        }
    }

    /** Makes the key of a witness; returns its verifier key. */
    public static String createKey(Path keyFile, String name, SecureRandom random) throws Refused {
        try {
            return NoteSigner.create(keyFile, name, NoteKey.Use.COSIGNATURE, random)
                    .key()
                    .toString();
        } catch (IOException | NoteException e) {
            throw new Refused(keyFile + ": " + e.getMessage());
        }
    }

    /**
     * Signs what a log submits.
     *
     * @param submission an add-checkpoint request of c2sp.org/tlog-witness
     * @return the checkpoint with the cosignature under it
     */
    public String cosign(byte[] submission, Instant now) throws Refused, IOException {
        try {
            Submission submitted = Submission.parse(submission);
            Checkpoint checkpoint = Checkpoint.parse(submitted.note().text());
            checkpoint.log();
            boolean signed = false;
            for (NoteKey key : logKeys) {
                signed |= key.check(submitted.note()) instanceof NoteKey.Check.Valid;
            }
            if (!signed) {
                throw new Refused("the checkpoint is not signed by a key of a log that is known");
            }
            List<SignedNote> before = state();
            Hashes hashes = new Hashes();
            TreeHead last = new TreeHead(0, hashes.empty());
            List<SignedNote> after = new ArrayList<>();
            for (SignedNote one : before) {
                Checkpoint known = Checkpoint.parse(one.text());
                if (known.origin().equals(checkpoint.origin())) {
                    last = known.head();
                } else {
                    after.add(one);
                }
            }
            if (submitted.oldSize() != last.size()) {
                throw new Refused("the submission goes on from " + submitted.oldSize()
                        + " records, and what was signed last covers " + last.size());
            }
            if (!new MerkleProofs(hashes).isConsistent(last, checkpoint.head(), submitted.proof())) {
                throw new Refused("the log was rewritten: its " + checkpoint.size() + " records do not begin with the "
                        + last.size() + " that were signed last");
            }
            String text = submitted.note().text();
            SignedNote cosigned = submitted.note().with(List.of(signer.sign(text, now.getEpochSecond())));
            after.add(cosigned);
            StringBuilder all = new StringBuilder();
            after.forEach(one -> all.append(one.encode()).append('\n'));
            Disk.replaceWhole(state, all.toString());
            Disk.forceDirectory(state.toAbsolutePath().getParent());
            return cosigned.encode();
        } catch (NoteException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private List<SignedNote> state() throws IOException, NoteException {
        try {
            return CheckpointFiles.notes(Files.readString(state, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
