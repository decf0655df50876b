package dev.anteroom.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what this JVM writes to its logs, stdout and stderr until it is closed; everything still goes where it went. Thread-safe. */
final class CapturedOutput implements AutoCloseable {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = Logger.getLogger("");
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            StringWriter text = new StringWriter().append(formatter.format(record));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            keep(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    CapturedOutput() {
        System.setOut(tee(out));
        System.setErr(tee(err));
        root.addHandler(handler);
    }

    private PrintStream tee(PrintStream to) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        to.write(b);
                        keep(new byte[] {(byte) b});
                    }

                    @Override
                    public void write(byte[] some, int offset, int length) {
                        to.write(some, offset, length);
                        keep(java.util.Arrays.copyOfRange(some, offset, offset + length));
                    }

                    @Override
                    public void flush() {
                        to.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private void keep(byte[] some) {
        synchronized (bytes) {
            bytes.writeBytes(some);
        }
    }

    /** Everything written so far. */
    byte[] all() {
        System.out.flush();
        System.err.flush();
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        System.setOut(out);
        System.setErr(err);
    }
}
