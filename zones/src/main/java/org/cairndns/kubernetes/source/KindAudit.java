package org.cairndns.kubernetes.source;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The endless comparing of one kind with what the API has, and the pauses in between; confined to the source's thread.
 *
 * <p>A comparison runs only beside a watch: as long as there is none, nobody expects what is known to be up to date.
 */
final class KindAudit implements AuditRun.Outcome {
    // After a watch was broken the next comparison does not wait for its turn; but then all replicas are in a hurry.
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int SPREAD_MILLIS = 4000;
    // Large lists come less often: at most so much of the source's thread, and of the API's octets.
    private static final int MAX_LOAD_PERCENT = 1;
    private static final long MAX_OCTETS_PER_SECOND = 512 << 10;
    // So many answers in a row that the API does not have our version yet, and it never will.
    private static final int MAX_TOO_LARGE = 2;

    /** The receiver of what comes of comparisons. */
    interface Outcome {
        /** True if a watch brings changes. */
        boolean isWatching();

        /** The version up to which the watch has reported everything. */
        String watched();

        /** All objects were compared. */
        void compared(Map<ObjectName, String> different);

        /** The API was set back to an older state. */
        void wentBack(String text);
    }

    private final Feed feed;
    private final SourceThread thread;
    private final RandomGenerator random;
    private final Outcome outcome;
    private int tooLarge;

    /** Until then neither watches that break nor differences hurry anybody. */
    private long restUntilNanos = System.nanoTime();

    private @Nullable AuditRun run;
    private SourceThread.@Nullable Timer timer;

    KindAudit(Feed feed, SourceThread thread, RandomGenerator random, Outcome outcome) {
        this.feed = feed;
        this.thread = thread;
        this.random = random;
        this.outcome = outcome;
    }

    /** Compares from time to time from now on. */
    void resume() {
        if (!feed.timings().audit().isOff() && run == null && timer == null) {
            after(longer(feed.timings().audit().interval(), rest()));
        }
    }

    /** Compares as soon as a watch that was broken had time to catch up. */
    void hurry() {
        if (!feed.timings().audit().isOff() && run == null) {
            SourceThread.cancel(timer);
            Duration soon = shorter(
                    SOON.plusMillis(random.nextInt(SPREAD_MILLIS)),
                    feed.timings().audit().interval());
            after(longer(soon, rest()));
        }
    }

    /** How long the load of the last comparison still is to be made up for; negative if it is no more. */
    private Duration rest() {
        return Duration.ofNanos(restUntilNanos - System.nanoTime());
    }

    /** Breaks off until {@link #resume}. */
    void cancel() {
        SourceThread.cancel(timer);
        timer = null;
        if (run != null) {
            run.cancel();
            run = null;
        }
    }

    /** The watch reports something of an object. */
    void touched(ObjectName name) {
        if (run != null) {
            run.touched(name);
        }
    }

    @Override
    public String watched() {
        return outcome.watched();
    }

    @Override
    public void compared(Map<ObjectName, String> different) {
        tooLarge = 0;
        done();
        if (outcome.isWatching()) {
            outcome.compared(different);
        }
    }

    @Override
    public void wentBack(String text) {
        tooLarge = 0;
        done();
        outcome.wentBack(text);
    }

    @Override
    public void unfinished(ApiFailure failure) {
        // A server that lags behind the one of our watch says so too, but not for long.
        if (!failure.saysVersionTooLarge()) {
            tooLarge = 0;
            done(failure.retryAfter());
        } else if (++tooLarge < MAX_TOO_LARGE) {
            run = null;
            after(shorter(SOON, feed.timings().audit().interval()));
        } else {
            wentBack("the API no longer has the version that it had: " + failure.text());
        }
    }

    private void begin() {
        timer = null;
        if (outcome.isWatching()) {
            run = new AuditRun(feed, thread, this);
            run.start();
        } else {
            after(feed.timings().audit().interval());
        }
    }

    private void done() {
        done(Duration.ZERO);
    }

    private void done(Duration atLeast) {
        Duration rest = Duration.ZERO;
        if (run != null) {
            rest = longer(
                    Duration.ofNanos(run.workNanos() * 100 / MAX_LOAD_PERCENT),
                    Duration.ofMillis(run.octets() * 1000 / MAX_OCTETS_PER_SECOND));
        }
        run = null;
        restUntilNanos = System.nanoTime() + rest.toNanos();
        after(longer(longer(feed.timings().audit().interval(), rest), atLeast));
    }

    private void after(Duration pause) {
        long nanos = pause.toNanos();
        long jittered = nanos - nanos / 5 + random.nextLong(nanos * 2 / 5 + 1);
        timer = thread.schedule(this::begin, Duration.ofNanos(jittered));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
