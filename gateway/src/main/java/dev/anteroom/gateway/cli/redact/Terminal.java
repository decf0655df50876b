package dev.anteroom.gateway.cli.redact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard error leads to. Stateless. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether colours may be written: a terminal that can be seen to be one, and nobody asked for none. */
    static boolean takesColour() {
        if (System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
