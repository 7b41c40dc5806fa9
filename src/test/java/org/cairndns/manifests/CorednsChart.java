package org.cairndns.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A chart that makes what the coredns chart makes, as far as names, labels and selectors go. */
final class CorednsChart {
    private static final String CHART = """
            apiVersion: v2
            name: coredns
            version: 1.46.2
            """;

    private static final String OBJECTS = """
            {{- define "labels" -}}
            {app.kubernetes.io/instance: {{ .Release.Name }}, k8s-app: coredns, app.kubernetes.io/name: coredns}
            {{- end -}}
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: coredns, namespace: kube-system}
            data: {Corefile: ". { whoami }"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: coredns, namespace: kube-system}
            spec:
              selector: {{ template "labels" . }}
              ports: [{name: udp-53, port: 53, protocol: UDP}, {name: tcp-53, port: 53, protocol: TCP}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: coredns, namespace: kube-system}
            spec:
              selector: {matchLabels: {{ template "labels" . }}}
              template:
                metadata: {labels: {{ template "labels" . }}}
                spec: {containers: [{name: coredns, image: "coredns/coredns:1.13.1"}]}
            """;

    private CorednsChart() {}

    /** Writes it below a folder; its path. */
    static Path write(Path folder) throws IOException {
        Path chart = Files.createDirectories(folder.resolve("coredns"));
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), CHART);
        Files.writeString(chart.resolve("templates/objects.yaml"), OBJECTS);
        return chart;
    }
}
