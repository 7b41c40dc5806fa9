package org.cairndns.kubernetes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.wire.Query;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** An address that changes hands and is somebody's all the time. */
public final class AddressRaces {
    private static final KeptFields EXTERNAL = new KeptFields(false, false, true, KeptFields.PodLabels.NONE);

    private AddressRaces() {}

    /** An endpoint moves from one service to another, where it is first. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "one of both")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "denied though a service has it")
    @State
    public static class OfEndpoint {
        private static final Query NAME = Answers.query("7.0.0.10.in-addr.arpa.", "PTR");

        private final TestCluster cluster = RacedCluster.empty(KeptFields.NONE);
        private final ClusterZone zone = RacedCluster.zone(cluster);

        public OfEndpoint() {
            cluster.changes().putNamespace("ns");
            cluster.changes().put(RacedCluster.service("one", "10.0.1.1"));
            cluster.changes().put(RacedCluster.service("two", "10.0.1.2"));
            cluster.changes().put(RacedCluster.slice("one", "10.0.0.7"));
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.slice("two", "10.0.0.7"));
            cluster.changes().put(RacedCluster.slice("one"));
        }

        @Actor
        public void read(Z_Result result) {
            result.r1 = RacedCluster.exists(zone, NAME);
        }
    }

    /** An external address moves from one service to another. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "one of both")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "denied though a service has it")
    @State
    public static class OfLoadBalancer {
        private static final Query NAME = Answers.query("1.2.0.192.in-addr.arpa.", "PTR");

        private final TestCluster cluster = RacedCluster.empty(EXTERNAL);
        private final ExternalZone zone = RacedCluster.zone(cluster)
                .external(new ExternalZoneOptions(RacedCluster.externalZones(), "dns", 5, false));

        public OfLoadBalancer() {
            cluster.changes().putNamespace("ns");
            cluster.changes().put(RacedCluster.external("one", ServiceKind.CLUSTER_IP, "192.0.2.1"));
            cluster.changes().put(RacedCluster.external("two", ServiceKind.CLUSTER_IP));
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.external("two", ServiceKind.CLUSTER_IP, "192.0.2.1"));
            cluster.changes().put(RacedCluster.external("one", ServiceKind.CLUSTER_IP));
        }

        @Actor
        public void read(Z_Result result) {
            result.r1 = RacedCluster.exists(zone, NAME);
        }
    }

    /** A pod gets another label. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "with one label or the other")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "unknown though it is there all the time")
    @State
    public static class OfPod {
        private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.0.0.1");

        private final TestCluster cluster =
                RacedCluster.empty(new KeptFields(false, false, false, new KeptFields.PodLabels(false, Set.of("app"))));

        public OfPod() {
            cluster.changes().putNamespace("ns");
            cluster.changes().put(pod("one"));
        }

        private static PodEntry pod(String app) {
            return new PodEntry("ns", "web-0", List.of(ADDRESS), Map.of("app", app));
        }

        @Actor
        public void write() {
            cluster.changes().put(pod("two"));
        }

        @Actor
        public void read(Z_Result result) {
            result.r1 = cluster.index().podAt(ADDRESS).isPresent();
        }
    }
}
