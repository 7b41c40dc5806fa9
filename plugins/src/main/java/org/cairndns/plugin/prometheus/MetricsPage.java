package org.cairndns.plugin.prometheus;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.Meters;

/**
 * The page {@code /metrics}: all metrics of the process in Prometheus's text format.
 *
 * <p>Metrics of process and JVM are set up by the first scrape, because what they are read from takes time and memory
 * that a server without a Prometheus never has to spend.
 */
final class MetricsPage implements Responder {
    private static final int OK = 200;

    private final Meters meters;
    private final Content content;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    MetricsPage(Meters meters, Content content) {
        this.meters = meters;
        this.content = content;
    }

    /**
     * What a page shows.
     *
     * @param runtimeMetrics true for more metrics of the JVM than memory, collections and threads
     * @param aliases true for metrics under their former names too
     */
    record Content(boolean runtimeMetrics, boolean aliases) {
        static final Content STANDARD = new Content(false, true);
    }

    @Override
    public Page get() {
        meters.once("process", Boolean.class, name -> registerProcess(meters));
        if (content.runtimeMetrics()) {
            meters.once("runtime", Boolean.class, name -> registerRuntime(meters.registry()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException("write metrics to memory", e);
        }
        String page = BucketBounds.inGoSpelling(out.toString(StandardCharsets.UTF_8));
        return new Page(OK, writer.getContentType(), page.getBytes(StandardCharsets.UTF_8));
    }

    private MetricSnapshots snapshots() {
        MetricSnapshots all = meters.registry().scrape();
        if (!content.aliases()) {
            return all;
        }
        MetricSnapshots.Builder both = MetricSnapshots.builder();
        all.forEach(both::metricSnapshot);
        meters.aliases().scrape().forEach(both::metricSnapshot);
        return both.build();
    }

    private static Boolean registerProcess(Meters meters) {
        PrometheusRegistry registry = meters.registry();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        GaugeWithCallback.builder()
                .name("go_goroutines")
                .help("Threads of the JVM, which has no goroutines, for panels that were made for CoreDNS.")
                .callback(gauge -> gauge.call(threads.getThreadCount()))
                .register(meters.aliases());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            GaugeWithCallback.builder()
                    .name("cairn_memory_limit_octets")
                    .help("Memory that the process may have: what its container is allowed, else what the machine has.")
                    .callback(gauge -> gauge.call((double) system.getTotalMemorySize()))
                    .register(registry);
        }
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        return true;
    }

    private static Boolean registerRuntime(PrometheusRegistry registry) {
        JvmBufferPoolMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmCompilationMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        return true;
    }
}
