package dev.anteroom.gateway.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URLs and hosts of a configuration, compared without any look-up of names. Stateless. */
final class Urls {
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?");
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    private Urls() {}

    /** A URL that was read, or what is wrong with it; exactly one of the two is present. Immutable. */
    record Reading(@Nullable URI url, @Nullable String problem) {
        static Reading wrong(String problem) {
            return new Reading(null, problem);
        }
    }

    /** Reads the base of other URLs: http or https, a host, perhaps a port and a plain path, nothing else; without its last slash. */
    static Reading base(String written) {
        URI uri;
        try {
            uri = new URI(written);
        } catch (URISyntaxException e) {
            // The message of the exception quotes the URL, and a password may stand in it.
            return Reading.wrong("this is not a URL");
        }
        if (uri.getRawUserInfo() != null || written.indexOf('@') >= 0) {
            return Reading.wrong("a URL carries no user name or password");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Reading.wrong("this is not an http(s) URL");
        }
        String host = uri.getHost();
        if (host == null || !isHost(host)) {
            return Reading.wrong("the URL names no valid host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Reading.wrong("the URL has a query or a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Reading.wrong("the port of the URL is out of range");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!PATH.matcher(path).matches()
                || path.contains("/./")
                || path.contains("/../")
                || path.endsWith("/.")
                || path.endsWith("/..")) {
            return Reading.wrong("the path of the URL is not plain");
        }
        int port = uri.getPort() == standardPort(scheme) ? -1 : uri.getPort();
        String plainPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        URI plain =
                URI.create(scheme + "://" + host.toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port) + plainPath);
        return new Reading(plain, null);
    }

    /** Whether {@code url} is {@code endpoint} or lies below it; both as read by {@link #base}. */
    static boolean isWithin(URI url, URI endpoint) {
        return url.getScheme().equals(endpoint.getScheme())
                && url.getHost().equals(endpoint.getHost())
                && url.getPort() == endpoint.getPort()
                && (url.getRawPath().equals(endpoint.getRawPath())
                        || url.getRawPath().startsWith(endpoint.getRawPath() + "/"));
    }

    static boolean isHost(String host) {
        if (address(host) != null) {
            return true;
        }
        return HOST_NAME.matcher(host).matches()
                && !DIGITS_AND_DOTS.matcher(host).matches();
    }

    /** Whether the host can only be this machine. */
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        InetAddress address = address(host);
        return address != null && address.isLoopbackAddress();
    }

    private static @Nullable InetAddress address(String host) {
        boolean six = host.indexOf(':') >= 0;
        if (!six && !DIGITS_AND_DOTS.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
