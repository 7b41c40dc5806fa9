package org.cairndns.plugin.health;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>health [ADDRESS] { lameduck DURATION }</code>; the last of several occurrences holds. */
public final class HealthPlugin implements Plugin {
    private static final String PATH = "/health";
    private static final HostPort STANDARD_ADDRESS = new HostPort("", 8080);
    private static final String LAMEDUCK = "lameduck";
    private static final String QUIET = "quiet";
    private static final String DRAIN_LIMIT = "drain_limit";
    private static final DurationBounds TIMES =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ZERO);
    private static final Page LIVING =
            new Page(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));

    private record PollKey(InetSocketAddress address) {}

    @Override
    public String name() {
        return "health";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        InetSocketAddress address =
                HttpAddress.read(new OptionReader(occurrences.getLast(), problems), STANDARD_ADDRESS);
        Drain drain = Drain.STANDARD;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0, 1);
            drain = drain(option, drain);
        }
        context.server().http().serve(address, PATH, () -> LIVING);
        // Port 0 stands for any free port, and which one it will be is not known here.
        if (address.getPort() != 0) {
            HealthPoll poll = context.shared(
                    new PollKey(address), () -> new HealthPoll(HealthPoll.url(address, PATH), context.server()));
            context.onStart(poll::start);
        }
        context.drain(drain);
    }

    /** The limit counts from what is in force once all lines are read, so its place among them does not matter. */
    private static Drain drain(OptionReader option, Drain before) {
        Drain drain = before;
        Optional<Duration> limit = Optional.empty();
        for (OptionReader property : option.properties(List.of(LAMEDUCK, QUIET, DRAIN_LIMIT))) {
            Duration value = property.duration(TIMES);
            switch (property.name()) {
                case QUIET -> drain = drain.withQuiet(value);
                case DRAIN_LIMIT -> limit = Optional.of(value);
                default -> drain = value.isZero() ? drain : drain.withAtLeast(value);
            }
        }
        return limit.map(drain::withAtMost).orElse(drain);
    }
}
