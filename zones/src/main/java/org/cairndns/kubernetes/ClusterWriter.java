package org.cairndns.kubernetes;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that applies changes in the order in which they come, from any thread, through a bounded queue.
 *
 * <p>Who reports a change waits while the queue is full. After {@link #close} changes are ignored.
 */
public final class ClusterWriter implements ClusterChanges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWriter.class);
    private static final int QUEUE_CAPACITY = 4096;
    private static final long CLOSE_LIMIT_MILLIS = 5_000;

    private final ClusterChanges target;
    private final BlockingQueue<Consumer<ClusterChanges>> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    private final Thread thread;
    private volatile boolean closed;

    /** Starts a daemon thread that applies changes to {@code target}. */
    public ClusterWriter(ClusterChanges target) {
        this.target = target;
        this.thread = Thread.ofPlatform().name("cluster-writer").daemon().start(this::run);
    }

    @Override
    public void put(ServiceEntry service) {
        enqueue(changes -> changes.put(service));
    }

    @Override
    public void putImport(ServiceEntry imported) {
        enqueue(changes -> changes.putImport(imported));
    }

    @Override
    public void put(SliceEntry slice) {
        enqueue(changes -> changes.put(slice));
    }

    @Override
    public void put(PodEntry pod) {
        enqueue(changes -> changes.put(pod));
    }

    @Override
    public void putNamespace(String name) {
        enqueue(changes -> changes.putNamespace(name));
    }

    @Override
    public void remove(ObjectKind kind, String namespace, String name) {
        enqueue(changes -> changes.remove(kind, namespace, name));
    }

    @Override
    public void listStarted(ObjectKind kind) {
        enqueue(changes -> changes.listStarted(kind));
    }

    @Override
    public void listFinished(ObjectKind kind) {
        enqueue(changes -> changes.listFinished(kind));
    }

    /** Ends the thread; changes that wait are dropped. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        // Those who wait for room find it.
        queue.clear();
        try {
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Consumer<ClusterChanges> change) {
        if (closed) {
            return;
        }
        try {
            queue.put(change);
        } catch (InterruptedException e) {
            // The source is being stopped; it reports nothing any more.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            Consumer<ClusterChanges> change;
            try {
                change = queue.take();
            } catch (InterruptedException e) {
                // Only close interrupts.
                break;
            }
            try {
                change.accept(target);
            } catch (RuntimeException e) {
                LOG.error("A change of the cluster could not be applied and is lost until the next list", e);
            }
        }
        queue.clear();
    }
}
