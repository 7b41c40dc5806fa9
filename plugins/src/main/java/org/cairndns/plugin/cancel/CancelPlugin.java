package org.cairndns.plugin.cancel;

import java.time.Duration;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code cancel [DURATION]}; the last of several holds. */
public final class CancelPlugin implements Plugin {
    /** The standard is just over what DNS clients wait. */
    private static final DurationBounds TIME =
            new DurationBounds(Duration.ofNanos(1), DurationBounds.UNBOUNDED, Duration.ofMillis(5001));

    @Override
    public String name() {
        return "cancel";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        Duration time = TIME.standard();
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.noBlock();
            boolean given = option.hasArgs(0, 1) && !option.args().isEmpty();
            time = given ? option.duration(0, TIME) : TIME.standard();
        }
        long nanos = time.toNanos();
        context.handler(next -> new CancelHandler(next, nanos, context.server().eventLoops()));
    }
}
