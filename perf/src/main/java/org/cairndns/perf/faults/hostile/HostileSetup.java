package org.cairndns.perf.faults.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The server under attack: a Corefile with a directive of every kind, and the files it names. */
public final class HostileSetup {
    private static final String COREFILE = """
            .:PORT {
                errors
                log . {
                    class error
                }
                HTTP
                nsid attacked
                bufsize 1232
                loadbalance
                metadata
                acl blocked.example {
                    block
                }
                rewrite name exact old.example. web.default.svc.cluster.local.
                rewrite edns0 local append 0xffee attacked
                template IN A tmpl.example {
                    answer "{{ .Name }} 60 IN A 192.0.2.7"
                }
                template IN ANY tmpl.example {
                    rcode NXDOMAIN
                }
                hosts {
                    192.0.2.8 host.example
                    fallthrough
                }
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    manifests FOLDER/manifests
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                }
                file FOLDER/file.example file.example
                transfer file.example {
                    to *
                }
                header {
                    response set ra
                }
                loop
                cache 30 {
                    prefetch 2
                    serve_stale
                }
                forward . 127.0.0.1:UPSTREAM {
                    max_fails 0
                }
            }
            """;

    private static final String HTTP = """
            health 127.0.0.1:HEALTH
                ready 127.0.0.1:READY
                prometheus 127.0.0.1:METRICS
            """.strip();

    private static final String ZONE = """
            $ORIGIN file.example.
            @     60 IN SOA ns hostmaster 7 3600 600 86400 60
                  60 IN NS ns
            ns    60 IN A 192.0.2.53
            www   60 IN A 192.0.2.80
            www   60 IN AAAA 2001:db8::80
            alias 60 IN CNAME www
            *.wild 60 IN TXT "wild"
            cut   60 IN NS ns.cut
            ns.cut 60 IN A 192.0.2.54
            """;

    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: default}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: default}
            spec:
              clusterIP: 10.96.0.10
              clusterIPs: [10.96.0.10]
              ports: [{name: http, port: 80, protocol: TCP}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: headless, namespace: default}
            spec:
              clusterIP: None
              clusterIPs: [None]
              ports: [{name: http, port: 80, protocol: TCP}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: headless-1
              namespace: default
              labels: {kubernetes.io/service-name: headless}
            addressType: IPv4
            ports: [{name: http, port: 80, protocol: TCP}]
            endpoints:
            - {addresses: [10.1.0.1], hostname: one, conditions: {ready: true}}
            - {addresses: [10.1.0.2], conditions: {ready: true}}
            """;

    private HostileSetup() {}

    /**
     * Writes the files to a folder, the Corefile as {@code Corefile}.
     *
     * @param port of 127.0.0.1 for queries, 0 for any
     * @param upstream port of the upstream on 127.0.0.1
     * @param http three ports for health, ready and metrics; empty for none of them
     */
    public static Path write(Path folder, int port, int upstream, List<Integer> http) throws IOException {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/cluster.yaml"), MANIFESTS);
        StringBuilder many = new StringBuilder(ZONE);
        for (int i = 1; i < 200; i++) {
            many.append("many 60 IN A 198.51.100.").append(i).append('\n');
        }
        Files.writeString(folder.resolve("file.example"), many);
        String endpoints = http.isEmpty()
                ? ""
                : HTTP.replace("HEALTH", http.get(0).toString())
                        .replace("READY", http.get(1).toString())
                        .replace("METRICS", http.get(2).toString());
        String corefile = COREFILE.replace("HTTP", endpoints)
                .replace("FOLDER", folder.toAbsolutePath().toString())
                .replace("UPSTREAM", String.valueOf(upstream))
                .replace("PORT", String.valueOf(port));
        return Files.writeString(folder.resolve("Corefile"), corefile);
    }
}
