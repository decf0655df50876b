package dev.anteroom.traces;

/** Reaches, from this package alone, the journal that writes nothing: what records cost is measured against it. Stateless. */
public final class WithoutRecords {
    private WithoutRecords() {}

    /** A journal whose records are complete at once and lie nowhere. */
    public static Journal open(JournalOptions options) throws JournalException {
        return Journal.openWithoutRecords(options);
    }
}
