package org.cairndns.plugin.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>rewrite [continue|stop] FIELD ...</code>, a rule per occurrence. */
public final class RewritePlugin implements Plugin {
    @Override
    public String name() {
        return "rewrite";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        List<Rule.Entry> rules = new ArrayList<>();
        for (Directive occurrence : occurrences) {
            try {
                rules.add(RuleReader.read(occurrence, context.settings().metadata()));
            } catch (CorefileException e) {
                problems.addAll(e);
            }
        }
        context.handler(next -> new RewriteHandler(next, rules, context::resolve));
    }
}
