package dev.anteroom.load;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Keeps load on this machine. Stateless. */
final class Loopback {
    private Loopback() {}

    /** Refuses a target that is not plain HTTP on a loopback address. */
    static void check(URI target) {
        if (!"http".equals(target.getScheme()) || target.getHost() == null) {
            throw new IllegalArgumentException("target: " + target + " (expected: http://127.0.0.1:PORT/...)");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
                if (!address.isLoopbackAddress()) {
                    throw new IllegalArgumentException(
                            "target: " + target + " (expected: a loopback address; load is sent nowhere else)");
                }
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("target: " + target + " (expected: a known host)", e);
        }
    }

    /** The port of a target, 80 where it names none. */
    static int port(URI target) {
        return target.getPort() < 0 ? 80 : target.getPort();
    }

    /** The host without the brackets of an IPv6 literal. */
    static String host(URI target) {
        String host = target.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
