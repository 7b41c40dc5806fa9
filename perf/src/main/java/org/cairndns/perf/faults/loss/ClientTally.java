package org.cairndns.perf.faults.loss;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a client saw of its queries. For one thread, and then for those that read it. */
public final class ClientTally {
    /** An upstream is late after five quarters of what it takes as a rule, and overdue after a fifth of two seconds, at the soonest. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(LossUpstreams.STEADY_MILLIS * 5 / 4);

    private static final long OVERDUE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final List<Long> nanos = new ArrayList<>();
    private final List<String> prompt = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private int asked;
    private int failed;
    private int unanswered;
    private int wrong;
    private int repeated;

    /** A query goes out for the first time. */
    void ask() {
        asked++;
    }

    /** It goes out once more. */
    void repeat() {
        repeated++;
    }

    /** It has its answer, so many nanoseconds after it went out first. */
    void answer(String name, long nanosSinceFirst) {
        nanos.add(nanosSinceFirst);
        if (nanosSinceFirst < LATE_NANOS) {
            prompt.add(name);
        } else if (nanosSinceFirst < OVERDUE_NANOS) {
            late.add(name);
        }
    }

    /** It got an answer that names a failure, SERVFAIL as a rule. */
    void fail() {
        failed++;
    }

    /** All its tries are over. */
    void giveUp() {
        unanswered++;
    }

    /** It got the answer to another question, or another address. */
    void mistake() {
        wrong++;
    }

    /** Names whose answers came so soon that no packet for them was lost, and no upstream late. */
    List<String> prompt() {
        return List.copyOf(prompt);
    }

    /** Those whose answers came later, but before an upstream can have been overdue. */
    List<String> late() {
        return List.copyOf(late);
    }

    /** Queries, each counted once however often it went out. */
    public int asked() {
        return asked;
    }

    /** Answers that name a failure, whether a later try had a better one or not. */
    public int failed() {
        return failed;
    }

    /** Queries that had no answer in any try. */
    public int unanswered() {
        return unanswered;
    }

    /** Answers to something else. */
    public int wrong() {
        return wrong;
    }

    /** Second tries. */
    public int repeated() {
        return repeated;
    }

    /** Time to the answer of so many of a hundred, milliseconds; of those that had one. */
    public double percentileMillis(double percent) {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = (int) Math.ceil(sorted.size() * percent / 100) - 1;
        return sorted.get(Math.clamp(index, 0, sorted.size() - 1)) / 1e6;
    }

    /** For a reader. */
    public String words() {
        return "%d asked, %d wrong, %d failed, %d unanswered, %d asked again, p50 %.1f ms, p99 %.1f ms, slowest %.0f ms"
                .formatted(
                        asked,
                        wrong,
                        failed,
                        unanswered,
                        repeated,
                        percentileMillis(50),
                        percentileMillis(99),
                        percentileMillis(100));
    }
}
