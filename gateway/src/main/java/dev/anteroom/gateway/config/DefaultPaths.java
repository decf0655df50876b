package dev.anteroom.gateway.config;

/** Where commands look when they are not told: in the project or installation that the launcher names. */
public final class DefaultPaths {
    /** The data directory. */
    public static final String DATA = "${sys:anteroom.home:-.}/data";
    /** The configuration. */
    public static final String CONFIG = "${sys:anteroom.home:-.}/config/anteroom.yaml";

    private DefaultPaths() {}
}
