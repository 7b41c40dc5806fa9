package org.cairndns.plugin.health;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ServerContext;
import org.jspecify.annotations.Nullable;

/**
 * Request for the server's own health page once a second; its duration tells how busy the process is.
 *
 * <p>Runs on the background pool. A page that stays away is logged once until it is back.
 */
final class HealthPoll implements AutoCloseable {
    private static final PluginLog LOG = PluginLog.of("health");
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SLIM_BUCKETS = {0.00025, 0.0025, 0.025, 0.25, 2.5};

    private final URL url;
    private final ServerContext server;
    private final Histogram duration;
    private final Counter failures;
    private boolean answered;
    private int failedInARow;
    private @Nullable Future<?> timer;

    HealthPoll(URL url, ServerContext server) {
        this.url = url;
        this.server = server;
        this.duration = server.meters()
                .histogram(
                        "coredns_health_request_duration_seconds",
                        "Time the request for the own health page took.",
                        SLIM_BUCKETS);
        this.failures = server.meters()
                .counter("coredns_health_request_failures_total", "Requests for the own health page that failed.");
    }

    /** Where to ask for a page that is served at an address; a wildcard is asked on the loopback. */
    static URL url(InetSocketAddress address, String path) {
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.ofLiteral("127.0.0.1") : address.getAddress();
        String literal = host.getHostAddress();
        String authority = (literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal) + ":" + address.getPort();
        try {
            return URI.create("http://" + authority + path).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL for " + address, e);
        }
    }

    /** Starts asking; does nothing if it does so already. */
    synchronized void start() {
        if (timer == null) {
            timer = server.background().scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void poll() {
        long start = server.nanoTime();
        try {
            request();
            answered = true;
            failedInARow = 0;
        } catch (IOException e) {
            failures.inc();
            failedInARow++;
            // On a slow machine the page may open a moment later than the first request for it.
            if (failedInARow == (answered ? 1 : 2)) {
                LOG.warn("Local health request to \"" + url + "\" failed: " + e.getMessage());
            }
        }
        long nanos = server.nanoTime() - start;
        duration.observe(nanos / NANOS_PER_SECOND);
        if (nanos > SLOW_NANOS) {
            LOG.warn("Local health request to \"" + url + "\" took " + nanos / NANOS_PER_SECOND + " s");
        }
    }

    private void request() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
    }
}
