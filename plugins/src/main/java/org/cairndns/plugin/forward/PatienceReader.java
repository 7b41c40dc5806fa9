package org.cairndns.plugin.forward;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;

/** Reader of those properties of {@code forward} that say how long to wait; one object reads one directive. */
final class PatienceReader {
    private static final DurationBounds READ_TIMEOUT =
            bounds(Duration.ofNanos(1), ForwardConfig.Patience.READ_TIMEOUT_NANOS);
    private static final DurationBounds BUDGET = bounds(Duration.ofMillis(1), ForwardConfig.Patience.BUDGET_NANOS);
    private static final IntegerBounds PERCENT = new IntegerBounds(0, 100, ForwardConfig.Patience.HEDGE_PERCENT);

    private Optional<Duration> readTimeout = Optional.empty();
    private Optional<Duration> budget = Optional.empty();
    private OptionalInt hedgePercent = OptionalInt.empty();

    private static DurationBounds bounds(Duration min, long standardNanos) {
        return new DurationBounds(min, DurationBounds.UNBOUNDED, Duration.ofNanos(standardNanos));
    }

    void readTimeout(OptionReader property) {
        readTimeout = Optional.of(property.duration(READ_TIMEOUT));
    }

    void budget(OptionReader property) {
        budget = Optional.of(property.duration(BUDGET));
    }

    void hedge(OptionReader property) {
        String first =
                property.args().isEmpty() ? "" : property.args().getFirst().text();
        int percent = switch (first) {
            case "on" -> property.hasArgs(1) ? PERCENT.standard() : 0;
            case "off" -> property.hasArgs(1) ? 0 : PERCENT.standard();
            default -> property.percentage(PERCENT);
        };
        hedgePercent = OptionalInt.of(percent);
    }

    /**
     * What the properties say; who wants an attempt to take longer wants all of them to. An order is often one of a resolver
     * that knows internal names and one for when it is gone, so there is no hedging in order unless it is asked for.
     */
    ForwardConfig.Patience patience(Policy policy) {
        long attempt = readTimeout.orElse(READ_TIMEOUT.standard()).toNanos();
        long all = budget.map(Duration::toNanos)
                .orElse(Math.max(
                        ForwardConfig.Patience.BUDGET_NANOS,
                        readTimeout.map(Duration::toNanos).orElse(0L)));
        int percent = hedgePercent.orElse(policy == Policy.SEQUENTIAL ? 0 : PERCENT.standard());
        return new ForwardConfig.Patience(attempt, all, percent, policy != Policy.SEQUENTIAL || percent > 0);
    }
}
