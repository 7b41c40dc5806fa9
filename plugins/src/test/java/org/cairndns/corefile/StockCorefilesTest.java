package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.corefile.testing.StockCorefiles;
import org.junit.jupiter.api.Test;

/** The Corefiles of Kubernetes distributions mean what their authors meant. */
final class StockCorefilesTest {

    @Test
    void upstreamAddon_parses() {
        Parsed parsed = Parsed.of(StockCorefiles.UPSTREAM_ADDON);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.outline()).isEqualTo("""
                dns://.:53
                  errors
                  health {}
                    lameduck [5s]
                  ready
                  kubernetes [cluster.local] [in-addr.arpa] [ip6.arpa] {}
                    pods [insecure]
                    fallthrough [in-addr.arpa] [ip6.arpa]
                    ttl [30]
                  prometheus [:9153]
                  forward [.] [/etc/resolv.conf] {}
                    max_concurrent [1000]
                  cache [30]
                  loop
                  reload
                  loadbalance
                """);
    }

    @Test
    void kubeadm_parses() {
        Parsed parsed = Parsed.of(StockCorefiles.KUBEADM);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.outline()).contains("""
                  cache [30] {}
                    disable [success] [cluster.local]
                    disable [denial] [cluster.local]
                  loop
                """);
    }

    @Test
    void microK8s_parses() {
        Parsed parsed = Parsed.of(StockCorefiles.MICROK8S);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.outline()).contains("""
                  log [.] {}
                    class [error]
                """).contains("  forward [.] [8.8.8.8] [8.8.4.4]\n");
    }

    @Test
    void k3s_parsesWithoutItsOptionalFiles() {
        Parsed parsed = Parsed.of(StockCorefiles.K3S);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).hasSize(2).allMatch(warning -> warning.contains("no file matches"));
        assertThat(parsed.outline()).contains("""
                  hosts [/etc/coredns/NodeHosts] {}
                    ttl [60]
                    reload [15s]
                    fallthrough
                """);
    }

    @Test
    void helmChart_parses() {
        Parsed parsed = Parsed.of(StockCorefiles.HELM_CHART);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.outline()).contains("  prometheus [0.0.0.0:9153]\n");
    }

    @Test
    void nodeLocalDns_parses() {
        Parsed parsed = Parsed.of(StockCorefiles.NODE_LOCAL);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.outline().lines().filter(line -> line.startsWith("dns://")))
                .containsExactly("dns://cluster.local.:53", "dns://in-addr.arpa.:53", "dns://.:53");
    }
}
