package org.cairndns.plugin.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Upstreams;

/** The directive <code>forward FROM TO... { ... }</code>; several in a server block are asked in order. */
public final class ForwardPlugin implements Plugin {
    /** The server starts without the addresses of host names if they take longer. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "forward";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        context.settings().otherClasses(true);
        List<Forwarder> forwarders = new ArrayList<>();
        for (Directive directive : occurrences) {
            Optional<ForwardConfig> config = ForwardConfigReader.read(directive, context, problems);
            config.flatMap(read -> add(read, directive, context, problems)).ifPresent(forwarders::add);
        }
        context.settings().offer(Upstreams.class, new BlockUpstreams(forwarders));
    }

    private static Optional<Forwarder> add(
            ForwardConfig config, Directive directive, BlockContext context, Problems problems) {
        UpstreamTls tls;
        try {
            tls = UpstreamTls.open(config);
        } catch (SSLException e) {
            String message = "cannot use the files of 'tls': " + e.getMessage();
            if (config.transports().tls().areThere()) {
                problems.add(directive.position(), message);
            } else {
                problems.missing(directive.position(), message);
            }
            return Optional.empty();
        }
        ConnectionOpener opener =
                new ConnectionOpener(config.transports(), tls, context.server().background());
        Forwarder forwarder = new Forwarder(config, context.server(), opener);
        Metadata.Note upstream = context.settings().metadata().note("forward/upstream");
        context.handler(next -> new ForwardHandler(forwarder, upstream, next));
        context.onStop(forwarder::stop);
        if (config.upstreams().stream().anyMatch(UpstreamHost.class::isInstance)) {
            resolveNames(config, forwarder, context);
        }
        return Optional.of(forwarder);
    }

    private static void resolveNames(ForwardConfig config, Forwarder forwarder, BlockContext context) {
        AddressLookup lookup = AddressLookup.ofSystem();
        if (!config.resolvers().isEmpty()) {
            ResolverLookup resolvers =
                    new ResolverLookup(config.resolvers(), config.transports().source(), context.server());
            context.onStop(resolvers::stop);
            lookup = resolvers;
        }
        UpstreamNames names = new UpstreamNames(
                config.upstreams(), lookup, forwarder::use, context.server().background());
        context.onStart(names::start);
        context.onStop(names::stop);
        context.holdStart(names.known(), START_PATIENCE);
    }
}
