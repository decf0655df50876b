package dev.anteroom.gateway.keys;

/**
 * A key just made, in the only moment in which its secret exists here. Immutable.
 *
 * @param secret the API key, to be handed over once and kept nowhere
 */
public record NewKey(CallerKey key, String secret) {
    @Override
    public String toString() {
        return "NewKey[key=" + key + "]";
    }
}
