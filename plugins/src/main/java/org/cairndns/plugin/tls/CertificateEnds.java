package org.cairndns.plugin.tls;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.plugin.spi.Meters;

/**
 * The metric {@code cairn_tls_certificate_not_after_seconds}: when the certificate of each file ends, in seconds since 1970.
 *
 * <p>Any thread.
 */
final class CertificateEnds {
    private static final String NAME = "cairn_tls_certificate_not_after_seconds";

    private final List<Identity> identities = new CopyOnWriteArrayList<>();

    private CertificateEnds(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(NAME)
                .help("When the certificate in use of a file ends, in seconds since 1970.")
                .labelNames("file")
                .callback(this::call)
                .register(registry);
    }

    /** Those of the process. */
    static CertificateEnds of(Meters meters) {
        return meters.once(NAME, CertificateEnds.class, name -> new CertificateEnds(meters.registry()));
    }

    private void call(GaugeWithCallback.Callback callback) {
        // Several blocks may have one file; during a reload the last one counts.
        Map<String, Double> byFile = new LinkedHashMap<>();
        for (Identity identity : identities) {
            byFile.put(identity.file().toString(), (double) identity.end().getEpochSecond());
        }
        byFile.forEach((file, seconds) -> callback.call(seconds, file));
    }

    void add(Identity identity) {
        identities.add(identity);
    }

    void remove(Identity identity) {
        identities.remove(identity);
    }
}
