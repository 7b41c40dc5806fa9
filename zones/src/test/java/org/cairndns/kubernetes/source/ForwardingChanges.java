package org.cairndns.kubernetes.source;

import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ObjectName;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/** A receiver of changes that does something of its own before each service it passes on. */
record ForwardingChanges(ClusterChanges target, Runnable beforeService) implements ClusterChanges {
    @Override
    public void put(ServiceEntry service) {
        beforeService.run();
        target.put(service);
    }

    @Override
    public void putImport(ServiceEntry imported) {
        target.putImport(imported);
    }

    @Override
    public void put(SliceEntry slice) {
        target.put(slice);
    }

    @Override
    public void put(PodEntry pod) {
        target.put(pod);
    }

    @Override
    public void putNamespace(String name) {
        target.putNamespace(name);
    }

    @Override
    public void remove(ObjectKind kind, String namespace, String name) {
        target.remove(kind, namespace, name);
    }

    @Override
    public void listStarted(ObjectKind kind) {
        target.listStarted(kind);
    }

    @Override
    public void listFinished(ObjectKind kind) {
        target.listFinished(kind);
    }

    @Override
    public boolean stamp(ObjectKind kind, ObjectName name, int revision) {
        return target.stamp(kind, name, revision);
    }

    @Override
    public void comparisonStarted(ObjectKind kind) {
        target.comparisonStarted(kind);
    }

    @Override
    public Finding compare(ObjectKind kind, ObjectName name, int revision) {
        return target.compare(kind, name, revision);
    }

    @Override
    public Set<ObjectName> unseen(ObjectKind kind) {
        return target.unseen(kind);
    }
}
