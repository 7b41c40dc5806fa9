package org.cairndns.plugin.debug;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code debug}, without arguments. */
public final class DebugPlugin implements Plugin {
    @Override
    public String name() {
        return "debug";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0);
            option.noBlock();
        }
        context.settings().debug(true);
    }
}
