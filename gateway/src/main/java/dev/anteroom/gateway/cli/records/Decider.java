package dev.anteroom.gateway.cli.records;

import dev.anteroom.gateway.call.Replay;
import dev.anteroom.traces.Trace;
import dev.anteroom.traces.TraceRecord;
import java.util.List;

/** Decides recorded calls again. Implementations are confined to one thread. */
interface Decider extends AutoCloseable {

    /** Decides a call again; its records are in their order, the original first where it was kept. */
    Decision decide(List<Trace.Entry> call);

    /** The records of a call. */
    static List<TraceRecord> records(List<Trace.Entry> call) {
        return call.stream().map(Trace.Entry::record).toList();
    }

    /** Says, for the last line, with what was decided. */
    String with();

    @Override
    void close();

    /**
     * What came of one call. Immutable.
     *
     * @param snapshot hash of the snapshot that decided now; empty where none did
     */
    record Decision(String snapshot, List<Replay.Verdict> verdicts) {
        public Decision {
            verdicts = List.copyOf(verdicts);
        }

        static Decision impossible(String why) {
            return new Decision("", Replay.all(new Replay.Result.NotRederivable(why)));
        }
    }

    /** One that decides everything with this snapshot, whatever decided then. */
    static Decider with(Replay replay) {
        return new Decider() {
            @Override
            public Decision decide(List<Trace.Entry> call) {
                return new Decision(replay.snapshot().hash(), replay.replay(records(call)));
            }

            @Override
            public String with() {
                return "snapshot " + replay.snapshot().shortHash();
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }
}
