package dev.anteroom.egress;

/** The kind of a part that cannot be read as text and therefore leaves only under a contract that names it. */
public enum Modality {
    IMAGE,
    AUDIO,
    FILE
}
