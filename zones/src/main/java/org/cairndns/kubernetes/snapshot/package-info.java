/**
 * A cluster's objects in a file, for the next process to begin with.
 *
 * <pre>
 *   ClusterIndex -> IndexCopy -> SnapshotEncoder -> {@link org.cairndns.kubernetes.snapshot.SnapshotFile}
 *   file -> {@link org.cairndns.kubernetes.snapshot.SnapshotReader} -> SnapshotDecoder -> IndexRestore -> ClusterIndex
 * </pre>
 *
 * What is read is taken for hostile: it may be torn, or made to be large, to mislead or to fail us.
 */
@NullMarked
package org.cairndns.kubernetes.snapshot;

import org.jspecify.annotations.NullMarked;
