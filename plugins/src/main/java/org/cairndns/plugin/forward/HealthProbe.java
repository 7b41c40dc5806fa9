package org.cairndns.plugin.forward;

import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;

/** Health check of an upstream, repeated until one works: any message with its id does. For one event loop. */
final class HealthProbe extends Exchange {
    private static final PluginLog LOG = PluginLog.of("forward");
    private static final long MIN_INTERVAL_NANOS = 10_000_000L;

    private final LoopUpstream target;
    private final Query query;

    private HealthProbe(LoopUpstream target) {
        this.target = target;
        ForwardConfig.HealthCheck check = target.loop().config().healthCheck();
        ListenerInfo nowhere =
                new ListenerInfo(Transport.UDP, "", target.address().address());
        this.query = Query.of(check.domain(), RecordType.NS, target.address().address(), nowhere)
                .withRecursionDesired(check.recursionDesired());
    }

    /** Checks an upstream until a check works, unless that is being done already. */
    static void start(LoopUpstream target) {
        if (!target.loop().isStopped() && target.upstream().beginCheck()) {
            new HealthProbe(target).run();
        }
    }

    private void run() {
        if (target.loop().isStopped()) {
            target.upstream().endCheck();
        } else {
            target.beginCheck(this);
        }
    }

    @Override
    Query query() {
        return query;
    }

    @Override
    void onResponse(Response response, long nanos) {
        worked();
    }

    @Override
    boolean endsWith(BadMessageException message) {
        return true;
    }

    @Override
    void onBadMessage(BadMessageException message) {
        worked();
    }

    private void worked() {
        if (target.upstream().checkWorked()) {
            LOG.info("upstream " + target.label() + " is up again");
        }
    }

    @Override
    void onFailure(String reason) {
        target.counters().checkFailed();
        if (target.upstream().checkFailed()) {
            LOG.warn("upstream " + target.label() + " is down: " + reason);
        }
        long interval = target.loop().config().healthCheck().intervalNanos();
        target.loop().runLater(this::run, Math.max(MIN_INTERVAL_NANOS, interval));
    }
}
