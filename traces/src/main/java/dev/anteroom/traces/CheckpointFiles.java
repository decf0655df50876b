package dev.anteroom.traces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signed checkpoints of one log in a journal's folder. Confined to one thread that writes; others may read.
 *
 * <pre>
 *   GATEWAY-STARTID.checkpoint     the latest
 *   GATEWAY-STARTID.checkpoints    earlier ones, oldest first, an empty line behind each
 *   GATEWAY-STARTID.cosigned       the latest that a witness has signed too
 *   GATEWAY-STARTID.tree           the hashes of the tree
 * </pre>
 */
record CheckpointFiles(Path folder, String gatewayId, String startId) {
    private static final Pattern NAME = Pattern.compile("(.+)-([0-9a-f]{32})\\.checkpoint");

    /** More than any history that this version writes in ten years. */
    private static final long MOST_HISTORY_BYTES = 256L << 20;

    static CheckpointFiles of(Path folder, JournalFiles.Lifetime lifetime) {
        return new CheckpointFiles(folder, lifetime.gatewayId(), lifetime.startId());
    }

    String origin() {
        return Checkpoint.origin(gatewayId, startId);
    }

    Path latest() {
        return file(".checkpoint");
    }

    Path history() {
        return file(".checkpoints");
    }

    Path cosigned() {
        return file(".cosigned");
    }

    Path tree() {
        return file(".tree");
    }

    private Path file(String end) {
        return folder.resolve(gatewayId + "-" + startId + end);
    }

    /** Replaces the file of a note, so that a reader finds the old or the new one and a crash leaves one of them. */
    static void replace(Path file, SignedNote note) throws IOException {
        Disk.replaceWhole(file, note.encode());
    }

    /** The note of this file, or nothing where there is none. */
    static Optional<SignedNote> read(Path file) throws IOException, NoteException {
        try {
            return Optional.of(SignedNote.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The log with the greatest id among those whose checkpoints lie in the folder, or nothing. */
    static Optional<CheckpointFiles> newest(Path folder) throws IOException {
        CheckpointFiles newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.checkpoint")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && (newest == null || name.group(2).compareTo(newest.startId) > 0)) {
                    newest = new CheckpointFiles(folder, name.group(1), name.group(2));
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Cuts off a checkpoint at the end of the earlier ones that a crash left unfinished. */
    void mend() throws IOException {
        if (!Files.exists(history())) {
            return;
        }
        try (FileChannel file = FileChannel.open(history(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String text = Files.readString(history(), StandardCharsets.ISO_8859_1);
            int at = 0;
            for (int end = end(text, 0); end >= 0; end = end(text, at)) {
                at = end;
            }
            file.truncate(at);
        }
    }

    /** Where the note that begins here ends, with the empty line behind it, or -1. */
    private static int end(String text, int begin) {
        int signatures = text.indexOf("\n\n", begin);
        int end = signatures < 0 ? -1 : text.indexOf("\n\n", signatures + 2);
        return end < 0 ? -1 : end + 2;
    }

    /** Appends to the earlier ones. */
    void remember(SignedNote note) throws IOException {
        try (FileChannel out = FileChannel.open(
                history(),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap((note.encode() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    /** The earlier ones, oldest first. One that was cut off by a crash at the end is left out. */
    List<SignedNote> earlier() throws IOException, NoteException {
        String text;
        try {
            if (Files.size(history()) > MOST_HISTORY_BYTES) {
                throw new NoteException("more checkpoints than a log has");
            }
            text = Files.readString(history(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return notes(text);
    }

    /** The notes of a text with an empty line behind each; one without is left out. */
    static List<SignedNote> notes(String text) throws NoteException {
        List<SignedNote> notes = new ArrayList<>();
        int begin = 0;
        for (int end = end(text, 0); end >= 0; end = end(text, begin)) {
            notes.add(SignedNote.parse(text.substring(begin, end - 1)));
            begin = end;
        }
        return notes;
    }
}
