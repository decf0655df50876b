package dev.anteroom.egress;

/**
 * Receives one attempt's answer. All calls come on the event loop that sent the request, in the order head, (events or body)*, and
 * exactly one of {@link #ended} and {@link #failed}, after which nothing more comes.
 */
public interface AnswerHandler {
    /** The status line arrived. {@code stream} says whether server-sent events follow. */
    void head(int status, boolean stream);

    /** The data of one server-sent event, without its field name. */
    void event(String data);

    /** The whole body of an answer that is not a stream. The array is the receiver's. */
    void body(byte[] json);

    /** The answer is complete at the level of HTTP. */
    void ended();

    /** The attempt is over without a whole answer. */
    void failed(AttemptFailure failure);
}
