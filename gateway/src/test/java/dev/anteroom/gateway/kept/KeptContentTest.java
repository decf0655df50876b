package dev.anteroom.gateway.kept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decided is found again by its hash, and nothing else is taken for it. */
class KeptContentTest {
    private static final Path CONFIG = Path.of("/etc/anteroom/anteroom.yaml");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path data;

    private static Content content(String name, String text) {
        return Content.of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Build build(String... code) {
        return new Build(
                "1+test",
                Stream.of(code).map(text -> content(text + ".jar", text)).toList());
    }

    /** Keeps a snapshot whose configuration has this text, and returns its hash. */
    private String keep(String text, Build build, Instant time) throws IOException {
        SnapshotParts parts = new SnapshotParts(text, "s", "b", build.name(), build.digest());
        KeptContent.of(data)
                .keep(
                        parts,
                        build,
                        List.of(content(CONFIG.toString(), "# " + text)),
                        List.of(content("tagger.bin", "weights")),
                        InstantSource.fixed(time));
        return parts.hash();
    }

    private KeptSnapshot find(String snapshot) throws KeptException {
        return KeptContent.of(data).find(snapshot);
    }

    private Path kept(String text) {
        return data.resolve("kept/sha256").resolve(content("", text).sha256());
    }

    private long contents() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("kept/sha256"))) {
            return files.count();
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Files.delete(file);
        Files.writeString(file, text);
    }

    @Test
    void find_whatWasKept_givesItBack() throws Exception {
        KeptSnapshot found = find(keep("one", build("rules", "library"), NOW));
        assertEquals("1+test", found.build());
        assertEquals(build("rules", "library").digest(), found.code());
        assertNotEquals(build("library", "rules").digest(), found.code(), "the order of the class path counts");
        assertEquals(CONFIG, found.config());
        assertEquals(NOW, found.time());
        assertArrayEquals(
                "# one".getBytes(StandardCharsets.UTF_8), found.files().get(CONFIG));
        assertArrayEquals("weights".getBytes(StandardCharsets.UTF_8), found.model("tagger.bin"));
        assertEquals(
                "the model's file classifier/model.onnx is not kept",
                assertThrows(KeptException.class, () -> found.model("classifier/model.onnx"))
                        .getMessage());
        assertEquals(List.of(kept("rules"), kept("library")), found.classPath());
    }

    @Test
    void keep_whatIsThere_isNotKeptTwice() throws Exception {
        keep("one", build("rules", "library"), NOW);
        long before = contents();
        keep("one", build("rules", "library"), NOW.plusSeconds(1));
        assertEquals(before, contents());
        keep("two", build("other rules", "library"), NOW.plusSeconds(2));
        assertEquals(
                before + 3, contents(), "canonical text, configuration and rules are new; library and model are not");
    }

    @Test
    void find_missingOrDamaged_saysWhat() throws Exception {
        String snapshot = keep("one", build("rules"), NOW);
        assertEquals(
                "the snapshot is not kept",
                assertThrows(KeptException.class, () -> find("0".repeat(64))).getMessage());
        replace(kept("rules"), "Rules");
        assertEquals(
                "the program's file rules.jar is kept and damaged: it has another digest",
                assertThrows(KeptException.class, find(snapshot)::classPath).getMessage());
        Files.delete(kept("# one"));
        assertEquals(
                "the configuration's file " + CONFIG + " is not kept",
                assertThrows(KeptException.class, find(snapshot)::files).getMessage());
    }

    @Test
    void find_listWithOtherCode_isRefused() throws Exception {
        String snapshot = keep("one", build("rules"), NOW);
        Path list = data.resolve("kept/snapshots").resolve(snapshot + ".json");
        String forged = Files.readString(list)
                .replace(content("", "rules").sha256(), content("", "weights").sha256());
        replace(list, forged);
        assertEquals(
                "the list of what the snapshot was made of belongs to another one",
                assertThrows(KeptException.class, () -> find(snapshot)).getMessage());
    }

    @Test
    void prune_whatNoRecordNames_goesAlone() throws Exception {
        String first = keep("one", build("rules", "library"), NOW);
        String second = keep("two", build("other rules", "library"), NOW.plusSeconds(1));
        String last = keep("three", build("rules", "library"), NOW.plusSeconds(2));
        Files.writeString(data.resolve("kept/sha256/remains.draft"), "half a file");
        KeptContent.Pruned pruned = KeptContent.of(data).prune(Set.of(first));
        assertEquals(new KeptContent.Pruned(1, 4), pruned, "canonical text, configuration, other rules, remains");
        assertThrows(KeptException.class, () -> find(second));
        assertEquals(2, find(first).classPath().size());
        assertEquals(2, find(last).classPath().size(), "what was kept last stays, for records to come");
        keep("one", build("rules", "library"), NOW.plusSeconds(3));
        KeptContent.of(data).prune(Set.of());
        assertThrows(KeptException.class, () -> find(last));
        assertEquals(2, find(first).classPath().size(), "a snapshot in use again is the last");
    }

    @Test
    void prune_damagedList_removesNothing() throws Exception {
        String first = keep("one", build("rules"), NOW);
        keep("two", build("other"), NOW.plusSeconds(1));
        replace(data.resolve("kept/snapshots").resolve(first + ".json"), "{");
        long before = contents();
        assertThrows(IOException.class, () -> KeptContent.of(data).prune(Set.of(first)));
        assertEquals(before, contents());
    }

    @Test
    void keep_whereNothingCanBeWritten_fails() throws Exception {
        Files.writeString(data.resolve("kept"), "in the way");
        assertThrows(IOException.class, () -> keep("one", build("rules"), NOW));
    }

    @Test
    void keep_fileThatChangesMeanwhile_fails() {
        Content changed = new Content(
                "rules.jar", content("", "rules").sha256(), content("", "other").source());
        Build build = new Build("1+test", List.of(changed));
        assertThrows(IOException.class, () -> keep("one", build, NOW));
        assertFalse(Files.exists(kept("rules")));
    }

    @Test
    void running_thisProcess_isTheSameTwice() throws Exception {
        Build build = Build.running("1+test");
        assertTrue(build.code().size() > 2, build::toString);
        assertEquals(build.digest(), Build.running("1+test").digest());
    }

    @Test
    void build_digestsListedBesideTheFiles_areTakenWhileNoFileIsYoungerAndComparedWhenKept() throws IOException {
        Path code = Files.createDirectory(data.resolve("code"));
        Path jar = Files.writeString(code.resolve("a.jar"), "classes");
        Path list = code.resolve("SHA256SUMS");
        String right = content("", "classes").sha256();
        String wrong = content("", "other classes").sha256();
        Files.writeString(list, right + "  a.jar\n" + right + "  gone.jar\nno list\n");
        assertEquals(right, Build.of("1+test", List.of(jar)).code().getFirst().sha256());

        Files.writeString(list, wrong + "  a.jar\n");
        Build listed = Build.of("1+test", List.of(jar));
        assertEquals(wrong, listed.code().getFirst().sha256());
        IOException refused = assertThrows(IOException.class, () -> keep("a", listed, NOW));
        assertEquals("a file changed while it was to be kept", refused.getMessage());

        Files.setLastModifiedTime(jar, FileTime.from(NOW.plusSeconds(1)));
        Files.setLastModifiedTime(list, FileTime.from(NOW));
        assertEquals(right, Build.of("1+test", List.of(jar)).code().getFirst().sha256());
    }
}
