package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.call.Replay;
import dev.anteroom.gateway.kept.Build;
import dev.anteroom.gateway.kept.KeptContent;
import dev.anteroom.gateway.kept.KeptException;
import dev.anteroom.gateway.kept.KeptSnapshot;
import dev.anteroom.gateway.snapshot.SnapshotCompiler;
import dev.anteroom.models.ModelException;
import dev.anteroom.phi.PhiTagger;
import dev.anteroom.traces.Intent;
import dev.anteroom.traces.Trace;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides each call with the snapshot that its record names: in this process where this is the build that decided, else in a process of
 * that build. Confined to one thread.
 */
final class RecordedDecider implements Decider {
    /** Calls come in the order of time, so few snapshots are in use at once. */
    private static final int MOST_SNAPSHOTS = 4;

    private final Path data;
    private final KeptContent kept;
    private final Build build;
    private final boolean otherBuilds;
    private final Map<String, Decider> bySnapshot = new LinkedHashMap<>(8, 0.75f, true);
    private final Map<String, RecordedBuild> byCode = new HashMap<>();
    private Map<String, String> taggerFiles = Map.of();
    private @Nullable PhiTagger tagger;
    private long snapshots;

    /**
     * One for the records of a data directory.
     *
     * @param build of this process
     * @param otherBuilds whether processes of other builds may be started
     */
    RecordedDecider(Path data, Build build, boolean otherBuilds) {
        this.data = data;
        this.kept = KeptContent.of(data);
        this.build = build;
        this.otherBuilds = otherBuilds;
    }

    @Override
    public Decision decide(List<Trace.Entry> call) {
        Optional<List<Replay.Verdict>> undecidable = Replay.undecidable(Decider.records(call));
        if (undecidable.isPresent()) {
            return new Decision("", undecidable.get());
        }
        for (Trace.Entry entry : call) {
            if (entry.record() instanceof Intent intent) {
                return decider(intent.snapshot()).decide(call);
            }
        }
        throw new IllegalStateException("a call that can be decided has an intent");
    }

    private Decider decider(String snapshot) {
        Decider known = bySnapshot.get(snapshot);
        if (known != null) {
            return known;
        }
        Decider made = make(snapshot);
        snapshots++;
        bySnapshot.put(snapshot, made);
        if (bySnapshot.size() > MOST_SNAPSHOTS) {
            bySnapshot.remove(bySnapshot.keySet().iterator().next());
        }
        return made;
    }

    private Decider make(String snapshot) {
        try {
            KeptSnapshot found = kept.find(snapshot);
            if (found.code().equals(build.digest())) {
                return here(found);
            }
            return otherBuilds
                    ? elsewhere(found)
                    : new Impossible("the call was decided by another build than this, " + found.build());
        } catch (KeptException | Snapshots.NotMadeAgain | ModelException e) {
            return new Impossible(String.valueOf(e.getMessage()));
        }
    }

    private Decider here(KeptSnapshot found) throws KeptException, Snapshots.NotMadeAgain {
        Replay replay = new Replay(Snapshots.of(found, tagger(found), new Build(found.build(), build.code())));
        if (!replay.snapshot().hash().equals(found.hash())) {
            throw new Snapshots.NotMadeAgain("what is kept makes another snapshot than the recorded one");
        }
        return Decider.with(replay);
    }

    /** The kept tagger; the one of this build where the gateway was started with one that has no files. */
    private PhiTagger tagger(KeptSnapshot found) throws KeptException {
        Map<String, String> digests = new HashMap<>(found.models());
        digests.keySet().removeIf(SnapshotCompiler.Models::isOfClassifier);
        PhiTagger last = tagger;
        if (last == null || !digests.equals(taggerFiles)) {
            last = digests.isEmpty() ? PhiTagger.shipped() : read(found, digests);
            tagger = last;
            taggerFiles = digests;
        }
        return last;
    }

    private static PhiTagger read(KeptSnapshot found, Map<String, String> digests) throws KeptException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : digests.keySet()) {
            files.put(name, found.model(name));
        }
        return PhiTagger.read(
                name -> {
                    byte[] bytes = files.get(name);
                    return bytes == null ? null : new ByteArrayInputStream(bytes);
                },
                digests);
    }

    private Decider elsewhere(KeptSnapshot found) throws KeptException {
        RecordedBuild running = byCode.get(found.code());
        if (running == null) {
            List<Path> classPath = found.classPath();
            if (classPath.isEmpty()) {
                return new Impossible("the code of the build that decided, " + found.build() + ", is not kept");
            }
            running = RecordedBuild.start(classPath, found.build(), data);
            byCode.put(found.code(), running);
        }
        return running;
    }

    @Override
    public String with() {
        return snapshots + (snapshots == 1 ? " recorded snapshot" : " recorded snapshots");
    }

    @Override
    public void close() {
        byCode.values().forEach(RecordedBuild::close);
    }

    /** For calls that cannot be decided again. */
    private record Impossible(String why) implements Decider {
        @Override
        public Decision decide(List<Trace.Entry> call) {
            return Decision.impossible(why);
        }

        @Override
        public String with() {
            return "nothing";
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
