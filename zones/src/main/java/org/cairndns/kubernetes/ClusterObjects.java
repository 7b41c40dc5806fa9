package org.cairndns.kubernetes;

/** The receiver of the objects of a cluster as they are. */
public interface ClusterObjects {
    /** The service exists, in this form. */
    void put(ServiceEntry service);

    /**
     * The ServiceImport exists, in this form.
     *
     * @param imported the service it stands for: of the kind {@link ServiceKind#CLUSTER_IP} with the IPs of the clusterset, or
     *     {@link ServiceKind#HEADLESS}
     */
    void putImport(ServiceEntry imported);

    /** The slice exists, in this form. */
    void put(SliceEntry slice);

    /** The pod exists, in this form. */
    void put(PodEntry pod);

    /** The namespace exists. */
    void putNamespace(String name);
}
