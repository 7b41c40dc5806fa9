package org.cairndns.kubernetes;

/** Pod with its addresses. */
final class PodNode {
    private final NamespaceNode namespace;
    private final String name;
    private final Addresses addresses;

    /** Number of the list that put the pod last; writer thread only. */
    private int seenInList;

    PodNode(NamespaceNode namespace, String name, Addresses addresses, int seenInList) {
        this.namespace = namespace;
        this.name = name;
        this.addresses = addresses;
        this.seenInList = seenInList;
    }

    NamespaceNode namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    Addresses addresses() {
        return addresses;
    }

    int seenInList() {
        return seenInList;
    }

    void seenInList(int list) {
        seenInList = list;
    }
}
