package org.cairndns.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The clusters and Corefiles that are compared. */
final class Scenarios {
    private static final List<String> CLUSTER = List.of("cluster.local.");

    private final List<Scenario> scenarios = new ArrayList<>();

    private Scenarios() {}

    static List<Scenario> all(Path fixtures, long seed) throws IOException {
        Scenarios all = new Scenarios();
        // A live API refuses noports.
        ClusterObjects specification = ClusterObjects.of(
                        fixtures.resolve("spec/objects.yaml"), fixtures.resolve("spec/serviceimports.yaml"))
                .without("noports");
        all.add(
                "specification",
                specification,
                kubernetes(
                        "cluster.local clusterset.local",
                        "pods verified; multicluster clusterset.local; ttl 30",
                        "forward . {UPSTREAM}"),
                List.of("cluster.local.", "clusterset.local."),
                20_000,
                0);
        all.add(
                "random",
                RandomObjects.of(seed, 40),
                kubernetes(
                        "cluster.local",
                        "pods insecure; fallthrough in-addr.arpa ip6.arpa; ttl 30",
                        "forward . {UPSTREAM}; loadbalance"),
                CLUSTER,
                20_000,
                0);
        return all.scenarios;
    }

    private void add(
            String name, ClusterObjects objects, String corefile, List<String> zones, int questions, int tolerance) {
        scenarios.add(new Scenario(name, objects, corefile, zones, List.of(), questions, tolerance));
    }

    /** A server block with kubernetes for these zones and both reverse zones; semicolons end lines. */
    private static String kubernetes(String zones, String options, String directives) {
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
                }
                """.formatted(zones, options.replace(";", "\n"), directives.replace(";", "\n"));
    }
}
