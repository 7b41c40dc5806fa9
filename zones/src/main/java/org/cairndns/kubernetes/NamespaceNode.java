package org.cairndns.kubernetes;

import java.util.HashMap;
import java.util.Map;

/**
 * Namespace with its services.
 *
 * <p>It is there as soon as an object of it is; it counts as existing only while the namespace itself is known.
 */
final class NamespaceNode implements LabelTable.Labelled {
    private final String name;
    private final byte[] label;
    private final LabelTable<ServiceSlot> services;

    /** Written by the writer thread only. */
    private volatile boolean exists;

    /** Slices and pods by name; writer thread only, as is the rest. */
    private final Map<String, SliceSlot> slices = new HashMap<>();

    private final Map<String, PodNode> pods = new HashMap<>();

    private int seenInList;

    NamespaceNode(String name, long seed) {
        this.name = name;
        this.label = Labels.octets(name);
        this.services = new LabelTable<>(seed);
    }

    String name() {
        return name;
    }

    @Override
    public byte[] label() {
        return label;
    }

    LabelTable<ServiceSlot> services() {
        return services;
    }

    /** True if the namespace is known and so visible in DNS. */
    boolean exists() {
        return exists;
    }

    void exists(boolean known) {
        exists = known;
    }

    Map<String, SliceSlot> slices() {
        return slices;
    }

    Map<String, PodNode> pods() {
        return pods;
    }

    boolean isEmpty() {
        return !exists && services.size() == 0 && slices.isEmpty() && pods.isEmpty();
    }

    int seenInList() {
        return seenInList;
    }

    void seenInList(int list) {
        seenInList = list;
    }
}
