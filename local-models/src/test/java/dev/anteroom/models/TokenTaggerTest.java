package dev.anteroom.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenTaggerTest {
    private static final long SEED = Long.getLong("anteroom.seed", System.nanoTime());

    /** Tokens to either side that the shipped network sees: the sum of its dilations. */
    private static final int REACH = 17;

    private static final ModelFile MODEL = ShippedFiles.file("tagger.bin");
    private static final ModelFile LEXICON = ShippedFiles.file("lexicon.bin");

    private final Random random = new Random(SEED);

    TokenTaggerTest() {
        System.out.println("-Danteroom.seed=" + SEED);
    }

    /** Another implementation of the network, and embeddings read and summed by other code, give the same probabilities. */
    @Test
    void score_randomTexts_agreesWithOnnxRuntime() throws OrtException {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        ByteBuffer file = ByteBuffer.wrap(ShippedFiles.bytes("tagger.bin")).order(ByteOrder.LITTLE_ENDIAN);
        int width = file.getInt(12);
        int begin = 24 + 12 * file.getInt(16);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(ShippedFiles.bytes("body.onnx"), options)) {
                for (int round = 0; round < 20; round++) {
                    String text = "Pt " + Texts.random(random, 1 + random.nextInt(700));
                    TokenScores scores = Texts.scores(tagger, text);
                    int count = scores.count();
                    float[] x = new float[width * count];
                    for (int token = 0; token < count; token++) {
                        for (int row : GoldenTest.embeddings(text, scores, token, true)) {
                            for (int i = 0; i < width; i++) {
                                x[i * count + token] +=
                                        Float.float16ToFloat(file.getShort(begin + 2 * (row * width + i)));
                            }
                        }
                    }
                    try (OnnxTensor input = OnnxTensor.createTensor(
                                    environment, FloatBuffer.wrap(x), new long[] {1, width, count});
                            OrtSession.Result result = session.run(Map.of("x", input))) {
                        float[][] expected = ((float[][][]) result.get(0).getValue())[0];
                        for (int token = 0; token < count; token++) {
                            double[] found = Texts.probabilities(scores, token);
                            for (int k = 0; k < found.length; k++) {
                                assertEquals(expected[k][token], found[k], 1e-4, "token " + token + " of " + count);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void score_eitherKernel_givesTheSameBits() {
        TokenTagger vector = TokenTagger.read(MODEL, LEXICON, new VectorKernel());
        TokenTagger plain = TokenTagger.read(MODEL, LEXICON, new PlainKernel());
        for (int round = 0; round < 30; round++) {
            String text = Texts.random(random, random.nextInt(round < 15 ? 30 : 1500));
            assertArrayEquals(bits(Texts.scores(plain, text)), bits(Texts.scores(vector, text)));
        }
    }

    /** Widths, depths, taps and kinds that the shipped model does not have; the network is read from its file alone. */
    @Test
    void score_otherNetworks_areWhatTheirFilesSay() {
        Definition.Shape[][] shapes = {
            {},
            {pointwise()},
            {mixed(3, 1)},
            {separable(7, 1), separable(5, 1), separable(5, 2), separable(5, 4)},
            {pointwise(), pointwise(), separable(9, 3), separable(1, 1)},
            {pointwise(), mixed(5, 2), separable(3, 9), separable(7, 1)},
        };
        int[] widths = {1, 16, 20, 33, 48, 64, 80};
        for (int i = 0; i < shapes.length * 2; i++) {
            int width = widths[random.nextInt(widths.length)];
            int rows = i % 2 == 0 ? Definition.ROWS : Definition.ROWS_WITH_TRIGRAMS;
            byte[] bytes = Definition.random(random, rows, width, 2 + random.nextInt(30), shapes[i / 2]);
            ModelFile file = ShippedFiles.file("made", bytes);
            Definition definition = new Definition(bytes);
            TokenTagger vector = TokenTagger.read(file, LEXICON, new VectorKernel());
            TokenTagger plain = TokenTagger.read(file, LEXICON, new PlainKernel());
            for (int pieces : new int[] {1, 5, 9, 40, 900, 40}) {
                String text = Texts.random(random, pieces);
                TokenScores found = Texts.scores(plain, text);
                String shape = width + " " + Arrays.toString(shapes[i / 2]) + " " + pieces;
                assertArrayEquals(bits(found), bits(Texts.scores(vector, text)), shape);
                double[][] expected = definition.scores(text, found);
                for (int token = 0; token < found.count(); token++) {
                    for (int k = 0; k < found.classes(); k++) {
                        double scale = 1 + Math.abs(expected[token][k]);
                        assertEquals(expected[token][k], found.score(token, k), 1e-3 * scale, shape);
                    }
                }
            }
        }
    }

    private static Definition.Shape pointwise() {
        return new Definition.Shape(1, 1, Definition.POINTWISE);
    }

    private static Definition.Shape separable(int taps, int dilation) {
        return new Definition.Shape(taps, dilation, Definition.SEPARABLE);
    }

    private static Definition.Shape mixed(int taps, int dilation) {
        return new Definition.Shape(taps, dilation, Definition.MIXED);
    }

    /** What a worker remembers of words, however many other words came between, is seen in the time alone. */
    @Test
    void score_afterManyOtherWords_isTheSame() {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        String text = Texts.random(random, 300);
        int[] first = bits(Texts.scores(tagger, text));
        for (int round = 0; round < 3; round++) {
            StringBuilder others = new StringBuilder();
            for (int i = 0; i < 3_000; i++) {
                others.append(Integer.toString(random.nextInt(1 << 24), 36)).append(i % 7 == 0 ? "-Жанна-" : " ");
            }
            Texts.scores(tagger, others.toString());
            assertArrayEquals(first, bits(Texts.scores(tagger, text)));
        }
    }

    /** Words that differ in one letter, in case, in the space before them or beyond what a key holds are not taken for each other. */
    @Test
    void score_wordsThatAreAlmostTheSame_areReadForThemselves() throws InterruptedException, ExecutionException {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        List<String> texts = new ArrayList<>();
        for (String before : List.of("seen ", "seen\n", "seen-", "")) {
            for (String word : List.of("ÿÿ", "ab", "Ab", "aB", "ā", "\u0161a", "a\u0161", "a\u0101")) {
                texts.add(before + word);
            }
            for (int length : new int[] {1, 7, 8, 9, 10, 11, 16, 17, 20, 21, 40}) {
                for (String letter : List.of("a", "b", "ж", "и")) {
                    texts.add(before + "a".repeat(length - 1) + letter);
                    texts.add(before + letter + "a".repeat(length - 1));
                }
            }
        }
        for (int round = 0; round < 2; round++) {
            Collections.shuffle(texts, random);
            for (String text : texts) {
                // A thread that has read nothing remembers nothing.
                FutureTask<int[]> alone = new FutureTask<>(() -> bits(Texts.scores(tagger, text)));
                Thread.ofPlatform().start(alone);
                assertArrayEquals(alone.get(), bits(Texts.scores(tagger, text)), text);
            }
        }
    }

    /**
     * A token's scores follow from the {@value #REACH} tokens to either side, wherever in a text of whatever length they stand, to the last bit.
     */
    @Test
    void score_aPieceOfALongText_isWhatItIsAlone() {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        for (int round = 0; round < 10; round++) {
            String text = Texts.random(random, 1200);
            TokenScores whole = Texts.scores(tagger, text);
            for (int at = 0; at < whole.count(); at += 1 + random.nextInt(60)) {
                int first = Math.max(0, at - REACH - 1);
                int last = Math.min(whole.count(), at + REACH + 2);
                TokenScores part = Texts.scores(tagger, text.substring(whole.start(first), whole.end(last - 1)));
                for (int k = 0; k < whole.classes(); k++) {
                    assertEquals(whole.score(at, k), part.score(at - first, k));
                }
            }
        }
    }

    @Test
    void score_manyThreads_sameBitsAsOne() throws InterruptedException, ExecutionException {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            texts.add(Texts.random(random, random.nextInt(600)));
        }
        List<int[]> alone =
                texts.stream().map(text -> bits(Texts.scores(tagger, text))).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random order = new Random(random.nextLong());
                done.add(threads.submit(() -> {
                    TokenScores scores = new TokenScores();
                    for (int i = 0; i < 200; i++) {
                        int index = order.nextInt(texts.size());
                        String text = texts.get(index);
                        tagger.score(text.toCharArray(), text.length(), scores, Texts.NONE);
                        assertArrayEquals(alone.get(index), bits(scores));
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
        }
    }

    @Test
    void score_timeIsOver_throwsWithinTheText() {
        TokenTagger tagger = TokenTagger.read(MODEL, LEXICON);
        AtomicLong asked = new AtomicLong();
        TimeLimit limit = TimeLimit.start(asked::getAndIncrement, 3);
        char[] text = "seen ".repeat(10_000).toCharArray();
        assertThrows(ModelException.class, () -> tagger.score(text, text.length, new TokenScores(), limit));
        assertEquals(5, asked.get(), "it stops at the first question after the end");
    }

    @Test
    void warmUp_isSeenInTheTimeAlone() {
        TokenTagger cold = TokenTagger.read(MODEL, LEXICON);
        TokenTagger warm = TokenTagger.read(MODEL, LEXICON);
        warm.warmUp(20_000_000_000L);
        assertTrue(warm.toString().contains("VectorKernel"), "the tests run with the Vector API");
        String text = Texts.random(random, 900);
        assertArrayEquals(bits(Texts.scores(cold, text)), bits(Texts.scores(warm, text)));
    }

    @Test
    void version_namesBothFiles() {
        String version = TokenTagger.read(MODEL, LEXICON).version();
        assertTrue(version.contains(MODEL.sha256()) && version.contains(LEXICON.sha256()), version);
    }

    private static int[] bits(TokenScores scores) {
        int[] bits = new int[scores.count() * scores.classes()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(scores.score(i / scores.classes(), i % scores.classes()));
        }
        return bits;
    }
}
