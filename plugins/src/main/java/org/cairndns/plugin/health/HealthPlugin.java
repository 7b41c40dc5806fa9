package org.cairndns.plugin.health;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.PluginLog;

/** The directive <code>health [ADDRESS] { lameduck DURATION }</code>; the last of several occurrences holds. */
public final class HealthPlugin implements Plugin {
    private static final PluginLog LOG = PluginLog.of("health");
    private static final String PATH = "/health";
    private static final HostPort STANDARD_ADDRESS = new HostPort("", 8080);
    private static final DurationBounds LAMEDUCK =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ZERO);
    private static final Page LIVING =
            new Page(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));

    private final Pause pause;

    public HealthPlugin() {
        this(Thread::sleep);
    }

    HealthPlugin(Pause pause) {
        this.pause = pause;
    }

    /** Wait of a thread. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private record PollKey(InetSocketAddress address) {}

    @Override
    public String name() {
        return "health";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        InetSocketAddress address =
                HttpAddress.read(new OptionReader(occurrences.getLast(), problems), STANDARD_ADDRESS);
        Duration lameduck = Duration.ZERO;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0, 1);
            for (OptionReader property : option.properties(List.of("lameduck"))) {
                lameduck = property.duration(LAMEDUCK);
            }
        }
        context.server().http().serve(address, PATH, () -> LIVING);
        // Port 0 stands for any free port, and which one it will be is not known here.
        if (address.getPort() != 0) {
            HealthPoll poll = context.shared(
                    new PollKey(address), () -> new HealthPoll(HealthPoll.url(address, PATH), context.server()));
            context.onStart(poll::start);
        }
        stayFor(lameduck, context);
    }

    /** Gives clients time to notice that this server's endpoint is gone while it still answers. */
    private void stayFor(Duration lameduck, BlockContext context) {
        if (lameduck.isZero()) {
            return;
        }
        context.onProcessStop(() -> {
            LOG.info("Going into lameduck mode for " + lameduck.toMillis() + " ms");
            try {
                pause.sleep(lameduck);
            } catch (InterruptedException e) {
                LOG.info("Leaving lameduck mode early");
                Thread.currentThread().interrupt();
            }
        });
    }
}
