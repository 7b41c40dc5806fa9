package org.cairndns.plugin.bufsize;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code bufsize [OCTETS]}; the first of several holds. */
public final class BufsizePlugin implements Plugin {
    /** The standard is what DNS flag day 2020 recommends. */
    private static final IntegerBounds OCTETS = new IntegerBounds(512, 4096, 1232);

    @Override
    public String name() {
        return "bufsize";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.noBlock();
        boolean given = option.hasArgs(0, 1) && !option.args().isEmpty();
        int maxOctets = given ? option.integer(0, OCTETS) : OCTETS.standard();
        context.handler(next -> new BufsizeHandler(next, maxOctets));
    }
}
