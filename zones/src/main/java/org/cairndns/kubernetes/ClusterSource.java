package org.cairndns.kubernetes;

/**
 * Where the objects of a cluster come from.
 *
 * <p>What can be wrong with its configuration is reported when a source is made. From {@link #start} on nothing in the
 * surroundings makes it fail: what can't be reached or read is tried again for ever and logged.
 */
public interface ClusterSource extends AutoCloseable {
    /** Begins to report to {@code changes} from threads of the source and returns at once; called once. */
    void start(ClusterChanges changes);

    /** Stops; no change is reported after the return. A second call does nothing. */
    @Override
    void close();
}
