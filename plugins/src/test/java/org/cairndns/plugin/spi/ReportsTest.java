package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.plugin.spi.Totals.Count;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private final Reports reports = Reports.of(new FakeServer().meters());
    private final Part before = new Part();
    private final Part faulty = new Part();
    private final Part behind = new Part();

    /** Has counted ten queries. */
    private static final class Part implements Reporter {
        private String fault = "";

        @Override
        public void count(Totals totals) {
            totals.add(Count.QUERIES, 10);
            check();
        }

        @Override
        public List<Report> reports() {
            check();
            return List.of(new Report.Cache("cache", 1, 1));
        }

        private void check() {
            if (!fault.isEmpty()) {
                throw new IllegalStateException(fault);
            }
        }
    }

    ReportsTest() {
        List.of(before, faulty, behind).forEach(reports::add);
    }

    @Test
    void totals_onePartFails_countsOfAllAreAsTheyWereSaidLast() {
        assertThat(queries()).isEqualTo(30);
        faulty.fault = "no counts";
        try (LogCapture lines = new LogCapture()) {
            assertThat(queries()).isEqualTo(30);
            assertThat(lines.lines()).hasSize(1);
        }
    }

    @Test
    void totals_partThatNeverTold_hasCountedNothing() {
        faulty.fault = "no counts";
        try (LogCapture lines = new LogCapture()) {
            assertThat(queries()).isEqualTo(20);
            assertThat(lines.lines()).hasSize(1);
        }
    }

    @Test
    void all_onePartFails_theOthersAreThere() {
        faulty.fault = "no reports";
        try (LogCapture lines = new LogCapture()) {
            assertThat(reports.all()).hasSize(2);
            assertThat(lines.lines()).hasSize(1);
        }
    }

    @Test
    void failure_thatStays_isSaidOnceUntilItEnds() {
        try (LogCapture lines = new LogCapture()) {
            faulty.fault = "no counts";
            queries();
            queries();
            assertThat(lines.lines()).hasSize(1);

            faulty.fault = "";
            queries();
            faulty.fault = "no counts";
            queries();
            assertThat(lines.lines()).hasSize(2);
        }
    }

    @Test
    void remove_part_isAskedNoLonger() {
        faulty.fault = "no counts";
        reports.remove(faulty);
        try (LogCapture lines = new LogCapture()) {
            assertThat(queries()).isEqualTo(20);
            assertThat(lines.lines()).isEmpty();
        }
    }

    private long queries() {
        return reports.totals().of(Count.QUERIES);
    }
}
