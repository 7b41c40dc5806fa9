package org.cairndns.plugin.forward;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Health of one upstream of a directive, as all event loops see it; any thread.
 *
 * <p>Failed queries start checks, checks alone count: each failed one adds to the count, one that works clears it.
 */
final class Upstream {
    private final UpstreamAddress address;
    private final long maxFails;
    private final AtomicLong fails = new AtomicLong();
    private final AtomicBoolean checking = new AtomicBoolean();

    /**
     * An upstream that is up.
     *
     * @param maxFails checks that may fail in a row; 0 for no checks
     */
    Upstream(UpstreamAddress address, long maxFails) {
        this.address = address;
        this.maxFails = maxFails;
    }

    UpstreamAddress address() {
        return address;
    }

    /** True if it should not be asked. */
    boolean isDown() {
        return maxFails != 0 && fails.get() > maxFails;
    }

    /** True if the caller is to check it now, and until it works or the caller gives up. */
    boolean beginCheck() {
        return maxFails != 0 && !checking.get() && checking.compareAndSet(false, true);
    }

    /** The check is given up. */
    void endCheck() {
        checking.set(false);
    }

    /** Notes a check that failed; true if the upstream is down from now on. */
    boolean checkFailed() {
        return fails.incrementAndGet() == maxFails + 1;
    }

    /** Notes a check that worked, the last one; true if the upstream was down. */
    boolean checkWorked() {
        boolean wasDown = fails.getAndSet(0) > maxFails;
        endCheck();
        return wasDown;
    }
}
