package org.cairndns.plugin.minimal;

import java.time.Clock;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code minimal}, without arguments. */
public final class MinimalPlugin implements Plugin {
    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "minimal";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.hasArgs(0);
        option.noBlock();
        context.handler(next -> new MinimalHandler(next, () -> clock.millis() / 1000));
    }
}
