package org.cairndns.kubernetes;

import java.util.Set;

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
public interface ClusterChanges extends ClusterObjects {
    /** What a comparison says of an object that the source has. */
    enum Finding {
        /** Known in this revision. */
        SAME,
        /** Known in another revision. */
        OLDER,
        /** Not known. */
        MISSING
    }

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

    /**
     * What is known of the object is its form in this revision; follows each {@code put} of a source that compares.
     *
     * @param revision a number that is another one after each change of the object
     * @return false if nothing is known of it, as for an object that DNS has no name for
     */
    boolean stamp(ObjectKind kind, ObjectName name, int revision);

    /** All objects of the kind are about to be compared; only while no list is under way. */
    void comparisonStarted(ObjectKind kind);

    /** Compares an object, in the revision that the source has, with what is known; changes nothing. */
    Finding compare(ObjectKind kind, ObjectName name, int revision);

    /** The objects of the kind that are known and were neither compared nor put since {@link #comparisonStarted}. */
    Set<ObjectName> unseen(ObjectKind kind);

    /** The API does not let objects of the kind be read; nobody is to wait for the end of a list, which may yet come. */
    default void withheld(ObjectKind kind) {}
}
