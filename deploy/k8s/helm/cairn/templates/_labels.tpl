{{/* Labels as JSON objects. Helm adds its own label app.kubernetes.io/managed-by when it applies them. */}}

{{- define "cairn.k8sApp" -}}
{{- $own := ternary "coredns" "kube-dns" .Values.adoptRelease -}}
{{- default $own .Values.k8sAppLabelOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What selects the pods. A Deployment's selector can never change: k8s-app alone is that of the stock manifests, the three
together are that of the coredns chart. */}}
{{- define "cairn.selector" -}}
{{- $labels := dict -}}
{{- if .Values.isClusterService -}}
{{- $_ := set $labels "k8s-app" (include "cairn.k8sApp" .) -}}
{{- end -}}
{{- if or .Values.adoptRelease (not .Values.isClusterService) -}}
{{- $_ := set $labels "app.kubernetes.io/name" (include "cairn.name" .) -}}
{{- $_ := set $labels "app.kubernetes.io/instance" .Release.Name -}}
{{- end -}}
{{- toJson $labels -}}
{{- end -}}

{{- define "cairn.podLabels" -}}
{{- merge (dict) .Values.podLabels .Values.customLabels (include "cairn.selector" . | fromJson) | toJson -}}
{{- end -}}

{{/* The selector of the autoscaler's own pods, and of nothing else's: kubeadm takes each Deployment with the label k8s-app: kube-dns
for the cluster's DNS. */}}
{{- define "cairn.autoscalerSelector" -}}
{{- $labels := dict -}}
{{- range $label, $value := include "cairn.selector" . | fromJson -}}
{{- $_ := set $labels $label (ternary $value (print $value "-autoscaler") (eq $label "app.kubernetes.io/instance")) -}}
{{- end -}}
{{- if and .Values.isClusterService (not .Values.adoptRelease) -}}
{{- $labels = dict "k8s-app" (include "cairn.autoscalerName" .) -}}
{{- end -}}
{{- toJson $labels -}}
{{- end -}}

{{/* metadata of an object. Arguments: root, name, and labels, annotations (objects, may be missing), scope ("cluster"). */}}
{{- define "cairn.metadata" -}}
{{- $values := .root.Values -}}
{{- $labels := merge (dict) (default dict .labels) $values.customLabels (include "cairn.selector" .root | fromJson) -}}
{{- $annotations := merge (dict) (default dict .annotations) $values.customAnnotations -}}
{{- if and $values.keepOnUninstall (not .hook) -}}
{{- $_ := set $annotations "helm.sh/resource-policy" "keep" -}}
{{- end -}}
name: {{ .name }}
{{- if ne (default "" .scope) "cluster" }}
namespace: {{ default .root.Release.Namespace .namespace }}
{{- end }}
labels:
  {{- toYaml $labels | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* For what Flux's kustomize-controller must never remove, should it apply the chart's output. */}}
{{- define "cairn.keepsDns" -}}
{"kustomize.toolkit.fluxcd.io/prune": "disabled"}
{{- end -}}
