package org.cairndns.plugin.forward;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether one upstream is to be asked, by what queries and checks saw of it; any thread.
 *
 * <pre>
 *   CLOSED --(three queries in a row unanswered)--> SUSPECT --(checks fail too)--> OPEN
 *      ^                                               |                             |
 *      '---(a query is answered)--- HALF_OPEN &lt;--------'------(a check works)--------'
 * </pre>
 *
 * An answered query closes it from every state. That checks alone do not is for upstreams that answer them from memory but
 * cannot ask anybody themselves.
 */
final class Circuit {
    /** What is to be sent. */
    enum State {
        /** Any query. */
        CLOSED,
        /** One query to try; all if nobody else can be asked. */
        HALF_OPEN,
        /** None; all if nobody else can be asked. */
        SUSPECT,
        /** None but one to try now and then. */
        OPEN,
        /** Never any. */
        HELD_OUT
    }

    /** Unanswered queries in a row after which others are asked. */
    private static final int SUSPICIOUS_MISSES = 3;

    private final long maxFails;
    private final AtomicBoolean trial = new AtomicBoolean();

    /** True while nothing is counted, so that an answered query has nothing to do. */
    private volatile boolean clean = true;

    private volatile String heldOut = "";

    /** State apart from {@link State#HELD_OUT}. */
    private volatile State seen = State.CLOSED;

    /** Counts since the last answer; guarded by this, as are changes of the state. */
    private int misses;

    private long failedQueries;
    private long failedChecks;

    /**
     * A closed circuit.
     *
     * @param maxFails failures in a row, checks among them, that leave it closed; 0 if it is always closed
     */
    Circuit(long maxFails) {
        this.maxFails = maxFails;
    }

    State state() {
        return heldOut.isEmpty() ? seen : State.HELD_OUT;
    }

    boolean isClosed() {
        return state() == State.CLOSED;
    }

    /** True if checks have something to find out. */
    boolean isDoubtful() {
        return maxFails != 0 && !clean;
    }

    /** Why it is held out; empty if it is not. */
    String heldOut() {
        return heldOut;
    }

    /** A query was answered; true if the circuit was open. */
    boolean answered() {
        return !clean && settle(State.CLOSED);
    }

    /** A check was answered; true if the circuit was open. */
    boolean checkWorked() {
        return settle(State.HALF_OPEN);
    }

    private synchronized boolean settle(State to) {
        boolean wasOpen = seen == State.OPEN;
        misses = 0;
        failedQueries = 0;
        failedChecks = 0;
        if (seen != State.CLOSED) {
            move(to);
        }
        // Last and once: who sees it true takes an answered query for no news.
        clean = seen == State.CLOSED;
        return wasOpen;
    }

    /** A query is not answered as soon as others are; true if the upstream is suspect from now on. */
    synchronized boolean missed() {
        clean = false;
        boolean enough = ++misses >= SUSPICIOUS_MISSES || seen == State.HALF_OPEN;
        if (maxFails == 0 || !enough || seen == State.SUSPECT || seen == State.OPEN) {
            return false;
        }
        move(State.SUSPECT);
        return true;
    }

    /** A query failed; true if the circuit is open from now on. */
    synchronized boolean queryFailed() {
        clean = false;
        failedQueries++;
        return openIfFailing();
    }

    /** A check failed; true if the circuit is open from now on. */
    synchronized boolean checkFailed() {
        clean = false;
        failedChecks++;
        return openIfFailing();
    }

    private boolean openIfFailing() {
        boolean failing = maxFails != 0 && failedChecks > 0 && failedChecks + failedQueries > maxFails;
        if (!failing || seen == State.OPEN) {
            return false;
        }
        move(State.OPEN);
        return true;
    }

    private void move(State to) {
        seen = to;
        trial.set(to == State.HALF_OPEN);
    }

    /** Lets one query through an open circuit. */
    void offerTrial() {
        trial.set(true);
    }

    /** Lets none through any longer. */
    void withdrawTrial() {
        trial.set(false);
    }

    /** True for the one query that an open or half open circuit lets through. */
    boolean takeTrial() {
        return trial.get() && trial.compareAndSet(true, false);
    }

    /** Lets nothing through until {@link #takeBack}. */
    void holdOut(String reason) {
        heldOut = reason;
    }

    void takeBack() {
        heldOut = "";
    }
}
