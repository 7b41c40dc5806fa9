package org.cairndns.plugin.loop;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ServerContext;

/** The directive {@code loop}, once per server block and without options. */
public final class LoopPlugin implements Plugin {
    private final RandomGenerator random;
    private final Function<ServerContext, Executor> eventLoops;

    public LoopPlugin() {
        this(new SecureRandom(), ServerContext::eventLoops);
    }

    /**
     * @param eventLoops threads that handlers may be called on
     */
    LoopPlugin(RandomGenerator random, Function<ServerContext, Executor> eventLoops) {
        this.random = random;
        this.eventLoops = eventLoops;
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
        LoopProbe probe = new LoopProbe(context, random, eventLoops.apply(context.server()));
        context.handler(next -> new LoopHandler(next, probe));
        context.onStart(probe::start);
        context.onStop(probe::stop);
    }
}
