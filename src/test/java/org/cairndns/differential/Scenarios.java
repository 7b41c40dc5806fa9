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
    /** A cache counts TTLs down, which start at 30 seconds; CoreDNS also those of cluster names. */
    private static final int CACHED_SECONDS = 30;

    private final List<Scenario> scenarios = new ArrayList<>();

    private Scenarios() {}

    static List<Scenario> all(Path fixtures, long seed) throws IOException {
        Scenarios all = new Scenarios();
        all.specification(fixtures);
        all.stockCorefiles(ClusterObjects.of(fixtures.resolve("homelab/cluster.yaml")));
        for (int i = 0; i < 3; i++) {
            all.optionsOfKubernetes(i, RandomObjects.of(seed + i, 40));
        }
        all.scenarios.addAll(DirectiveScenarios.of(RandomObjects.of(seed + 10, 8)));
        ClusterObjects external = ExternalObjects.of(seed + 20, 4, RandomObjects.of(seed + 20, 12));
        all.scenarios.addAll(ExternalScenarios.of(external));
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
        String cache = """
                loadbalance round_robin
                cache 30 {
                    success 9984 20 10
                    denial 9984 15
                }
                """;
        add("cache", homelab, Corefiles.with(cache), CLUSTER, SOME, CACHED_SECONDS);
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
        String longZone = "z" + RandomObjects.LONG.substring(0, 40) + ".k8s.example.";
        add(
                name + "zones",
                objects,
                Corefiles.kubernetes("k8s.example " + longZone + " cluster.local", "pods insecure; ttl 30", ""),
                List.of("k8s.example.", longZone, "cluster.local."),
                SOME,
                0);
        kubernetes(name + "noendpoints", objects, "noendpoints; namespace_labels expose=yes; ttl 7");
    }

    private void kubernetes(String name, ClusterObjects objects, String options) {
        add(name, objects, Corefiles.kubernetes("cluster.local", options, ""), CLUSTER, SOME, 0);
    }

    private void add(
            String name, ClusterObjects objects, String corefile, List<String> zones, int questions, int tolerance) {
        List<String> versions =
                zones.stream().map(zone -> "dns-version." + zone).toList();
        scenarios.add(new Scenario(name, objects, corefile, zones, versions, questions, tolerance));
    }
}
