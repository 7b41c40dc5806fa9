package org.cairndns.plugin.forward;

import java.time.Duration;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.wire.DomainName;

/** Reader of those properties of {@code forward} that are about health checks; one object reads one directive. */
final class HealthCheckReader {
    private static final long MAX_FAILS = 2;
    private static final DurationBounds INTERVAL =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofMillis(500));

    private final Problems problems;
    private long maxFails = MAX_FAILS;
    private Duration interval = INTERVAL.standard();
    private boolean recursion = true;
    private DomainName domain = DomainName.ROOT;

    HealthCheckReader(Problems problems) {
        this.problems = problems;
    }

    void maxFails(OptionReader property) {
        maxFails = property.unsigned32(MAX_FAILS);
    }

    void healthCheck(OptionReader property) {
        if (!property.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        interval = property.duration(0, INTERVAL);
        for (int i = 1; i < property.args().size(); i++) {
            Token word = property.args().get(i);
            if (word.text().equals("no_rec")) {
                recursion = false;
            } else if (word.text().equals("domain") && i + 1 < property.args().size()) {
                domain = domain(property.args().get(++i));
            } else {
                problems.add(
                        word.position(),
                        "bad value for 'health_check', expected no_rec or domain NAME, got '" + word.text() + "'");
            }
        }
    }

    private DomainName domain(Token token) {
        try {
            return DomainName.of(token.text());
        } catch (IllegalArgumentException e) {
            problems.add(token.position(), "bad value for 'health_check', " + e.getMessage());
            return DomainName.ROOT;
        }
    }

    /** What the properties say. */
    ForwardConfig.HealthCheck healthCheck() {
        return new ForwardConfig.HealthCheck(maxFails, interval.toNanos(), recursion, domain);
    }
}
