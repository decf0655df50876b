package dev.anteroom.gateway.config;

import java.util.List;

/** What came of loading a configuration. */
public sealed interface ConfigResult {

    /**
     * The configuration is right. Immutable.
     *
     * @param canonicalText the same text for the same decisions, whatever the layout of the files; holds no secret
     * @param warnings what is not wrong but should be looked at, such as a reviewed exception that has expired
     */
    record Loaded(Config config, String canonicalText, List<ConfigError> warnings) implements ConfigResult {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** The configuration is wrong; every error is listed, in the order of the files. Immutable. */
    record Rejected(List<ConfigError> errors) implements ConfigResult {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }
}
