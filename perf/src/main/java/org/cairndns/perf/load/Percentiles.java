package org.cairndns.perf.load;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cairndns.perf.compare.Spread;

/** The shape of many times in five figures, in milliseconds. */
public record Percentiles(double p50Millis, double p99Millis, double p999Millis, double p9999Millis, double maxMillis) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles of(LatencyHistogram times) {
        return new Percentiles(
                times.nanosAt(0.5) / NANOS_PER_MILLI,
                times.nanosAt(0.99) / NANOS_PER_MILLI,
                times.nanosAt(0.999) / NANOS_PER_MILLI,
                times.nanosAt(0.9999) / NANOS_PER_MILLI,
                times.maxNanos() / NANOS_PER_MILLI);
    }

    /** The median of each figure over some runs. */
    public static Percentiles median(List<Percentiles> runs) {
        return new Percentiles(
                median(runs, Percentiles::p50Millis),
                median(runs, Percentiles::p99Millis),
                median(runs, Percentiles::p999Millis),
                median(runs, Percentiles::p9999Millis),
                median(runs, Percentiles::maxMillis));
    }

    private static double median(List<Percentiles> runs, ToDoubleFunction<Percentiles> figure) {
        return Spread.of(runs.stream().map(figure::applyAsDouble).toList()).median();
    }
}
