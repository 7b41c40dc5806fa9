package org.cairndns.perf.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.compare.Usage;
import org.junit.jupiter.api.Test;

class MemorySlopeTest {
    private static final int SECONDS = 1800;
    private static final double KIB_PER_SECOND_PER_MIB_PER_HOUR = 1024 / 3600.0;

    @Test
    void of_steadyGrowth_isItsSlope() {
        MemorySlope slope =
                MemorySlope.of(looks(second -> 100_000 + Math.round(2 * second * KIB_PER_SECOND_PER_MIB_PER_HOUR)));

        assertThat(slope.mibPerHour()).isCloseTo(2, within(0.05));
    }

    @Test
    void of_growthInTheFirstThirdOnly_isNone() {
        MemorySlope slope = MemorySlope.of(looks(second -> 100_000 + 50L * Math.min(second, SECONDS / 3 - 1)));

        assertThat(slope.mibPerHour()).isZero();
    }

    @Test
    void of_sawtooth_isNone() {
        MemorySlope slope = MemorySlope.of(looks(second -> 100_000 + second % 60 * 30));

        assertThat(slope.mibPerHour()).isCloseTo(0, within(0.3));
    }

    private static List<Sampler.Look> looks(IntToLongFunction rssKib) {
        return IntStream.range(0, SECONDS)
                .mapToObj(second ->
                        new Sampler.Look(second * 1_000_000_000L, new Usage(0, rssKib.applyAsLong(second), 0), 0))
                .toList();
    }
}
