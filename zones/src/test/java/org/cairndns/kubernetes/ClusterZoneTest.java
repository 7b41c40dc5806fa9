package org.cairndns.kubernetes;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ClusterZoneTest {
    @TestFactory
    Stream<DynamicTest> lookup_shopCluster_answersOfTheTable() {
        TestCluster cluster = TestCluster.of(QuestionTable.resource("shop.cluster"));

        return QuestionTable.tests(
                QuestionTable.resource("shop.questions"), cluster.zone(PodMode.INSECURE, "192.0.2.53"));
    }

    @TestFactory
    Stream<DynamicTest> lookup_specificationCluster_answersOfTheTable() {
        TestCluster cluster = TestCluster.of(QuestionTable.resource("spec.cluster"));
        String table = QuestionTable.resource("spec.questions")
                .replace("1795354802", Long.toString(cluster.index().serial()));

        return QuestionTable.tests(table, cluster.zone(TestCluster.clustersetOptions(PodMode.VERIFIED)));
    }
}
