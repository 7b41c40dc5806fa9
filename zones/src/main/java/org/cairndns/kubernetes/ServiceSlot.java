package org.cairndns.kubernetes;

/** Place of a service in the index; what is there at the moment is its {@link #node}. */
final class ServiceSlot implements LabelTable.Labelled {
    private final ServiceSpace space;
    private final byte[] label;

    /** Written by the writer thread only. */
    private volatile ServiceNode node = ServiceNode.NOTHING;

    /** Number of the list that put the service last; writer thread only. */
    private int seenInList;

    ServiceSlot(ServiceSpace space, byte[] label) {
        this.space = space;
        this.label = label;
    }

    ServiceSpace space() {
        return space;
    }

    NamespaceNode namespace() {
        return space.namespace();
    }

    @Override
    public byte[] label() {
        return label;
    }

    String name() {
        return Labels.text(label);
    }

    ServiceNode node() {
        return node;
    }

    void publish(ServiceNode next) {
        node = next;
    }

    int seenInList() {
        return seenInList;
    }

    void seenInList(int list) {
        seenInList = list;
    }
}
