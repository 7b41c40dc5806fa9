package org.cairndns.kubernetes;

/**
 * The filling of an empty index with what an earlier process knew.
 *
 * <p>Used by one thread, before the index has a source. The first list of a kind sweeps what is not true any more. Until each kind
 * was listed answers are made of this, and a name that is not known may exist all the same.
 */
public final class IndexRestore {
    private final ClusterIndex index;
    private final SortedReverse reverse;
    private final IndexWriter writer;

    public IndexRestore(ClusterIndex index) {
        this.index = index;
        this.reverse = new SortedReverse(index.servicesByAddress());
        this.writer = new IndexWriter(index, ProgrammingListener.NONE, reverse);
    }

    /** Takes the objects; lists are not begun or finished here. */
    public ClusterObjects objects() {
        return writer;
    }

    /** All objects were put. */
    public void done() {
        reverse.finish();
        index.syncState().restored();
    }

    /** Takes back what was put: it cannot be relied on. */
    public void abandon() {
        writer.clear();
    }
}
