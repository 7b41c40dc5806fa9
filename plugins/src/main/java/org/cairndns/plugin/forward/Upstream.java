package org.cairndns.plugin.forward;

import java.util.concurrent.atomic.AtomicBoolean;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Report;

/** One upstream of a directive, as all event loops see it; any thread. */
final class Upstream {
    private static final PluginLog LOG = PluginLog.of("forward");
    private static final String DOWN = "upstream_down";

    private final UpstreamAddress address;
    private final String label;
    private final Circuit circuit;
    private final Conditions conditions;
    private final boolean checks;
    private final AtomicBoolean checking = new AtomicBoolean();

    /** True once checks under way have nothing more to say. */
    private volatile boolean left;

    /**
     * An upstream that is up.
     *
     * @param maxFails failures that it may have in a row; 0 for no checks
     */
    Upstream(UpstreamAddress address, long maxFails, Conditions conditions) {
        this.address = address;
        this.label = address.label();
        this.circuit = new Circuit(maxFails);
        this.conditions = conditions;
        this.checks = maxFails != 0;
    }

    UpstreamAddress address() {
        return address;
    }

    /** The upstream in messages and metrics, {@code ip:port}. */
    String label() {
        return label;
    }

    Circuit circuit() {
        return circuit;
    }

    /** True if the caller is to check it now, and until it works or the caller gives up. */
    boolean beginCheck() {
        return checks && !checking.get() && checking.compareAndSet(false, true);
    }

    /** The check is given up. */
    void endCheck() {
        checking.set(false);
    }

    /** Notes a query that was answered. */
    void answered() {
        up(circuit.answered());
    }

    /** Notes a query that failed. */
    void queryFailed(String reason) {
        down(circuit.queryFailed(), reason);
    }

    /** Notes a check that failed. */
    void checkFailed(String reason) {
        down(circuit.checkFailed(), reason);
    }

    /** Notes a check that worked, the last one. */
    void checkWorked() {
        // First: who takes the trial and has no answer is to find that it may check again.
        endCheck();
        up(circuit.checkWorked());
    }

    /** How it is now; with the counts of its address. */
    Report.Upstream report(String zone, ForwardMetrics metrics) {
        return new Report.Upstream(
                label,
                zone,
                switch (circuit.state()) {
                    case CLOSED -> Report.Upstream.State.UP;
                    case HALF_OPEN -> Report.Upstream.State.TRYING;
                    case SUSPECT -> Report.Upstream.State.SUSPECT;
                    case OPEN -> Report.Upstream.State.DOWN;
                    case HELD_OUT -> Report.Upstream.State.HELD_OUT;
                },
                circuit.heldOut(),
                metrics.durations(label),
                metrics.failedChecks(label));
    }

    private void down(boolean opened, String reason) {
        if (opened && !left) {
            conditions.begin(
                    LOG,
                    DOWN,
                    label,
                    "upstream " + label + " is down: " + reason
                            + "; others are asked, and this one once it answers checks");
        }
    }

    private void up(boolean closed) {
        if (closed) {
            conditions.end(LOG, DOWN, label, "upstream " + label + " is up again");
        }
    }

    /** Nobody asks it any longer. */
    void leave() {
        left = true;
        conditions.drop(DOWN, label);
    }
}
