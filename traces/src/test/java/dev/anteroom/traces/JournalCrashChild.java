package dev.anteroom.traces;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Appends under load and prints each acknowledged record as {@code KIND ID}, until it is killed. */
final class JournalCrashChild {
    private static final int THREADS = 3;

    private JournalCrashChild() {}

    public static void main(String[] args) throws JournalException {
        Journal journal = Journal.open(Fixtures.options(Path.of(args[0])).withSegmentBytes(128 << 10));
        for (int t = 0; t < THREADS; t++) {
            int seed = t;
            Thread.ofPlatform().start(() -> load(journal, new Random(seed)));
        }
    }

    private static void load(Journal journal, Random random) {
        while (true) {
            Intent intent = Fixtures.intent(Fixtures.text(random, random.nextInt(1500)));
            var proof = journal.append(intent);
            proof.thenAccept(p -> acknowledge("intent", intent.traceId())).join();
            if (random.nextInt(4) > 0) {
                var done = journal.append(proof.join(), Fixtures.outcome(intent.traceId(), "answer"))
                        .thenAccept(p -> acknowledge("outcome", intent.traceId()));
                if (random.nextBoolean()) {
                    done.join();
                }
            }
            Refusal refusal = Fixtures.refusal(Fixtures.IDS.next());
            journal.append(refusal)
                    .thenAccept(p -> acknowledge("refusal", refusal.traceId()))
                    .join();
        }
    }

    /** One write a line: a kill leaves whole lines and at most one part. */
    private static void acknowledge(String kind, String id) {
        OutputStream out = System.out;
        byte[] line = (kind + " " + id + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
