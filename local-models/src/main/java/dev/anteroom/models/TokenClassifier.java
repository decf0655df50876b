package dev.anteroom.models;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A token classifier in the form that Hugging Face uses: {@code model.onnx}, {@code tokenizer.json} and {@code config.json} of one folder, run by
 * ONNX Runtime. Thread-safe.
 *
 * <p>It computes on threads of its own, one text window at a time on each, and never more than so many texts wait. Long texts are read in
 * windows that overlap; a token's likelihoods are those of the window in which it stands farthest from an end. The native libraries are
 * loaded when the first classifier is opened; nothing is fetched from anywhere.
 */
public final class TokenClassifier implements TextClassifier {

    private static final String MODEL = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIG = "config.json";
    private static final int MOST_TOKENS = 256;
    private static final int LEAST_TOKENS = 16;
    private static final int MOST_WAITING = 64;
    private static final int MOST_LABELS = 512;
    private static final Set<String> INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

    private final Map<String, String> digests;
    private final List<String> labels;
    private final HuggingFaceTokenizer tokenizer;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Set<String> inputs;
    private final long[] before;
    private final long[] after;
    private final int window;
    private final ThreadPoolExecutor threads;

    private TokenClassifier(Files3 files, HuggingFaceTokenizer tokenizer, OrtSession session, int threads) {
        this.digests =
                Map.of(MODEL, files.model.sha256(), TOKENIZER, files.tokenizer.sha256(), CONFIG, files.config.sha256());
        this.labels = files.description.labels;
        this.tokenizer = tokenizer;
        this.environment = OrtEnvironment.getEnvironment();
        this.session = session;
        this.inputs = Set.copyOf(session.getInputNames());
        long[] special = tokenizer.encode("", true, false).getIds();
        if (special.length % 2 != 0 || special.length > 2) {
            throw new ModelException("the classifier's tokenizer puts " + special.length
                    + " tokens around a text (expected: none, or one before and one behind)");
        }
        this.before = Arrays.copyOf(special, special.length / 2);
        this.after = Arrays.copyOfRange(special, special.length / 2, special.length);
        this.window = Math.min(MOST_TOKENS, files.description.mostTokens) - special.length;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "anteroom-classify-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private record Files3(ModelFile model, ModelFile tokenizer, ModelFile config, Description description) {}

    /** What config.json says. */
    private record Description(List<String> labels, int mostTokens) {}

    /**
     * Opens a classifier and computes with it once on every thread.
     *
     * @param folder holds {@code model.onnx}, {@code tokenizer.json} and {@code config.json}
     * @param threads how many texts are read at once
     * @throws ModelException where a file is missing or not what it should be
     */
    public static TokenClassifier open(Path folder, int threads) {
        return open(name -> Files.newInputStream(folder.resolve(name)), folder + "/", threads);
    }

    /**
     * Opens a classifier whose files lie elsewhere.
     *
     * @param files opens one of the three
     * @param place what to put before their names in messages
     * @param threads how many texts are read at once
     * @throws ModelException where a file is missing or not what it should be
     */
    public static TokenClassifier open(Source files, String place, int threads) {
        ModelFile config = file(files, place, CONFIG);
        Files3 opened = new Files3(
                file(files, place, MODEL), file(files, place, TOKENIZER), config, description(config.bytes()));
        return open(opened, threads);
    }

    /** Where files come from. */
    @FunctionalInterface
    public interface Source {
        /** Opens the file of this name anew. */
        InputStream open(String name) throws IOException;
    }

    private static TokenClassifier open(Files3 files, int threads) {
        // Without these the library asks the network for other builds of itself, and tells its makers that it was
        // started.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("RUST_FLAVOR", "cpu");
        HuggingFaceTokenizer tokenizer = tokenizer(files.tokenizer);
        @Nullable OrtSession session = null;
        try {
            session = session(files.model, files.description.labels.size());
            TokenClassifier opened = new TokenClassifier(files, tokenizer, session, threads);
            opened.tryOut();
            return opened;
        } catch (RuntimeException e) {
            tokenizer.close();
            close(session);
            throw e;
        }
    }

    private static ModelFile file(Source files, String place, String name) {
        try (InputStream in = files.open(name)) {
            return ModelFile.of(name, in.readAllBytes());
        } catch (IOException e) {
            throw new ModelException("model file " + place + name + " is missing or cannot be read", e);
        }
    }

    private static HuggingFaceTokenizer tokenizer(ModelFile file) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(file.bytes()), Map.of("truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new ModelException("model file tokenizer.json cannot be used, or its library does not run here", e);
        }
    }

    private static OrtSession session(ModelFile file, int labels) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // Windows have many lengths, and a plan of memory for each would be kept.
            options.setMemoryPatternOptimization(false);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file.bytes(), options);
            check(session, labels);
            return session;
        } catch (OrtException | LinkageError e) {
            throw new ModelException("model file model.onnx cannot be used, or its runtime does not run here", e);
        }
    }

    private static void check(OrtSession session, int labels) throws OrtException {
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            boolean known = INPUTS.contains(input.getKey())
                    && input.getValue().getInfo() instanceof TensorInfo info
                    && info.type == OnnxJavaType.INT64;
            if (!known) {
                session.close();
                throw new ModelException("model file model.onnx has the input " + input.getKey()
                        + " (expected: input_ids, attention_mask and token_type_ids, of 64-bit integers)");
            }
        }
        NodeInfo output = session.getOutputInfo().values().iterator().next();
        long last = output.getInfo() instanceof TensorInfo info && info.getShape().length == 3 ? info.getShape()[2] : 0;
        if (last != labels && last != -1 || !session.getInputNames().contains("input_ids")) {
            session.close();
            throw new ModelException("model file model.onnx gives " + last + " values a token (expected: " + labels
                    + ", the labels of config.json)");
        }
    }

    private static Description description(byte[] json) {
        TreeMap<Integer, String> labels = new TreeMap<>();
        int mostTokens = MOST_TOKENS;
        try (JsonParser in = new JsonFactory().createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelException("model file config.json holds no object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("id2label") && value == JsonToken.START_OBJECT) {
                    while (in.nextToken() == JsonToken.FIELD_NAME) {
                        int id = Integer.parseInt(in.currentName());
                        labels.put(id, in.nextTextValue());
                    }
                } else if (name.equals("max_position_embeddings") && value == JsonToken.VALUE_NUMBER_INT) {
                    // Some count from two.
                    mostTokens = Math.max(LEAST_TOKENS, in.getIntValue() - 2);
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw new ModelException("model file config.json cannot be read", e);
        }
        if (labels.size() < 2
                || labels.size() > MOST_LABELS
                || labels.firstKey() != 0
                || labels.lastKey() != labels.size() - 1
                || labels.containsValue(null)) {
            throw new ModelException("model file config.json has no id2label that names its labels from 0 on");
        }
        return new Description(List.copyOf(labels.values()), mostTokens);
    }

    /** Every thread computes once, so that none is slow at first and a model that cannot compute is seen now. */
    private void tryOut() {
        threads.prestartAllCoreThreads();
        for (int i = 0; i < threads.getCorePoolSize(); i++) {
            classify(
                    "Pt seen by Dr. Early, MRN 0012345.",
                    TimeLimit.start(System::nanoTime, TimeUnit.MINUTES.toNanos(1)));
        }
    }

    @Override
    public String version() {
        return "classifier model " + digests.get(MODEL) + " tokenizer " + digests.get(TOKENIZER) + " config "
                + digests.get(CONFIG);
    }

    /** Returns the SHA-256 of each file that it was read from, in hexadecimal, by name. */
    public Map<String, String> digests() {
        return digests;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<Token> classify(String text, TimeLimit limit) {
        Run run = new Run(text, limit);
        FutureTask<List<Token>> task = new FutureTask<>(run::tokens);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new ModelException("the classifier has too much to do");
        }
        try {
            return task.get(limit.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            threads.remove(task);
            run.stop();
            throw new ModelException("the classifier did not finish in its time");
        } catch (InterruptedException e) {
            run.stop();
            Thread.currentThread().interrupt();
            throw new ModelException("the classifier was interrupted");
        } catch (ExecutionException | CancellationException e) {
            throw e.getCause() instanceof ModelException known ? known : new ModelException("the classifier failed", e);
        }
    }

    /** The reading of one text. Made on one thread, run on another, and stopped from the first. */
    private final class Run {
        private final String text;
        private final TimeLimit limit;
        private boolean stopped;
        private OrtSession.@Nullable RunOptions options;

        Run(String text, TimeLimit limit) {
            this.text = text;
            this.limit = limit;
        }

        List<Token> tokens() throws OrtException {
            try (OrtSession.RunOptions mine = new OrtSession.RunOptions()) {
                begin(mine);
                try {
                    return read(mine);
                } finally {
                    end();
                }
            }
        }

        private synchronized void begin(OrtSession.RunOptions mine) {
            if (stopped) {
                throw new ModelException("the classifier came too late");
            }
            options = mine;
        }

        private synchronized void end() {
            options = null;
        }

        synchronized void stop() {
            stopped = true;
            if (options != null) {
                try {
                    options.setTerminate(true);
                } catch (OrtException e) {
                    // It ends by itself then; nobody waits for it.
                }
            }
        }

        private List<Token> read(OrtSession.RunOptions mine) throws OrtException {
            Encoding encoding = tokenizer.encode(wellFormed(text), false, false);
            long[] ids = encoding.getIds();
            CharSpan[] spans = encoding.getCharTokenSpans();
            List<Token> tokens = new ArrayList<>(ids.length);
            int overlap = window / 4;
            int step = window - overlap;
            int unit = 0;
            int point = 0;
            for (int from = 0; from < ids.length; from += step) {
                boolean last = from + window >= ids.length;
                int first = from == 0 ? 0 : from + overlap / 2;
                int end = last ? ids.length : from + window - overlap + overlap / 2;
                float[][] scores = scores(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + window)), mine);
                for (int i = first; i < end; i++) {
                    CharSpan span = spans[i];
                    if (span != null && span.getStart() < span.getEnd()) {
                        // Spans count characters where Java counts UTF-16 units. Most begin where the last ended.
                        if (span.getStart() < point) {
                            unit = 0;
                            point = 0;
                        }
                        unit = text.offsetByCodePoints(unit, span.getStart() - point);
                        point = span.getStart();
                        int behind = text.offsetByCodePoints(unit, span.getEnd() - point);
                        tokens.add(new Token(unit, behind, likelihoods(scores[i - from])));
                    }
                }
                if (last) {
                    break;
                }
            }
            return tokens;
        }

        private float[][] scores(long[] ids, OrtSession.RunOptions mine) throws OrtException {
            limit.check();
            int length = before.length + ids.length + after.length;
            long[] whole = Arrays.copyOf(before, length);
            System.arraycopy(ids, 0, whole, before.length, ids.length);
            System.arraycopy(after, 0, whole, before.length + ids.length, after.length);
            long[] ones = new long[length];
            Arrays.fill(ones, 1);
            long[] shape = {1, length};
            Map<String, OnnxTensorLike> tensors = new HashMap<>();
            try {
                for (String input : inputs) {
                    long[] values = switch (input) {
                        case "input_ids" -> whole;
                        case "attention_mask" -> ones;
                        default -> new long[length];
                    };
                    tensors.put(input, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
                }
                try (OrtSession.Result result = session.run(tensors, session.getOutputNames(), mine)) {
                    if (!(result.get(0).getValue() instanceof float[][][] all)
                            || all[0].length != length
                            || all[0][0].length != labels.size()) {
                        throw new ModelException("the classifier gave values of another shape");
                    }
                    return Arrays.copyOfRange(all[0], before.length, before.length + ids.length);
                }
            } finally {
                tensors.values().forEach(OnnxTensorLike::close);
            }
        }
    }

    /** Softmax; in place. */
    private static float[] likelihoods(float[] scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        float sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.exp(scores[i] - most);
            sum += scores[i];
        }
        if (!(sum >= 1 && sum <= Float.MAX_VALUE)) {
            throw new ModelException("the classifier gave a score that is no number");
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    /** Halves of characters, which cannot be written in UTF-8, become what stands for the unknown; lengths stay. */
    private static String wellFormed(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 2) {
                    i++;
                } else {
                    changed = changed == null ? new StringBuilder(text) : changed;
                    changed.setCharAt(i, '\uFFFD');
                }
            }
        }
        return changed == null ? text : changed.toString();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (threads.awaitTermination(5, TimeUnit.SECONDS)) {
                tokenizer.close();
                close(session);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable OrtSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw new ModelException("the classifier does not close", e);
        }
    }

    @Override
    public String toString() {
        return "TokenClassifier[" + labels.size() + " labels]";
    }
}
