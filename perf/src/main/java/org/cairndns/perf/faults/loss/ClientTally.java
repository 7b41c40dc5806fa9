package org.cairndns.perf.faults.loss;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a client saw of its queries. For one thread, and then for those that read it. */
public final class ClientTally {
    private final List<Long> nanos = new ArrayList<>();
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
    void answer(long nanosSinceFirst) {
        nanos.add(nanosSinceFirst);
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
