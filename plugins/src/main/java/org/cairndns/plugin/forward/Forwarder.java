package org.cairndns.plugin.forward;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.ServerContext;

/** What one directive has, parted by event loops. Any thread. */
final class Forwarder {
    /** {@link Forwarding} has one bit per upstream. */
    static final int MAX_UPSTREAMS = 64;

    private final ForwardConfig config;
    private final ServerContext server;
    private final ForwardMetrics metrics;
    private final Conditions conditions;
    private final ProbePace pace;
    private final ConnectionOpener opener;
    private final ClientsUnderWay clients;
    private final LoopForwarder[] loops;
    private final List<Upstream> upstreams = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger guests = new AtomicInteger();

    /** @param clients what is under way in all directives of the process */
    Forwarder(ForwardConfig config, ServerContext server, ConnectionOpener opener, ClientsUnderWay clients) {
        this.config = config;
        this.server = server;
        this.opener = opener;
        this.clients = clients;
        this.metrics = ForwardMetrics.of(server.meters());
        this.conditions = Conditions.of(server.meters());
        this.pace = new ProbePace(config.healthCheck().intervalNanos());
        for (UpstreamTarget target : config.upstreams()) {
            if (target instanceof UpstreamAddress address) {
                upstreams.add(upstream(address));
            }
        }
        SecureRandom secure = new SecureRandom();
        List<LoopForwarder> found = new ArrayList<>();
        for (EventExecutor loop : server.eventLoops()) {
            RandomGenerator random = new SplittableRandom(secure.nextLong());
            found.add(new LoopForwarder(this, (EventLoop) loop, upstreams, new QueryIds(new SecureRandom()), random));
        }
        this.loops = found.toArray(LoopForwarder[]::new);
    }

    /** The part of the loop that runs the caller, else of any loop. */
    LoopForwarder here() {
        for (LoopForwarder loop : loops) {
            if (loop.isMine()) {
                return loop;
            }
        }
        return loops[Integer.remainderUnsigned(guests.getAndIncrement(), loops.length)];
    }

    /** Has these upstreams from now on, 64 at most; those that stay keep what is known of them. */
    synchronized void use(List<UpstreamAddress> addresses) {
        List<Upstream> wanted = new ArrayList<>();
        for (UpstreamAddress address : addresses.subList(0, Math.min(addresses.size(), MAX_UPSTREAMS))) {
            wanted.add(upstreams.stream()
                    .filter(known -> known.address().equals(address))
                    .findFirst()
                    .orElseGet(() -> upstream(address)));
        }
        upstreams.stream().filter(known -> !wanted.contains(known)).forEach(Upstream::leave);
        upstreams.clear();
        upstreams.addAll(wanted);
        for (LoopForwarder loop : loops) {
            loop.use(List.copyOf(wanted));
        }
    }

    private Upstream upstream(UpstreamAddress address) {
        return new Upstream(address, config.healthCheck().maxFails(), conditions);
    }

    /** Addresses of the upstreams right now. */
    synchronized List<InetSocketAddress> addresses() {
        return upstreams.stream().map(known -> known.address().address()).toList();
    }

    /** Sends nothing to an upstream until {@link #takeBack}. */
    synchronized void holdOut(InetSocketAddress address, String reason) {
        for (Upstream known : upstreams) {
            if (known.address().address().equals(address)) {
                known.circuit().holdOut(reason);
            }
        }
    }

    /** Ends {@link #holdOut}. */
    synchronized void takeBack(InetSocketAddress address) {
        for (Upstream known : upstreams) {
            if (known.address().address().equals(address)) {
                known.circuit().takeBack();
            }
        }
    }

    /** How the upstreams are; {@code names} is what is sent there. */
    synchronized List<Report> reports(String names) {
        List<Report> reports = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            reports.add(upstream.report(names, metrics));
        }
        return reports;
    }

    synchronized void stop() {
        upstreams.forEach(Upstream::leave);
        for (LoopForwarder loop : loops) {
            loop.stop();
        }
    }

    ForwardConfig config() {
        return config;
    }

    ForwardMetrics metrics() {
        return metrics;
    }

    ConnectionOpener opener() {
        return opener;
    }

    /** What is under way. */
    ClientsUnderWay clients() {
        return clients;
    }

    /** When upstreams that are down may be checked. */
    ProbePace pace() {
        return pace;
    }

    /** Counts queries for {@link Policy#ROUND_ROBIN}. */
    AtomicInteger turn() {
        return turn;
    }

    long nanoTime() {
        return server.nanoTime();
    }
}
