package dev.anteroom.routing;

/** The kind of a part of a request; what could not be read travels as residue of its kind. */
public enum Modality {
    TEXT,
    IMAGE,
    AUDIO,
    FILE,
    /** Anything no one here can look into: token ids, encrypted reasoning, opaque state. */
    OPAQUE
}
