{{/* Names of objects. A cluster service has those of CoreDNS, whatever the release is called: pods must be found as coredns-*. */}}

{{- define "cairn.name" -}}
{{- $own := ternary "coredns" .Chart.Name .Values.adoptRelease -}}
{{- default $own .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "cairn.fullname" -}}
{{- $name := include "cairn.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if and .Values.isClusterService (not .Values.adoptRelease) -}}
coredns
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "cairn.deploymentName" -}}
{{- default (include "cairn.fullname" .) .Values.deployment.name -}}
{{- end -}}

{{- define "cairn.serviceName" -}}
{{- $own := ternary "kube-dns" (include "cairn.fullname" .) (and .Values.isClusterService (not .Values.adoptRelease)) -}}
{{- default $own .Values.service.name -}}
{{- end -}}

{{- define "cairn.serviceAccountName" -}}
{{- $own := ternary (include "cairn.fullname" .) "default" .Values.serviceAccount.create -}}
{{- default $own .Values.serviceAccount.name -}}
{{- end -}}

{{- define "cairn.clusterRoleName" -}}
{{- $own := ternary "system:coredns" (include "cairn.fullname" .) (and .Values.isClusterService (not .Values.adoptRelease)) -}}
{{- default $own .Values.clusterRole.nameOverride -}}
{{- end -}}

{{- define "cairn.autoscalerName" -}}
{{- if and .Values.isClusterService (not .Values.adoptRelease) -}}
dns-autoscaler
{{- else -}}
{{- include "cairn.fullname" . }}-autoscaler
{{- end -}}
{{- end -}}

{{- define "cairn.image" -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag }}
{{- end -}}
{{- end -}}

{{/* Names that values written for the coredns chart may use in template expressions. */}}
{{- define "coredns.name" -}}{{- include "cairn.name" . -}}{{- end -}}
{{- define "coredns.fullname" -}}{{- include "cairn.fullname" . -}}{{- end -}}
{{- define "coredns.k8sapplabel" -}}{{- include "cairn.k8sApp" . -}}{{- end -}}
