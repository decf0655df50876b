package dev.anteroom.gateway.call;

import dev.anteroom.egress.AttemptFailure;
import dev.anteroom.gateway.wire.ChatAnswer;
import dev.anteroom.gateway.wire.ChatStream;
import dev.anteroom.gateway.wire.ReleasedJson;
import dev.anteroom.routing.FailureKind;

/** Hears what came of one attempt. After the first of all but {@link #event} nothing more comes. */
interface AttemptListener {
    /** An event may go to the app now. */
    void event(ReleasedJson event);

    /** The whole stream has come. */
    void streamed(ChatStream stream);

    /** The whole answer has come. */
    void answered(ChatAnswer answer);

    /** The attempt failed; another target may be tried where the kind allows it. */
    void failed(FailureKind kind);

    /** Nothing was sent because this very request must not be: no other target may be tried. */
    void unsendable(AttemptFailure failure);
}
