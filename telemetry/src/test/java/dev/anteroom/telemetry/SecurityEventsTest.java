package dev.anteroom.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Security events as a file and a syslog receiver get them. */
class SecurityEventsTest {
    private static final Instant TIME = Instant.parse("2026-11-23T12:00:00.123456Z");
    private static final String TRACE_ID = "018f0000-0000-7000-8000-0000000000aa";
    /** RFC 5424: PRI, version, time, host, program, process, kind, structured data. */
    private static final Pattern MESSAGE = Pattern.compile(
            "<(\\d+)>1 (\\S+) (\\S+) anteroom \\d+ ([a-z_]+) \\[anteroom@32473((?: [a-z_]+=\"(?:[^\"\\\\\\]]|\\\\.)*\")*)\\]");

    private final Metrics metrics = new Metrics("abc", "build-1", "USD");

    @TempDir
    private Path folder;

    private Telemetry to(Optional<Path> file, Optional<SecurityOptions.Syslog> syslog) {
        return Telemetry.start(metrics, Optional.empty(), Optional.of(new SecurityOptions(file, syslog, "gw-1")));
    }

    private static Map<String, String> facts(String value) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("key_id", "key-7");
        facts.put("note", value);
        facts.put("empty", "");
        return facts;
    }

    @Test
    void event_toAFile_isALineThatIsAppendedAndForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("security.jsonl");
        for (int start = 0; start < 2; start++) {
            try (Telemetry telemetry = to(Optional.of(file), Optional.empty())) {
                telemetry.event(TIME, SecurityEvent.Kind.REVOKED_KEY_USED, facts("a \"quoted\" \n ] \\"));
                telemetry.ended(MetricsTest.refused(TRACE_ID));
                telemetry.ended(MetricsTest.answered(TRACE_ID));
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(4, lines.size());
        assertEquals(
                "{\"time\":\"2026-11-23T12:00:00.123456Z\",\"event\":\"revoked_key_used\",\"severity\":\"alert\","
                        + "\"gateway\":\"gw-1\",\"key_id\":\"key-7\",\"note\":\"a \\\"quoted\\\" \\n ] \\\\\"}",
                lines.get(0));
        assertTrue(lines.get(1).contains("\"event\":\"call_refused\""), lines.get(1));
        assertTrue(lines.get(1).contains("\"code\":\"unsupported_parameter\""), lines.get(1));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void ended_secondScanHit_isAnEventOfItsOwn() throws IOException {
        CallReport answered = MetricsTest.answered(TRACE_ID);
        CallReport hit = new CallReport(
                TRACE_ID,
                answered.endedAt(),
                1,
                "st-mary",
                "key-7",
                "discharge",
                "clinician",
                "abc",
                "large",
                false,
                "failed",
                400,
                "error",
                "policy_blocked",
                List.of(new CallReport.AttemptReport("a", "openai", "large-1", 0, "second_scan", 1, -1, 2)),
                0,
                0,
                answered.costMicros(),
                List.of(),
                List.of(),
                List.of());
        Path file = folder.resolve("security.jsonl");
        try (Telemetry telemetry = to(Optional.of(file), Optional.empty())) {
            telemetry.ended(hit);
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().contains("\"event\":\"second_scan_hit\",\"severity\":\"alert\""), lines.getFirst());
        assertTrue(lines.getFirst().contains("\"target\":\"a\""), lines.getFirst());
    }

    /** Takes one connection after the other and reads octet-counted frames. */
    private static final class Receiver implements AutoCloseable {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final List<Socket> sockets = new ArrayList<>();
        private final ServerSocket server;

        Receiver(int port) throws IOException {
            server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    synchronized (sockets) {
                        sockets.add(socket);
                    }
                    read(new DataInputStream(socket.getInputStream()));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void read(DataInputStream in) {
            try {
                while (true) {
                    int length = 0;
                    for (int c = in.readUnsignedByte(); c != ' '; c = in.readUnsignedByte()) {
                        length = 10 * length + Character.digit(c, 10);
                    }
                    messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                }
            } catch (EOFException over) {
                // The next connection.
            } catch (IOException broken) {
                // Likewise.
            }
        }

        Matcher next() throws InterruptedException {
            String message = messages.poll(30, TimeUnit.SECONDS);
            assertTrue(message != null, "no message came");
            Matcher parts = MESSAGE.matcher(message);
            assertTrue(parts.matches(), () -> "no RFC 5424 message: " + message);
            return parts;
        }

        @Override
        public void close() throws IOException {
            end();
        }

        void end() throws IOException {
            server.close();
            synchronized (sockets) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void event_toSyslog_isAFramedMessageWithEscapes() throws Exception {
        try (Receiver receiver = new Receiver(0);
                Telemetry telemetry = to(Optional.empty(), syslog(receiver.server.getLocalPort()))) {
            telemetry.event(TIME, SecurityEvent.Kind.REVOKED_KEY_USED, facts("a \"quoted\" ] \\ ü"));
            Matcher parts = receiver.next();
            assertEquals("105", parts.group(1));
            assertEquals("2026-11-23T12:00:00.123456Z", parts.group(2));
            assertEquals("gw-1", parts.group(3));
            assertEquals("revoked_key_used", parts.group(4));
            assertEquals(" key_id=\"key-7\" note=\"a \\\"quoted\\\" \\] \\\\ ü\"", parts.group(5));
        }
    }

    @Test
    void event_syslogReceiverAwayAndBack_comesWhenItIsBack() throws Exception {
        int port;
        try (Receiver first = new Receiver(0)) {
            port = first.server.getLocalPort();
            try (Telemetry telemetry = to(Optional.empty(), syslog(port))) {
                telemetry.event(TIME, SecurityEvent.Kind.KEY_ADDED, facts("1"));
                assertEquals("key_added", first.next().group(4));
                first.end();
                telemetry.event(TIME, SecurityEvent.Kind.KEY_REVOKED, facts("2"));
                telemetry.event(TIME, SecurityEvent.Kind.ADMIN_DENIED, facts("3"));
                TimeUnit.MILLISECONDS.sleep(300);
                try (Receiver second = new Receiver(port)) {
                    assertEquals("key_revoked", second.next().group(4));
                    assertEquals("admin_denied", second.next().group(4));
                }
            }
        }
    }

    private static Optional<SecurityOptions.Syslog> syslog(int port) {
        return Optional.of(new SecurityOptions.Syslog("127.0.0.1", port, false, Optional.empty()));
    }
}
