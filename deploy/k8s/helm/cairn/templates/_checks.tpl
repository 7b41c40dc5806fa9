{{/* Values that cannot mean what they say here: one error with all of them, each with its remedy. values.schema.json has what
a schema can say. */}}
{{- define "cairn.checks" -}}
{{- $found := "" -}}
{{- range list "Image" "Modes" "Servers" "Probes" "Labels" "Files" "Memory" "Live" -}}
{{- $found = print $found (include (print "cairn.check" .) $) -}}
{{- end -}}
{{- if $found -}}
{{- fail (print "these values would not work:" $found "\n") -}}
{{- end -}}
{{- end -}}

{{- define "cairn.checkImage" -}}
{{- if regexMatch "(^|/)coredns/coredns$|mirrored-coredns-coredns$" .Values.image.repository }}
image.repository: {{ .Values.image.repository }} is CoreDNS; leave out image.* of the coredns chart's values, or name an image of Cairn
{{- end -}}
{{- end -}}

{{- define "cairn.checkModes" -}}
{{- if .Values.rbac.pspEnable }}
rbac.pspEnable: Kubernetes 1.25 removed PodSecurityPolicy; leave it out
{{- end -}}
{{- if and .Values.hpa.enabled .Values.autoscaler.enabled }}
hpa.enabled: two autoscalers would work against each other; enable either hpa or autoscaler
{{- end -}}
{{- if and .Values.hpa.enabled (not .Values.hpa.metrics) }}
hpa.metrics: without metrics an autoscaler does nothing; give at least one
{{- end -}}
{{- if and (eq .Values.deployment.dnsPolicy "None") (not .Values.deployment.dnsConfig) }}
deployment.dnsPolicy: None needs deployment.dnsConfig with nameservers
{{- end -}}
{{- end -}}

{{- define "cairn.checkServers" -}}
{{- if not .Values.servers }}
servers: at least one is needed, also beside corefile: the ports of the Service are those of servers
{{- end -}}
{{- range $index, $server := .Values.servers -}}
{{- range .zones -}}
{{- if has .scheme (list "grpc://" "quic://" "https3://") }}
servers[{{ $index }}].zones: {{ .scheme }} is not built; there are dns://, tls:// and https://
{{- end -}}
{{- end -}}
{{- if and .nodePort (eq $.Values.serviceType "ClusterIP") }}
servers[{{ $index }}].nodePort: needs serviceType NodePort or LoadBalancer
{{- end -}}
{{- if not (or .plugins $.Values.corefile) }}
servers[{{ $index }}].plugins: a server block without directives answers nothing
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "cairn.checkProbes" -}}
{{- range $probe, $directive := dict "livenessProbe" "health" "readinessProbe" "ready" -}}
{{- if and (get $.Values $probe).enabled (not (include "cairn.mayHave" (dict "root" $ "name" $directive))) }}
{{ $probe }}.enabled: nothing would answer it, for no server has the plugin {{ $directive }}; add that, or set {{ $probe }}.enabled to false
{{- end -}}
{{- end -}}
{{- $metrics := include "cairn.metrics" . | fromJsonArray -}}
{{- range list "service" "monitor" -}}
{{- if and (get $.Values.prometheus .).enabled (not $metrics) }}
prometheus.{{ . }}.enabled: there are no metrics, for no server has the plugin prometheus; add that, or leave it out
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "cairn.checkLabels" -}}
{{- $labels := include "cairn.podLabels" . | fromJson -}}
{{- $selectors := dict "service.selector" .Values.service.selector "prometheus.service.selector" .Values.prometheus.service.selector
    "deployment.selector.matchLabels" (default dict .Values.deployment.selector.matchLabels) -}}
{{- if .Values.deployment.enabled -}}
{{- range $value, $selector := $selectors -}}
{{- range $label, $wanted := $selector -}}
{{- if ne (toString $wanted) (get $labels $label) }}
{{ $value }}: pods have no label {{ $label }}: {{ $wanted }}; give it in podLabels too
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "cairn.checkFiles" -}}
{{- $names := list "Corefile" -}}
{{- range .Values.zoneFiles -}}
{{- if has .filename $names }}
zoneFiles: there are two files named {{ .filename }}
{{- end -}}
{{- $names = append $names .filename -}}
{{- end -}}
{{- range .Values.extraSecrets -}}
{{- $mode := int .defaultMode -}}
{{- if has $mode (list 400 440 444) }}
extraSecrets: {{ .name }}'s defaultMode {{ $mode }} is a decimal number and means {{ printf "%#o" $mode }}; write 0{{ $mode }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The options of the JVM are measured for 170Mi; they can be replaced by _JAVA_OPTIONS. */}}
{{- define "cairn.checkMemory" -}}
{{- $limit := toString (default dict .Values.resources.limits).memory -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "k" 1000 "M" 1000000 "G" 1000000000 "" 1 -}}
{{- $unit := regexFind "(?:[KMG]i|[kMG]|)$" $limit -}}
{{- $number := trimSuffix $unit $limit -}}
{{- $own := false -}}
{{- range .Values.env -}}
{{- $own = or $own (eq (toString .name) "_JAVA_OPTIONS") -}}
{{- end -}}
{{- if and (regexMatch "^[0-9.]+$" $number) (not $own) -}}
{{- if lt (mulf (float64 $number) (get $units $unit)) (mulf 170 1048576) }}
resources.limits.memory: {{ $limit }} is less than the 170Mi that the server needs; leave it out, or give a smaller heap in env, _JAVA_OPTIONS
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What is in the cluster already and can never be changed; nothing is known of it in `helm template`. */}}
{{- define "cairn.checkLive" -}}
{{- if .Values.deployment.enabled -}}
{{- $name := include "cairn.deploymentName" . -}}
{{- $own := (default (dict "matchLabels" (include "cairn.selector" . | fromJson)) .Values.deployment.selector).matchLabels -}}
{{- with dig "spec" "selector" "matchLabels" dict (lookup "apps/v1" "Deployment" .Release.Namespace $name) -}}
{{- if ne (toJson .) (toJson $own) }}
deployment.selector: the Deployment {{ $name }} that runs selects {{ toJson . }}, which nobody can change, and these values {{ toJson $own }}; set adoptRelease to true if the coredns chart made it, else give deployment.selector, service.selector and podLabels
{{- end -}}
{{- end -}}
{{- $service := include "cairn.serviceName" . -}}
{{- $live := dig "spec" "clusterIP" "" (lookup "v1" "Service" .Release.Namespace $service) -}}
{{- if and $live .Values.service.clusterIP (ne $live (toString .Values.service.clusterIP)) }}
service.clusterIP: the Service {{ $service }} has {{ $live }}, which nobody can change and every pod asks; leave it out
{{- end -}}
{{- end -}}
{{- end -}}
