package org.cairndns.plugin.forward;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * What one directive has on one event loop: sockets, exchanges under way, one timer for them all.
 *
 * <p>After {@link #stop} it goes on, for queries may still come while the process ends; sockets then close as soon as
 * they idle. For one event loop, {@link #isMine}, {@link #forward} and {@link #stop} aside.
 */
final class LoopForwarder {
    private static final long SWEEP_NANOS = 1_000_000_000L;
    private static final long CHECK_TIMEOUT_NANOS = 1_000_000_000L;

    /** Least time between two runs of the timer, so that a burst of time-outs is one run. */
    private static final long MIN_WAIT_NANOS = 5_000_000L;

    private final Forwarder shared;
    private final EventLoop loop;
    private final QueryIds ids;
    private final RandomGenerator random;
    private final DeadlineQueue queries;
    private final HedgeBudget hedges;
    private final List<LoopUpstream> leaving = new ArrayList<>();
    private final DeadlineQueue checks = new DeadlineQueue(CHECK_TIMEOUT_NANOS);
    private LoopUpstream[] upstreams;
    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos;
    private boolean sweeping;
    private boolean stopped;

    LoopForwarder(Forwarder shared, EventLoop loop, List<Upstream> upstreams, QueryIds ids, RandomGenerator random) {
        this.shared = shared;
        this.loop = loop;
        this.ids = ids;
        this.random = random;
        ForwardConfig.Patience patience = shared.config().attempts().patience();
        this.queries = new DeadlineQueue(patience.budgetNanos());
        this.hedges = new HedgeBudget(patience.hedgePercent());
        this.upstreams = upstreams.stream().map(this::join).toArray(LoopUpstream[]::new);
    }

    /** True on this loop's thread. */
    boolean isMine() {
        return loop.inEventLoop();
    }

    /** Hands a query to this loop; the reply is completed there. */
    void forward(Query query, Reply.Pending pending, ForwardHandler handler) {
        if (loop.inEventLoop()) {
            new Forwarding(this, handler, query, pending).start();
        } else {
            loop.execute(() -> new Forwarding(this, handler, query, pending).start());
        }
    }

    /** Closes what idles, now and from now on. */
    void stop() {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> {
                stopped = true;
                for (LoopUpstream upstream : upstreams) {
                    upstream.retireAll();
                }
            });
        }
    }

    boolean isStopped() {
        return stopped;
    }

    ForwardConfig config() {
        return shared.config();
    }

    ForwardMetrics metrics() {
        return shared.metrics();
    }

    Forwarder shared() {
        return shared;
    }

    /** True if a query may be sent to an upstream that is down, to see whether it still is. */
    boolean mayTry() {
        return !config().attempts().failFast();
    }

    QueryIds ids() {
        return ids;
    }

    RandomGenerator random() {
        return random;
    }

    long nanoTime() {
        return shared.nanoTime();
    }

    /** The upstreams as they are now; not to be changed. */
    LoopUpstream[] upstreams() {
        return upstreams;
    }

    /** Has these upstreams from now on; those that stay keep their connections. */
    void use(List<Upstream> wanted) {
        if (!loop.isShuttingDown()) {
            loop.execute(() -> replace(wanted));
        }
    }

    private LoopUpstream join(Upstream upstream) {
        return new LoopUpstream(this, upstream, shared.config().connections());
    }

    private void replace(List<Upstream> wanted) {
        LoopUpstream[] before = upstreams;
        upstreams = wanted.stream()
                .map(upstream -> Arrays.stream(before)
                        .filter(known -> known.upstream() == upstream)
                        .findFirst()
                        .orElseGet(() -> join(upstream)))
                .toArray(LoopUpstream[]::new);
        for (LoopUpstream known : before) {
            if (!wanted.contains(known.upstream())) {
                known.leave();
                leaving.add(known);
            }
        }
    }

    /** Ends a query when its time is over, unless it ends before. */
    void addQuery(Forwarding query, long nowNanos) {
        // The timer need not be told: the attempts of the query have it run before.
        queries.add(query, nowNanos);
    }

    /** How many queries may go to a second upstream while the first one is waited for. */
    HedgeBudget hedges() {
        return hedges;
    }

    DeadlineQueue checks() {
        return checks;
    }

    void open(UpstreamConnection connection) {
        shared.opener().open(loop, connection);
    }

    ScheduledFuture<?> runLater(Runnable task, long delayNanos) {
        return loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Counts a query in; what it gives is empty, or says why the query cannot be taken. To be followed by {@link #leave} in
     * either case.
     */
    String enter(Query query) {
        ClientsUnderWay clients = shared.clients();
        clients.enter(query);
        hedges.earn();
        if (clients.isFull()) {
            return "too many queries under way";
        }
        return clients.isGreedy(query) ? "too many queries of one client under way" : "";
    }

    void leave(Query query) {
        shared.clients().leave(query);
    }

    /** Has the timer run at this time or before. */
    void wakeAt(long timeNanos) {
        if (timer != null) {
            if (timerNanos - timeNanos <= 0) {
                return;
            }
            timer.cancel(false);
        }
        timerNanos = timeNanos;
        timer = runLater(this::expire, Math.max(MIN_WAIT_NANOS, timeNanos - nanoTime()));
    }

    private void expire() {
        timer = null;
        try {
            expire(nanoTime());
        } finally {
            wakeForNext();
        }
    }

    private void expire(long now) {
        queries.expire(now);
        checks.expire(now);
        for (LoopUpstream upstream : upstreams) {
            upstream.expire(now);
        }
        for (LoopUpstream upstream : leaving) {
            upstream.expire(now);
        }
    }

    private void wakeForNext() {
        wakeFor(queries);
        wakeFor(checks);
        for (LoopUpstream upstream : upstreams) {
            upstream.wake();
        }
        // As long as a query that began before may come back to it.
        long budgetNanos = config().attempts().patience().budgetNanos();
        long now = nanoTime();
        leaving.removeIf(upstream -> upstream.isQuiet() && now - upstream.leftNanos() > budgetNanos);
        leaving.forEach(LoopUpstream::wake);
    }

    /** Has the timer run when the first member's time is over. */
    void wakeFor(DeadlineQueue queue) {
        Timed first = queue.first();
        if (first != null) {
            wakeAt(first.deadlineNanos);
        }
    }

    /** Has idle connections closed before long. */
    void sweepSoon() {
        if (!sweeping) {
            sweeping = true;
            runLater(this::sweep, SWEEP_NANOS);
        }
    }

    private void sweep() {
        boolean open = false;
        for (LoopUpstream upstream : upstreams) {
            if (stopped) {
                upstream.retireAll();
            } else {
                upstream.sweep();
            }
            open |= upstream.hasConnections();
        }
        sweeping = false;
        if (open) {
            sweepSoon();
        }
    }
}
