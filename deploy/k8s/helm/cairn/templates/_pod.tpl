{{/* Parts of the pod that depend on several values. */}}

{{- define "cairn.affinity" -}}
{{- if .Values.affinity -}}
{{- tpl (toYaml .Values.affinity) . -}}
{{- else -}}
podAntiAffinity:
  # A wish, not a demand: one node may have to hold both replicas.
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "cairn.selector" . | fromJson | toYaml | nindent 12 }}
{{- end -}}
{{- end -}}

{{- define "cairn.spread" -}}
{{- if .Values.topologySpreadConstraints -}}
{{- tpl (toYaml .Values.topologySpreadConstraints) . -}}
{{- else -}}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "cairn.selector" . | fromJson | toYaml | nindent 6 }}
{{- end -}}
{{- end -}}

{{/* Pods follow changes of the Corefile by themselves. Without the directive reload they have to start again. */}}
{{- define "cairn.podAnnotations" -}}
{{- $annotations := dict -}}
{{- if not (or .Values.deployment.skipConfig (include "cairn.mayHave" (dict "root" . "name" "reload"))) -}}
{{- $_ := set $annotations "checksum/config" (include "cairn.corefile" . | sha256sum) -}}
{{- end -}}
{{- with merge (dict) .Values.podAnnotations $annotations -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* Arguments: root, name (livenessProbe or readinessProbe), path, port (its name). */}}
{{- define "cairn.probe" -}}
{{- $probe := get .root.Values .name -}}
{{- if $probe.enabled -}}
{{ .name }}:
  httpGet:
    path: {{ .path }}
    port: {{ .port }}
    scheme: HTTP
  {{- with omit $probe "enabled" }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "cairn.priorityClassName" -}}
{{- default (ternary "system-cluster-critical" "" .Values.isClusterService) .Values.priorityClassName -}}
{{- end -}}

{{/* An object, and the objects in it, without what a later values file took out with null. */}}
{{- define "cairn.withoutNulls" -}}
{{- $kept := dict -}}
{{- range $key, $value := . -}}
{{- if kindIs "map" $value -}}
{{- $_ := set $kept $key (include "cairn.withoutNulls" $value | fromJson) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $_ := set $kept $key $value -}}
{{- end -}}
{{- end -}}
{{- toJson $kept -}}
{{- end -}}
