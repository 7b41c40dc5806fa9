package org.cairndns.plugin.forward;

import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * A client's query at one upstream, over UDP first and once over a stream if the answer asks for it.
 *
 * <p>Goes on when its query was answered by another one, to learn how long this upstream takes. For one event loop.
 */
final class Attempt extends Exchange {
    private final Forwarding owner;
    private final LoopUpstream target;
    private final int index;
    private final boolean hedge;
    private boolean stream;
    private boolean retried;
    private boolean missed;
    private boolean overdue;

    /** What came over UDP with the wrong letter case; better than nothing if the upstream cannot be asked otherwise. */
    private @Nullable Response doubtful;

    /**
     * @param index of the upstream among the query's
     * @param hedge true if another upstream is still being waited for
     */
    Attempt(Forwarding owner, LoopUpstream target, int index, boolean hedge) {
        this.owner = owner;
        this.target = target;
        this.index = index;
        this.hedge = hedge;
        this.stream = owner.wantsStream();
    }

    LoopUpstream target() {
        return target;
    }

    int index() {
        return index;
    }

    boolean isHedge() {
        return hedge;
    }

    /** True if nobody should wait for it alone. */
    boolean isOverdue() {
        return overdue;
    }

    void begin() {
        begin(false);
    }

    private void begin(boolean fresh) {
        target.begin(this, stream, fresh).ifPresent(text -> {
            // This query cannot tell what it was let through for.
            target.upstream().circuit().offerTrial();
            owner.failed(this, text, EdnsOptions.OTHER);
        });
    }

    @Override
    Query query() {
        return owner.outgoing();
    }

    @Override
    void onLate() {
        target.late(this);
        if (owner.hasEqualUpstreams()) {
            miss();
            owner.late(this);
        }
    }

    @Override
    void onOverdue() {
        if (!overdue) {
            overdue = true;
            miss();
            target.upstream()
                    .queryFailed("no response within " + (target.loop().nanoTime() - startNanos) / 1_000_000 + " ms");
            owner.overdue(this);
        }
    }

    private void miss() {
        if (!missed) {
            missed = true;
            if (target.upstream().circuit().missed()) {
                HealthProbe.start(target);
            }
        }
    }

    @Override
    void onResponse(Response response, long nanos) {
        target.answered(this, response.rcode(), nanos);
        if (response.truncated() && owner.prefersWhole() && canUseStream()) {
            useStream();
        } else {
            owner.answered(this, response);
        }
    }

    @Override
    boolean mindsCase() {
        return canUseStream();
    }

    @Override
    void onOtherCase(Response response, long nanos) {
        target.answered(this, response.rcode(), nanos);
        doubtful = response;
        target.counters().askedOverStream();
        useStream();
    }

    @Override
    void onBadMessage(BadMessageException message) {
        if (canUseStream() && !owner.isDone()) {
            target.counters().askedOverStream();
            useStream();
        } else {
            fail(String.valueOf(message.getMessage()), EdnsOptions.INVALID_DATA);
        }
    }

    private boolean canUseStream() {
        return !stream && target.address().isPlain();
    }

    private void useStream() {
        if (owner.isDone()) {
            owner.ended(this);
            return;
        }
        stream = true;
        begin(false);
    }

    @Override
    void onStale(String reason) {
        if (retried || owner.isDone()) {
            onFailure(reason);
            return;
        }
        // RFC 7766 6.2.4: servers close idle connections at will, so this says nothing about the upstream.
        retried = true;
        begin(true);
    }

    @Override
    void onFailure(String reason) {
        fail(reason, missed ? EdnsOptions.NO_REACHABLE_AUTHORITY : EdnsOptions.NETWORK_ERROR);
    }

    private void fail(String reason, int extendedError) {
        if (doubtful != null) {
            owner.answered(this, doubtful);
            return;
        }
        miss();
        if (!overdue) {
            target.upstream().queryFailed(reason);
        }
        HealthProbe.start(target);
        owner.failed(this, reason, extendedError);
    }
}
