package org.cairndns.plugin.ready;

import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>ready [ADDRESS] { monitor until-ready|continuously }</code>, once per server block. */
public final class ReadyPlugin implements Plugin {
    private static final HostPort STANDARD_ADDRESS = new HostPort("", 8181);
    private static final String CONTINUOUSLY = "continuously";
    private static final List<String> MODES = List.of("until-ready", CONTINUOUSLY);

    private record OnceReadyKey(InetSocketAddress address) {}

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.hasArgs(0, 1);
        InetSocketAddress address = HttpAddress.read(option, STANDARD_ADDRESS);
        boolean continuously = false;
        for (OptionReader property : option.properties(List.of("monitor"))) {
            continuously = property.word(MODES).equals(CONTINUOUSLY);
        }
        OnceReady before = context.shared(new OnceReadyKey(address), OnceReady::new);
        ReadinessPage page = new ReadinessPage(context.server().control(), continuously, before);
        context.server().http().serve(address, "/ready", page);
        context.onProcessStop(page::stop);
    }
}
