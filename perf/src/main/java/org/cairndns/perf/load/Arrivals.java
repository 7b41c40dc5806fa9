package org.cairndns.perf.load;

import java.util.Random;

/** How the instants of queries lie in time. */
public enum Arrivals {
    /** The same distance each time: what waits, waits for the server only. */
    EVEN {
        @Override
        double[] gaps(long seed) {
            return new double[] {1};
        }
    },

    /** Independent clients: distances by the exponential law, some queries fall together by chance. */
    POISSON {
        @Override
        double[] gaps(long seed) {
            Random random = new Random(seed);
            double[] gaps = new double[POISSON_GAPS];
            double sum = 0;
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] = -Math.log(1 - random.nextDouble());
                sum += gaps[i];
            }
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] *= gaps.length / sum;
            }
            return gaps;
        }
    };

    /** As many as make a pattern that nothing else repeats. */
    private static final int POISSON_GAPS = 65_521;

    /** Distances whose mean is 1, to be used in turn. */
    abstract double[] gaps(long seed);
}
