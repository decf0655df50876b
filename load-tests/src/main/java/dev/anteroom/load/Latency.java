package dev.anteroom.load;

import org.HdrHistogram.Histogram;

/**
 * A latency distribution in microseconds. Immutable.
 *
 * @param count how many values
 * @param mean their mean
 * @param p50 half are at most this
 * @param p90 nine in ten are at most this
 * @param p99 99 in a hundred are at most this
 * @param p999 999 in a thousand are at most this
 * @param max the greatest
 */
public record Latency(long count, double mean, double p50, double p90, double p99, double p999, double max) {
    static Latency of(Histogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return new Latency(0, 0, 0, 0, 0, 0, 0);
        }
        return new Latency(
                nanos.getTotalCount(),
                nanos.getMean() / 1e3,
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(90) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3,
                nanos.getMaxValue() / 1e3);
    }
}
