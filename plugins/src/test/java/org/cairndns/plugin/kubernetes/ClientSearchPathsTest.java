package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientSearchPathsTest {
    private final ClusterIndex index =
            new ClusterIndex(Set.of(ObjectKind.NAMESPACE, ObjectKind.POD), false, InstantSource.system(), 1);
    private final ClientSearchPaths paths = new ClientSearchPaths(
            index,
            List.of(DomainName.of("cluster.local"), DomainName.of("in-addr.arpa")),
            List.of(DomainName.of("home.example")));

    @BeforeEach
    void putPods() {
        ClusterChanges changes = index.writer(ProgrammingListener.NONE);
        changes.putNamespace("shop");
        changes.putNamespace("bank");
        pod(changes, "shop", "a", "10.1.0.1", "fd00::1");
        pod(changes, "shop", "b", "10.1.0.2");
        pod(changes, "bank", "c", "10.1.0.3");
        pod(changes, "bank", "d", "10.1.0.2");
    }

    @Test
    void of_addressOfAPod_pathOfItsNamespaceThenOfTheNode() {
        List<DomainName> path = List.of(
                DomainName.of("shop.svc.cluster.local"),
                DomainName.of("svc.cluster.local"),
                DomainName.of("cluster.local"),
                DomainName.of("home.example"));

        assertThat(path("x.shop.svc.cluster.local.", "10.1.0.1")).isEqualTo(path);
        assertThat(path("x.shop.svc.cluster.local.", "fd00::1")).isEqualTo(path);
        assertThat(path("x.shop.svc.cluster.local.", "10.1.0.3").getFirst())
                .isEqualTo(DomainName.of("bank.svc.cluster.local"));
    }

    @Test
    void of_addressOfNoPod_isEmpty() {
        assertThat(path("x.shop.svc.cluster.local.", "10.1.0.9")).isEmpty();
    }

    @Test
    void of_addressOfPodsOfSeveralNamespaces_isEmpty() {
        assertThat(path("x.shop.svc.cluster.local.", "10.1.0.2")).isEmpty();
    }

    @Test
    void of_nameOfNoService_isEmpty() {
        assertThat(path("example.com.", "10.1.0.1")).isEmpty();
        assertThat(path("x.cluster.local.", "10.1.0.1")).isEmpty();
        assertThat(path("1.0.1.10.in-addr.arpa.", "10.1.0.1")).isEmpty();
    }

    @Test
    void of_zoneThatIsTheRoot_doesNotListIt() {
        ClientSearchPaths root = new ClientSearchPaths(index, List.of(DomainName.ROOT), List.of());

        assertThat(root.of(Queries.of("x.shop.svc.", "A", new InetSocketAddress("10.1.0.1", 40001), Queries.UDP)))
                .containsExactly(DomainName.of("shop.svc"), DomainName.of("svc"));
    }

    private List<DomainName> path(String name, String client) {
        return paths.of(Queries.of(name, "A", new InetSocketAddress(client, 40001), Queries.UDP));
    }

    private static void pod(ClusterChanges changes, String namespace, String name, String... addresses) {
        changes.put(new PodEntry(
                namespace,
                name,
                List.of(addresses).stream().map(InetAddress::ofLiteral).toList()));
    }
}
