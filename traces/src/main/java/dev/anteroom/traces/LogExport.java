package dev.anteroom.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records so that whoever has a public key can check them without the gateway: one JSON object a line. Confined to one
 * call; blocks on files.
 *
 * <p>A line for each log holds its signed checkpoint; behind it a line for each record holds what the tree is over and the
 * record's own proof of inclusion in that checkpoint, so any line can also be shown alone. Records that came after the last
 * checkpoint are left out: a running gateway signs once a second. Of what calls asked before anything was replaced no text
 * is ever written.
 */
public final class LogExport {
    static final int FORMAT = 1;

    /** How much of a record is written beside its proof. */
    public enum Text {
        /** Nothing: times, kinds, trace ids and commitments. */
        NONE,
        /** What was decided. */
        DECISIONS,
        /** What was decided, and the redacted texts. */
        ALL
    }

    /** What was written. Immutable. */
    public record Summary(long logs, long records) {}

    private final Path folder;
    private final Unsealer unsealer;
    private final Text text;
    private final OutputStream stream;
    private final JsonGenerator out;
    private final LongConsumer progress;
    private final Hashes hashes = new Hashes();
    private long logs;
    private long records;

    private LogExport(Path folder, KeyRing keys, Text text, OutputStream stream, LongConsumer progress)
            throws IOException {
        this.folder = folder;
        this.unsealer = new Unsealer(keys);
        this.text = text;
        this.stream = stream;
        this.out = TraceJson.FACTORY.createGenerator(stream);
        this.progress = progress;
    }

    /**
     * Writes the records of a data directory; the stream is flushed and not closed.
     *
     * @param keys needed where text is to be written
     * @param from with {@code until}: from the first record of a log in this time to the last one; all where both are open
     * @param progress hears how many records were written, now and then
     */
    public static Summary write(
            Path dataDirectory,
            Optional<KeyRing> keys,
            Text text,
            Instant from,
            Instant until,
            OutputStream out,
            LongConsumer progress)
            throws JournalException, IOException {
        Path folder = dataDirectory.resolve(JournalFiles.FOLDER);
        LogExport export = new LogExport(folder, keys.orElse(KeyRing.NONE), text, out, progress);
        boolean all = from.equals(Instant.EPOCH) && until.equals(Instant.MAX);
        try {
            for (JournalFiles.Lifetime lifetime : JournalFiles.lifetimes(folder)) {
                export.log(lifetime, all, from, until);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return export.end();
    }

    private Summary end() throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "end");
        out.writeNumberField("logs", logs);
        out.writeNumberField("records", records);
        out.writeEndObject();
        line();
        stream.flush();
        return new Summary(logs, records);
    }

    /** Records of a log by their numbers in it, from 0; {@code to} does not belong to them. */
    private record Range(long from, long to) {}

    private void log(JournalFiles.Lifetime lifetime, boolean all, Instant from, Instant until)
            throws IOException, JournalException {
        CheckpointFiles files = CheckpointFiles.of(folder, lifetime);
        try {
            Optional<SignedNote> latest = CheckpointFiles.read(files.latest());
            if (latest.isEmpty()) {
                return; // it recorded nothing, or verifying says that its checkpoint is missing
            }
            Checkpoint checkpoint = Checkpoint.parse(latest.get().text());
            Range range = all ? new Range(0, checkpoint.size()) : range(lifetime, checkpoint.size(), from, until);
            if (range.from >= range.to) {
                return;
            }
            try (Tree tree = tree(lifetime, files, checkpoint.head())) {
                header(files, latest.get(), checkpoint, range, tree.proofs);
                records(lifetime, checkpoint.size(), range, tree.proofs);
            }
        } catch (NoteException e) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT, files.latest().getFileName() + ": " + e.getMessage());
        }
        logs++;
    }

    /** From the first to the last record whose time is asked for. */
    private Range range(JournalFiles.Lifetime lifetime, long size, Instant from, Instant until)
            throws IOException, JournalException {
        long[] range = {-1, 0, 0};
        scan(lifetime, (place, bytes, at) -> {
            Instant time = Instant.ofEpochMilli(Leaf.of(bytes, at).millis());
            if (!time.isBefore(from) && time.isBefore(until)) {
                range[0] = range[0] < 0 ? range[2] : range[0];
                range[1] = range[2] + 1;
            }
            return ++range[2] < size;
        });
        return new Range(Math.max(0, range[0]), range[1]);
    }

    private void scan(JournalFiles.Lifetime lifetime, SegmentScanner.Visitor visitor)
            throws IOException, JournalException {
        Damage[] first = new Damage[1];
        new SegmentScanner(damage -> first[0] = first[0] == null ? damage : first[0])
                .scan(lifetime, 0, lifetime.segments().size(), true, visitor);
        if (first[0] != null) {
            throw new JournalException(JournalException.Kind.CORRUPT, first[0] + " (see traces verify)");
        }
    }

    /** Proofs of one log, and the file that they are read from. */
    private record Tree(
            MerkleTree proofs, AutoCloseable file, @Nullable Path temporary) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                file.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a file's close fails with an IOException only", e);
            } finally {
                if (temporary != null) {
                    Files.deleteIfExists(temporary);
                }
            }
        }
    }

    /** Opens the file of the log's hashes, or builds it again elsewhere where it is not there or not right. */
    private Tree tree(JournalFiles.Lifetime lifetime, CheckpointFiles files, TreeHead head)
            throws IOException, JournalException {
        if (Files.exists(files.tree())) {
            TreeFile file = TreeFile.open(files.tree());
            MerkleTree proofs = new MerkleTree(hashes, file);
            if (isRootOf(proofs, head)) {
                return new Tree(proofs, file, null);
            }
            file.close();
        }
        Path temporary = Files.createTempFile("anteroom", ".tree"); // readable to its owner only
        TreeBuilder builder = new TreeBuilder(temporary, List.of());
        Tree built = new Tree(builder.tree(), builder, temporary);
        boolean right = false;
        try {
            scan(lifetime, (place, bytes, at) -> {
                builder.add(bytes, at);
                return true;
            });
            builder.flush();
            right = isRootOf(built.proofs, head);
        } finally {
            if (!right) {
                built.close();
            }
        }
        if (!right) {
            throw new JournalException(
                    JournalException.Kind.CORRUPT,
                    "the log " + lifetime.startId() + " is not what its checkpoint says (see traces verify)");
        }
        return built;
    }

    private static boolean isRootOf(MerkleTree tree, TreeHead head) {
        try {
            return Hashes.equal(tree.root(head.size()), head.root());
        } catch (IOException e) {
            return false; // shorter than it should be
        }
    }

    private void header(CheckpointFiles files, SignedNote note, Checkpoint checkpoint, Range range, MerkleTree proofs)
            throws IOException, NoteException {
        out.writeStartObject();
        out.writeStringField("type", "log");
        out.writeNumberField("format", FORMAT);
        out.writeStringField("gateway", files.gatewayId());
        out.writeStringField("log", files.startId());
        out.writeStringField("checkpoint", note.encode());
        Optional<SignedNote> cosigned = CheckpointFiles.read(files.cosigned());
        if (cosigned.isPresent()) {
            long size = Checkpoint.parse(cosigned.get().text()).size();
            if (size <= checkpoint.size()) {
                out.writeStringField("cosigned", cosigned.get().encode());
                hashes("consistency", proofs.consistency(size, checkpoint.size()));
            }
        }
        out.writeNumberField("first", range.from);
        out.writeNumberField("records", range.to - range.from);
        out.writeEndObject();
        line();
    }

    private void records(JournalFiles.Lifetime lifetime, long size, Range range, MerkleTree proofs)
            throws IOException, JournalException {
        long[] index = new long[1];
        JournalException[] failure = new JournalException[1];
        scan(lifetime, (place, bytes, at) -> {
            try {
                if (index[0] >= range.from) {
                    record(place, bytes, at, index[0], proofs.inclusion(index[0], size));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (JournalException e) {
                failure[0] = e;
                return false;
            }
            return ++index[0] < range.to;
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private void record(SegmentScanner.Place place, byte[] bytes, int at, long index, List<byte[]> proof)
            throws IOException, JournalException {
        Leaf leaf = Leaf.of(bytes, at);
        out.writeStartObject();
        out.writeStringField("type", "record");
        out.writeNumberField("index", index);
        out.writeStringField("kind", Frame.word(leaf.kind()));
        out.writeNumberField("sequence", leaf.sequence());
        out.writeNumberField("millis", leaf.millis());
        out.writeStringField("trace_id", leaf.traceId());
        for (Frame.Section section : Frame.Section.values()) {
            if (leaf.has(section)) {
                out.writeStringField(section.word + "_commitment", base64(leaf.commitment(section)));
            }
        }
        hashes("proof", proof);
        for (Frame.Section section : Frame.Section.values()) {
            if (leaf.has(section) && isWritten(section, leaf.kind())) {
                text(section, unsealer.section(section, place, bytes, at));
            }
        }
        out.writeEndObject();
        line();
        if ((++records & 0xfff) == 0) {
            progress.accept(records);
        }
    }

    private boolean isWritten(Frame.Section section, byte kind) {
        return kind == Frame.LINK
                || switch (text) {
                    case NONE -> false;
                    case DECISIONS -> section == Frame.Section.DECISION;
                    case ALL -> section == Frame.Section.DECISION || kind != Frame.ORIGINAL;
                };
    }

    private void text(Frame.Section section, byte @Nullable [] opened) throws IOException {
        out.writeObjectFieldStart(section.word);
        if (opened == null) {
            out.writeBooleanField("shredded", true);
        } else {
            byte[] salt = Arrays.copyOf(opened, Frame.SALT_BYTES);
            out.writeStringField("salt", base64(salt));
            out.writeStringField(
                    "text",
                    new String(opened, Frame.SALT_BYTES, opened.length - Frame.SALT_BYTES, StandardCharsets.UTF_8));
        }
        out.writeEndObject();
    }

    private void hashes(String name, List<byte[]> path) throws IOException {
        out.writeArrayFieldStart(name);
        for (byte[] hash : path) {
            out.writeString(base64(hash));
        }
        out.writeEndArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void line() throws IOException {
        out.writeRaw('\n');
        out.flush();
    }
}
