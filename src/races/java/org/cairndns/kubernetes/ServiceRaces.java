package org.cairndns.kubernetes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.cairndns.wire.Query;
import org.cairndns.zone.Validity;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A service that comes, while it is asked for. */
public final class ServiceRaces {
    private static final Query WEB = Answers.query("web.ns.svc.cluster.local.", "A");

    private static final int OUTDATED = -9;

    private ServiceRaces() {}

    /** NXDOMAIN for what the first list brings must not be said before the list is complete. */
    @JCStressTest
    @Outcome(
            id = {"-2, -2", "-2, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "not known as yet, then the service")
    @Outcome(expect = FORBIDDEN, desc = "denied, or lost again")
    @State
    public static class FirstList {
        private final TestCluster cluster = new TestCluster();
        private final ClusterZone zone = RacedCluster.zone(cluster);

        public FirstList() {
            for (ObjectKind kind : ObjectKind.values()) {
                cluster.changes().listStarted(kind);
                if (kind != ObjectKind.SERVICE) {
                    cluster.changes().listFinished(kind);
                }
            }
            cluster.changes().putNamespace("ns");
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.service("web", "10.0.0.1"));
            cluster.changes().listFinished(ObjectKind.SERVICE);
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = RacedCluster.answer(zone, WEB);
            result.r2 = RacedCluster.answer(zone, WEB);
        }
    }

    /** A denial may be sent again until the name comes, not longer. */
    @JCStressTest
    @Outcome(
            id = {"-9", "1"},
            expect = ACCEPTABLE,
            desc = "outdated, or what is there now")
    @Outcome(expect = FORBIDDEN, desc = "denied though it is there")
    @State
    public static class Denied {
        private final TestCluster cluster = RacedCluster.empty(KeptFields.NONE);
        private final ClusterZone zone = RacedCluster.zone(cluster);
        private Validity validity = Validity.NEVER;
        private int answer;

        public Denied() {
            cluster.changes().putNamespace("ns");
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.service("web", "10.0.0.1"));
        }

        @Actor
        public void read() {
            validity = zone.validity(WEB);
            answer = RacedCluster.answer(zone, WEB);
        }

        @Arbiter
        public void repeat(I_Result result) {
            result.r1 = validity.holds() ? answer : OUTDATED;
        }
    }

    /** Addresses may be sent again until the service has others. */
    @JCStressTest
    @Outcome(
            id = {"-9", "2"},
            expect = ACCEPTABLE,
            desc = "outdated, or what is there now")
    @Outcome(expect = FORBIDDEN, desc = "sent again though it is outdated")
    @State
    public static class Changed {
        private final TestCluster cluster = RacedCluster.empty(KeptFields.NONE);
        private final ClusterZone zone = RacedCluster.zone(cluster);
        private Validity validity = Validity.NEVER;
        private int answer;

        public Changed() {
            cluster.changes().putNamespace("ns");
            cluster.changes().put(RacedCluster.service("web", "10.0.0.1"));
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.service("web", "10.0.0.2"));
        }

        @Actor
        public void read() {
            validity = zone.validity(WEB);
            answer = RacedCluster.answer(zone, WEB);
        }

        @Arbiter
        public void repeat(I_Result result) {
            result.r1 = validity.holds() ? answer : OUTDATED;
        }
    }

    /** An external service takes precedence over endpoints: one that becomes headless is never without either. */
    @JCStressTest
    @Outcome(
            id = {"1, 1", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "external address, then endpoint")
    @Outcome(expect = FORBIDDEN, desc = "a mixture of both")
    @State
    public static class BecomesHeadless {
        private static final Query OUTSIDE = Answers.query("web.ns.example.org.", "A");

        private final TestCluster cluster =
                RacedCluster.empty(new KeptFields(false, false, true, KeptFields.PodLabels.NONE));
        private final ExternalZone zone = RacedCluster.zone(cluster)
                .external(new ExternalZoneOptions(RacedCluster.externalZones(), "dns", 5, true));

        public BecomesHeadless() {
            cluster.changes().putNamespace("ns");
            cluster.changes().put(RacedCluster.external("web", ServiceKind.CLUSTER_IP, "192.0.2.1"));
            cluster.changes().put(RacedCluster.slice("web", "10.0.1.2"));
        }

        @Actor
        public void write() {
            cluster.changes().put(RacedCluster.external("web", ServiceKind.HEADLESS));
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = RacedCluster.answer(zone, OUTSIDE);
            result.r2 = RacedCluster.answer(zone, OUTSIDE);
        }
    }
}
