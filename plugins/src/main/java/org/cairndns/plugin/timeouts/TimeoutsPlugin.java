package org.cairndns.plugin.timeouts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.StreamTimeouts;

/** The directive {@code timeouts { read|write|idle DURATION; maxtcpqueries COUNT }}; of several values the last holds. */
public final class TimeoutsPlugin implements Plugin {
    private static final List<String> PROPERTIES = List.of("read", "write", "idle", "maxtcpqueries");
    private static final DurationBounds TIME =
            new DurationBounds(Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofSeconds(1));
    private static final IntegerBounds QUERIES =
            new IntegerBounds(StreamTimeouts.UNLIMITED, Integer.MAX_VALUE, StreamTimeouts.UNLIMITED);

    @Override
    public String name() {
        return "timeouts";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        StreamTimeouts all = StreamTimeouts.NONE;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0);
            if (occurrence.properties().isEmpty()) {
                option.fail("'timeouts' sets nothing, expected at least one of " + String.join(", ", PROPERTIES));
            }
            for (OptionReader property : option.properties(PROPERTIES)) {
                all = read(property).over(all);
            }
        }
        context.settings().timeouts(all);
    }

    private static StreamTimeouts read(OptionReader property) {
        Optional<Duration> none = Optional.empty();
        OptionalInt any = OptionalInt.empty();
        return switch (property.name()) {
            case "read" -> new StreamTimeouts(time(property), none, none, any);
            case "write" -> new StreamTimeouts(none, time(property), none, any);
            case "idle" -> new StreamTimeouts(none, none, time(property), any);
            default -> new StreamTimeouts(none, none, none, queries(property));
        };
    }

    private static Optional<Duration> time(OptionReader property) {
        return Optional.of(property.durationOrSeconds(TIME));
    }

    private static OptionalInt queries(OptionReader property) {
        int count = property.integer(QUERIES);
        if (count == 0) {
            property.fail(
                    "bad value for 'maxtcpqueries', expected a number of at least 1, or -1 for no limit, got '0'");
        }
        return OptionalInt.of(count);
    }
}
