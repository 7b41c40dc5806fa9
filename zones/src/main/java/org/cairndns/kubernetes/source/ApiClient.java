package org.cairndns.kubernetes.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The sender of requests to the API.
 *
 * <p>HTTP/1.1, so that each watch has a connection of its own: a connection that hangs is closed with its watch, while with
 * HTTP/2 all watches would share it and the next attempt with them. The JDK's client is used directly since the wrapper of the
 * Kubernetes library can't break off a request before its answer begins and repeats failed ones on its own.
 */
final class ApiClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiClient.class);
    private static final int THREADS = 2;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration THREAD_IDLE = Duration.ofSeconds(10);

    private final ApiAccess access;
    private final String userAgent;
    private final RequestObserver observer;
    private final SourceThread thread;
    private final JsonFactory json = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();
    private final ThreadPoolExecutor executor;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile HttpClient http;

    ApiClient(ApiAccess access, String userAgent, RequestObserver observer, SourceThread thread)
            throws ClusterConfigException {
        this.access = access;
        this.userAgent = userAgent;
        this.observer = observer;
        this.thread = thread;
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREAD_IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("kubernetes-http-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        this.http = newHttp(access.tls().map(QuickHandshakes::of));
    }

    /** What reads the API's JSON. */
    JsonFactory json() {
        return json;
    }

    /**
     * Sends a GET whose answer goes to {@code listener}.
     *
     * @param path relative to the root of the API, with query
     * @param accepted media types in the order in which they are preferred
     * @param maxSilence after which the call has failed
     */
    ApiCall get(String path, String accepted, Duration maxSilence, ApiCall.Listener listener) {
        URI uri = access.base().resolve(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", accepted).header("User-Agent", userAgent);
        access.authorization().ifPresent(value -> request.header("Authorization", value));
        long sentNanos = System.nanoTime();
        ApiCall.HeadListener heads = code -> head(uri, code, sentNanos);
        ApiCall call = new ApiCall(new ApiCall.Setting(thread, json, maxSilence, heads), listener);
        call.send(http, request.build());
        return call;
    }

    /**
     * Reads the configuration again, and with it credentials and certificates, while the caller goes on.
     *
     * @param trust whether the certificates are outdated too
     */
    void renew(boolean trust) {
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    access.reread();
                    if (trust) {
                        renewHttp();
                    }
                } finally {
                    renewing.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.trace("closed: a renewal comes too late", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }

    private void head(URI uri, int code, long sentNanos) {
        String text = code == 0 ? "<error>" : Integer.toString(code);
        observer.requestDone("GET", uri.getAuthority(), text, System.nanoTime() - sentNanos);
    }

    private void renewHttp() {
        HttpClient old = http;
        try {
            // Whom we could not agree with on keys gets all the groups there are.
            http = newHttp(access.tls());
            // What still runs there may end by itself.
            old.shutdown();
        } catch (ClusterConfigException e) {
            LOG.warn("going on with the certificates read before: {}", e.getMessage());
        }
    }

    private HttpClient newHttp(Optional<SSLContext> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor);
        tls.ifPresent(builder::sslContext);
        access.proxy().ifPresent(builder::proxy);
        return builder.build();
    }
}
