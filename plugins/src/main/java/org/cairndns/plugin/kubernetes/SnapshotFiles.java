package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.corefile.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Who has which snapshot file: one source in a Corefile, and of those of several configurations, as there are during a reload, the
 * one that came last. Any thread.
 */
final class SnapshotFiles {
    private final Map<Path, List<ClusterSnapshot>> open = new HashMap<>();
    private final Map<Path, SourceSettings> claimed = new HashMap<>();

    /** The reading of the Corefile that the claims are of; a new reading begins with none. */
    private @Nullable Problems reading;

    /** False if another source of the same Corefile has the file. */
    @SuppressWarnings("ReferenceEquality") // each reading has its own
    synchronized boolean claim(Problems problems, Path file, SourceSettings settings) {
        if (reading != problems) {
            reading = problems;
            claimed.clear();
        }
        return settings.equals(claimed.computeIfAbsent(file, key -> settings));
    }

    synchronized void opened(Path file, ClusterSnapshot snapshot) {
        open.computeIfAbsent(file, key -> new ArrayList<>()).add(snapshot);
    }

    synchronized void closed(Path file, ClusterSnapshot snapshot) {
        List<ClusterSnapshot> left = open.getOrDefault(file, new ArrayList<>());
        left.remove(snapshot);
        if (left.isEmpty()) {
            open.remove(file);
        }
    }

    /** Those that write, one for each file. */
    synchronized List<ClusterSnapshot> owners() {
        return open.values().stream().map(List::getLast).toList();
    }

    /** True if it is for this snapshot to write the file. */
    synchronized boolean isOwner(Path file, ClusterSnapshot snapshot) {
        List<ClusterSnapshot> all = open.get(file);
        return all != null && all.getLast().equals(snapshot);
    }
}
