package org.cairndns.plugin.acl;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>acl [ZONES...] { ... }</code>; the rules of several are asked in file order. */
public final class AclPlugin implements Plugin {
    @Override
    public String name() {
        return "acl";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        AclReader reader = new AclReader(problems);
        List<AclRule> rules = occurrences.stream()
                .map(occurrence -> reader.read(occurrence, context.block()))
                .toList();
        UnaryOperator<Handler> layer = next -> new AclHandler(
                next,
                rules,
                new AclMetrics(context.server().meters(), context.settings().view()));
        context.handler(layer);
        context.notifyHandler(layer);
    }
}
