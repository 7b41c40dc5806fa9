package org.cairndns.differential;

import org.cairndns.corefile.testing.StockCorefiles;

/** Corefiles with {PORT}, {READY}, {METRICS}, {HEALTH}, {KUBECONFIG}, {UPSTREAM} and {FOLDER} in place of what differs between runs. */
final class Corefiles {
    /** The file {@code hosts} in {FOLDER}. */
    static final String HOSTS = """
            192.0.2.10 node-1 node-1.example.org
            2001:db8::10 node-1 node-1.example.org
            192.0.2.11 node-2.example.org # two names
            192.0.2.12 node-2.example.org *.wild.example.org
            """;

    static final String ADDON = stock(StockCorefiles.UPSTREAM_ADDON);
    static final String KUBEADM = stock(StockCorefiles.KUBEADM);
    static final String MICROK8S = stock(StockCorefiles.MICROK8S);
    static final String K3S = stock(StockCorefiles.K3S);

    private Corefiles() {}

    /** What a distribution installs, on other ports. */
    private static String stock(String corefile) {
        return corefile.replace(".:53 {", ".:{PORT} {\n    bind 127.0.0.1")
                .replaceFirst("health\\b", "health 127.0.0.1:{HEALTH}")
                .replaceFirst("\\n +ready\\n", "\n    ready 127.0.0.1:{READY}\n")
                .replace("prometheus :9153", "prometheus 127.0.0.1:{METRICS}")
                .replaceFirst("(kubernetes .*\\{)", "$1\n        kubeconfig {KUBECONFIG}")
                .replace("8.8.8.8 8.8.4.4", "{UPSTREAM}")
                .replace("/etc/resolv.conf", "{UPSTREAM}")
                .replace("/etc/coredns/NodeHosts", "{FOLDER}/hosts")
                .replace("/etc/coredns/", "{FOLDER}/");
    }

    /** A server block with kubernetes for these zones and both reverse zones; semicolons end lines. */
    static String kubernetes(String zones, String options, String directives) {
        return """
                .:{PORT} {
                    bind 127.0.0.1
                    errors
                    ready 127.0.0.1:{READY}
                    kubernetes %s in-addr.arpa ip6.arpa {
                        kubeconfig {KUBECONFIG}
                        %s
                    }
                    %s
                    forward . {UPSTREAM}
                }
                """.formatted(zones, options.replace(";", "\n"), directives.replace(";", "\n"));
    }

    /** kubernetes as most clusters have it, with other directives. */
    static String with(String directives) {
        return kubernetes("cluster.local", "pods insecure; fallthrough in-addr.arpa ip6.arpa; ttl 30", directives);
    }
}
