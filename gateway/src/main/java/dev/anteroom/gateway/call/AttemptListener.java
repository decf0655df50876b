package dev.anteroom.gateway.call;

import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.egress.Exchange;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.routing.FailureKind;
import java.util.List;

/** Hears what came of one attempt. After the first of all but {@link #chunk} nothing more comes. */
interface AttemptListener {
    /** A chunk may go to the app now; {@code reading} is what to pause while the app is slow. */
    void chunk(byte[] chunk, Exchange reading);

    /** The whole stream has come; {@code held} is what was not handed out on the way. */
    void streamed(ChatStream stream, List<byte[]> held);

    /** The whole answer has come. */
    void answered(ChatAnswer answer);

    /** The attempt failed; another target may be tried where the kind allows it. */
    void failed(FailureKind kind);

    /** Nothing was sent because this very request must not be: no other target may be tried. */
    void unsendable(AttemptFailure failure);
}
