package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the chart does not take, and what it says to them. */
class HelmRefusalsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicaCuont=2                             | 'replicaCuont' not allowed
            livenessProbe.periodseconds=3              | '/livenessProbe': additional properties 'periodseconds' not allowed
            prometheus.monitor.enable=true             | '/prometheus/monitor': additional properties 'enable' not allowed
            autoscaler.coresPerReplicas=2              | '/autoscaler': additional properties 'coresPerReplicas' not allowed
            servers[0].plugin=errors                   | '/servers/0': additional properties 'plugin' not allowed
            servers[0].plugins[0].name=Errors          | '/servers/0/plugins/0/name': 'Errors' does not match pattern
            servers[0].plugins[0].parameters=a         | '/servers/0/plugins/0': missing property 'name'
            servers[0].zones[0].scheme=udp://          | '/servers/0/zones/0/scheme'
            servers[0].port=70000                      | maximum: got 70,000, want 65,535
            zoneFiles[0].filename=a.db                 | missing property 'contents'
            image.digest=0123                          | '/image/digest'
            serviceType=Headless                       | '/serviceType': value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'
            rollingUpdate.maxSurge=many                | '/rollingUpdate/maxSurge'
            customLabels.a=5                           | '/customLabels/a': got number, want string
            extraSecrets[0].name=a                     | missing property 'mountPath'
            image.repository=coredns/coredns           | image.repository: coredns/coredns is CoreDNS; leave out image.*
            image.repository=example.com/coredns/coredns | is CoreDNS
            rbac.pspEnable=true                        | rbac.pspEnable: Kubernetes 1.25 removed PodSecurityPolicy; leave it out
            hpa.enabled=true                           | hpa.metrics: without metrics an autoscaler does nothing
            hpa.enabled=true,autoscaler.enabled=true   | hpa.enabled: two autoscalers would work against each other
            deployment.dnsPolicy=None                  | deployment.dnsPolicy: None needs deployment.dnsConfig
            service.selector.a=b                       | service.selector: pods have no label a: b; give it in podLabels too
            deployment.selector.matchLabels.a=b        | deployment.selector.matchLabels: pods have no label a: b
            servers=null                               | servers: at least one is needed
            servers[0].port=53                         | servers[0].plugins: a server block without directives answers nothing
            servers[0].plugins[0].name=ready           | livenessProbe.enabled: nothing would answer it, for no server has the plugin health
            servers[0].plugins[0].name=health          | readinessProbe.enabled: nothing would answer it, for no server has the plugin ready
            servers[0].nodePort=30053                  | servers[0].nodePort: needs serviceType NodePort or LoadBalancer
            servers[0].zones[0].scheme=grpc://         | servers[0].zones: grpc:// is not built
            resources.limits.memory=128Mi              | resources.limits.memory: 128Mi is less than the 170Mi that the server needs
            resources.limits.memory=100M               | resources.limits.memory: 100M is less
            """)
    void value_thatCannotWork_isRefusedWithTheRemedy(String value, String said) {
        Tool.Outcome outcome = template("--set", value);

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.text()).contains(said);
    }

    @Test
    void memory_withOptionsOfItsOwn_isTakenOnlyWhereTheImageReadsThem() {
        String memory = "resources.limits.memory=128Mi,env[0].value=-Xmx32m,env[0].name=";

        assertThat(template("--set", memory + "_JAVA_OPTIONS").exit()).isZero();
        assertThat(template("--set", memory + "CAIRN_JAVA_OPTIONS").text())
                .contains("or give a smaller heap in env, _JAVA_OPTIONS");
    }

    @Test
    void mode_inDecimalLooksOctal_isRefused() {
        Tool.Outcome outcome = template(
                "--set", "extraSecrets[0].name=a,extraSecrets[0].mountPath=/a,extraSecrets[0].defaultMode=440");

        assertThat(outcome.text()).contains("a's defaultMode 440 is a decimal number and means 0670; write 0440");
    }

    @Test
    void zoneFile_ofTheNameOfTheCorefile_isRefused() {
        Tool.Outcome outcome = template("--set", "zoneFiles[0].filename=Corefile,zoneFiles[0].contents=a");

        assertThat(outcome.text()).contains("zoneFiles: there are two files named Corefile");
    }

    @Test
    void problems_ofAllValues_areSaidAtOnce() {
        Tool.Outcome outcome =
                template("--set", "image.repository=coredns/coredns,rbac.pspEnable=true,deployment.dnsPolicy=None");

        assertThat(outcome.text()).contains("image.repository:", "rbac.pspEnable:", "deployment.dnsPolicy:");
    }

    /** Kubelets from before would refuse the pods for their sysctl. */
    @Test
    void cluster_whoseKubeletsRefuseTheSysctl_isRefused() {
        Tool.Outcome outcome = template("--kube-version", "1.21.14");

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.text()).contains("kubeVersion: >=1.22.0-0");
        assertThat(template("--kube-version", "1.22.0").exit()).isZero();
    }

    private static Tool.Outcome template(String... options) {
        List<String> arguments = new ArrayList<>(List.of("template", "coredns", Helm.CHART.toString()));
        arguments.addAll(List.of(options));
        return Helm.run(Map.of(), arguments);
    }
}
