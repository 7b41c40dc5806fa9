package org.cairndns.plugin.loop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.HostPort;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Upstreams;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Watch over the upstreams of a server block: one that sends its queries back is left out until it no longer does.
 *
 * <p>Each upstream gets a {@link LoopProbe} after the start and when it is new, another one every {@link #PERIOD}, and every
 * {@link #DOUBT} while it is left out. Works on the background pool; the server's queries come on event loops. The lock
 * guards the fields.
 */
final class LoopWatch {
    static final Duration FIRST_DELAY = Duration.ofMillis(100);
    static final Duration PERIOD = Duration.ofMinutes(5);
    static final Duration DOUBT = Duration.ofSeconds(15);

    private static final PluginLog LOG = PluginLog.of("loop");
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final String CONDITION = "upstream_loops";
    private static final String REASON = "leads back to this server";
    private static final String HELP = "see https://coredns.io/plugins/loop#troubleshooting";
    private static final String REMEDY = "Remedy: an upstream of 'forward' asks this server again, so name another one;"
            + " if it is /etc/resolv.conf with a local resolver such as 127.0.0.53, write the router's or provider's"
            + " address in its place, or set resolvConf of the kubelet to /run/systemd/resolve/resolv.conf";

    private record Asked(LoopProbe probe, long startNanos) {}

    private final BlockContext context;
    private final RandomGenerator random;
    private final LoopProbe.Sockets sockets;
    private final Conditions conditions;
    private final Map<InetSocketAddress, Asked> probes = new HashMap<>();
    private final Set<InetSocketAddress> leftOut = new HashSet<>();
    private volatile boolean active;
    private @Nullable Future<?> timer;

    LoopWatch(BlockContext context, RandomGenerator random, LoopProbe.Sockets sockets) {
        this.context = context;
        this.random = random;
        this.sockets = sockets;
        this.conditions = Conditions.of(context.server().meters());
    }

    synchronized void start() {
        active = true;
        timer = context.server()
                .background()
                .scheduleWithFixedDelay(this::step, FIRST_DELAY.toNanos(), STEP.toNanos(), TimeUnit.NANOSECONDS);
    }

    synchronized void stop() {
        active = false;
        if (timer != null) {
            timer.cancel(false);
        }
        probes.values().forEach(asked -> asked.probe().end());
        probes.clear();
        leftOut.forEach(upstream -> conditions.drop(CONDITION, label(upstream)));
        leftOut.clear();
    }

    /** True for a probe that came back, whose upstream is left out from now on; in a strict process that is its end. */
    boolean isBack(Query query) {
        if (!active) {
            return false;
        }
        Optional<InetSocketAddress> upstream = probed(query.qname());
        upstream.ifPresent(loops -> leadsBack(loops, query));
        return upstream.isPresent();
    }

    private synchronized Optional<InetSocketAddress> probed(DomainName qname) {
        for (Map.Entry<InetSocketAddress, Asked> entry : probes.entrySet()) {
            LoopProbe probe = entry.getValue().probe();
            if (probe.qname().equals(qname)) {
                probe.seen();
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private void leadsBack(InetSocketAddress upstream, Query query) {
        boolean strict = context.server().control().isStrict();
        synchronized (this) {
            if (!active || !leftOut.add(upstream)) {
                return;
            }
            if (!strict) {
                upstreams().ifPresent(all -> all.holdOut(upstream, REASON));
                conditions.begin(
                        LOG,
                        CONDITION,
                        label(upstream),
                        "upstream " + label(upstream) + " is left out. " + message(query));
            }
        }
        if (strict) {
            context.server().control().fail("plugin/loop: " + message(query));
        }
    }

    private String message(Query query) {
        String server = context.servers().getFirst();
        return "Loop (" + label(query.client()) + " -> " + server.substring(server.indexOf("://") + "://".length())
                + ") detected for zone \"" + context.zones().getFirst() + "\", " + HELP + ". Query: \"HINFO "
                + query.qname() + "\". " + REMEDY;
    }

    private Optional<Upstreams> upstreams() {
        return context.settings().offered(Upstreams.class);
    }

    private synchronized void step() {
        if (!active) {
            return;
        }
        try {
            upstreams().ifPresent(this::step);
        } catch (RuntimeException e) {
            // A task that fails would not be called again.
            LOG.error("the search for loops failed, it goes on: " + e);
        }
    }

    private void step(Upstreams upstreams) {
        List<InetSocketAddress> addresses = upstreams.addresses();
        forgetAllBut(addresses);
        long now = context.server().nanoTime();
        for (InetSocketAddress address : addresses) {
            Asked asked = probes.get(address);
            if (asked == null || isDue(address, asked, now)) {
                if (asked != null) {
                    asked.probe().end();
                }
                asked = new Asked(probe(upstreams, address, now), now);
                probes.put(address, asked);
            }
            asked.probe().step(now);
            if (asked.probe().finding() == LoopProbe.Finding.ENDS && leftOut.remove(address)) {
                upstreams.takeBack(address);
                conditions.end(
                        LOG,
                        CONDITION,
                        label(address),
                        "upstream " + label(address) + " no longer leads back, it is asked again");
            }
        }
    }

    private boolean isDue(InetSocketAddress address, Asked asked, long nowNanos) {
        Duration pause = leftOut.contains(address) ? DOUBT : PERIOD;
        return asked.probe().isOver() && nowNanos - asked.startNanos() - pause.toNanos() >= 0;
    }

    private void forgetAllBut(List<InetSocketAddress> addresses) {
        probes.entrySet().removeIf(entry -> {
            boolean gone = !addresses.contains(entry.getKey());
            if (gone) {
                entry.getValue().probe().end();
            }
            return gone;
        });
        leftOut.removeIf(address -> {
            boolean gone = !addresses.contains(address);
            if (gone) {
                conditions.drop(CONDITION, label(address));
            }
            return gone;
        });
    }

    private LoopProbe probe(Upstreams upstreams, InetSocketAddress address, long nowNanos) {
        DomainName zone = DomainName.of(context.zones().getFirst());
        DomainName forwarded = upstreams.zoneOf(address);
        DomainName below = forwarded.isAtOrBelow(zone) ? forwarded : zone;
        DomainName qname = DomainName.prepend(label(random), DomainName.prepend(label(random), below));
        InetSocketAddress self = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerInfo listener =
                new ListenerInfo(Transport.UDP, context.servers().getFirst(), self);
        Query query = Query.of(qname, RecordType.HINFO, self, listener);
        return new LoopProbe(address, query, sockets, random::nextInt, nowNanos);
    }

    /** A random number of 62 bits. */
    private static String label(RandomGenerator random) {
        return Long.toString(random.nextLong() >>> 2);
    }

    private static String label(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }
}
