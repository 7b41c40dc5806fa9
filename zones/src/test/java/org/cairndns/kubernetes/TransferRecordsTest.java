package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

class TransferRecordsTest {
    private static final DomainName ZONE = DomainName.of("cluster.local.");

    @Test
    void transfer_shopCluster_hasEveryNameOfTheSpecification() {
        TestCluster cluster = TestCluster.of(QuestionTable.resource("shop.cluster"));
        ClusterZone zone = cluster.zone(PodMode.INSECURE, "192.0.2.53");

        assertThat(records(zone, ZONE)).containsExactlyInAnyOrder("""
            cluster.local. 30 NS ns.dns.cluster.local.
            ns.dns.cluster.local. 30 A 192.0.2.53
            dns-version.cluster.local. 28800 TXT 1.1.0
            web.shop.svc.cluster.local. 30 A 10.96.1.10
            web.shop.svc.cluster.local. 30 AAAA fd00:10:0:0:0:0:0:a
            web.shop.svc.cluster.local. 30 SRV 0 25 80 web.shop.svc.cluster.local.
            web.shop.svc.cluster.local. 30 SRV 0 25 9090 web.shop.svc.cluster.local.
            _http._tcp.web.shop.svc.cluster.local. 30 SRV 0 50 80 web.shop.svc.cluster.local.
            _metrics._tcp.web.shop.svc.cluster.local. 30 SRV 0 50 9090 web.shop.svc.cluster.local.
            db.shop.svc.cluster.local. 30 A 10.1.0.20
            db.shop.svc.cluster.local. 30 A 10.1.0.21
            db.shop.svc.cluster.local. 30 SRV 0 50 5432 db-0.db.shop.svc.cluster.local.
            db.shop.svc.cluster.local. 30 SRV 0 50 5432 db-1.db.shop.svc.cluster.local.
            _pg._tcp.db.shop.svc.cluster.local. 30 SRV 0 50 5432 db-0.db.shop.svc.cluster.local.
            _pg._tcp.db.shop.svc.cluster.local. 30 SRV 0 50 5432 db-1.db.shop.svc.cluster.local.
            db-0.db.shop.svc.cluster.local. 30 A 10.1.0.20
            db-1.db.shop.svc.cluster.local. 30 A 10.1.0.21
            bare.shop.svc.cluster.local. 30 A 10.96.1.11
            ext.shop.svc.cluster.local. 30 CNAME api.example.net.
            alias.shop.svc.cluster.local. 30 CNAME web.shop.svc.cluster.local.
            gone.shop.svc.cluster.local. 30 CNAME nope.shop.svc.cluster.local.
            """.split("\n"));
        assertThat(text(zone.transfer(ZONE).orElseThrow().soa()))
                .isEqualTo("cluster.local. 30 SOA ns.dns.cluster.local. hostmaster.cluster.local. "
                        + cluster.index().serial() + " 7200 1800 86400 5");
    }

    @Test
    void transfer_serverThatIsAnEndpoint_hasItsServicesAddressesOnce() {
        TestCluster cluster = TestCluster.of(QuestionTable.resource("shop.cluster"));
        List<String> records = records(cluster.zone(PodMode.INSECURE, "10.1.0.5"), ZONE);

        assertThat(records).contains("cluster.local. 30 NS web.shop.svc.cluster.local.");
        assertThat(records).doesNotHaveDuplicates().contains("web.shop.svc.cluster.local. 30 A 10.96.1.10");
    }

    @Test
    void transfer_zonesThatAreNotHandedOver_areNotThere() {
        ClusterZone zone = new TestCluster().zone(PodMode.INSECURE);

        assertThat(zone.transfer(DomainName.of("in-addr.arpa."))).isEmpty();
        assertThat(zone.transfer(DomainName.of("svc.cluster.local."))).isEmpty();
        assertThat(zone.transfer(DomainName.of("example.org."))).isEmpty();
        assertThat(zone.transfer(DomainName.of("Cluster.LOCAL.")).orElseThrow().synced())
                .isFalse();
    }

    /** Fixed seeds, so that a build that fails fails again; 0 stands for one that is new each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 0})
    void transfer_randomClusters_isWhatQueriesGet(long fixedSeed) {
        long seed = fixedSeed == 0 ? new Random().nextLong() : fixedSeed;
        System.out.println("TransferRecordsTest: seed " + seed);
        int rrsets = 0;
        for (int number = 0; number < 12; number++) {
            Random random = new Random(31 * seed + number);
            RandomCluster changes = number % 4 == 0 ? RandomCluster.large(random) : RandomCluster.small(random);
            Set<String> namespaces = number % 3 == 0 ? Set.of("a", "default") : Set.of();
            ClusterZoneOptions options =
                    TestCluster.options(PodMode.INSECURE, namespaces, random.nextBoolean(), random.nextBoolean());
            TestCluster cluster = new TestCluster(options.endpointPodNames(), ProgrammingListener.NONE);
            EnumSet.allOf(ObjectKind.class).forEach(kind -> apply(changes.list(kind), cluster));
            for (int i = 0; i < 30; i++) {
                apply(List.of(changes.change()), cluster);
            }
            rrsets += compare(cluster.zone(options, "192.0.2.53"), "seed " + seed + ", cluster " + number);
        }
        assertThat(rrsets).isGreaterThan(300);
    }

    private static void apply(List<Consumer<ClusterChanges>> changes, TestCluster cluster) {
        changes.forEach(change -> change.accept(cluster.changes()));
    }

    private static int compare(ClusterZone zone, String label) {
        Map<String, List<String>> rrsets = new LinkedHashMap<>();
        for (ResourceRecord record : zone.transfer(ZONE).orElseThrow().records()) {
            String key = record.owner() + " " + RecordType.text(record.type());
            rrsets.computeIfAbsent(key, k -> new ArrayList<>()).add(text(record));
        }
        rrsets.forEach((key, lines) -> {
            List<String> answer = new ArrayList<>(Answers.ask(zone, key.split(" ")[0], key.split(" ")[1]));
            answer.removeIf(line -> line.startsWith("+ "));
            if (answer.getFirst().startsWith("ALIAS ")) {
                answer = List.of(
                        "NOERROR",
                        key.split(" ")[0] + " 30 CNAME " + answer.getFirst().substring(6));
            }
            Collections.sort(lines);
            assertThat(lines).as("%s: %s", label, key).isEqualTo(answer.subList(1, answer.size()));
        });
        return rrsets.size();
    }

    private static List<String> records(ClusterZone zone, DomainName apex) {
        List<String> lines = new ArrayList<>();
        zone.transfer(apex).orElseThrow().records().forEach(record -> lines.add(text(record)));
        return lines;
    }

    private static String text(ResourceRecord record) {
        try {
            Record parsed = Record.newRecord(
                    Name.fromString(record.owner().toString()),
                    record.type(),
                    DClass.IN,
                    record.ttlSeconds(),
                    record.rdata());
            return record.owner() + " " + record.ttlSeconds() + " " + RecordType.text(record.type()) + " "
                    + parsed.rdataToString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
