package org.cairndns.corefile.testing;

import java.util.Map;

/** The Corefiles that Kubernetes distributions install, by distribution. */
public final class StockCorefiles {
    public static final String UPSTREAM_ADDON = """
            .:53 {
                errors
                health {
                    lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus :9153
                forward . /etc/resolv.conf {
                    max_concurrent 1000
                }
                cache 30
                loop
                reload
                loadbalance
            }
            """;

    public static final String KUBEADM = """
            .:53 {
                errors
                health {
                   lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   fallthrough in-addr.arpa ip6.arpa
                   ttl 30
                }
                prometheus :9153
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30 {
                   disable success cluster.local
                   disable denial cluster.local
                }
                loop
                reload
                loadbalance
            }
            """;

    public static final String MICROK8S = """
            .:53 {
                errors
                health {
                  lameduck 5s
                }
                ready
                log . {
                  class error
                }
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                  pods insecure
                  fallthrough in-addr.arpa ip6.arpa
                }
                prometheus :9153
                forward . 8.8.8.8 8.8.4.4
                cache 30
                loop
                reload
                loadbalance
            }
            """;

    public static final String K3S = """
            .:53 {
                errors
                health
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                  pods insecure
                  fallthrough in-addr.arpa ip6.arpa
                }
                hosts /etc/coredns/NodeHosts {
                  ttl 60
                  reload 15s
                  fallthrough
                }
                prometheus :9153
                forward . /etc/resolv.conf
                cache 30
                loop
                reload
                loadbalance
                import /etc/coredns/custom/*.override
            }
            import /etc/coredns/custom/*.server
            """;

    public static final String NODE_LOCAL = """
            cluster.local:53 {
                errors
                cache {
                        success 9984 30
                        denial 9984 5
                }
                reload
                loop
                bind 169.254.20.10 10.152.183.10
                forward . 10.152.183.20 {
                        force_tcp
                }
                prometheus :9253
                health 169.254.20.10:8080
                }
            in-addr.arpa:53 {
                errors
                cache 30
                bind 169.254.20.10 10.152.183.10
                forward . 10.152.183.20 {
                        force_tcp
                }
                }
            .:53 {
                errors
                cache 30
                bind 169.254.20.10 10.152.183.10
                forward . /etc/resolv.conf
                }
            """;

    /** What the chart coredns/helm renders of its standard values. */
    public static final String HELM_CHART = """
            .:53 {
                errors
                health {
                    lameduck 10s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 0.0.0.0:9153
                forward . /etc/resolv.conf
                cache 30
                loop
                reload
                loadbalance
            }
            """;

    public static final Map<String, String> BY_DISTRIBUTION = Map.of(
            "upstream addon", UPSTREAM_ADDON,
            "kubeadm", KUBEADM,
            "MicroK8s", MICROK8S,
            "k3s", K3S,
            "helm chart", HELM_CHART,
            "node-local-dns", NODE_LOCAL);

    private StockCorefiles() {}
}
