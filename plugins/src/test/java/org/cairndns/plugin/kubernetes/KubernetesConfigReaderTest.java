package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesConfigReaderTest {
    private static final Path FOLDER = Path.of("/etc/dns");

    private final List<String> warnings = new ArrayList<>();
    private final Problems problems = new Problems(warning -> warnings.add(warning.toString()));

    @Test
    void read_noOptions_defaultsOfCoreDns() {
        KubernetesConfig config = good("kubernetes cluster.local");

        assertThat(config.zones()).isEqualTo(ClusterZoneOptions.of(List.of(DomainName.of("cluster.local"))));
        assertThat(config.source())
                .isEqualTo(new SourceSettings(
                        new ClusterAccess.InCluster(),
                        Set.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE),
                        KeptFields.NONE,
                        "",
                        "",
                        Duration.ofSeconds(25)));
        assertThat(config.fallthroughZones()).isEmpty();
        assertThat(config.startupTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.zones().ttlSeconds()).isEqualTo(5);
        assertThat(config.zones().podMode()).isEqualTo(PodMode.DISABLED);
        assertThat(warnings).isEmpty();
    }

    @Test
    void read_noZones_takesThoseOfTheBlock() {
        KubernetesConfig config = good("cluster.local 10.0.0.0/8", "kubernetes");

        assertThat(config.zones().zones()).containsExactly(name("cluster.local"), name("10.in-addr.arpa"));
    }

    @Test
    void read_cidrZones_becomeReverseZones() {
        KubernetesConfig config = good("kubernetes cluster.local 10.152.183.0/24 fd00::/8");

        assertThat(config.zones().zones())
                .containsExactly(name("cluster.local"), name("183.152.10.in-addr.arpa"), name("d.f.ip6.arpa"));
        assertThat(config.zones().primaryZone()).isEqualTo(name("cluster.local"));
    }

    @Test
    void read_everyOption_isUsed() {
        KubernetesConfig config = good("""
                kubernetes cluster.local in-addr.arpa {
                    kubeconfig conf/admin prod
                    namespaces default shop
                    namespaces data
                    labels app in (web, db) , tier!=test
                    pods verified
                    endpoint_pod_names
                    ttl 30
                    ignore empty_service
                    zonal
                    fallthrough in-addr.arpa
                    startup_timeout 750ms
                    audit 1m
                }""");

        assertThat(config.source())
                .isEqualTo(new SourceSettings(
                        new ClusterAccess.Kubeconfig(FOLDER.resolve("conf/admin"), "prod"),
                        Set.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.POD),
                        new KeptFields(true, true, false, KeptFields.PodLabels.NONE),
                        "app in (web, db) , tier!=test",
                        "",
                        Duration.ofMinutes(1)));
        assertThat(config.zones())
                .isEqualTo(new ClusterZoneOptions(
                                List.of(name("cluster.local"), name("in-addr.arpa")),
                                30,
                                5,
                                PodMode.VERIFIED,
                                Set.of("default", "shop", "data"),
                                true,
                                true)
                        .withZonal(true));
        assertThat(config.fallthroughZones()).containsExactly(name("in-addr.arpa"));
        assertThat(config.startupTimeout()).isEqualTo(Duration.ofMillis(750));
        assertThat(config.accessPosition().line()).isEqualTo(3);
        assertThat(warnings).isEmpty();
    }

    @Test
    void read_auditOff_isNever() {
        assertThat(good(block("audit off")).source().audit()).isZero();
    }

    @Test
    void read_ttlBelowNegativeTtl_limitsBoth() {
        KubernetesConfig config = good(block("ttl 0"));

        assertThat(config.zones().ttlSeconds()).isZero();
        assertThat(config.zones().negativeTtlSeconds()).isZero();
    }

    @Test
    void read_noendpoints_readsNoSlices() {
        assertThat(good(block("noendpoints")).source().kinds())
                .containsExactlyInAnyOrder(ObjectKind.NAMESPACE, ObjectKind.SERVICE);
    }

    @Test
    void read_selectors_goToTheirKinds() {
        SourceSettings source = good("""
                kubernetes cluster.local {
                    labels app=web
                    namespace_labels istio-injection=enabled
                }""").source();

        assertThat(source.labelSelectors())
                .isEqualTo(Map.of(
                        ObjectKind.SERVICE, "app=web",
                        ObjectKind.ENDPOINT_SLICE, "app=web",
                        ObjectKind.NAMESPACE, "istio-injection=enabled"));
    }

    @Test
    void read_multicluster_readsImportsForThoseZones() {
        KubernetesConfig config = good("""
                kubernetes clusterset.local cluster.local in-addr.arpa {
                    multicluster ClusterSet.local.
                    labels app=web
                    namespace_labels a=b
                }""");

        assertThat(config.zones().multiclusterZones()).containsExactly(name("clusterset.local"));
        assertThat(config.zones().primaryZone()).isEqualTo(name("cluster.local"));
        assertThat(config.source().kinds()).contains(ObjectKind.SERVICE_IMPORT);
        assertThat(config.source().labelSelectors()).doesNotContainKey(ObjectKind.SERVICE_IMPORT);
        assertThat(warnings).isEmpty();
    }

    @Test
    void read_multiclusterReverseZone_isReported() {
        read("cluster.local", """
                kubernetes cluster.local in-addr.arpa {
                    multicluster in-addr.arpa
                }""");

        assertThat(found()).singleElement().asString().endsWith("[cluster.local.], got 'in-addr.arpa'");
    }

    @Test
    void read_fallthroughWithoutZones_isForAll() {
        assertThat(good(block("fallthrough")).fallthroughZones()).containsExactly(DomainName.ROOT);
    }

    @Test
    void read_endpointWithTls_usesItsFiles() {
        SourceSettings source = good("""
                kubernetes cluster.local {
                    endpoint https://10.0.0.1:6443
                    tls client.crt /keys/client.key ca.crt
                }""").source();

        assertThat(source.access())
                .isEqualTo(new ClusterAccess.Endpoint(
                        "https://10.0.0.1:6443",
                        Optional.of(new ClusterAccess.TlsFiles(
                                FOLDER.resolve("client.crt"), Path.of("/keys/client.key"), FOLDER.resolve("ca.crt")))));
    }

    @Test
    void read_manifests_areBesideTheCorefile() {
        assertThat(good(block("manifests objects")).source().access())
                .isEqualTo(new ClusterAccess.Manifests(FOLDER.resolve("objects")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint http://a http://b  | the second URL of 'endpoint' of 'kubernetes' is ignored by CoreDNS since 1.4.0; name one, a load balancer in front of several",
                "tls a b c                   | 'tls' has no effect without 'endpoint'",
                "ttl 7 8                     | 'ttl' reads one value, the rest is ignored",
                "startup_timeout 1s 2s       | 'startup_timeout' reads one value, the rest is ignored",
                "multicluster                | 'multicluster' without zones has no effect",
                "ignore                      | 'ignore' without 'empty_service' has no effect",
                "apiserver_qps 2.5           | 'apiserver_qps' has no effect: there is one request at a time for each kind of object",
                "apiserver_burst 10          | 'apiserver_burst' has no effect: there is one request at a time for each kind of object",
                "apiserver_max_inflight 3    | 'apiserver_max_inflight' has no effect: there is one request at a time for each kind of object",
            })
    void read_acceptedButIdle_warns(String line, String warning) {
        good(block(line));

        assertThat(warnings).singleElement().asString().endsWith(": " + warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiserver_qps 0", "apiserver_burst 0", "apiserver_max_inflight 0"})
    void read_limitsOfZero_areTheDefault(String line) {
        good(block(line));

        assertThat(warnings).isEmpty();
    }

    @Test
    void read_kubeconfigAndEndpoint_kubeconfigWins() {
        SourceSettings source = good("""
                kubernetes cluster.local {
                    endpoint http://10.0.0.1
                    kubeconfig admin
                }""").source();

        assertThat(source.access()).isEqualTo(new ClusterAccess.Kubeconfig(FOLDER.resolve("admin"), ""));
        assertThat(warnings).containsExactly("Corefile:3:5: 'endpoint' has no effect beside 'kubeconfig'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pods                 | 3:5: wrong number of arguments for 'pods', expected 1, got 0",
                "pods some            | 3:10: bad value for 'pods', expected one of disabled, insecure, verified, got 'some'",
                "pods insecure x      | 3:19: wrong number of arguments for 'pods', expected 1, got 2",
                "ttl                  | 3:5: wrong number of arguments for 'ttl', expected at least 1, got 0",
                "ttl 3601             | 3:9: bad value for 'ttl', expected an integer from 0 to 3600, got '3601'",
                "ttl -1               | 3:9: bad value for 'ttl', expected an integer from 0 to 3600, got '-1'",
                "ttl 5s               | 3:9: bad value for 'ttl', expected an integer from 0 to 3600, got '5s'",
                "namespaces           | 3:5: wrong number of arguments for 'namespaces', expected at least 1, got 0",
                "labels               | 3:5: wrong number of arguments for 'labels', expected at least 1, got 0",
                "labels =web          | 3:12: bad value for 'labels', expected a label selector such as app=web or env in (test, live), got '=web'",
                "namespace_labels a > 1 | 3:22: bad value for 'namespace_labels', expected a label selector such as app=web or env in (test, live), got 'a > 1'",
                "endpoint_pod_names x | 3:24: wrong number of arguments for 'endpoint_pod_names', expected none, got 1",
                "noendpoints x        | 3:17: wrong number of arguments for 'noendpoints', expected none, got 1",
                "ignore all           | 3:12: bad value for 'ignore', expected one of empty_service, got 'all'",
                "endpoint             | 3:5: wrong number of arguments for 'endpoint', expected at least 1, got 0",
                "tls a b              | 3:5: wrong number of arguments for 'tls', expected 3, got 2",
                "kubeconfig           | 3:5: wrong number of arguments for 'kubeconfig', expected 1 to 2, got 0",
                "manifests a b        | 3:17: wrong number of arguments for 'manifests', expected 1, got 2",
                "startup_timeout      | 3:5: wrong number of arguments for 'startup_timeout', expected at least 1, got 0",
                "startup_timeout 0    | 3:21: bad value for 'startup_timeout', expected a duration of at least 1ms, got '0'",
                "startup_timeout 5    | 3:21: bad value for 'startup_timeout', expected a duration of at least 1ms, got '5'",
                "audit                | 3:5: wrong number of arguments for 'audit', expected 1, got 0",
                "audit 1s 2s          | 3:14: wrong number of arguments for 'audit', expected 1, got 2",
                "audit 500ms          | 3:11: bad value for 'audit', expected a duration from 1s to 24h, got '500ms'",
                "audit often          | 3:11: bad value for 'audit', expected a duration from 1s to 24h, got 'often'",
                "apiserver_qps -1     | 3:19: bad value for 'apiserver_qps', expected a number of at least 0, got '-1'",
                "apiserver_qps many   | 3:19: bad value for 'apiserver_qps', expected a number of at least 0, got 'many'",
                "apiserver_burst 1.5  | 3:21: bad value for 'apiserver_burst', expected an integer from 0 to 2147483647, got '1.5'",
                "apiserver_max_inflight -1 | 3:28: bad value for 'apiserver_max_inflight', expected an integer from 0 to 2147483647, got '-1'",
                "multicluster clusterset.local | 3:18: bad value for 'multicluster', expected zones of this 'kubernetes' that are no reverse zones: [cluster.local.], got 'clusterset.local'",
                "multicluster cluster.local x | 3:32: bad value for 'multicluster', expected zones of this 'kubernetes' that are no reverse zones: [cluster.local.], got 'x'",
                "zonal on             | 3:11: wrong number of arguments for 'zonal', expected none, got 1",
                "resyncperiod 30s     | 3:5: 'resyncperiod' of 'kubernetes' was removed from CoreDNS in 1.7.0; remove the line, a watch needs none",
            })
    void read_badValue_isReported(String line, String problem) {
        read("cluster.local", block(line));

        assertThat(found()).containsExactly("Corefile:" + problem);
    }

    @Test
    void read_unknownProperty_namesTheNearest() {
        read("cluster.local", block("namespace shop"));

        assertThat(found())
                .singleElement()
                .asString()
                .startsWith(
                        "Corefile:3:5: unknown property 'namespace' of 'kubernetes', expected one of endpoint, tls,")
                .endsWith("did you mean 'namespaces'?");
    }

    @Test
    void read_propertiesThatExcludeEachOther_areReported() {
        read("cluster.local", """
                kubernetes cluster.local {
                    namespaces shop
                    namespace_labels a=b
                    manifests objects
                    kubeconfig admin
                }""");

        assertThat(found())
                .containsExactlyInAnyOrder(
                        "Corefile:2:1: 'namespaces' and 'namespace_labels' exclude each other, got both",
                        "Corefile:6:5: 'kubeconfig' and 'manifests' exclude each other, got both",
                        "Corefile:5:5: 'manifests' does not know labels, expected neither 'labels' nor"
                                + " 'namespace_labels' with it");
    }

    @Test
    void read_reverseZonesOnly_isReported() {
        read("cluster.local", "kubernetes 10.0.0.0/8 ip6.arpa");

        assertThat(found())
                .containsExactly("Corefile:2:1: 'kubernetes' needs a zone that is not a reverse zone, such as"
                        + " cluster.local, got [10.in-addr.arpa., ip6.arpa.]");
    }

    @Test
    void read_zoneWithoutRoomForTheLongestNames_isReported() {
        String label = "a".repeat(50);
        read(label + ".bbbbbb", "kubernetes");
        assertThat(found()).isEmpty();

        read(label + ".bbbbbbb", "kubernetes");
        assertThat(found())
                .containsExactly("Corefile:2:1: 'kubernetes': zone " + label + ".bbbbbbb. has more than 59 octets, no"
                        + " room for names of services");
    }

    @Test
    void read_secondOccurrence_isReported() {
        read("cluster.local", "kubernetes\nkubernetes other.local");

        assertThat(found())
                .containsExactly("Corefile:3:1: 'kubernetes' may be given once per server block, got another");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "!app",
                "app=web",
                "app==web",
                "app != web",
                "app=",
                "example.com/app=web",
                "env in (test,live)",
                "env notin ( test )",
                "a=b,c in (d,e),!f",
                "a = b , c"
            })
    void isValid_selectorOfTheApi_true(String selector) {
        assertThat(LabelSelectors.isValid(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b,",
                "=b",
                "a b",
                "a in b",
                "a in (b",
                "a>1",
                "a=b c",
                "-a",
                "a in (b;c)",
                "UP.com/a",
                "!a=b"
            })
    void isValid_anythingElse_false(String selector) {
        assertThat(LabelSelectors.isValid(selector)).isFalse();
    }

    private KubernetesConfig good(String directive) {
        return good("cluster.local", directive);
    }

    private KubernetesConfig good(String keys, String directive) {
        Optional<KubernetesConfig> config = read(keys, directive);
        assertThat(found()).isEmpty();
        return config.orElseThrow();
    }

    private Optional<KubernetesConfig> read(String keys, String directive) {
        FakeBlock block = new FakeBlock(new FakeServer(FOLDER), keys + " {\n" + directive + "\n}");
        return KubernetesConfigReader.read(block.block().directives("kubernetes"), block, problems);
    }

    private List<String> found() {
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static String block(String line) {
        return "kubernetes cluster.local {\n    " + line + "\n}";
    }

    private static DomainName name(String text) {
        return DomainName.of(text);
    }
}
