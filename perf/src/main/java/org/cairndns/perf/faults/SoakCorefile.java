package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.perf.sample.Upstream;

/**
 * The Corefile of a long run, which changes with each reload.
 *
 * @param ports of DNS, health, ready and metrics
 * @param upstreams two, of which one fails now and then
 */
record SoakCorefile(Path kubeconfig, List<Integer> ports, List<Upstream> upstreams) {
    /** What it says after so many changes; each differs from the one before. */
    String text(int changes) throws IOException {
        return """
            .:%d {
                bind 127.0.0.1
                errors
                health 127.0.0.1:%d
                ready 127.0.0.1:%d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig %s perf
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl %d
                }
                prometheus 127.0.0.1:%d
                forward . 127.0.0.1:%d 127.0.0.1:%d
                cache 30
                reload 2s 1s
                loadbalance
            }
            """.formatted(
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        kubeconfig,
                        30 + changes % 2,
                        ports.get(3),
                        upstreams.get(0).port(),
                        upstreams.get(1).port());
    }
}
