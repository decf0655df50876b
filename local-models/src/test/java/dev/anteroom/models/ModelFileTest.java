package dev.anteroom.models;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A file that is missing, cut, changed or another one is refused before anything is computed with it. */
class ModelFileTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());
    private static final byte[] MODEL = ShippedFiles.bytes("tagger.bin");
    private static final byte[] LEXICON = ShippedFiles.bytes("lexicon.bin");

    @Test
    void read_missing_saysSo() {
        assertRefused("is missing", () -> ModelFile.read("tagger.bin", null, "00"));
    }

    @Test
    void read_anotherDigest_saysBoth() {
        String expected = "0".repeat(64);
        assertRefused(expected, () -> ModelFile.read("tagger.bin", new ByteArrayInputStream(MODEL), expected));
        assertRefused(
                ShippedFiles.sha256(MODEL),
                () -> ModelFile.read("tagger.bin", new ByteArrayInputStream(MODEL), expected));
    }

    @Test
    void read_oneBitChanged_isRefused() {
        Random random = new Random(SEED);
        System.out.println("-Danteroom.seed=" + SEED);
        for (byte[] file : new byte[][] {MODEL, LEXICON}) {
            String digest = ShippedFiles.sha256(file);
            byte[] changed = file.clone();
            changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused("expected: " + digest, () -> ModelFile.read("x", new ByteArrayInputStream(changed), digest));
        }
    }

    @Test
    void parse_cutAnywhere_saysWhereItEnds() {
        Random random = new Random(SEED);
        System.out.println("-Danteroom.seed=" + SEED);
        for (int round = 0; round < 12; round++) {
            byte[] model = Arrays.copyOf(MODEL, random.nextInt(round < 4 ? 40 : MODEL.length));
            assertRefused("ends within", () -> TokenNetwork.read(ShippedFiles.file("tagger.bin", model)));
            byte[] lexicon = Arrays.copyOf(LEXICON, random.nextInt(round < 4 ? 12 : LEXICON.length));
            assertRefused("ends within", () -> WordBins.read(ShippedFiles.file("lexicon.bin", lexicon)));
        }
    }

    @Test
    void parse_longer_isRefused() {
        assertRefused(
                "goes on",
                () -> TokenNetwork.read(ShippedFiles.file("tagger.bin", Arrays.copyOf(MODEL, MODEL.length + 1))));
        assertRefused(
                "goes on",
                () -> WordBins.read(ShippedFiles.file("lexicon.bin", Arrays.copyOf(LEXICON, LEXICON.length + 2))));
    }

    @Test
    void parse_anotherKind_isRefused() {
        assertRefused("not of its kind", () -> TokenNetwork.read(ShippedFiles.file("lexicon.bin", LEXICON)));
        assertRefused("not of its kind", () -> WordBins.read(ShippedFiles.file("tagger.bin", MODEL)));
    }

    @Test
    void parse_headersThatPromiseTooMuch_areRefused() {
        for (int field = 0; field < 4; field++) {
            byte[] changed = MODEL.clone();
            changed[8 + 4 * field + 3] = (byte) 0xFF;
            assertRefused("expected", () -> TokenNetwork.read(ShippedFiles.file("tagger.bin", changed)));
        }
        byte[] other = MODEL.clone();
        other[8]++;
        assertRefused("embeddings", () -> TokenNetwork.read(ShippedFiles.file("tagger.bin", other)));
    }

    @Test
    void parse_weightsThatAreNoNumbers_areRefused() {
        byte[] changed = MODEL.clone();
        changed[changed.length - 1] = 0x7E;
        assertRefused("no number", () -> TokenNetwork.read(ShippedFiles.file("tagger.bin", changed)));
    }

    @Test
    void parse_wordsOutOfOrder_areRefused() {
        byte[] changed = LEXICON.clone();
        System.arraycopy(LEXICON, 12, changed, 16, 4);
        assertRefused("order", () -> WordBins.read(ShippedFiles.file("lexicon.bin", changed)));
    }

    private static void assertRefused(String words, org.junit.jupiter.api.function.Executable reading) {
        ModelException refused = assertThrows(ModelException.class, reading);
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(words), message);
    }
}
