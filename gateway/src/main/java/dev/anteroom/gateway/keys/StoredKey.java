package dev.anteroom.gateway.keys;

/** A key as it stands in the file. Immutable by convention: nobody writes into the hash. */
final class StoredKey {
    private final CallerKey key;
    private final byte[] hash;

    StoredKey(CallerKey key, byte[] hash) {
        this.key = key;
        this.hash = hash;
    }

    CallerKey key() {
        return key;
    }

    byte[] hash() {
        return hash;
    }

    StoredKey with(CallerKey changed) {
        return new StoredKey(changed, hash);
    }

    @Override
    public String toString() {
        return "StoredKey[" + key + "]";
    }
}
