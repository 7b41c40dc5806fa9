package org.cairndns.plugin.loadbalance;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code loadbalance [round_robin]}. */
public final class LoadbalancePlugin implements Plugin {
    @Override
    public String name() {
        return "loadbalance";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            if (option.hasArgs(0, 1) && !option.args().isEmpty()) {
                option.word(0, List.of("round_robin"));
            }
            option.noBlock();
        }
        context.handler(RoundRobinHandler::new);
    }
}
