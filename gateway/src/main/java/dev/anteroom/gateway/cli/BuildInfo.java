package dev.anteroom.gateway.cli;

import dev.anteroom.gateway.kept.Build;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this process was built from: the version, and the hash of the sources that the launcher hands in. */
final class BuildInfo implements IVersionProvider {
    private static final String RESOURCE = "/dev/anteroom/gateway/build.properties";

    static String build() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: " + RESOURCE, e);
        }
        return properties.getProperty("version", "unknown") + "+" + System.getProperty("anteroom.sources", "unknown");
    }

    /** The same with the files that its classes come from, which are read for it. */
    static Build running() throws CommandFailure {
        try {
            return Build.running(build());
        } catch (IOException e) {
            throw new CommandFailure(1, "the files of this program cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"anteroom " + build()};
    }
}
