package org.cairndns.kubernetes;

import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate through which changes come one at a time, from any thread, and are applied on the thread that reports them.
 *
 * <p>Nothing waits in a queue: there an object would outlive the young generation, and each change would cost two switches of
 * threads. After {@link #close} changes are ignored.
 */
public final class ClusterWriter implements ClusterChanges, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWriter.class);

    private final ClusterChanges target;
    private boolean closed;

    public ClusterWriter(ClusterChanges target) {
        this.target = target;
    }

    @Override
    public void put(ServiceEntry service) {
        apply(changes -> changes.put(service));
    }

    @Override
    public void putImport(ServiceEntry imported) {
        apply(changes -> changes.putImport(imported));
    }

    @Override
    public void put(SliceEntry slice) {
        apply(changes -> changes.put(slice));
    }

    @Override
    public void put(PodEntry pod) {
        apply(changes -> changes.put(pod));
    }

    @Override
    public void putNamespace(String name) {
        apply(changes -> changes.putNamespace(name));
    }

    @Override
    public void remove(ObjectKind kind, String namespace, String name) {
        apply(changes -> changes.remove(kind, namespace, name));
    }

    @Override
    public void listStarted(ObjectKind kind) {
        apply(changes -> changes.listStarted(kind));
    }

    @Override
    public void withheld(ObjectKind kind) {
        apply(changes -> changes.withheld(kind));
    }

    @Override
    public void listFinished(ObjectKind kind) {
        apply(changes -> changes.listFinished(kind));
    }

    @Override
    public synchronized boolean stamp(ObjectKind kind, ObjectName name, int revision) {
        return !closed && target.stamp(kind, name, revision);
    }

    @Override
    public void comparisonStarted(ObjectKind kind) {
        apply(changes -> changes.comparisonStarted(kind));
    }

    @Override
    public synchronized Finding compare(ObjectKind kind, ObjectName name, int revision) {
        return closed ? Finding.SAME : target.compare(kind, name, revision);
    }

    @Override
    public synchronized Set<ObjectName> unseen(ObjectKind kind) {
        return closed ? Set.of() : target.unseen(kind);
    }

    /** Does something short while no change is under way. */
    public synchronized void exclusively(Runnable action) {
        action.run();
    }

    /** Ends the changes: when it returns none is under way, and none will be. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private synchronized void apply(Consumer<ClusterChanges> change) {
        if (closed) {
            return;
        }
        try {
            change.accept(target);
        } catch (RuntimeException e) {
            LOG.error("A change of the cluster could not be applied and is lost until the next list", e);
        }
    }
}
