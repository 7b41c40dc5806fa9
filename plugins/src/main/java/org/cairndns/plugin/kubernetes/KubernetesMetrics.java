package org.cairndns.plugin.kubernetes;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.TimeUnit;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.source.RequestObserver;
import org.cairndns.plugin.spi.Meters;

/** Metrics of the requests to the API and of the way from an event to DNS; names as in CoreDNS (plugin/kubernetes). */
final class KubernetesMetrics implements ProgrammingListener, RequestObserver {
    private static final String REST_CLIENT = "coredns_kubernetes_rest_client_";
    private static final double[] REST_BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final int PROGRAMMING_BOUNDS = 20;
    private static final double FIRST_PROGRAMMING_BOUND = 0.001;

    private final Histogram programming;
    private final Histogram requestDuration;
    private final Histogram rateLimiterDuration;
    private final Counter requests;

    KubernetesMetrics(Meters meters) {
        this.programming = meters.histogram(
                "coredns_kubernetes_dns_programming_duration_seconds",
                "Time from the change of a service or pod until it is visible in DNS.",
                programmingBounds(),
                "service_kind");
        this.requestDuration = meters.histogram(
                REST_CLIENT + "request_duration_seconds",
                "Time until the Kubernetes API began to answer a request.",
                REST_BOUNDS,
                "verb",
                "host");
        this.rateLimiterDuration = meters.histogram(
                REST_CLIENT + "rate_limiter_duration_seconds",
                "Time that requests to the Kubernetes API were held back here; none is.",
                REST_BOUNDS,
                "verb",
                "host");
        this.requests = meters.counter(
                REST_CLIENT + "requests_total", "Requests to the Kubernetes API.", "code", "method", "host");
    }

    private static double[] programmingBounds() {
        double[] bounds = new double[PROGRAMMING_BOUNDS];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = FIRST_PROGRAMMING_BOUND * (1 << i);
        }
        return bounds;
    }

    @Override
    public void sliceVisible(ServiceKind kind, long delayMillis) {
        switch (kind) {
            case CLUSTER_IP -> programming.labelValues("cluster_ip").observe(delayMillis / 1000.0);
            case HEADLESS -> programming.labelValues("headless_with_selector").observe(delayMillis / 1000.0);
            case EXTERNAL_NAME -> {}
        }
    }

    @Override
    public void requestDone(String verb, String host, String code, long durationNanos) {
        requestDuration.labelValues(verb, host).observe(durationNanos / (double) TimeUnit.SECONDS.toNanos(1));
        rateLimiterDuration.labelValues(verb, host).observe(0);
        requests.labelValues(code, verb, host).inc();
    }
}
