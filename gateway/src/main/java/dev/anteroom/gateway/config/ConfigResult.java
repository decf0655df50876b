package dev.anteroom.gateway.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of loading a configuration. */
public sealed interface ConfigResult {

    /**
     * The configuration is right. Immutable.
     *
     * @param canonicalText the same text for the same decisions, whatever the layout of the files; holds no secret
     * @param warnings what is not wrong but should be looked at, such as a reviewed exception that has expired
     * @param files what it was read from, the configuration itself first: all that a later {@link ConfigFiles#kept} needs; no secret, for
     *     those are named and not written in it
     */
    record Loaded(Config config, String canonicalText, List<ConfigError> warnings, Map<Path, byte[]> files)
            implements ConfigResult {
        public Loaded {
            warnings = List.copyOf(warnings);
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }

        /** The configuration's own file, absolute. */
        public Path file() {
            return files.keySet().iterator().next();
        }
    }

    /** The configuration is wrong; every error is listed, in the order of the files. Immutable. */
    record Rejected(List<ConfigError> errors) implements ConfigResult {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }
}
