package org.cairndns.plugin.kubernetes;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.IndexCopy;
import org.cairndns.kubernetes.IndexRestore;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.snapshot.SnapshotFile;
import org.cairndns.kubernetes.snapshot.SnapshotLimits;
import org.cairndns.kubernetes.snapshot.SnapshotOrigin;
import org.cairndns.kubernetes.snapshot.SnapshotReader;
import org.cairndns.kubernetes.snapshot.SnapshotResult;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ServerContext;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of one cluster: read before its source starts, written on a background thread when the cluster was read and has
 * changed.
 *
 * <p>{@link SaveTimes} says when a change is worth it. One thread at a time writes, for as long as the volume takes;
 * nobody but the end waits for it, and that not for long.
 */
final class ClusterSnapshot implements AutoCloseable {
    private static final PluginLog LOG = PluginLog.of("kubernetes");
    private static final String IN_USE = "snapshot_in_use";
    private static final String NOT_WRITTEN = "snapshot_not_written";

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long a start with a snapshot waits for the API. */
    private static final Duration CURRENT_FIRST = Duration.ofMillis(200);

    private static final Duration API_LOOK = Duration.ofMillis(20);

    /** Held while a file is written; guards what is known of changes. */
    private final SnapshotTurn writing = new SnapshotTurn();

    private final SaveTimes times;

    private final Cluster cluster;
    private final Path path;
    private final SnapshotFile file;
    private final SnapshotOrigin origin;
    private final ServerContext server;
    private final InstantSource clock;
    private final SnapshotMetrics metrics;
    private final Conditions conditions;

    /** Revision of the index that the file has; -1 for none. */
    private volatile long saved = -1;

    /** Unix time at which the file was last what the cluster was; negative for never. */
    private volatile long trueMillis = -1;

    private volatile long octets;

    private @Nullable Future<?> looking;
    private volatile boolean closed;

    ClusterSnapshot(Cluster cluster, Path path, SnapshotOrigin origin, ServerContext server, InstantSource clock) {
        this.cluster = cluster;
        this.path = path;
        this.file = new SnapshotFile(path);
        this.origin = origin;
        this.server = server;
        this.clock = clock;
        this.metrics = SnapshotMetrics.of(server.meters());
        this.conditions = Conditions.of(server.meters());
        metrics.files().opened(path, this);
        this.times = new SaveTimes(server.nanoTime());
    }

    Path file() {
        return path;
    }

    /** Size of the file, 0 where there is none. */
    long octets() {
        return octets;
    }

    /** True while answers come from it. */
    boolean isInUse() {
        return cluster.index().isFromSnapshot();
    }

    /** Time since the file was last known to be as the cluster is; empty as long as there is none. */
    OptionalDouble ageSeconds() {
        boolean current = cluster.index().isComplete() && cluster.index().revision() == saved;
        long since = current ? clock.millis() : trueMillis;
        return since < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, clock.millis() - since) / (double) TimeUnit.SECONDS.toMillis(1));
    }

    /** Fills the index from the file; true if there is something to answer from now. Before anything else is put. */
    synchronized boolean restore() {
        long startNanos = server.nanoTime();
        ClusterIndex index = cluster.index();
        IndexRestore restore = new IndexRestore(index);
        return switch (read(restore)) {
            case SnapshotResult.Restored restored -> {
                restore.done();
                saved = index.revision();
                trueMillis = restored.written().toEpochMilli();
                octets = restored.octets();
                LOG.info("read " + index.count(ObjectKind.SERVICE) + " services, "
                        + index.count(ObjectKind.ENDPOINT_SLICE)
                        + " endpoint slices from the snapshot " + path + " of " + restored.written() + " in "
                        + TimeUnit.NANOSECONDS.toMillis(server.nanoTime() - startNanos) + " ms");
                index.whenSynced().thenRun(this::notInUse);
                server.background().schedule(this::sayIfInUse, LOOK.toNanos(), TimeUnit.NANOSECONDS);
                yield true;
            }
            case SnapshotResult.Absent absent -> {
                LOG.info("there is no snapshot " + path + " yet");
                yield false;
            }
            case SnapshotResult.Unusable unusable -> {
                restore.abandon();
                LOG.warn("the snapshot " + path + " is ignored: " + unusable.reason());
                yield false;
            }
        };
    }

    /** Does something once an API that answers at once would have said what is true now, or has shown that it does not. */
    void whenUsed(Runnable action) {
        afterLooks((int) CURRENT_FIRST.dividedBy(API_LOOK), action);
    }

    private void afterLooks(int left, Runnable action) {
        boolean failing = cluster.status().values().stream()
                .anyMatch(status -> !status.lastError().isEmpty());
        if (failing || left == 0) {
            action.run();
        } else {
            server.background().schedule(() -> afterLooks(left - 1, action), API_LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private SnapshotResult read(IndexRestore restore) {
        SnapshotLimits limits = SnapshotLimits.of(Runtime.getRuntime().maxMemory());
        try {
            return file.read(new SnapshotReader(origin, limits), restore.objects());
        } catch (RuntimeException e) {
            // Whatever is in there, it is no reason not to start.
            return new SnapshotResult.Unusable("reading it failed: " + e);
        }
    }

    private void sayIfInUse() {
        if (isInUse()) {
            conditions.begin(
                    LOG,
                    IN_USE,
                    path.toString(),
                    "answers come from the snapshot " + path + " of " + Instant.ofEpochMilli(trueMillis) + ", as "
                            + cluster.index().missingKinds() + " are not read yet from "
                            + cluster.settings().access() + "; names that it does not know get SERVFAIL");
            notInUse();
        }
    }

    private void notInUse() {
        if (isInUse()) {
            return;
        }
        conditions.end(LOG, IN_USE, path.toString(), "answers do not come from the snapshot " + path + " any more");
    }

    /** Begins to look for changes; does nothing from the second call on. */
    synchronized void start() {
        if (looking == null && !closed) {
            looking = server.background()
                    .scheduleWithFixedDelay(this::look, LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        writing.ifFree(this::lookForChanges);
    }

    private void lookForChanges() {
        ClusterIndex index = cluster.index();
        long revision = index.revision();
        notInUse();
        if (!index.isComplete() || revision == saved) {
            times.nothingUnsaved();
        } else if (times.isDue(revision, server.nanoTime())) {
            save();
        }
    }

    /** Writes on a background thread what has changed, unless something was written a moment ago. */
    void saveSoon() {
        server.background()
                .execute(() -> writing.ifFree(() -> {
                    if (times.isAttemptLongAgo(server.nanoTime())) {
                        saveIfChanged();
                    }
                }));
    }

    private void saveIfChanged() {
        if (cluster.index().isComplete() && cluster.index().revision() != saved) {
            save();
        }
    }

    private void save() {
        if (closed || !metrics.files().isOwner(path, this)) {
            return;
        }
        ClusterIndex index = cluster.index();
        long revision = index.revision();
        Instant now = clock.instant();
        try {
            octets = file.write(origin, now, new IndexCopy(index, cluster::exclusively)::putTo);
            saved = revision;
            trueMillis = now.toEpochMilli();
            times.nothingUnsaved();
            metrics.written(true);
            conditions.end(LOG, NOT_WRITTEN, path.toString(), "the snapshot " + path + " is written again");
        } catch (IOException | RuntimeException e) {
            metrics.written(false);
            conditions.begin(
                    LOG,
                    NOT_WRITTEN,
                    path.toString(),
                    "can't write the snapshot " + path + ": " + obstacle(e) + "; it is tried again");
        } finally {
            times.attempted(server.nanoTime());
        }
    }

    private static String obstacle(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "its folder does not exist";
            case AccessDeniedException denied -> "the server may not write into its folder";
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /** Writes what has changed since, and ends. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (!writing.last(this::saveIfChanged)) {
            LOG.warn("the snapshot " + path + " is not written in time, changes of late may miss in it");
        }
        closed = true;
        if (looking != null) {
            looking.cancel(false);
        }
        metrics.files().closed(path, this);
        conditions.drop(IN_USE, path.toString());
        conditions.drop(NOT_WRITTEN, path.toString());
    }
}
