package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Multicluster zones: services of a clusterset (KEP-1645, specification 1.0.0). */
class ClustersetTest {
    private static final String DB = "headless-import shop/db pg:5432/tcp";
    private static final String SLICE_A = "slice shop/db-a -,db@cluster-a pg:5432/tcp @10.7.0.2=p-0";
    private static final String SLICE_B = "slice shop/db-b -,db@b.reg1 pg:5432/tcp @10.8.0.2=p-0";
    private static final String DB_NAME = "db.shop.svc.clusterset.local.";

    private final TestCluster cluster = TestCluster.of("namespace shop");
    private final ClusterZone zone = cluster.zone(TestCluster.clustersetOptions(PodMode.DISABLED));

    @TestFactory
    Stream<DynamicTest> lookup_clusterOfAClusterset_answersOfTheTable() {
        TestCluster full = TestCluster.of(QuestionTable.resource("clusterset.cluster"));
        String table = QuestionTable.resource("clusterset.questions")
                .replace("1795354802", Long.toString(full.index().serial()));

        return QuestionTable.tests(table, full.zone(TestCluster.clustersetOptions(PodMode.DISABLED), "10.1.0.8"));
    }

    @Test
    void import_beforeAndAfterItsSlices_answersTheSame() {
        apply(DB);
        assertThat(ask("A")).containsExactly("NXDOMAIN");
        apply(SLICE_A);
        List<String> sliceLast = ask("SRV");

        cluster.changes().remove(ObjectKind.SERVICE_IMPORT, "shop", "db");
        assertThat(ask("A")).containsExactly("NXDOMAIN");
        apply(DB);

        assertThat(ask("SRV")).isEqualTo(sliceLast);
        assertThat(ask("A")).containsExactly("NOERROR", DB_NAME + " 30 A 10.7.0.2");
    }

    @Test
    void slices_ofTwoClusters_comeAndGoIndependently() {
        apply(DB, SLICE_A, SLICE_B);
        assertThat(ask("A")).hasSize(3);

        cluster.changes().remove(ObjectKind.ENDPOINT_SLICE, "shop", "db-a");

        assertThat(ask("A")).containsExactly("NOERROR", DB_NAME + " 30 A 10.8.0.2");
        assertThat(Answers.ask(zone, "cluster-a." + DB_NAME, "A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "reg1." + DB_NAME, "A")).containsExactly("NODATA");

        cluster.changes().remove(ObjectKind.ENDPOINT_SLICE, "shop", "db-b");

        assertThat(ask("A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "reg1." + DB_NAME, "A")).containsExactly("NXDOMAIN");
    }

    @Test
    void slice_movedToAnotherCluster_hasTheNewName() {
        apply(DB, SLICE_A);
        apply(SLICE_A.replace("cluster-a", "cluster-z"));

        assertThat(Answers.ask(zone, "p-0.cluster-a." + DB_NAME, "A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "p-0.cluster-z." + DB_NAME, "A"))
                .containsExactly("NOERROR", "p-0.cluster-z." + DB_NAME + " 30 A 10.7.0.2");
        assertThat(ask("A")).hasSize(2);
    }

    @Test
    void slice_losesALabel_staysWhereTheOtherLeads() {
        apply(DB, "headless shop/own pg:5432/tcp");
        String own = "own.shop.svc.cluster.local.";
        apply("slice shop/s own,db@cluster-a pg:5432/tcp @10.7.0.2=p-0");
        assertThat(ask("A")).hasSize(2);
        assertThat(Answers.ask(zone, own, "A")).hasSize(2);

        apply("slice shop/s own pg:5432/tcp @10.7.0.2=p-0");
        assertThat(ask("A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "2.0.7.10.in-addr.arpa.", "PTR")).hasSize(2);

        apply("slice shop/s -,db@cluster-a pg:5432/tcp @10.7.0.2=p-0");
        assertThat(ask("A")).hasSize(2);
        assertThat(Answers.ask(zone, own, "A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "2.0.7.10.in-addr.arpa.", "PTR")).containsExactly("NXDOMAIN");

        cluster.changes().remove(ObjectKind.ENDPOINT_SLICE, "shop", "s");
        assertThat(ask("A")).containsExactly("NXDOMAIN");
    }

    @Test
    void clusterId_noName_sliceIsNotThere() {
        apply(DB);
        for (String id : List.of("a..b", "." + "a", "x".repeat(64), "")) {
            cluster.changes()
                    .put(new SliceEntry("shop", "odd", "", List.of(), endpoint("10.7.0.4"), OptionalLong.empty())
                            .withImport("db", id));
            assertThat(ask("A")).as("cluster id '%s'", id).containsExactly("NXDOMAIN");
        }
    }

    @Test
    void endpointName_tooLong_isLeftOutOfSrvOnly() {
        String id = String.join(".", "c".repeat(63), "d".repeat(63), "e".repeat(63));
        apply(DB, SLICE_A);
        apply("slice shop/long -,db@" + id + " pg:5432/tcp @10.7.0.9=" + "h".repeat(63));
        apply("slice shop/fits -,db@" + id + " pg:5432/tcp @10.7.0.8=h");

        assertThat(ask("A")).hasSize(4);
        assertThat(ask("SRV"))
                .contains(DB_NAME + " 30 SRV 0 50 5432 h." + id + "." + DB_NAME)
                .hasSize(5);
    }

    @Test
    void import_changesItsType_isAnsweredAsSuch() {
        apply(DB, SLICE_A);
        apply("import shop/db 10.42.0.1 pg:5432/tcp");
        assertThat(ask("A")).containsExactly("NOERROR", DB_NAME + " 30 A 10.42.0.1");
        assertThat(Answers.ask(zone, "p-0.cluster-a." + DB_NAME, "A")).containsExactly("NXDOMAIN");

        apply(DB);
        assertThat(ask("A")).containsExactly("NOERROR", DB_NAME + " 30 A 10.7.0.2");
    }

    @Test
    void list_withoutImport_sweepsItAndNothingElse() {
        apply(DB, SLICE_A, "import shop/web 10.42.0.1 http:80/tcp", "service shop/db 10.96.0.1 pg:5432/tcp");

        cluster.changes().listStarted(ObjectKind.SERVICE_IMPORT);
        apply("import shop/web 10.42.0.1 http:80/tcp");
        cluster.changes().listFinished(ObjectKind.SERVICE_IMPORT);

        assertThat(ask("A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "web.shop.svc.clusterset.local.", "A")).hasSize(2);
        assertThat(Answers.ask(zone, "db.shop.svc.cluster.local.", "A")).hasSize(2);
        apply(DB);
        assertThat(ask("A")).hasSize(2);

        cluster.changes().listStarted(ObjectKind.ENDPOINT_SLICE);
        cluster.changes().listFinished(ObjectKind.ENDPOINT_SLICE);
        assertThat(ask("A")).containsExactly("NXDOMAIN");
    }

    @Test
    void change_ofAnImport_advancesTheSerial() {
        long before = cluster.index().serial();
        apply(DB);
        assertThat(cluster.index().serial()).isGreaterThan(before);
    }

    @Test
    void ignoreEmptyService_importWithoutEndpoints_hasNoName() {
        ClusterZoneOptions stock = TestCluster.clustersetOptions(PodMode.DISABLED);
        ClusterZone ignoring =
                cluster.zone(new ClusterZoneOptions(stock.zones(), 30, 5, PodMode.DISABLED, Set.of(), true, false)
                        .withMulticlusterZones(stock.multiclusterZones()));
        apply("import shop/db 10.42.0.1 pg:5432/tcp");
        assertThat(Answers.ask(ignoring, DB_NAME, "A")).containsExactly("NXDOMAIN");

        apply(SLICE_A);
        assertThat(Answers.ask(ignoring, DB_NAME, "A")).hasSize(2);
    }

    @Test
    void imports_notYetListed_areNotDenied() {
        TestCluster starting = new TestCluster();
        for (ObjectKind kind : EnumSet.complementOf(EnumSet.of(ObjectKind.SERVICE_IMPORT))) {
            starting.changes().listStarted(kind);
            starting.changes().listFinished(kind);
        }
        ClusterZone early = starting.zone(TestCluster.clustersetOptions(PodMode.DISABLED));
        assertThat(Answers.ask(early, DB_NAME, "A")).containsExactly("SERVFAIL");

        starting.changes().listStarted(ObjectKind.SERVICE_IMPORT);
        starting.changes().listFinished(ObjectKind.SERVICE_IMPORT);
        assertThat(Answers.ask(early, DB_NAME, "A")).containsExactly("NXDOMAIN");
    }

    @Test
    void index_withoutImports_keepsNothingOfThem() {
        EnumSet<ObjectKind> required = EnumSet.complementOf(EnumSet.of(ObjectKind.SERVICE_IMPORT));
        ClusterIndex plain = new ClusterIndex(required, false, () -> Instant.EPOCH, 1);
        ClusterChanges changes = plain.writer(ProgrammingListener.NONE);

        ClusterText.apply(String.join("\n", DB, SLICE_A), changes);

        assertThat(plain.namespaces().size()).isZero();
    }

    @Test
    void slice_ofAnImport_isNotReportedAsProgrammed() {
        List<ServiceKind> reported = new ArrayList<>();
        TestCluster listening = new TestCluster(false, (kind, delayMillis) -> reported.add(kind));
        ClusterText.list("namespace shop\nservice shop/own 10.96.0.1 pg:5432/tcp\n" + DB, listening.changes());
        OptionalLong triggered = OptionalLong.of(TestCluster.START_SECONDS * 1000);

        listening
                .changes()
                .put(new SliceEntry("shop", "s", "", List.of(), endpoint("10.7.0.2"), triggered)
                        .withImport("db", "cluster-a"));
        assertThat(reported).isEmpty();

        listening
                .changes()
                .put(new SliceEntry("shop", "s", "own", List.of(), endpoint("10.7.0.2"), triggered)
                        .withImport("db", "cluster-a"));
        assertThat(reported).containsExactly(ServiceKind.CLUSTER_IP);
    }

    @Test
    void primaryZone_multiclusterZoneFirst_isTheFirstOfThisCluster() {
        assertThat(TestCluster.clustersetOptions(PodMode.DISABLED).primaryZone())
                .isEqualTo(DomainName.of("cluster.local"));
    }

    @Test
    void multiclusterZone_notServed_isRefused() {
        ClusterZoneOptions options = ClusterZoneOptions.of(TestCluster.stockZones());
        assertThatThrownBy(() -> options.withMulticlusterZones(Set.of(DomainName.of("clusterset.local"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clusterset.local.");
    }

    private List<String> ask(String type) {
        return Answers.ask(zone, DB_NAME, type);
    }

    private void apply(String... lines) {
        ClusterText.apply(String.join("\n", lines), cluster.changes());
    }

    private static List<EndpointEntry> endpoint(String address) {
        return List.of(new EndpointEntry(InetAddress.ofLiteral(address), "", ""));
    }
}
