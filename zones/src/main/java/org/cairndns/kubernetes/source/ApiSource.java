package org.cairndns.kubernetes.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterSource;
import org.cairndns.kubernetes.ObjectKind;

/**
 * The source that lists and watches the objects of a live Kubernetes API.
 *
 * <p>One thread does all the work; the HTTP client has at most three of its own. See {@code docs/kubernetes-source.md} for what
 * is asked of the API, and when.
 */
public final class ApiSource implements ClusterSource {
    private final ApiSourceOptions options;
    private final RandomGenerator random;
    private final SourceThread thread;
    private final ApiClient client;
    private final ConnectionLog connection;
    private volatile Map<ObjectKind, KindWatch> watches = Map.of();
    private volatile boolean closed;

    /**
     * A source that has not sent anything yet; what is wrong with the API goes to the log.
     *
     * @param random spreads the attempts of many replicas
     * @throws ClusterConfigException when the certificates of {@code access} can't be used
     */
    public ApiSource(ApiAccess access, ApiSourceOptions options, RequestObserver observer, RandomGenerator random)
            throws ClusterConfigException {
        this(access, options, observer, ApiTroubles.LOG, random);
    }

    /**
     * A source that has not sent anything yet.
     *
     * @param troubles hears of what is wrong with the API
     * @param random spreads the attempts of many replicas
     * @throws ClusterConfigException when the certificates of {@code access} can't be used
     */
    public ApiSource(
            ApiAccess access,
            ApiSourceOptions options,
            RequestObserver observer,
            ApiTroubles troubles,
            RandomGenerator random)
            throws ClusterConfigException {
        this.options = options;
        this.connection = new ConnectionLog(troubles);
        this.random = random;
        this.thread = new SourceThread("kubernetes-source");
        this.client = new ApiClient(access, options.userAgent(), observer, thread);
    }

    @Override
    public void start(ClusterChanges changes) {
        EnumMap<ObjectKind, KindWatch> started = new EnumMap<>(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            if (options.kinds().contains(kind)) {
                started.put(kind, new KindWatch(feed(kind, changes), thread, random, connection));
            }
        }
        watches = started;
        thread.execute(() -> started.values().forEach(KindWatch::attempt));
    }

    /** How it goes; any thread. */
    public ApiSourceStatus status() {
        EnumMap<ObjectKind, KindStatus> kinds = new EnumMap<>(ObjectKind.class);
        watches.forEach((kind, watch) -> kinds.put(kind, watch.status()));
        options.kinds().forEach(kind -> kinds.putIfAbsent(kind, KindStatus.initial()));
        return new ApiSourceStatus(kinds);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.close();
        // With the thread gone, its state is ours.
        watches.values().forEach(KindWatch::close);
        connection.close();
        client.close();
    }

    private Feed feed(ObjectKind kind, ClusterChanges changes) {
        String path = ApiResource.of(kind).path(options.labelSelector(kind));
        return new Feed(kind, path, client, changes, options.timings());
    }
}
