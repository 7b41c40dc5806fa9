package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final String SERVICE =
            "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.0.0.1}}";

    @TempDir
    Path folder;

    @Test
    void yaml_serviceAndSlice_entriesAsFromTheApi() throws Exception {
        List<ManifestObject> objects = read("a.yaml", """
                spec:                    # before the kind
                  clusterIPs:
                  - 10.0.0.1
                  - fd00::1
                  ports:
                  - {name: http, port: 80, targetPort: web}
                metadata: {namespace: shop, name: web}
                kind: Service
                apiVersion: v1
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-a, namespace: shop, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                endpoints:
                - addresses: ["10.1.0.1"]
                  hostname: one
                  targetRef: {kind: Pod, name: web-0}
                - {addresses: [10.1.0.2], conditions: {ready: false}}
                - {addresses: [10.1.0.3], conditions: {ready: no}}
                - {addresses: [10.1.0.4], conditions: {ready: on}}
                ports: [{name: http, port: 8080, protocol: TCP}]
                """);

        assertThat(objects)
                .extracting(ManifestObject::kind)
                .containsExactly(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE);
        ServiceEntry service = service(objects.getFirst());
        assertThat(service.clusterIps())
                .containsExactly(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("fd00::1"));
        assertThat(service.ports()).containsExactly(new PortEntry("http", "tcp", 80));
        SliceEntry slice = ((Projected.Slice) objects.getLast().projected()).entry();
        assertThat(slice.endpoints())
                .containsExactly(
                        new EndpointEntry(InetAddress.ofLiteral("10.1.0.1"), "one", "web-0"),
                        new EndpointEntry(InetAddress.ofLiteral("10.1.0.4"), "", ""));
    }

    @Test
    void json_severalValues_allOfThem() throws Exception {
        List<ManifestObject> objects = read("a.json", """
                {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "shop", "labels": {"smile": "\\ud83d\\ude00"}}}
                {
                \t"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "namespace": "shop"},
                \t"spec": {"type": "ExternalName", "externalName": "db.example.com", "ports": [{"port": 5432}]}
                }
                """);

        assertThat(names(objects)).containsExactly("/shop", "shop/db");
        assertThat(service(objects.getLast()).kind()).isEqualTo(ServiceKind.EXTERNAL_NAME);
        assertThat(service(objects.getLast()).ports()).containsExactly(new PortEntry("", "tcp", 5432));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {apiVersion: v1, kind: List, items: [%1$s, {kind: Secret, apiVersion: v1}, null, 5]}     | shop/web
                    {apiVersion: v1, kind: ServiceList, items: [{metadata: {name: a}}, %1$s]}                | default/a shop/web
                    {apiVersion: v1, kind: PodList, items: [{metadata: {name: p}}]}                          | default/p
                    {apiVersion: v1, kind: NamespaceList, items: [{metadata: {name: n}}]}                    | /n
                    {apiVersion: v1, kind: List, items: [{metadata: {name: a}}]}                             | ''
                    {apiVersion: v1, kind: List, items: {}}                                                  | ''
                    {apiVersion: v1, kind: SecretList, items: [{metadata: {name: a}}]}                       | ''
                    """)
    void list_ofAnyKind_itsElements(String text, String names) throws Exception {
        assertThat(String.join(" ", names(read("list.yml", text.formatted(SERVICE)))))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "---\n---\n",
                "just text",
                "[1, 2]",
                "replicas: 3",
                "{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: a}}",
                "{kind: Service, metadata: {name: a}}",
                "{apiVersion: v1, kind: Endpoints, metadata: {name: a}}",
                "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: of-no-service}}",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {{ braces }}}",
            })
    void yaml_nothingForDns_isLeftOut(String text) throws Exception {
        assertThat(read("a.yaml", text)).isEmpty();
    }

    @Test
    void yaml_anchorsAndMergeKeys_areResolved() throws Exception {
        List<ManifestObject> objects = read("a.yaml", """
                apiVersion: v1
                kind: List
                items:
                - &first
                  apiVersion: v1
                  kind: Service
                  metadata: &meta {namespace: shop, name: a}
                  spec: &spec {clusterIP: &ip 10.0.0.1, ports: [{port: 80}]}
                - apiVersion: v1
                  kind: Service
                  metadata: {name: b, <<: *meta}
                  spec: {<<: *spec, clusterIP: 10.0.0.2}
                - {apiVersion: v1, kind: Service, metadata: {name: c, namespace: shop}, spec: {clusterIP: *ip}}
                """);

        assertThat(names(objects)).containsExactly("shop/a", "shop/b", "shop/c");
        assertThat(objects.stream().map(o -> service(o).clusterIps().getFirst().getHostAddress()))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
        assertThat(service(objects.get(1)).ports()).hasSize(1);
    }

    @Test
    void service_withoutClusterIp_hasNoAddress() throws Exception {
        List<ManifestObject> objects = read("a.yaml", "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {}}");

        assertThat(service(objects.getFirst()).kind()).isEqualTo(ServiceKind.CLUSTER_IP);
        assertThat(service(objects.getFirst()).clusterIps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # file  | text                                                        | problem
                    a.yaml  | a: 1~b: c: d                                                | 2:5: mapping values are not allowed here
                    a.yaml  | {{- if .x }}                                                | 1:3: while parsing a flow node: expected the node content, but found '-'
                    a.yaml  | a: *nowhere                                                 | 1:4: found undefined alias nowhere
                    a.yaml  | b: c~a: ^                                                   | 2:4: the character U+0001 is not allowed
                    a.yaml  | a: b~--- ~ {apiVersion: v1, kind: Service, metadata: {}}    | 3:2: object without metadata.name
                    a.yaml  | {apiVersion: v1, kind: Pod, metadata: {name: {{ .name }}}}  | 1:47: a name expected, braces found (templates have to be rendered first)
                    a.yaml  | &a {apiVersion: v1, kind: Service, metadata: *a}            | 1:17: aliases that repeat too much
                    a.json  | {"a": 1,~ "b": }                                            | 2:7: Unexpected character ('}' (code 125)): expected a value
                    a.json  | {"apiVersion": "v1", "kind": "List", "items": [~ {"apiVersion": "v1", "kind": "Service"}]} | 2:2: object without metadata.name
                    """)
    void file_broken_problemWithItsPlace(String name, String text, String problem) throws Exception {
        Path file =
                Files.writeString(folder.resolve(name), text.replace('~', '\n').replace('^', '\001'));

        ManifestException thrown = catchThrowableOfType(ManifestException.class, () -> ManifestReader.read(file));
        assertThat(thrown.in(file)).isEqualTo(file + ":" + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.yaml", "a.json"})
    void file_nestedWithoutEnd_isRefused(String name) {
        assertThatThrownBy(() -> read(name, "[".repeat(100_000))).isInstanceOf(ManifestException.class);
    }

    @Test
    void yaml_aliasesThatMultiply_areRefused() {
        StringBuilder text =
                new StringBuilder("apiVersion: v1\nkind: Service\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 12; i++) {
            text.append(
                    "x%d: &x%d [%s]\n".formatted(i, i, "*x%d, ".formatted(i - 1).repeat(4)));
        }
        assertThatThrownBy(() -> read("a.yaml", text.toString()))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void text_withByteOrderMark_isRead() throws Exception {
        Path file = folder.resolve("a.json");
        Files.writeString(file, "\ufeff{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"a\"}}");
        assertThat(names(ManifestReader.read(file))).containsExactly("/a");
        Files.write(file, Files.readString(file).getBytes(StandardCharsets.UTF_16BE));
        assertThat(names(ManifestReader.read(file))).containsExactly("/a");
    }

    private List<ManifestObject> read(String name, String text) throws IOException, ManifestException {
        return ManifestReader.read(Files.writeString(folder.resolve(name), text));
    }

    private static List<String> names(List<ManifestObject> objects) {
        return objects.stream().map(o -> o.namespace() + "/" + o.name()).toList();
    }

    private static ServiceEntry service(ManifestObject object) {
        return ((Projected.Service) object.projected()).entry();
    }
}
