package org.cairndns.plugin.reload;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/**
 * The directive <code>reload [INTERVAL [JITTER]] { lastgood FILE }</code>; of several server blocks the last one holds.
 *
 * <p>The server looks for {@code lastgood} itself, for it must find it in a Corefile that nothing can be set up from.
 */
public final class ReloadPlugin implements Plugin {
    private static final DurationBounds INTERVAL =
            new DurationBounds(Duration.ofSeconds(2), DurationBounds.UNBOUNDED, Duration.ofSeconds(30));
    private static final DurationBounds JITTER =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofSeconds(15));
    private static final Duration MIN_JITTER = Duration.ofSeconds(1);

    private final RandomGenerator random;

    public ReloadPlugin() {
        this(new SecureRandom());
    }

    ReloadPlugin(RandomGenerator random) {
        this.random = random;
    }

    /** Key of the one timer of the process. */
    private record TimerKey() {}

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        for (Directive again : occurrences.subList(1, occurrences.size())) {
            problems.warn(again.position(), "only the first 'reload' of a server block counts");
        }
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.hasArgs(0, 2);
        option.properties(List.of("lastgood")).forEach(ReloadPlugin::checkLastGood);
        int count = option.args().size();
        Duration interval = count > 0 ? option.duration(0, INTERVAL) : INTERVAL.standard();
        Duration jitter = count > 1 ? jitter(option) : JITTER.standard();
        Duration period = interval.plus(offset(min(jitter, interval.dividedBy(2))));
        ReloadTimer timer = context.shared(new TimerKey(), () -> new ReloadTimer(context.server()));
        context.onStart(() -> timer.start(period));
    }

    private static void checkLastGood(OptionReader property) {
        if (!property.hasArgs(1)) {
            return;
        }
        Token file = property.args().getFirst();
        if (!isPath(file.text())) {
            property.problems()
                    .add(file.position(), "bad value for 'lastgood', expected a path, got '" + file.text() + "'");
        }
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Duration jitter(OptionReader option) {
        Duration jitter = option.duration(1, JITTER);
        if (jitter.isPositive() && jitter.compareTo(MIN_JITTER) < 0) {
            option.problems()
                    .add(
                            option.args().get(1).position(),
                            "bad value for 'reload', expected a jitter of 0 or at least 1s, got '"
                                    + option.args().get(1).text() + "'");
        }
        return jitter;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** From minus half to plus half of the jitter, so that the servers of a cluster do not all reload at once. */
    private Duration offset(Duration jitter) {
        long nanos = jitter.toNanos();
        return nanos == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(nanos) - nanos / 2);
    }
}
