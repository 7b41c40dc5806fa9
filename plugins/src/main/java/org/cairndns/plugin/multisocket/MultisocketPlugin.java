package org.cairndns.plugin.multisocket;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code multisocket [COUNT]}. */
public final class MultisocketPlugin implements Plugin {
    private static final IntegerBounds SOCKETS = new IntegerBounds(1, 1024, 1);

    @Override
    public String name() {
        return "multisocket";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.noBlock();
        // Without a number it stands for one socket per processor, which is what an address gets anyway.
        if (option.hasArgs(0, 1) && !option.args().isEmpty()) {
            context.settings().sockets(option.integer(0, SOCKETS));
        }
    }
}
