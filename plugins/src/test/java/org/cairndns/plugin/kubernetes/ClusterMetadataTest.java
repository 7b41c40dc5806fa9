package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterMetadataTest {
    private static final List<DomainName> ZONES = List.of(DomainName.of("cluster.local"), DomainName.of("svc.west"));

    private static final KeptFields KEPT =
            new KeptFields(false, false, false, new KeptFields.PodLabels(false, Set.of("app")));

    private final ClusterIndex index = new ClusterIndex(EnumSet.of(ObjectKind.POD), KEPT, InstantSource.system(), 1);
    private final Metadata metadata = new Metadata();

    @BeforeEach
    void putPods() {
        ClusterChanges changes = index.writer(ProgrammingListener.NONE);
        changes.put(pod("web-1", "10.1.2.3"));
        changes.put(pod("proxy-1", "192.0.2.1"));
        changes.put(pod("proxy-2", "192.0.2.1"));
        metadata.enable(name -> true);
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, shop/web-1", "192.0.2.1, /", "10.9.9.9, /"})
    void client_isThePodThatAloneHasTheAddress(String client, String expected) {
        provide(PodMode.VERIFIED);

        assertThat(find("client-namespace", client) + "/" + find("client-pod-name", client))
                .isEqualTo(expected);
    }

    @Test
    void clientLabel_isKnownIfItIsKept() {
        provide(PodMode.VERIFIED);

        assertThat(find("client-label/app", "10.1.2.3")).isEqualTo("web");
        assertThat(find("client-label/tier", "10.1.2.3")).isEmpty();
        assertThat(find("client-label/app", "192.0.2.1")).isEmpty();
    }

    @Test
    void zone_isOfZonalNames() {
        ClusterMetadata.provide(metadata, index, ClusterZoneOptions.of(ZONES).withZonal(true));

        assertThat(of("zone", "eu-1.pin._zone.db.data.svc.cluster.local.")).isEqualTo("eu-1");
        assertThat(of("zone", "db.data.svc.cluster.local.")).isEmpty();
    }

    @Test
    void client_podsNotVerified_isNotKnown() {
        provide(PodMode.INSECURE);

        assertThat(find("client-namespace", "10.1.2.3")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Web.Shop.Svc.Cluster.Local., svc shop web, ''",
        "example.com., '  ', ''",
        "web.shop.cluster.local., '  ', invalid query name",
        "a.b.web.shop.svc.west., '  ', invalid query name",
    })
    void name_partsOfTheQuestion(String qname, String parts, String error) {
        provide(PodMode.DISABLED);

        assertThat(of("kind", qname) + " " + of("namespace", qname) + " " + of("service", qname))
                .isEqualTo(parts);
        assertThat(of("parse-error", qname)).isEqualTo(error);
    }

    @Test
    void cluster_isOfMulticlusterZones() {
        ClusterZoneOptions options =
                ClusterZoneOptions.of(ZONES).withMulticlusterZones(Set.of(DomainName.of("svc.west")));
        ClusterMetadata.provide(metadata, index, options);

        assertThat(of("cluster", "db-0.east.db.data.svc.svc.west.")).isEqualTo("east");
        assertThat(of("endpoint", "db-0.east.db.data.svc.svc.west.")).isEqualTo("db-0");
        assertThat(of("protocol", "db-0.east.db.data.svc.cluster.local.")).isEqualTo("east");
    }

    private void provide(PodMode pods) {
        ClusterMetadata.provide(metadata, index, new ClusterZoneOptions(ZONES, 5, 5, pods, Set.of(), false, false));
    }

    private String find(String name, String client) {
        return metadata.find(
                "kubernetes/" + name, Queries.of("a.", "A", new InetSocketAddress(client, 40_001), Queries.UDP));
    }

    private String of(String name, String qname) {
        return metadata.find("kubernetes/" + name, Queries.of(qname, "A"));
    }

    private static PodEntry pod(String name, String address) {
        Map<String, String> labels = Map.of("app", "web", "tier", "front");
        return new PodEntry("shop", name, List.of(InetAddress.ofLiteral(address)), labels);
    }
}
