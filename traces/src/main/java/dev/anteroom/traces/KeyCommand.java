package dev.anteroom.traces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a {@link KeySource.Command}. Stateless; blocks for as long as the command runs. */
final class KeyCommand {
    private static final int MOST_BYTES = 64 << 10;

    private KeyCommand() {}

    /** The keys it prints, at least one; whatever goes wrong is said without a word of its output. */
    static List<byte[]> run(KeySource.Command command) throws JournalException {
        long deadline = System.nanoTime() + command.limit().toNanos();
        Process process;
        try {
            process = new ProcessBuilder(command.argv())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw failed(command, "cannot be run");
        }
        try {
            // Read on another thread: what the command leaves running may hold the pipe open for ever.
            CompletableFuture<byte[]> output = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
            byte[] printed = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw failed(command, "ended with exit code " + process.exitValue());
            }
            return keys(command, printed);
        } catch (TimeoutException e) {
            throw failed(command, "did not end within " + command.limit().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw failed(command, "printed more than " + MOST_BYTES + " bytes, or its output cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, "was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void read(InputStream in, CompletableFuture<byte[]> into) {
        try {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                into.completeExceptionally(new IOException("too much"));
            } else {
                into.complete(bytes);
            }
        } catch (IOException e) {
            into.completeExceptionally(e);
        }
    }

    private static List<byte[]> keys(KeySource.Command command, byte[] printed) throws JournalException {
        List<byte[]> keys = new ArrayList<>();
        for (String line :
                new String(printed, StandardCharsets.ISO_8859_1).strip().split("\\R", -1)) {
            keys.add(KeyFiles.parse(line)
                    .orElseThrow(() -> failed(command, "printed what is no key (expected: 64 hex digits a line)")));
        }
        Arrays.fill(printed, (byte) 0);
        return keys;
    }

    private static JournalException failed(KeySource.Command command, String what) {
        return new JournalException(JournalException.Kind.KEY, command + " " + what);
    }
}
