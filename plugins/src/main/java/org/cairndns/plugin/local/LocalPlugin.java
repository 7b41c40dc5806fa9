package org.cairndns.plugin.local;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>local { localhost_prefix on|off }</code>. */
public final class LocalPlugin implements Plugin {
    private static final String LOCALHOST_PREFIX = "localhost_prefix";
    private static final String ON = "on";

    @Override
    public String name() {
        return "local";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        boolean prefix = true;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0);
            for (OptionReader property : option.properties(List.of(LOCALHOST_PREFIX))) {
                prefix = property.word(List.of(ON, "off")).equals(ON);
            }
        }
        boolean answersPrefix = prefix;
        LocalReplies replies = new LocalReplies();
        context.handler(next -> new LocalHandler(
                next,
                replies,
                answersPrefix,
                context.server()
                        .meters()
                        .counter(
                                "coredns_local_localhost_requests_total",
                                "Counter of special localhost subdomain requests.")));
    }
}
