package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonFactory;

class ProjectionTest {
    @Test
    void service_dualStack_allClusterIps() {
        ServiceEntry service = service("""
                {"metadata": {"namespace": "data", "name": "redis"}, "status": {"loadBalancer": {}},
                 "spec": {"clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1", "fd00::1"], "type": "ClusterIP",
                          "ports": [{"name": "redis", "protocol": "TCP", "port": 6379, "targetPort": "redis"}]}}
                """);
        assertThat(service)
                .isEqualTo(new ServiceEntry(
                        "data",
                        "redis",
                        ServiceKind.CLUSTER_IP,
                        List.of(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("fd00::1")),
                        "",
                        List.of(new PortEntry("redis", "tcp", 6379))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ["192.0.2.1"] | [{"ip": "192.0.2.9", "hostname": "x"}, {"hostname": "lb.example", "ports": [1]}] | 192.0.2.1,192.0.2.9,lb.example
                    ["fd00::1"]   | null                                                                             | fd00::1
                    null          | [{}, null, {"ip": ""}, {"hostname": "lb.example"}]                               | lb.example
                    null          | []                                                                               | ``
                    """)
    void service_reachedFromOutside_targetsInOrder(String externalIps, String ingress, String targets) {
        ServiceEntry service =
                service("{\"metadata\": {\"name\": \"a\", \"namespace\": \"b\"}, \"spec\": {\"externalIPs\": "
                        + externalIps
                        + "}, \"status\": {\"conditions\": [{}], \"loadBalancer\": {\"a\": {}, \"ingress\": " + ingress
                        + "}}}");
        assertThat(String.join(",", service.externalTargets())).isEqualTo(targets);
    }

    @Test
    void pod_labels_allOfThem() {
        Projected projected = read(ObjectKind.POD, """
                        {"metadata": {"name": "p", "namespace": "a", "labels": {"app": "web", "tier/x": ""}},
                         "status": {"podIP": "10.0.0.1"}}""").projected();
        assertThat(((Projected.Pod) projected).entry().labels()).containsOnly(entry("app", "web"), entry("tier/x", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # spec                                                              | kind          | addresses
                    {"clusterIP": "10.0.0.1"}                                           | CLUSTER_IP    | 1
                    {"clusterIP": "None"}                                               | HEADLESS      | 0
                    {"clusterIP": "10.0.0.1", "clusterIPs": ["None"]}                   | HEADLESS      | 0
                    {"clusterIPs": ["None", "10.0.0.1"]}                                | HEADLESS      | 0
                    {"clusterIPs": ["10.0.0.1", "None"]}                                | CLUSTER_IP    | 1
                    {"clusterIP": "None", "type": "ExternalName"}                       | EXTERNAL_NAME | 0
                    {"clusterIP": "10.0.0.1", "type": "LoadBalancer"}                   | CLUSTER_IP    | 1
                    {"clusterIPs": ["10.0.0.1", "10.1", "1.2.3.256", "localhost", ""]}  | CLUSTER_IP    | 1
                    {"clusterIPs": null, "clusterIP": ""}                               | CLUSTER_IP    | 0
                    {"clusterIPs": "10.0.0.1", "clusterIP": {"a": 1}}                   | CLUSTER_IP    | 0
                    {}                                                                  | CLUSTER_IP    | 0
                    """)
    void service_ofEachShape_kindAndAddresses(String spec, ServiceKind kind, int addresses) {
        ServiceEntry service =
                service("{\"spec\": " + spec + ", \"metadata\": {\"name\": \"a\", \"namespace\": \"b\"}}");
        assertThat(service.kind()).isEqualTo(kind);
        assertThat(service.clusterIps()).hasSize(addresses);
    }

    @Test
    void ports_oddOnes_areLeftOutOrDefaulted() {
        ServiceEntry service = service("""
                {"metadata": {"name": "a", "namespace": "b"}, "spec": {"ports": [
                 {"port": 1}, {"name": "x"}, {"port": null}, {"port": "80"}, {"port": 65536}, {"port": -1},
                 {"port": 99999999999}, 5, null, {"port": 2, "protocol": "SCTP", "name": null},
                 {"port": 65535, "protocol": "UDP", "name": "dns", "appProtocol": {"a": []}}]}}
                """);
        assertThat(service.ports())
                .containsExactly(
                        new PortEntry("", "tcp", 1), new PortEntry("", "sctp", 2), new PortEntry("dns", "udp", 65535));
    }

    @Test
    void slice_withEverything_entry() {
        SliceEntry slice = slice("""
                {"addressType": "IPv6", "endpoints": [
                  {"addresses": ["fd00::1", "fd00::2"], "hostname": "h",
                   "conditions": {"ready": true, "serving": false, "terminating": true},
                   "targetRef": {"kind": "Pod", "name": "p-0"}, "nodeName": "n", "zone": "Z-1"},
                  {"addresses": ["fd00::3"], "targetRef": {"kind": "Node", "name": "n"}, "conditions": null},
                  {"addresses": ["fd00::4"], "conditions": {"ready": false}},
                  {"addresses": ["fd00::5"], "conditions": {"ready": null}},
                  {"addresses": ["not.an.address"]}, {"addresses": []}, {}],
                 "ports": [{"name": "http", "port": 80}, {"name": "all"}],
                 "metadata": {"namespace": "a", "name": "s", "labels": {"kubernetes.io/service-name": "web"},
                  "annotations": {"endpoints.kubernetes.io/last-change-trigger-time": "2026-11-24T01:02:03Z"}}}
                """);
        assertThat(slice.endpoints())
                .containsExactly(
                        new EndpointEntry(InetAddress.ofLiteral("fd00::1"), "h", "p-0", "z-1"),
                        new EndpointEntry(InetAddress.ofLiteral("fd00::2"), "h", "p-0", "z-1"),
                        new EndpointEntry(InetAddress.ofLiteral("fd00::3"), "", "n"),
                        new EndpointEntry(InetAddress.ofLiteral("fd00::5"), "", ""));
        assertThat(slice.ports()).containsExactly(new PortEntry("http", "tcp", 80));
        assertThat(slice.serviceName()).isEqualTo("web");
        assertThat(slice.changeTriggeredAtMillis()).isEqualTo(OptionalLong.of(1795482123000L));
    }

    @Test
    void slice_podNameThatIsNoLabel_isNotTaken() {
        String name63 = "p".repeat(63);
        String endpoint = "{\"addresses\": [\"10.0.0.1\"], \"targetRef\": {\"kind\": \"Pod\", \"name\": \"%s\"}}";
        SliceEntry slice =
                slice("{\"metadata\": {\"name\": \"s\", \"labels\": {\"kubernetes.io/service-name\": \"w\"}},"
                        + "\"endpoints\": [" + endpoint.formatted(name63) + "," + endpoint.formatted(name63 + "p")
                        + "," + endpoint.formatted("etcd-ip-10-0-0-1.eu.internal") + "]}");
        assertThat(slice.endpoints()).extracting(EndpointEntry::podName).containsExactly(name63, "", "");
    }

    @Test
    void slice_ofNames_hasNoEndpoints() {
        SliceEntry slice = slice("""
                {"endpoints": [{"addresses": ["1.2.3.4"]}], "addressType": "FQDN",
                 "metadata": {"name": "s", "namespace": "a", "labels": {"kubernetes.io/service-name": "web"}}}
                """);
        assertThat(slice.endpoints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"labels\": null}", "{\"labels\": {\"app\": \"web\"}}", "{\"labels\": []}"})
    void slice_ofNoService_isIrrelevant(String metadata) {
        String named = metadata.replaceFirst("\\{", "{\"name\": \"s\"" + (metadata.equals("{}") ? "" : ","));
        assertThat(read(ObjectKind.ENDPOINT_SLICE, "{\"metadata\": " + named + "}")
                        .projected())
                .isInstanceOf(Projected.Irrelevant.class);
    }

    @Test
    void slice_ofAnImport_itsNameAndCluster() {
        SliceEntry slice = slice("""
                {"metadata": {"name": "s", "namespace": "a", "labels": {
                   "multicluster.kubernetes.io/source-cluster": "b.reg1",
                   "endpointslice.kubernetes.io/managed-by": "lighthouse",
                   "multicluster.kubernetes.io/service-name": "web"}},
                 "endpoints": [{"addresses": ["10.0.0.1"]}], "addressType": "IPv4"}
                """);
        assertThat(slice)
                .isEqualTo(new SliceEntry(
                                "a",
                                "s",
                                "",
                                List.of(),
                                List.of(new EndpointEntry(InetAddress.ofLiteral("10.0.0.1"), "", "")),
                                OptionalLong.empty())
                        .withImport("web", "b.reg1"));
    }

    @Test
    void slice_ofAServiceAndAnImport_bothNames() {
        SliceEntry slice = slice("""
                {"metadata": {"name": "s", "labels": {"multicluster.kubernetes.io/service-name": "web",
                  "multicluster.kubernetes.io/source-cluster": "c", "kubernetes.io/service-name": "derived-web"}}}
                """);
        assertThat(slice.serviceName()).isEqualTo("derived-web");
        assertThat(slice.importName()).isEqualTo("web");
        assertThat(slice.clusterId()).isEqualTo("c");
    }

    @Test
    void import_dualStack_serviceWithTheIps() {
        assertThat(imported("""
                {"metadata": {"namespace": "data", "name": "web"}, "status": {"clusters": [{"cluster": "c"}]},
                 "spec": {"ips": ["10.42.0.1", "fd42::1"], "type": "ClusterSetIP", "sessionAffinity": "None",
                          "ports": [{"name": "http", "protocol": "TCP", "port": 80, "appProtocol": "http"}]}}
                """))
                .isEqualTo(new ServiceEntry(
                        "data",
                        "web",
                        ServiceKind.CLUSTER_IP,
                        List.of(InetAddress.ofLiteral("10.42.0.1"), InetAddress.ofLiteral("fd42::1")),
                        "",
                        List.of(new PortEntry("http", "tcp", 80))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # spec                                                              | kind          | addresses
                    {"type": "ClusterSetIP", "ips": ["10.42.0.1"], "ports": []}         | CLUSTER_IP    | 1
                    {"type": "ClusterSetIP", "ips": [], "ports": null}                  | CLUSTER_IP    | 0
                    {"type": "ClusterSetIP", "ips": ["None", 5, null, "10.42.0.1"]}     | CLUSTER_IP    | 1
                    {"type": "Headless", "ips": []}                                     | HEADLESS      | 0
                    {"ips": ["10.42.0.1"], "type": "Headless"}                          | HEADLESS      | 0
                    {"type": null, "ips": "10.42.0.1"}                                  | CLUSTER_IP    | 0
                    {}                                                                  | CLUSTER_IP    | 0
                    null                                                                | CLUSTER_IP    | 0
                    """)
    void import_ofEachShape_kindAndAddresses(String spec, ServiceKind kind, int addresses) {
        ServiceEntry service = imported("{\"spec\": " + spec + ", \"metadata\": {\"name\": \"a\"}}");
        assertThat(service.kind()).isEqualTo(kind);
        assertThat(service.clusterIps()).hasSize(addresses);
        assertThat(service.namespace()).isEqualTo("default");
    }

    @Test
    void slice_triggerTimeUnreadable_isNone() {
        SliceEntry slice = slice("""
                {"metadata": {"name": "s", "labels": {"kubernetes.io/service-name": "web"},
                  "annotations": {"endpoints.kubernetes.io/last-change-trigger-time": "yesterday"}}}
                """);
        assertThat(slice.changeTriggeredAtMillis()).isEmpty();
        assertThat(slice.namespace()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # status                                                                                  | addresses
                    {"podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}]}                  | 10.0.0.1,fd00:0:0:0:0:0:0:1
                    {"podIP": "10.0.0.1"}                                                                     | 10.0.0.1
                    {"podIPs": [{"ip": "10.0.0.1", "more": {}}, null]}                                        | 10.0.0.1
                    {}                                                                                        | ``
                    null                                                                                      | ``
                    """)
    void pod_withAddresses_allOfThem(String status, String addresses) {
        Projected projected = read(
                        ObjectKind.POD,
                        "{\"metadata\": {\"name\": \"p\", \"namespace\": \"a\"}, \"status\": " + status + "}")
                .projected();
        PodEntry pod = ((Projected.Pod) projected).entry();
        assertThat(String.join(
                        ",",
                        pod.addresses().stream()
                                .map(InetAddress::getHostAddress)
                                .toList()))
                .isEqualTo(addresses);
    }

    @Test
    void pod_leavingOrEnded_isNotPut() {
        assertThat(read(ObjectKind.POD, """
                        {"metadata": {"name": "p", "deletionTimestamp": "2026-11-24T01:02:03Z"}, "status": {"phase": "Running"}}
                        """).projected()).isInstanceOf(Projected.Leaving.class);
        assertThat(read(ObjectKind.POD, """
                        {"metadata": {"name": "p"}, "status": {"phase": "Succeeded"}}
                        """).projected()).isInstanceOf(Projected.Irrelevant.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"metadata\": {}}", "{\"metadata\": null}", "{\"metadata\": {\"name\": \"\"}}"})
    void anyKind_withoutName_isRefused(String json) {
        for (ObjectKind kind : ObjectKind.values()) {
            assertThatThrownBy(() -> read(kind, json)).isInstanceOf(MalformedBodyException.class);
        }
    }

    private static ServiceEntry service(String json) {
        return ((Projected.Service) read(ObjectKind.SERVICE, json).projected()).entry();
    }

    private static ServiceEntry imported(String json) {
        return ((Projected.ServiceImport) read(ObjectKind.SERVICE_IMPORT, json).projected()).entry();
    }

    private static SliceEntry slice(String json) {
        return ((Projected.Slice) read(ObjectKind.ENDPOINT_SLICE, json).projected()).entry();
    }

    private static ReadObject read(ObjectKind kind, String json) {
        byte[] octets = json.getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = JsonReader.open(new JsonFactory(), octets, 0, octets.length)) {
            return Projection.of(kind).read(reader);
        }
    }
}
