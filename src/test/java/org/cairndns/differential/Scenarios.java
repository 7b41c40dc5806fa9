package org.cairndns.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The clusters and Corefiles that are compared. */
final class Scenarios {
    private static final List<String> CLUSTER = List.of("cluster.local.");
    private static final int MANY = 12_000;
    private static final int SOME = 6_000;
    /** A cache counts TTLs down; CoreDNS also those of cluster names. */
    private static final int CACHED_SECONDS = 20;

    private final List<Scenario> scenarios = new ArrayList<>();

    private Scenarios() {}

    static List<Scenario> all(Path fixtures, long seed) throws IOException {
        Scenarios all = new Scenarios();
        all.specification(fixtures);
        all.stockCorefiles(ClusterObjects.of(fixtures.resolve("homelab/cluster.yaml")));
        for (int i = 0; i < 3; i++) {
            all.optionsOfKubernetes(i, RandomObjects.of(seed + i, 40));
        }
        all.directives(RandomObjects.of(seed + 10, 8));
        return all.scenarios;
    }

    private void specification(Path fixtures) throws IOException {
        // A live API refuses noports.
        ClusterObjects objects = ClusterObjects.of(
                        fixtures.resolve("spec/objects.yaml"), fixtures.resolve("spec/serviceimports.yaml"))
                .without("noports");
        add(
                "specification",
                objects,
                Corefiles.kubernetes(
                        "cluster.local clusterset.local", "pods verified; multicluster clusterset.local; ttl 30", ""),
                List.of("cluster.local.", "clusterset.local."),
                20_000,
                0);
        add(
                "namespace-labels",
                objects,
                Corefiles.kubernetes(
                        "cluster.local",
                        "pods insecure; namespace_labels expose=yes; fallthrough in-addr.arpa ip6.arpa; ttl 30",
                        "loadbalance"),
                CLUSTER,
                SOME,
                0);
    }

    private void stockCorefiles(ClusterObjects homelab) {
        directive("cache", homelab, "loadbalance round_robin; cache 30 { \\n success 9984 20 10; denial 9984 15; }");
        add("addon", homelab, Corefiles.ADDON, CLUSTER, MANY, CACHED_SECONDS);
        add("kubeadm", homelab, Corefiles.KUBEADM, CLUSTER, MANY, CACHED_SECONDS);
        add("microk8s", homelab, Corefiles.MICROK8S, CLUSTER, MANY, CACHED_SECONDS);
        add("k3s", homelab, Corefiles.K3S, CLUSTER, MANY, CACHED_SECONDS);
    }

    private void optionsOfKubernetes(int number, ClusterObjects objects) {
        String name = "random-" + number + "-";
        kubernetes(name + "usual", objects, "pods insecure; fallthrough in-addr.arpa ip6.arpa; ttl 30");
        kubernetes(name + "verified", objects, "pods verified; endpoint_pod_names; ttl 0");
        kubernetes(name + "namespaces", objects, "namespaces a svc 7up; ttl 3600; fallthrough");
        kubernetes(
                name + "labels",
                objects,
                "labels app=web; pods disabled; ignore empty_service; fallthrough svc.cluster.local");
        kubernetes(name + "noendpoints", objects, "noendpoints; namespace_labels expose=yes; ttl 7");
    }

    private void kubernetes(String name, ClusterObjects objects, String options) {
        add(name, objects, Corefiles.kubernetes("cluster.local", options, ""), CLUSTER, SOME, 0);
    }

    private void directives(ClusterObjects objects) {
        directive(
                "hosts",
                objects,
                "hosts {FOLDER}/hosts example.org { \\n 192.0.2.99 inline.example.org; ttl 60; fallthrough; }",
                "node-1.",
                "node-1.example.org.",
                "node-2.example.org.",
                "x.wild.example.org.",
                "inline.example.org.",
                "10.2.0.192.in-addr.arpa.",
                "localhost.");
        directive(
                "template",
                objects,
                "template IN A svc.example.org { \\n answer \"{{ .Name }} 60 IN A 192.0.2.1\"; }"
                        + "; template ANY ANY deny.example.org { \\n rcode NXDOMAIN; authority \"deny.example.org. 60 IN SOA ns.example.org. h.example.org. 1 60 60 60 60\"; }",
                "a.svc.example.org.",
                "svc.example.org.",
                "x.deny.example.org.");
        directive(
                "rewrite-name",
                objects,
                "rewrite name exact db.example.org s0.a.svc.cluster.local; rewrite name suffix .corp. .cluster.local. answer auto",
                "db.example.org.",
                "s0.a.svc.corp.",
                "crowd.a.svc.corp.",
                "nope.a.svc.corp.",
                "corp.");
        directive(
                "rewrite-regex",
                objects,
                "rewrite stop { \\n name regex (.*)\\\\.example\\\\.org {1}.a.svc.cluster.local; answer name (.*)\\\\.a\\\\.svc\\\\.cluster\\\\.local {1}.example.org; }"
                        + "; rewrite ttl suffix .example.com. 10-20; rewrite type ANY HINFO",
                "s0.example.org.",
                "crowd.example.org.",
                "nope.example.org.");
        directive("dns64", objects, "dns64 { \\n allow_ipv4; }");
        directive(
                "acl",
                objects,
                "acl example.com { \\n block type TXT net *; filter type AAAA net 127.0.0.0/8; }; acl a.svc.cluster.local { \\n block net 127.0.0.1; }");
        directive("minimal", objects, "minimal");
        directive(
                "any-chaos-nsid",
                objects,
                "any; chaos v1 authors; nsid one",
                "version.bind.",
                "hostname.bind.",
                "authors.bind.",
                "ring-1.a.svc.cluster.local.",
                "s0.a.svc.cluster.local.");
        directive(
                "header-bufsize",
                objects,
                "header { \\n response set ra; response clear aa; query clear rd; }; bufsize 700",
                "ring-1.a.svc.cluster.local.");
        directive(
                "local",
                objects,
                "local",
                "localhost.",
                "x.localhost.",
                "localhost.cluster.local.",
                "1.0.0.127.in-addr.arpa.",
                "0.in-addr.arpa.");
    }

    private void directive(String name, ClusterObjects objects, String directives, String... further) {
        int tolerance = directives.contains("cache") ? CACHED_SECONDS : 0;
        scenarios.add(new Scenario(
                name,
                objects,
                Corefiles.with(directives.replace("\\n", "\n")),
                CLUSTER,
                List.of(further),
                SOME,
                tolerance));
    }

    private void add(
            String name, ClusterObjects objects, String corefile, List<String> zones, int questions, int tolerance) {
        List<String> versions =
                zones.stream().map(zone -> "dns-version." + zone).toList();
        scenarios.add(new Scenario(name, objects, corefile, zones, versions, questions, tolerance));
    }
}
