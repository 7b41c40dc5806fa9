package org.cairndns.plugin.transfer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>transfer [ZONES...] { to HOST...|*; source IP }</code>; several hold side by side. */
public final class TransferPlugin implements Plugin {
    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        TransferRules rules = new TransferRules(occurrences.stream()
                .map(occurrence -> TransferReader.read(occurrence, context.block(), problems))
                .toList());
        context.handler(next ->
                new TransferHandler(rules, List.copyOf(context.settings().transferSources()), next));
        Notifier notifier = new Notifier(rules, context.server().background(), RandomGenerator.getDefault());
        context.settings().zoneChanges().listen(notifier::changed);
        context.onStop(notifier::stop);
    }
}
