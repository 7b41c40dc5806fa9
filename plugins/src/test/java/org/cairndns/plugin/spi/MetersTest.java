package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Meters meters = new Meters(new PrometheusRegistry());

    @Test
    void counter_askedForAgain_isTheSame() {
        assertThat(meters.counter("a_total", "A.")).isSameAs(meters.counter("a_total", "A."));
    }

    @Test
    void once_makerThatAsksForMore_getsIt() {
        // Enough of them that the table behind has to grow while a maker runs.
        List<?> groups = IntStream.range(0, 200)
                .mapToObj(i -> meters.once(
                        "group_" + i,
                        List.class,
                        name -> IntStream.range(0, 5)
                                .mapToObj(j -> meters.counter(name + "_" + j + "_total", "One."))
                                .toList()))
                .toList();

        assertThat(groups)
                .hasSize(200)
                .allSatisfy(group -> assertThat((List<?>) group).hasSize(5).hasOnlyElementsOfType(Counter.class));
    }
}
