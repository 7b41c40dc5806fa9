package org.cairndns.kubernetes;

/** Place of a service in the index; what is there at the moment is its {@link #node}. */
final class ServiceSlot extends Listed implements LabelTable.Labelled {
    private final ServiceSpace space;
    private final byte[] label;

    /** Written by the writer thread only. */
    private volatile ServiceNode node = ServiceNode.NOTHING;

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

    /** True if there is a service, not only slices of one. */
    boolean isService() {
        return node.kind() != null;
    }
}
