package org.cairndns.plugin.loadbalance;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>loadbalance [round_robin | weighted FILE] { ... }</code>. */
public final class LoadbalancePlugin implements Plugin {
    private final Supplier<RandomGenerator> random;

    public LoadbalancePlugin() {
        this(ThreadLocalRandom::current);
    }

    /**
     * @param random gives a generator for the calling thread
     */
    LoadbalancePlugin(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "loadbalance";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        switch (LoadbalanceConfigReader.read(occurrences, context.directory(), problems)) {
            case LoadbalanceConfig.RoundRobin roundRobin -> setup(roundRobin, context);
            case LoadbalanceConfig.Weighted weighted -> setup(weighted, context, problems);
        }
    }

    private void setup(LoadbalanceConfig.RoundRobin config, BlockContext context) {
        if (config.preferred().isEmpty()) {
            context.handler(RoundRobinHandler::new);
        } else {
            AddressOrder order = new PreferredOrder(config.preferred(), random);
            context.handler(next -> new ArrangedHandler(next, order));
        }
    }

    private void setup(LoadbalanceConfig.Weighted config, BlockContext context, Problems problems) {
        WeightFile file = new WeightFile(config.file(), config.reload());
        try {
            file.read();
        } catch (BadWeightFileException e) {
            problems.add(config.position(), "bad weight file: " + e.getMessage());
        } catch (NoSuchFileException | AccessDeniedException e) {
            notThere(config, problems);
        } catch (IOException e) {
            problems.missing(config.position(), "weight file '" + config.file() + "' cannot be read: " + e);
        }
        context.handler(next -> new ArrangedHandler(next, new WeightedOrder(file::table, random)));
        context.onStart(() -> file.start(context.server().background()));
        context.onStop(file::stop);
    }

    private static void notThere(LoadbalanceConfig.Weighted config, Problems problems) {
        String fault = "weight file '" + config.file() + "' does not exist or cannot be opened";
        if (config.reload().isZero()) {
            problems.missing(config.position(), fault + ", and 'reload 0' says not to look for it again");
        } else {
            problems.warn(config.position(), fault + ", it is looked for again");
        }
    }
}
