package org.cairndns.plugin.forward;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.OwnService;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.spi.Upstreams;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;

/** The directive <code>forward FROM TO... { ... }</code>; several in a server block are asked in order. */
public final class ForwardPlugin implements Plugin {
    /** The server starts without the addresses of host names if they take longer. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    /** What systemd-resolved asks itself, while /etc/resolv.conf names the stub that it has for local programs. */
    private static final Path SYSTEM_FILE = Path.of("/run/systemd/resolve/resolv.conf");

    private final Path systemFile;

    public ForwardPlugin() {
        this(SYSTEM_FILE);
    }

    ForwardPlugin(Path systemFile) {
        this.systemFile = systemFile;
    }

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
            config.flatMap(read -> add(read, directive, context, problems)).ifPresent(forwarder -> {
                report(forwarder, context, forwarders.size());
                // Behind the report: what it shows has conditions and circuits that somebody looks after.
                context.onStop(forwarder::stop);
                forwarders.add(forwarder);
            });
        }
        context.settings().offer(Upstreams.class, new BlockUpstreams(forwarders));
    }

    private Optional<Forwarder> add(
            ForwardConfig config, Directive directive, BlockContext context, Problems problems) {
        UpstreamTls tls;
        try {
            tls = UpstreamTls.open(config);
        } catch (SSLException e) {
            withoutFiles(config, "cannot use the files of 'tls': " + e.getMessage(), directive, context, problems);
            return Optional.empty();
        }
        ConnectionOpener opener =
                new ConnectionOpener(config.transports(), tls, context.server().background());
        ClientsUnderWay clients =
                ClientsUnderWay.of(context, ThreadLocalRandom.current().nextInt());
        Forwarder forwarder = new Forwarder(config, context.server(), opener, clients);
        Metadata.Note upstream = context.settings().metadata().note("forward/upstream");
        context.handler(next -> new ForwardHandler(forwarder, upstream, next));
        keepAddresses(config, forwarder, context);
        return Optional.of(forwarder);
    }

    /** Tells of a directive while its block is there. */
    private static void report(Forwarder forwarder, BlockContext context, int number) {
        Reports reports = Reports.of(context.server().meters());
        CircuitGauge.register(context.server().meters());
        // The addresses are known from the start of the block on.
        List<ForwardReporter> told = new CopyOnWriteArrayList<>();
        context.onStart(() -> {
            told.add(ForwardReporter.of(forwarder, ForwardReporter.Place.of(context, number)));
            told.forEach(reports::add);
        });
        context.onStop(() -> told.forEach(reports::remove));
    }

    /** The rest of the server goes on until they are there. */
    private static void withoutFiles(
            ForwardConfig config, String message, Directive directive, BlockContext context, Problems problems) {
        if (config.transports().tls().areThere()) {
            problems.add(directive.position(), message);
            return;
        }
        problems.waits(directive.position(), message);
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, message, EdnsOptions.NO_REACHABLE_AUTHORITY);
        context.handler(next -> query -> config.matches(query.qname()) ? failed : next.handle(query));
    }

    private void keepAddresses(ForwardConfig config, Forwarder forwarder, BlockContext context) {
        UpstreamNames names = new UpstreamNames(
                config.upstreams(),
                lookup(config, context),
                forwarder::use,
                context.server().background(),
                surroundings(config, context));
        context.onStart(names::start);
        context.onStop(names::stop);
        if (names.hasHosts()) {
            context.holdStart(names.known(), START_PATIENCE);
        }
    }

    private UpstreamSurroundings surroundings(ForwardConfig config, BlockContext context) {
        List<UpstreamFile> files = config.upstreams().stream()
                .filter(UpstreamFile.class::isInstance)
                .map(UpstreamFile.class::cast)
                .toList();
        // A block for a part of the names may well send them to the same server under other names, by 'rewrite'. And
        // CoreDNS
        // asks itself, until 'loop' ends it.
        boolean mayAskItself =
                !context.zones().contains(".") || context.server().control().isStrict();
        OwnListeners own = mayAskItself
                ? OwnListeners.none()
                : new OwnListeners(
                        context::servers,
                        address -> context.settings()
                                .offered(OwnService.class)
                                .map(service -> service.hasAddress(address))
                                .orElse(false));
        return new UpstreamSurroundings(
                files, systemFile, own, Conditions.of(context.server().meters()));
    }

    private static AddressLookup lookup(ForwardConfig config, BlockContext context) {
        if (config.resolvers().isEmpty()) {
            return AddressLookup.ofSystem();
        }
        ClientsUnderWay clients =
                ClientsUnderWay.of(context, ThreadLocalRandom.current().nextInt());
        ResolverLookup resolvers =
                new ResolverLookup(config.resolvers(), config.transports().source(), context.server(), clients);
        context.onStop(resolvers::stop);
        return resolvers;
    }
}
