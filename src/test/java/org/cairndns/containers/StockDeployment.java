package org.cairndns.containers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cairndns.corefile.testing.StockCorefiles;
import org.cairndns.perf.container.Limits;

/**
 * What the Deployment of CoreDNS that a platform installs says about its container, as far as platforms differ; the rest is that of
 * {@link org.cairndns.perf.container.ContainerSpec}.
 *
 * @param keys of the ConfigMap at {@code /etc/coredns}
 * @param limits of memory, and of processor time where there is one
 * @param alive from the start to the end of the last probe of {@code /health} that may fail
 */
record StockDeployment(String platform, Map<String, String> keys, Limits limits, Duration alive) {
    private static final Limits USUAL = new Limits(170, 0, -1);

    /** Delay of 60 s, then five times 10 s. */
    private static final Duration UPSTREAM_ALIVE = Duration.ofSeconds(110);

    private static final StockDeployment UPSTREAM_ADDON =
            of("upstream addon", Map.of("Corefile", StockCorefiles.UPSTREAM_ADDON));

    /** The addon's Corefile, whose kubernetes block leaves pods out. */
    private static final StockDeployment DEPLOYMENT_SCRIPT = of(
            "coredns/deployment",
            Map.of("Corefile", StockCorefiles.UPSTREAM_ADDON.replace("        pods insecure\n", "")));

    private static final StockDeployment KUBEADM = of("kubeadm", Map.of("Corefile", StockCorefiles.KUBEADM));

    /** The probe fails three times at most. */
    private static final StockDeployment K3S = new StockDeployment(
            "k3s",
            Map.of("Corefile", StockCorefiles.K3S, "NodeHosts", "192.0.2.10 node-1\n"),
            USUAL,
            Duration.ofSeconds(90));

    /** The limits of processor time and memory are the chart's own. */
    private static final StockDeployment HELM_CHART = new StockDeployment(
            "coredns/helm", Map.of("Corefile", StockCorefiles.HELM_CHART), new Limits(128, 0.1, -1), UPSTREAM_ALIVE);

    private static StockDeployment of(String platform, Map<String, String> keys) {
        return new StockDeployment(platform, keys, USUAL, UPSTREAM_ALIVE);
    }

    /**
     * All of them by platform.
     *
     * @param nameserver what the set-up of MicroK8s writes into its Corefile
     */
    static Map<String, StockDeployment> all(String nameserver) {
        Map<String, StockDeployment> all = new LinkedHashMap<>();
        String microk8s = StockCorefiles.MICROK8S.replace("8.8.8.8 8.8.4.4", nameserver);
        for (StockDeployment each : new StockDeployment[] {
            UPSTREAM_ADDON, KUBEADM, DEPLOYMENT_SCRIPT, K3S, of("MicroK8s", Map.of("Corefile", microk8s)), HELM_CHART
        }) {
            all.put(each.platform(), each);
        }
        return all;
    }
}
