package org.cairndns.perf.load;

/**
 * What a run has seen so far. Counting makes no objects; one thread.
 *
 * <p>Each second of the run, by the instants at which queries were due, has the worst of its latencies on record.
 */
public final class LoadTally {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int RCODE_NXDOMAIN = 3;

    private final Pace pace;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram sinceSending = new LatencyHistogram();
    private final LatencyHistogram lateness = new LatencyHistogram();
    private final long[] worstLatencyNanos;
    private final long[] unanswered;
    private final long[] worstLatenessNanos;
    private long failed;

    LoadTally(Pace pace) {
        this.pace = pace;
        this.worstLatencyNanos = new long[pace.seconds()];
        this.unanswered = new long[pace.seconds()];
        this.worstLatenessNanos = new long[pace.seconds()];
    }

    /** Notes a query sent, as late after its instant as that. */
    void sent(long dueNanos, long lateNanos) {
        lateness.record(lateNanos);
        int second = second(dueNanos);
        unanswered[second]++;
        worstLatenessNanos[second] = Math.max(worstLatenessNanos[second], lateNanos);
    }

    /** Notes an answer, by the time since the query was due and since it really went out. */
    void answered(long dueNanos, long latencyNanos, long sinceSendingNanos) {
        latency.record(latencyNanos);
        sinceSending.record(sinceSendingNanos);
        int second = second(dueNanos);
        unanswered[second]--;
        worstLatencyNanos[second] = Math.max(worstLatencyNanos[second], latencyNanos);
    }

    /** Notes the RCODE of an answer; any but NOERROR and NXDOMAIN is a failure. */
    void rcode(int rcode) {
        if (rcode != 0 && rcode != RCODE_NXDOMAIN) {
            failed++;
        }
    }

    private int second(long dueNanos) {
        return (int) Math.min(worstLatencyNanos.length - 1, dueNanos / NANOS_PER_SECOND);
    }

    public long ratePerSecond() {
        return pace.ratePerSecond();
    }

    public int seconds() {
        return pace.seconds();
    }

    public long asked() {
        return lateness.count();
    }

    public long answered() {
        return latency.count();
    }

    /** Queries without an answer in time. */
    public long lost() {
        return asked() - answered();
    }

    /** Queries of a second without an answer in time. */
    public long lostIn(int second) {
        return unanswered[second];
    }

    /** Answers with an RCODE that says the server failed or refused. */
    public long failed() {
        return failed;
    }

    /** From the instant at which a query was due to its answer. */
    public Percentiles latency() {
        return Percentiles.of(latency);
    }

    /** From the instant at which a query really went out to its answer: without what the generator was late. */
    public Percentiles sinceSending() {
        return Percentiles.of(sinceSending);
    }

    /** From the instant at which a query was due to that at which it really went out. */
    public Percentiles lateness() {
        return Percentiles.of(lateness);
    }

    public double worstLatencyMillis(int second) {
        return worstLatencyNanos[second] / 1e6;
    }

    public double worstLatenessMillis(int second) {
        return worstLatenessNanos[second] / 1e6;
    }
}
