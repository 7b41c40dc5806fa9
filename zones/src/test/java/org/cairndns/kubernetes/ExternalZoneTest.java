package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Zones of external addresses, as in CoreDNS plugin/k8s_external. */
class ExternalZoneTest {
    private static final KeptFields EXTERNAL = new KeptFields(false, false, true, KeptFields.PodLabels.NONE);
    private static final List<DomainName> ZONES = List.of(DomainName.of("example.org"), DomainName.of("in-addr.arpa"));
    private static final String WEB = "web.shop.example.org.";

    private final TestCluster cluster = new TestCluster(EXTERNAL, ProgrammingListener.NONE);

    @TestFactory
    Stream<DynamicTest> lookup_servicesOfEveryKind_answersOfTheTable() {
        ClusterText.list(QuestionTable.resource("external.cluster"), cluster.changes());

        return QuestionTable.tests(questions("external.questions"), zone(false, "10.1.0.8"));
    }

    @TestFactory
    Stream<DynamicTest> lookup_headless_answersOfTheTable() {
        ClusterText.list(QuestionTable.resource("external.cluster"), cluster.changes());

        return QuestionTable.tests(questions("external-headless.questions"), zone(true, "10.1.0.8"));
    }

    @Test
    void nameServer_thatIsNoEndpoint_hasTheAddressesOfTheHost() {
        ClusterText.list("namespace shop", cluster.changes());

        assertThat(Answers.ask(zone(false, "192.0.2.7"), "ns1.dns.example.org.", "A"))
                .containsExactly("NOERROR", "ns1.dns.example.org. 7 A 192.0.2.7");
    }

    @Test
    void namespace_thatIsHidden_doesNotExistInEitherDirection() {
        ClusterText.list("namespace shop\nservice shop/web 10.96.0.1 http:80/tcp +192.0.2.1", cluster.changes());
        ClusterZoneOptions hidden = TestCluster.options(PodMode.DISABLED, Set.of("other"), false, false);
        ExternalZone zone = cluster.zone(hidden).external(new ExternalZoneOptions(ZONES, "dns", 7, false));

        assertThat(Answers.ask(zone, WEB, "A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "1.2.0.192.in-addr.arpa.", "PTR")).containsExactly("NXDOMAIN");
    }

    @Test
    void change_ofAddresses_isSeenAndMovesTheSerial() {
        ClusterText.list("namespace shop\nservice shop/web 10.96.0.1 http:80/tcp +192.0.2.1", cluster.changes());
        ExternalZone zone = zone(false);
        long before = cluster.index().externals().serial();

        ClusterText.apply("service shop/web 10.96.0.1 http:80/tcp +192.0.2.2", cluster.changes());

        assertThat(Answers.ask(zone, WEB, "A")).containsExactly("NOERROR", WEB + " 7 A 192.0.2.2");
        assertThat(Answers.ask(zone, "1.2.0.192.in-addr.arpa.", "PTR")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "2.2.0.192.in-addr.arpa.", "PTR"))
                .containsExactly("NOERROR", "2.2.0.192.in-addr.arpa. 7 PTR web.shop.example.org.");
        assertThat(cluster.index().externals().serial()).isGreaterThan(before);

        long same = cluster.index().externals().serial();
        ClusterText.apply("service shop/web 10.96.0.9 http:80/tcp +192.0.2.2", cluster.changes());
        assertThat(cluster.index().externals().serial()).isEqualTo(same);

        cluster.changes().remove(ObjectKind.SERVICE, "shop", "web");
        assertThat(Answers.ask(zone, WEB, "A")).containsExactly("NXDOMAIN");
        assertThat(Answers.ask(zone, "2.2.0.192.in-addr.arpa.", "PTR")).containsExactly("NXDOMAIN");
    }

    @Test
    void service_ofAnIndexThatDoesNotKeepThem_isNotThere() {
        TestCluster plain = TestCluster.of("namespace shop\nservice shop/web 10.96.0.1 http:80/tcp +192.0.2.1");

        assertThat(Answers.ask(
                        plain.zone(PodMode.DISABLED).external(new ExternalZoneOptions(ZONES, "dns", 7, false)),
                        WEB,
                        "A"))
                .containsExactly("NXDOMAIN");
    }

    @Test
    void name_beforeTheClusterIsRead_isServfail() {
        assertThat(Answers.ask(zone(false), WEB, "A")).containsExactly("SERVFAIL");
    }

    private ExternalZone zone(boolean headless, String... locals) {
        return cluster.zone(PodMode.DISABLED, locals).external(new ExternalZoneOptions(ZONES, "dns", 7, headless));
    }

    private String questions(String resource) {
        return QuestionTable.resource(resource)
                .replace("SERIAL", Long.toString(cluster.index().externals().serial()));
    }
}
