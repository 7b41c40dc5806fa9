package org.cairndns.kubernetes;

/** The kinds of cluster objects that DNS is made of. */
public enum ObjectKind {
    SERVICE,
    ENDPOINT_SLICE,
    NAMESPACE,
    POD
}
