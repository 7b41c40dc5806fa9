package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DnsperfTest {
    @Test
    void read_statistics_areTheFigures() throws IOException {
        Dnsperf.Load load = Dnsperf.read("""
            Statistics:

              Queries sent:         3003
              Queries completed:    3000 (99.90%)
              Queries lost:         3 (0.10%)

              Response codes:       NOERROR 2000 (66.67%), NXDOMAIN 1000 (33.33%)
              Average packet size:  request 46, response 51
              Run time (s):         2.285961
              Queries per second:   1312.358347

              Average Latency (s):  0.003334 (min 0.000012, max 0.136620)
              Latency StdDev (s):   0.011568
            """);

        assertThat(load)
                .isEqualTo(
                        new Dnsperf.Load(3000, 3, 1312.358347, 3.334, 51, Map.of("NOERROR", 2000L, "NXDOMAIN", 1000L)));
    }

    @Test
    void read_somethingElse_failsWithIt() {
        assertThatThrownBy(() -> Dnsperf.read("Error: unable to connect")).hasMessageContaining("unable to connect");
    }
}
