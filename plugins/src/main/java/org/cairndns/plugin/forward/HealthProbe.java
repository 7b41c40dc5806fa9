package org.cairndns.plugin.forward;

import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;

/**
 * Health check of an upstream, repeated until one works or a query is answered: any message with its id does.
 *
 * <p>While the upstream is down every second check gives way to a query of a client, if one comes in time: there are servers
 * that answer queries but not checks. Turns come at the pace of all checks together, whether the last check has ended or not.
 * For one event loop.
 */
final class HealthProbe extends Exchange {
    private final LoopUpstream target;
    private final Upstream upstream;
    private final Query query;
    private boolean underWay;
    private boolean worked;

    /** True while the turn is left to a client's query. */
    private boolean gives;

    private HealthProbe(LoopUpstream target) {
        this.target = target;
        this.upstream = target.upstream();
        ForwardConfig.HealthCheck check = target.loop().config().healthCheck();
        ListenerInfo nowhere =
                new ListenerInfo(Transport.UDP, "", target.address().address());
        this.query = Query.of(check.domain(), RecordType.NS, target.address().address(), nowhere)
                .withRecursionDesired(check.recursionDesired());
    }

    /** Checks an upstream until a check works, unless that is being done already. */
    static void start(LoopUpstream target) {
        if (!target.loop().isStopped() && target.upstream().beginCheck()) {
            new HealthProbe(target).runInTurn();
        }
    }

    private void runInTurn() {
        LoopForwarder loop = target.loop();
        long delay = loop.shared().pace().delayNanos(loop.nanoTime());
        if (delay <= 0) {
            run();
        } else {
            loop.runLater(this::run, delay);
        }
    }

    private void run() {
        if (worked) {
            return;
        }
        Circuit circuit = upstream.circuit();
        if (target.loop().isStopped() || target.hasLeft() || !circuit.isDoubtful()) {
            worked = true;
            upstream.endCheck();
            // Somebody may have had a doubt, and have left the check to this one.
            if (circuit.isDoubtful() && !target.hasLeft()) {
                start(target);
            }
            return;
        }
        if (gives) {
            circuit.withdrawTrial();
        }
        gives = circuit.state() == Circuit.State.OPEN && !gives && target.loop().mayTry();
        if (gives) {
            circuit.offerTrial();
        } else if (!underWay) {
            underWay = true;
            beginCheck();
        }
        runInTurn();
    }

    /** One that cannot begin is one that fails: the next turn comes all the same. */
    private void beginCheck() {
        try {
            target.beginCheck(this);
        } catch (Throwable e) {
            onFailure(e.toString());
        }
    }

    @Override
    Query query() {
        return query;
    }

    @Override
    void onResponse(Response response, long nanos) {
        works();
    }

    @Override
    boolean endsWith(BadMessageException message) {
        return true;
    }

    @Override
    void onBadMessage(BadMessageException message) {
        works();
    }

    private void works() {
        worked = true;
        upstream.checkWorked();
    }

    @Override
    void onFailure(String reason) {
        underWay = false;
        target.counters().checkFailed();
        upstream.checkFailed(reason);
    }
}
