package org.cairndns.kubernetes;

import java.util.Map;

/** Pod with its addresses. */
final class PodNode extends Listed {
    private final NamespaceNode namespace;
    private final String name;
    private final Addresses addresses;

    /** Few, as only those are kept that someone looks for; usually {@link Map#of()}. */
    private final Map<String, String> labels;

    PodNode(NamespaceNode namespace, String name, Addresses addresses, Map<String, String> labels, int seenInList) {
        this.namespace = namespace;
        this.name = name;
        this.addresses = addresses;
        this.labels = labels;
        seenInList(seenInList);
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

    Map<String, String> labels() {
        return labels;
    }
}
