package org.cairndns.plugin.loop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Query for a random name that a server block asks itself after its start; each further time that the block sees the
 * name, an upstream has brought it back.
 *
 * <p>It is over with the first response from below, or after {@link #PERIOD}. A failure is no response: the upstream may
 * be one that starts later, so the query is tried again. Neither is a response that the block's own handler did not
 * see, for then another configuration still answers.
 *
 * <p>Scheduled on the background pool, asked on an event loop; its lock guards the fields.
 */
final class LoopProbe {
    private static final PluginLog LOG = PluginLog.of("loop");

    static final Duration PERIOD = Duration.ofSeconds(30);
    static final Duration FIRST_DELAY = Duration.ofMillis(100);
    static final Duration PAUSE = Duration.ofSeconds(1);
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Once is the probe itself; more than twice is a loop, as for CoreDNS. */
    private static final int MAX_TIMES_SEEN = 2;

    private static final String HELP = "see https://coredns.io/plugins/loop#troubleshooting";
    private static final String REMEDY = "Remedy: an upstream of 'forward' asks this server again, so name another one;"
            + " if it is /etc/resolv.conf with a local resolver such as 127.0.0.53, write the router's or provider's"
            + " address in its place, or set resolvConf of the kubelet to /run/systemd/resolve/resolv.conf";

    private final BlockContext context;
    private final Executor eventLoops;
    private final String zone;
    private final DomainName qname;
    private volatile boolean active;
    private int timesSeen;
    private int attempt;
    private long deadlineNanos;
    private @Nullable Future<?> timer;

    /**
     * @param eventLoops where handlers may be called
     */
    LoopProbe(BlockContext context, RandomGenerator random, Executor eventLoops) {
        this.context = context;
        this.eventLoops = eventLoops;
        this.zone = context.zones().getFirst();
        this.qname = DomainName.prepend(label(random), DomainName.prepend(label(random), DomainName.of(zone)));
    }

    /** A random number of 62 bits. */
    private static String label(RandomGenerator random) {
        return Long.toString(random.nextLong() >>> 2);
    }

    synchronized void start() {
        active = true;
        deadlineNanos = context.server().nanoTime() + PERIOD.toNanos();
        schedule(this::ask, FIRST_DELAY);
    }

    synchronized void stop() {
        active = false;
        cancel();
    }

    /** Counts the query if it is the probe; true if it went round, in which case the process is told to end. */
    boolean isLooping(Query query) {
        if (!active || !query.qname().equals(qname)) {
            return false;
        }
        synchronized (this) {
            timesSeen++;
            if (timesSeen <= MAX_TIMES_SEEN) {
                return false;
            }
            if (timesSeen > MAX_TIMES_SEEN + 1) {
                return true;
            }
        }
        context.server().control().fail(message(query));
        return true;
    }

    private String message(Query query) {
        IpAddress from = IpAddress.of(query.client().getAddress());
        String host = from.isIpv4() ? from.toString() : "[" + from + "]";
        return "plugin/loop: Loop (" + host + ":" + query.client().getPort() + " -> " + ownAddress()
                + ") detected for zone \"" + zone + "\", " + HELP + ". Query: \"HINFO " + qname + "\". " + REMEDY;
    }

    private String ownAddress() {
        String server = server();
        return server.substring(server.indexOf("://") + "://".length());
    }

    private String server() {
        return context.servers().getFirst();
    }

    private synchronized void ask() {
        if (!active) {
            return;
        }
        if (context.server().nanoTime() - deadlineNanos >= 0) {
            LOG.debug("no response to the probe within " + PERIOD.toSeconds() + " s, no loop was looked for");
            active = false;
            return;
        }
        timesSeen = 0;
        int now = ++attempt;
        schedule(() -> replied(now, false), PATIENCE);
        eventLoops.execute(() -> resolve(now));
    }

    private void resolve(int number) {
        InetSocketAddress self = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerInfo listener = new ListenerInfo(Transport.UDP, server(), self);
        Reply reply = context.resolve(Query.of(qname, RecordType.HINFO, self, listener));
        if (reply instanceof Reply.Pending pending) {
            pending.whenDone(late -> replied(number, late instanceof Reply.Answered));
        } else {
            replied(number, reply instanceof Reply.Answered);
        }
    }

    /** Ends an attempt; one that is over already is left alone. */
    private synchronized void replied(int number, boolean answered) {
        if (!active || number != attempt) {
            return;
        }
        cancel();
        attempt++;
        if (answered && timesSeen > 0) {
            active = false;
        } else {
            schedule(this::ask, PAUSE);
        }
    }

    private void schedule(Runnable task, Duration delay) {
        timer = context.server().background().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
