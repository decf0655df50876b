package dev.anteroom.egress;

/**
 * What bounds the memory that answers can take. Immutable.
 *
 * @param maxEventBytes the largest server-sent event
 * @param maxBodyBytes the largest answer that is not a stream
 * @param maxHeaderBytes the largest response head
 * @param maxConnectionsPerTarget connections of one event loop to one target
 * @param maxWaitingPerTarget requests of one event loop that may wait for a connection
 */
public record ClientLimits(
        int maxEventBytes, int maxBodyBytes, int maxHeaderBytes, int maxConnectionsPerTarget, int maxWaitingPerTarget) {
    /** 1 MiB an event, 32 MiB an answer, 16 KiB of headers, 256 connections, 1,024 waiting. */
    public static ClientLimits defaults() {
        return new ClientLimits(1 << 20, 32 << 20, 16 << 10, 256, 1024);
    }
}
