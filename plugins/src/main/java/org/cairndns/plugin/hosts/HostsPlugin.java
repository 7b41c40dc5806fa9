package org.cairndns.plugin.hosts;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>hosts [FILE [ZONES...]] { ... }</code>, once per server block. */
public final class HostsPlugin implements Plugin {
    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        HostsConfig config = HostsConfigReader.read(occurrences, context, problems);
        HostsFile file = new HostsFile(config, context.server().meters());
        context.handler(next -> new HostsHandler(next, file, config));
        context.onStart(() -> file.start(context.server().background()));
        context.onStop(file::stop);
    }
}
