package org.cairndns.plugin.loadbalance;

import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Change;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
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
            Optional<Change> policy =
                    option.args().stream().findFirst().flatMap(word -> History.of(name(), word.text()));
            if (policy.isPresent()) {
                problems.report(option.args().getFirst().position(), policy.get());
                continue;
            }
            if (option.hasArgs(0, 1) && !option.args().isEmpty()) {
                option.word(0, List.of("round_robin"));
            }
            option.properties(List.of());
        }
        context.handler(RoundRobinHandler::new);
    }
}
