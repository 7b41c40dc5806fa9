package org.cairndns.plugin.health;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.health.status.Recorder;
import org.cairndns.plugin.health.status.StatusPages;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ServerControl;

/**
 * The directive <code>health [ADDRESS] { lameduck DURATION; status on|off; ... }</code>; the last of several occurrences
 * holds.
 */
public final class HealthPlugin implements Plugin {
    private static final String PATH = "/health";
    private static final HostPort STANDARD_ADDRESS = new HostPort("", 8080);
    private static final String LAMEDUCK = "lameduck";
    private static final String QUIET = "quiet";
    private static final String DRAIN_LIMIT = "drain_limit";
    private static final String STATUS = "status";
    private static final DurationBounds TIMES =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ZERO);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Page LIVING = new Page(200, TEXT, "OK".getBytes(StandardCharsets.US_ASCII));

    private final InstantSource clock;

    public HealthPlugin() {
        this(InstantSource.system());
    }

    /**
     * @param clock of the times on the status page
     */
    HealthPlugin(InstantSource clock) {
        this.clock = clock;
    }

    private record PollKey(InetSocketAddress address) {}

    /** Key of the one memory of the process. */
    private record RecorderKey() {}

    @Override
    public String name() {
        return "health";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        InetSocketAddress address =
                HttpAddress.read(new OptionReader(occurrences.getLast(), problems), STANDARD_ADDRESS);
        Drain drain = Drain.STANDARD;
        boolean status = true;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0, 1);
            List<OptionReader> properties = option.properties(List.of(LAMEDUCK, QUIET, DRAIN_LIMIT, STATUS));
            drain = drain(properties, drain);
            status = status(properties, status);
        }
        ServerControl control = context.server().control();
        context.server().http().serve(address, PATH, () -> page(control.loss()));
        // Port 0 stands for any free port, and which one it will be is not known here.
        if (address.getPort() != 0) {
            HealthPoll poll = context.shared(
                    new PollKey(address), () -> new HealthPoll(HealthPoll.url(address, PATH), context.server()));
            context.onStart(poll::start);
        }
        context.drain(drain);
        if (status) {
            Recorder recorder = context.shared(new RecorderKey(), () -> new Recorder(context.server(), clock));
            context.onStart(recorder::start);
            StatusPages.serve(context.server(), address, recorder);
        }
    }

    private static Page page(Optional<String> loss) {
        return loss.map(text -> new Page(503, TEXT, text.getBytes(StandardCharsets.UTF_8)))
                .orElse(LIVING);
    }

    private static boolean status(List<OptionReader> properties, boolean before) {
        boolean status = before;
        for (OptionReader property : properties) {
            if (property.name().equals(STATUS)) {
                status = property.word(List.of("on", "off")).equals("on");
            }
        }
        return status;
    }

    /** The limit counts from what is in force once all lines are read, so its place among them does not matter. */
    private static Drain drain(List<OptionReader> properties, Drain before) {
        Drain drain = before;
        Optional<Duration> limit = Optional.empty();
        for (OptionReader property : properties) {
            switch (property.name()) {
                case LAMEDUCK -> {
                    Duration value = property.duration(TIMES);
                    drain = value.isZero() ? drain : drain.withAtLeast(value);
                }
                case QUIET -> drain = drain.withQuiet(property.duration(TIMES));
                case DRAIN_LIMIT -> limit = Optional.of(property.duration(TIMES));
                default -> {
                    // Not about the end.
                }
            }
        }
        return limit.map(drain::withAtMost).orElse(drain);
    }
}
