package org.cairndns.plugin.any;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code any}, without arguments. */
public final class AnyPlugin implements Plugin {
    @Override
    public String name() {
        return "any";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.hasArgs(0);
        option.noBlock();
        context.handler(AnyHandler::new);
    }
}
