package dev.anteroom.egress;

/** One attempt under way. Confined to its event loop. */
public interface Exchange {
    /** Stops reading from the provider; the stall clock stops with it. */
    void pause();

    /** Reads on. */
    void resume();

    /** Ends the attempt and closes its connection; the handler hears nothing more. */
    void cancel();
}
