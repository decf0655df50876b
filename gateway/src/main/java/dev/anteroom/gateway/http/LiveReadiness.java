package dev.anteroom.gateway.http;

import dev.anteroom.gateway.config.Config;
import dev.anteroom.gateway.config.ListenerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Why this process must not serve live keys, if it must not. Immutable.
 *
 * <p>Live work needs a listener that others cannot overhear, no demo key, and a journal on a disk that outlives the process.
 *
 * @param obstacles what stands in the way, for a person; empty when live keys may be served
 */
public record LiveReadiness(List<String> obstacles) {
    private static final Set<String> FLEETING_FILE_SYSTEMS = Set.of("tmpfs", "ramfs", "overlay", "aufs", "overlayfs");

    public LiveReadiness {
        obstacles = List.copyOf(obstacles);
    }

    /** Looks at the configuration and at the file system of the journal. */
    public static LiveReadiness of(Config config, String listenHost, Path journalDirectory) {
        List<String> obstacles = new ArrayList<>();
        ListenerConfig listener = config.listener();
        if (!isLoopback(listenHost) && listener.tls() == null && listener.tlsTerminator() == null) {
            obstacles.add("the listener is neither loopback nor TLS nor declared behind a named TLS terminator");
        }
        if (config.demo()) {
            obstacles.add("the demo key exists (demo: true)");
        }
        String type = fileSystemType(journalDirectory);
        if (FLEETING_FILE_SYSTEMS.contains(type)) {
            obstacles.add("the journal lies on " + type + ", which does not outlive the machine");
        }
        return new LiveReadiness(obstacles);
    }

    /** Whether live keys may be served. */
    public boolean isReady() {
        return obstacles.isEmpty();
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String fileSystemType(Path directory) {
        try {
            return Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "an unknown file system";
        }
    }
}
