package org.cairndns.kubernetes;

/** The three shapes a Service has for DNS. */
public enum ServiceKind {
    /** The name has the service's cluster IPs. */
    CLUSTER_IP,
    /** The name has the addresses of its endpoints: the first cluster IP is the text {@code None}. */
    HEADLESS,
    /** The name is an alias of {@link ServiceEntry#externalName()}. */
    EXTERNAL_NAME
}
