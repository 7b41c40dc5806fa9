package org.cairndns.kubernetes;

/** The kinds of cluster objects that DNS is made of; namespaces come first, as they are few and decide about all others. */
public enum ObjectKind {
    NAMESPACE,
    SERVICE,
    /** A service of a clusterset, {@code multicluster.x-k8s.io}; known only where its definition is installed. */
    SERVICE_IMPORT,
    ENDPOINT_SLICE,
    POD
}
