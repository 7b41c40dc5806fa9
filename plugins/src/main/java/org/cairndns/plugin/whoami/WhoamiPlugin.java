package org.cairndns.plugin.whoami;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code whoami}, without arguments; asks no further handler. */
public final class WhoamiPlugin implements Plugin {
    @Override
    public String name() {
        return "whoami";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.hasArgs(0);
        option.noBlock();
        context.handler(next -> new WhoamiHandler());
    }
}
