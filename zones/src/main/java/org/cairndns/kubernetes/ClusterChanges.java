package org.cairndns.kubernetes;

/**
 * The receiver of what happens to the objects of a cluster.
 *
 * <p>Calls for one {@link ObjectKind} are strictly ordered; calls for different kinds may come from different threads.
 * An implementation may block for a short time to slow its source down.
 *
 * <p>A list is a sequence {@code listStarted}, any number of {@code put} and {@code remove}, {@code listFinished}: objects of
 * the kind that were not put since {@code listStarted} are gone at {@code listFinished}. A list that fails on the way is
 * followed by a new {@code listStarted} without a {@code listFinished}; objects stay until a list is finished. The first
 * {@code listFinished} makes the kind synced. A source may put an object again that has not changed.
 */
public interface ClusterChanges {
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

    /**
     * The object does not exist, whether it was put before or not.
     *
     * @param namespace empty for {@link ObjectKind#NAMESPACE}
     */
    void remove(ObjectKind kind, String namespace, String name);

    /** All objects of the kind are about to be put. */
    void listStarted(ObjectKind kind);

    /** All objects of the kind were put since {@link #listStarted}. */
    void listFinished(ObjectKind kind);
}
