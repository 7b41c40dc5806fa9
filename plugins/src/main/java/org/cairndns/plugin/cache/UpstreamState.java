package org.cairndns.plugin.cache;

import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;

/**
 * What the replies of late say about the upstreams of a cache: whether waiting for them is of any use.
 *
 * <p>They count as down when {@link #ENOUGH} names in a row had no response; one response ends that. One name alone says little: its own servers may be down. Any thread; what two threads note at once may count as one.
 */
final class UpstreamState {
    private static final int ENOUGH = 3;

    /** Then it is time to wait for a reply again. */
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private volatile int failures;
    private volatile int lastName;
    private volatile long lastNanos;

    void answered() {
        if (failures != 0) {
            failures = 0;
        }
    }

    /** Notes that a name had no response. */
    void failed(DomainName qname, long nowNanos) {
        int name = qname.hashCode();
        if (failures == 0 || name != lastName) {
            failures = Math.min(failures + 1, ENOUGH);
        }
        lastName = name;
        lastNanos = nowNanos;
    }

    /** Notes the reply to a name that was asked for. */
    void failed(DomainName qname, Reply.Failed reply, long nowNanos) {
        // Extended error 22 says no more: forward gives it for a name whose own servers are silent, too. Other (0) it
        // gives for queries that it did not send, for there are too many of them.
        boolean unsent = reply.extendedError().orElse(EdnsOptions.NETWORK_ERROR) == EdnsOptions.OTHER;
        if (reply.rcode() == Rcode.SERVFAIL && !unsent && !Flights.isOwn(reply)) {
            failed(qname, nowNanos);
        }
    }

    boolean isDown(long nowNanos) {
        return failures >= ENOUGH && nowNanos - lastNanos < MEMORY_NANOS;
    }
}
