package org.cairndns.plugin.spi;

import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.zone.Validity;

/** A repetition that is over as soon as something does not hold any more. */
record LimitedRepetition(Validity validity, Repetition inner) implements Repetition {
    @Override
    public int again(long nowNanos, long tookNanos) {
        return validity.holds() ? inner.again(nowNanos, tookNanos) : OVER;
    }

    @Override
    public Repetition of(Query query, Response response) {
        return inner.of(query, response).during(validity);
    }
}
