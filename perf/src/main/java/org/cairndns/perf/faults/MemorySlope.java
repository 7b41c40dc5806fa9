package org.cairndns.perf.faults;

import java.util.Arrays;
import java.util.List;
import org.cairndns.perf.compare.Sampler;

/**
 * How resident memory grows once a server is warm: the median of the slopes between any two looks (Theil and Sen), which a few
 * collections of garbage do not bend.
 */
record MemorySlope(double mibPerHour, double firstMib, double lastMib) {
    private static final double KIB_PER_MIB = 1024;
    private static final double NANOS_PER_HOUR = 3600e9;

    /** Most pairs looked at; more looks are thinned out. */
    private static final int MOST_LOOKS = 400;

    /** The slope over the last two thirds of the looks. */
    static MemorySlope of(List<Sampler.Look> all) {
        List<Sampler.Look> looks = all.subList(all.size() / 3, all.size());
        int step = Math.max(1, looks.size() / MOST_LOOKS);
        double[] slopes = new double[MOST_LOOKS * MOST_LOOKS * 2];
        int count = 0;
        for (int i = 0; i < looks.size(); i += step) {
            for (int j = i + step; j < looks.size() && count < slopes.length; j += step) {
                double kib =
                        looks.get(j).usage().rssKib() - looks.get(i).usage().rssKib();
                double hours = (looks.get(j).nanoTime() - looks.get(i).nanoTime()) / NANOS_PER_HOUR;
                slopes[count++] = kib / KIB_PER_MIB / hours;
            }
        }
        Arrays.sort(slopes, 0, count);
        return new MemorySlope(count == 0 ? 0 : slopes[count / 2], mib(looks.getFirst()), mib(looks.getLast()));
    }

    private static double mib(Sampler.Look look) {
        return look.usage().rssKib() / KIB_PER_MIB;
    }
}
