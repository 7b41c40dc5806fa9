package org.cairndns.plugin.loop;

import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code loop}, once per server block and without options. */
public final class LoopPlugin implements Plugin {
    private final RandomGenerator random;
    private final LoopProbe.Sockets sockets;

    public LoopPlugin() {
        this(new SecureRandom(), ProbeSocket::new);
    }

    LoopPlugin(RandomGenerator random, LoopProbe.Sockets sockets) {
        this.random = random;
        this.sockets = sockets;
    }

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.hasArgs(0);
        option.noBlock();
        LoopWatch watch = new LoopWatch(context, random, sockets);
        context.handler(next -> new LoopHandler(next, watch));
        context.onStart(watch::start);
        context.onStop(watch::stop);
    }
}
