package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @Test
    void anyTime_isReadAsTheJdkReadsIt() {
        long seed = System.nanoTime();
        System.out.println("TimestampsTest: seed " + seed);
        Random random = new Random(seed);
        ChronoUnit[] units = {ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS};
        for (int i = 0; i < 10_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(253_402_300_800L), random.nextInt(1_000_000_000))
                    .truncatedTo(units[i % units.length]);
            assertThat(Timestamps.millis(time.toString())).as("%s", time).hasValue(time.toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-01T08:15:30.5Z",
                "2026-11-01T08:15:30.123456Z",
                "2026-11-01T10:15:30+02:00",
                "2024-02-29T23:59:59Z"
            })
    void time_ofAnyForm_isReadAsTheJdkReadsIt(String text) {
        assertThat(Timestamps.millis(text)).hasValue(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-29T08:15:30Z",
                "2026-11-01T25:15:30Z",
                "2026-11-01T08:61:30Z",
                "2026-11-01 08:15:30Z",
                "2026-11-01T08:15:30"
            })
    void text_thatIsNoTime_isEmpty(String text) {
        assertThat(Timestamps.millis(text)).isEmpty();
    }
}
