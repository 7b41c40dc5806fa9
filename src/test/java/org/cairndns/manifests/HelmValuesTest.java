package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single values of the chart, and where in its objects they are seen. */
class HelmValuesTest {
    private static final String POD = "spec.template.spec.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image.repository=example/cairn                  | Deployment           | containers.0.image                | example/cairn:0.1.0
            image.tag=2.0                                   | Deployment           | containers.0.image                | cairn:2.0
            image.pullPolicy=Always                         | Deployment           | containers.0.imagePullPolicy      | Always
            image.pullSecrets[0].name=a                     | Deployment           | imagePullSecrets.0.name           | a
            image.pullSecrets[0].name=a                     | ServiceAccount       | /imagePullSecrets.0.name          | a
            replicaCount=3                                  | Deployment           | /spec.replicas                    | 3
            resources.limits.memory=1Gi                     | Deployment           | containers.0.resources.limits.memory | 1Gi
            rollingUpdate.maxSurge=25%                      | Deployment           | /spec.strategy.rollingUpdate.maxSurge | 25%
            terminationGracePeriodSeconds=45                | Deployment           | terminationGracePeriodSeconds     | 45
            podAnnotations.a=b                              | Deployment           | /spec.template.metadata.annotations.a | b
            podLabels.a=b                                   | Deployment           | /spec.template.metadata.labels.a  | b
            serviceType=NodePort                            | Service              | /spec.type                        | NodePort
            service.name=dns                                | Service              | /metadata.name                    | dns
            service.annotations.a=b                         | Service              | /metadata.annotations.a           | b
            service.clusterIP=10.1.0.10                     | Service              | /spec.clusterIP                   | 10.1.0.10
            service.clusterIPs={10.1.0.10}                  | Service              | /spec.clusterIPs.0                | 10.1.0.10
            service.loadBalancerIP=10.1.0.10                | Service              | /spec.loadBalancerIP              | 10.1.0.10
            service.externalTrafficPolicy=Local             | Service              | /spec.externalTrafficPolicy       | Local
            service.ipFamilyPolicy=SingleStack              | Service              | /spec.ipFamilyPolicy              | SingleStack
            service.trafficDistribution=PreferClose         | Service              | /spec.trafficDistribution         | PreferClose
            serviceAccount.name=dns                         | ServiceAccount       | /metadata.name                    | dns
            serviceAccount.name=dns                         | ClusterRoleBinding   | /subjects.0.name                  | dns
            serviceAccount.annotations.a=b                  | ServiceAccount       | /metadata.annotations.a           | b
            rbac.multiclusterEnable=true                    | ClusterRole          | /rules.2.resources.0              | serviceimports
            clusterRole.nameOverride=dns                    | ClusterRoleBinding   | /roleRef.name                     | dns
            k8sAppLabelOverride=dns                         | Service              | /spec.selector.k8s-app            | dns
            k8sAppLabelOverride=dns                         | Deployment           | affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.labelSelector.matchLabels.k8s-app | dns
            customLabels.a=b                                | Deployment           | /spec.template.metadata.labels.a  | b
            customLabels.a=b                                | ConfigMap            | /metadata.labels.a                | b
            customAnnotations.a=b                           | PodDisruptionBudget  | /metadata.annotations.a           | b
            keepOnUninstall=true                            | Service              | /metadata.annotations.helm\\.sh/resource-policy | keep
            priorityClassName=high                          | Deployment           | priorityClassName                 | high
            livenessProbe.initialDelaySeconds=10            | Deployment           | containers.0.livenessProbe.initialDelaySeconds | 10
            readinessProbe.failureThreshold=9               | Deployment           | containers.0.readinessProbe.failureThreshold | 9
            nodeSelector.disk=fast                          | Deployment           | nodeSelector.disk                 | fast
            podDisruptionBudget.minAvailable=2              | PodDisruptionBudget  | /spec.minAvailable                | 2
            extraArgs={-strict}                             | Deployment           | containers.0.args.2               | -strict
            state.hostPath=/srv/dns                         | Deployment           | volumes.1.hostPath.path           | /srv/dns
            deployment.name=coredns-blue                    | Deployment           | /metadata.name                    | coredns-blue
            deployment.annotations.a=b                      | Deployment           | /metadata.annotations.a           | b
            deployment.dnsPolicy=ClusterFirst               | Deployment           | dnsPolicy                         | ClusterFirst
            fullnameOverride=dns                            | ConfigMap            | /metadata.name                    | dns
            fullnameOverride=dns                            | Deployment           | volumes.0.configMap.name          | dns
            automountServiceAccountToken=false              | Deployment           | automountServiceAccountToken      | false
            """)
    void value_set_isSeenThere(String value, String kind, String path, String expected) {
        Map<String, Object> object = new Manifests(Helm.template("--set", value)).only(kind);
        String place = path.startsWith("/") ? path.substring(1) : POD + path;

        assertThat(String.valueOf(Yaml.at(object, place))).isEqualTo(expected);
    }

    @Test
    void image_digest_takesThePlaceOfTheTag() {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        assertThat(image("--set", "image.digest=" + digest)).isEqualTo("cairn@" + digest);
        assertThat(image("--set", "image.tag=v1,image.digest=" + digest)).isEqualTo("cairn@" + digest);
    }

    @Test
    void minAvailable_set_leavesNoMaxUnavailable() {
        Manifests manifests = new Manifests(Helm.template("--set", "podDisruptionBudget.minAvailable=1"));

        assertThat(manifests.map("PodDisruptionBudget", "spec")).doesNotContainKey("maxUnavailable");
    }

    @Test
    void podDisruptionBudget_null_isNone() {
        assertThat(new Manifests(Helm.template("--set", "podDisruptionBudget=null")).all("PodDisruptionBudget"))
                .isEmpty();
    }

    @Test
    void replicas_withAnAutoscaler_areNotSet() {
        Manifests manifests =
                new Manifests(Helm.template("--set", "replicaCount=3,hpa.enabled=true,hpa.metrics[0].type=Resource"));

        assertThat(manifests.map("Deployment", "spec")).doesNotContainKey("replicas");
        assertThat(manifests.text("HorizontalPodAutoscaler", "spec.scaleTargetRef.name"))
                .isEqualTo("coredns");
    }

    @Test
    void use_tcp_notGiven_isTcpToo() {
        assertThat(ports("servers[0].zones[0].zone=.")).contains("dns 53/UDP", "dns-tcp 53/TCP");
        assertThat(ports("servers[0].zones[0].use_tcp=false"))
                .contains("dns 53/UDP")
                .doesNotContain("dns-tcp 53/TCP");
    }

    @Test
    void ports_ofEachScheme_haveTheirNamesAndProtocols() {
        String servers =
                "servers[0].zones[0].zone=.,servers[1].zones[0].scheme=tls://,servers[2].zones[0].scheme=https://,"
                        + "servers[2].port=8443,servers[2].servicePort=443,servers[3].port=5353";

        assertThat(ports(servers))
                .containsExactly(
                        "dns 53/UDP",
                        "dns-tcp 53/TCP",
                        "dot 853/TCP",
                        "doh-8443 443/TCP",
                        "dns-5353 5353/UDP",
                        "dns-tcp-5353 5353/TCP");
    }

    @Test
    void keys_ofSeveralZones_eachHaveThePort() {
        Manifests manifests = new Manifests(Helm.template(
                "--set-json",
                "servers[0]={\"zones\":[{\"zone\":\"a.\"},{\"zone\":\"b.\"}],\"port\":5353,\"plugins\":"
                        + "[{\"name\":\"health\"},{\"name\":\"ready\"},{\"name\":\"cache\",\"parameters\":1000000}]}"));

        assertThat(manifests.text("ConfigMap", "data.Corefile"))
                .isEqualTo("a.:5353 b.:5353 {\n    health\n    ready\n    cache 1000000\n}\n");
    }

    @Test
    void metrics_ofTheirOwnService_areAnnotatedOnlyThere() {
        Manifests manifests = new Manifests(Helm.template("--set", "prometheus.service.enabled=true"));

        assertThat(manifests.all("Service"))
                .extracting(service -> Yaml.at(service, "metadata.name"))
                .containsExactlyInAnyOrder("kube-dns", "coredns-metrics");
        for (Map<String, Object> service : manifests.all("Service")) {
            assertThat(Yaml.at(service, "metadata").toString().contains("prometheus.io/scrape"))
                    .isEqualTo("coredns-metrics".equals(Yaml.at(service, "metadata.name")));
        }
    }

    @Test
    void serviceMonitor_withoutAServiceOfItsOwn_selectsTheClustersService() {
        Manifests manifests = new Manifests(Helm.template("--set", "prometheus.monitor.enabled=true"));

        assertThat(manifests.map("Service", "metadata.labels"))
                .containsAllEntriesOf(manifests.map("ServiceMonitor", "spec.selector.matchLabels"));
        assertThat(manifests.text("ServiceMonitor", "spec.endpoints.0.port")).isEqualTo("metrics");
    }

    @Test
    void pods_withoutReload_startAgainForANewCorefile() {
        String withReload = String.valueOf(template("corefile=.:53 {\n reload\n health\n ready\n}\n"));
        String without = String.valueOf(template("corefile=.:53 {\n health\n ready\n}\n"));

        assertThat(withReload).doesNotContain("checksum/config");
        assertThat(without).contains("checksum/config");
    }

    @Test
    void adoptRelease_ofTheCorednsChart_keepsNamesAndSelectors() {
        Manifests manifests = new Manifests(Helm.template("--set", "adoptRelease=true"));
        Map<String, Object> selector = Map.of(
                "k8s-app", "coredns", "app.kubernetes.io/name", "coredns", "app.kubernetes.io/instance", "coredns");

        assertThat(manifests.map("Deployment", "spec.selector.matchLabels")).isEqualTo(selector);
        assertThat(manifests.map("Service", "spec.selector")).isEqualTo(selector);
        for (String kind : List.of("Deployment", "Service", "ConfigMap", "ClusterRole", "ClusterRoleBinding")) {
            assertThat(manifests.name(kind)).isEqualTo("coredns");
        }
    }

    @Test
    void server_besideTheClustersDns_takesNoneOfItsNames() {
        Manifests manifests = new Manifests(Helm.template("--set", "isClusterService=false,nameOverride=lan"));

        for (String kind : List.of("Deployment", "Service", "ConfigMap", "ClusterRole", "ServiceAccount")) {
            assertThat(manifests.name(kind)).isEqualTo("coredns-lan");
        }
        assertThat(manifests.map("Deployment", "spec.template.metadata.labels")).doesNotContainKey("k8s-app");
        assertThat(manifests.map("Deployment", "spec.template.spec")).doesNotContainKey("priorityClassName");
    }

    private static String image(String... options) {
        return new Manifests(Helm.template(options)).text("Deployment", POD + "containers.0.image");
    }

    private static Map<String, Object> template(String value) {
        return new Manifests(Helm.template("--set-string", value)).map("Deployment", "spec.template.metadata");
    }

    /** Ports of the Service with these servers, whose directives are left to a text. */
    private static List<String> ports(String servers) {
        Manifests manifests =
                new Manifests(Helm.template("--set", servers, "--set-string", "corefile=. {\n health\n ready\n}\n"));
        return manifests.list("Service", "spec.ports").stream()
                .map(port -> port.get("name") + " " + port.get("port") + "/" + port.get("protocol"))
                .toList();
    }
}
