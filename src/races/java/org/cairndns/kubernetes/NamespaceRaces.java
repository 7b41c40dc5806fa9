package org.cairndns.kubernetes;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Objects;
import org.cairndns.wire.Query;
import org.cairndns.zone.Validity;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A namespace that goes, and one that comes back with another service. */
public final class NamespaceRaces {
    /** Long, as it is looked for between a look at the namespace and one at the service. */
    private static final String NAME = "w".repeat(63);

    private static final Query WEB = Answers.query(NAME + ".ns.svc.cluster.local.", "A");
    private static final int OUTDATED = -9;

    private NamespaceRaces() {}

    private static TestCluster cluster() {
        TestCluster cluster = RacedCluster.empty(KeptFields.NONE);
        cluster.changes().putNamespace("ns");
        cluster.changes().put(RacedCluster.service(NAME, "10.0.0.1"));
        return cluster;
    }

    /** Namespace and service of an answer are of one moment. */
    @JCStressTest
    @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "before or after all turns")
    @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "meanwhile")
    @Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "meanwhile")
    @Outcome(expect = FORBIDDEN, desc = "a service that was there only while the namespace was not")
    @State
    public static class Lookup {
        private static final int TURNS = 100;
        private static final int LOOKUPS = 20;
        private static final int HIDDEN_ANSWER = 9;
        private static final ServiceNode HIDDEN = node("10.0.0.9");
        private static final ServiceNode SHOWN = node("10.0.0.2");

        private final TestCluster cluster = cluster();
        private final ClusterZone zone = RacedCluster.zone(cluster);
        private final NamespaceNode namespace =
                Objects.requireNonNull(cluster.index().namespaces().find(Labels.octets("ns")));
        private final ServiceSlot slot =
                Objects.requireNonNull(namespace.local().services().find(Labels.octets(NAME)));

        private static ServiceNode node(String address) {
            return ServiceNode.NOTHING.withService(RacedCluster.service(NAME, address), new Interner());
        }

        /** What the writer publishes, without what takes it longer than a look-up. */
        @Actor
        public void write() {
            for (int turn = 0; turn < TURNS; turn++) {
                namespace.exists(false);
                slot.publish(HIDDEN);
                slot.publish(SHOWN);
                namespace.exists(true);
            }
        }

        @Actor
        public void read(ZZZ_Result result) {
            for (int lookup = 0; lookup < LOOKUPS; lookup++) {
                int answer = RacedCluster.answer(zone, WEB);
                result.r1 |= answer != RacedCluster.NAME_ERROR && answer != HIDDEN_ANSWER;
                result.r2 |= answer == RacedCluster.NAME_ERROR;
                result.r3 |= answer == HIDDEN_ANSWER;
            }
        }
    }

    /** A word that an answer may be sent again ends with the answer. */
    @JCStressTest
    @Outcome(
            id = {"-9", "0"},
            expect = ACCEPTABLE,
            desc = "outdated, or that there is nothing now")
    @Outcome(expect = FORBIDDEN, desc = "sent again though it is outdated")
    @State
    public static class Repeated {
        private final TestCluster cluster = cluster();
        private final ClusterZone zone = RacedCluster.zone(cluster);
        private Validity validity = Validity.NEVER;
        private int answer;

        @Actor
        public void write() {
            cluster.changes().remove(ObjectKind.NAMESPACE, "", "ns");
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
}
