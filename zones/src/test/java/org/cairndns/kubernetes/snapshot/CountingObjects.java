package org.cairndns.kubernetes.snapshot;

import org.cairndns.kubernetes.ClusterObjects;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/** Receiver that counts objects and forgets them. */
final class CountingObjects implements ClusterObjects {
    private int count;

    int count() {
        return count;
    }

    @Override
    public void put(ServiceEntry service) {
        count++;
    }

    @Override
    public void putImport(ServiceEntry imported) {
        count++;
    }

    @Override
    public void put(SliceEntry slice) {
        count++;
    }

    @Override
    public void put(PodEntry pod) {
        count++;
    }

    @Override
    public void putNamespace(String name) {
        count++;
    }
}
