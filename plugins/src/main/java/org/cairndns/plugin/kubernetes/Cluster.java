package org.cairndns.plugin.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterSource;
import org.cairndns.kubernetes.ClusterWriter;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.source.ApiSource;
import org.cairndns.kubernetes.source.ClusterConfigException;
import org.cairndns.kubernetes.source.KindStatus;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Report;

/**
 * One cluster: the index of its objects, the source they come from, and the thread between the two.
 *
 * <p>Directives and configurations with equal {@link SourceSettings} share it. Nothing runs before {@link #start}.
 */
final class Cluster implements AutoCloseable {
    private static final PluginLog LOG = PluginLog.of("kubernetes");

    private record Running(ClusterSource source, ClusterWriter writer) {}

    private final SourceSettings settings;
    private final Optional<SourceFactory> factory;
    private final ClusterIndex index;
    private final ProgrammingListener listener;
    private final ClusterGauges gauges;

    /** Written under this object's lock, read by any thread. */
    private volatile Optional<Running> running = Optional.empty();

    /** Completes once there is something to answer from. */
    private final CompletableFuture<Void> answering = new CompletableFuture<>();

    private Optional<ClusterSnapshot> snapshot = Optional.empty();
    private boolean closed;

    Cluster(
            SourceSettings settings,
            SourceFactory factory,
            ClusterIndex index,
            ProgrammingListener listener,
            ClusterGauges gauges) {
        this(settings, Optional.of(factory), index, listener, gauges);
    }

    private Cluster(
            SourceSettings settings,
            Optional<SourceFactory> factory,
            ClusterIndex index,
            ProgrammingListener listener,
            ClusterGauges gauges) {
        this.settings = settings;
        this.factory = factory;
        this.index = index;
        this.listener = listener;
        this.gauges = gauges;
    }

    /** A cluster that there is no way to yet, so that it is never read. */
    static Cluster unreached(
            SourceSettings settings, ClusterIndex index, ProgrammingListener listener, ClusterGauges gauges) {
        return new Cluster(settings, Optional.empty(), index, listener, gauges);
    }

    /** False for one that is never read. */
    boolean isReachable() {
        return factory.isPresent();
    }

    SourceSettings settings() {
        return settings;
    }

    /** What tells the cluster from others, empty where nothing is known of it. */
    String identity() {
        return factory.map(SourceFactory::cluster).orElse("");
    }

    ClusterIndex index() {
        return index;
    }

    /** Reads this snapshot before all else, should it not have been started. */
    synchronized void restoreFrom(ClusterSnapshot from) {
        snapshot = Optional.of(from);
    }

    /**
     * Completes when the cluster is read, or soon after a snapshot of it was; an API that answers at once makes all answers
     * current before the first one is given.
     */
    CompletableFuture<Void> whenAnswering() {
        return answering.copy();
    }

    /** True once the cluster was read, or a snapshot of it. */
    boolean isAnswering() {
        return index.isSynced() || index.isFromSnapshot();
    }

    /** Does something short while the index does not change. */
    void exclusively(Runnable action) {
        running.map(Running::writer).ifPresentOrElse(writer -> writer.exclusively(action), action);
    }

    /** Begins to read the cluster; does nothing from the second call on. */
    synchronized void start() {
        if (running.isPresent() || closed || factory.isEmpty()) {
            return;
        }
        try {
            ClusterSource source = factory.get().open();
            ClusterWriter writer = new ClusterWriter(index.writer(listener));
            index.whenSynced().thenRun(() -> answering.complete(null));
            snapshot.filter(ClusterSnapshot::restore)
                    .ifPresent(restored -> restored.whenUsed(() -> answering.complete(null)));
            running = Optional.of(new Running(source, writer));
            gauges.add(this);
            index.whenSynced().thenRun(this::logSynced);
            source.start(writer);
        } catch (ClusterConfigException e) {
            // It was right a moment ago, when the Corefile was read.
            LOG.error("can't read " + settings.access() + ", its names get SERVFAIL until a reload: " + e.getMessage());
        }
    }

    /** How it is now, in short. */
    Report.Cluster report() {
        Map<String, Long> objects = new LinkedHashMap<>();
        for (ObjectKind kind : ObjectKind.values()) {
            if (settings.kinds().contains(kind)) {
                objects.put(ClusterGauges.label(kind), (long) index.count(kind));
            }
        }
        boolean watching = true;
        OptionalLong age = OptionalLong.empty();
        long now = System.nanoTime();
        for (KindStatus kind : status().values()) {
            watching &= kind.connected();
            age = OptionalLong.of(Math.max(age.orElse(0), now - kind.lastEventNanos()));
        }
        return new Report.Cluster(
                settings.access().toString(), index.isSynced(), index.isFromSnapshot(), watching, objects, age);
    }

    /** How the reading of each kind goes; empty for sources without a connection. */
    Map<ObjectKind, KindStatus> status() {
        return running.map(Running::source)
                .filter(ApiSource.class::isInstance)
                .map(source -> ((ApiSource) source).status().kinds())
                .orElse(Map.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        gauges.remove(this);
        running.ifPresent(parts -> {
            parts.source().close();
            parts.writer().close();
        });
        running = Optional.empty();
    }

    private void logSynced() {
        // A folder's source logs each reading itself.
        if (settings.access() instanceof ClusterAccess.Manifests) {
            return;
        }
        LOG.info("read " + index.count(ObjectKind.NAMESPACE) + " namespaces, " + index.count(ObjectKind.SERVICE)
                + " services, " + index.count(ObjectKind.ENDPOINT_SLICE) + " endpoint slices from "
                + settings.access());
    }
}
