package org.cairndns.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.SliceChanges;

/** Changes of EndpointSlices that go on at a rate, by several threads with services of their own, until it is closed. */
public final class Churn implements AutoCloseable {
    private static final int THREADS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ApiConnection api;
    private final long stepNanos;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    private Churn(ApiConnection api, long stepNanos) {
        this.api = api;
        this.stepNanos = stepNanos;
    }

    /**
     * Starts to change the slices of a cluster, which must be as it was loaded.
     *
     * @param services in the order of the sample cluster; each thread gets its share of them
     * @param perSecond changes a second that are aimed at; fewer if the API server does not keep up
     */
    public static Churn start(ApiConnection api, List<SampleService> services, int perSecond, long seed) {
        List<List<SampleService>> parts = IntStream.range(0, THREADS)
                .mapToObj(part -> part(services, part))
                .filter(part -> !part.isEmpty())
                .toList();
        Churn churn = new Churn(api, NANOS_PER_SECOND * parts.size() / perSecond);
        for (int i = 0; i < parts.size(); i++) {
            SliceChanges changes = new SliceChanges(parts.get(i), seed + i);
            churn.threads.add(Thread.ofPlatform().name("churn-" + i).daemon().start(() -> churn.change(changes)));
        }
        return churn;
    }

    /** Every eighth ten of the services, so that each part has its headless ones. */
    private static List<SampleService> part(List<SampleService> services, int part) {
        return IntStream.range(0, services.size())
                .filter(number -> number / 10 % THREADS == part)
                .mapToObj(services::get)
                .toList();
    }

    private void change(SliceChanges changes) {
        long due = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            if (now < due) {
                LockSupport.parkNanos(due - now);
                continue;
            }
            // A backlog of up to a second is made up for, so that the rate is right on average.
            due = Math.max(due, now - NANOS_PER_SECOND) + stepNanos;
            try {
                SliceChanges.Change change = changes.next();
                api.patch(change.path(), change.jsonPatch());
                accepted.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                if (refused.getAndIncrement() == 0) {
                    System.err.println("churn: " + e.getMessage());
                }
            }
        }
    }

    /** Changes that the API server has made so far. */
    public long accepted() {
        return accepted.get();
    }

    /** Changes that it has not made; the first one is written to the error output. */
    public long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
