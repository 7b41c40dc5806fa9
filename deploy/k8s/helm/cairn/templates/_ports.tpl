{{/* Where the server listens, from servers: a JSON array of {name, port, protocol, servicePort, nodePort, hostPort}. Names are
those of the stock manifests on port 53. */}}
{{- define "cairn.listening" -}}
{{- $ports := list -}}
{{- $known := dict -}}
{{- range $server := .Values.servers -}}
{{- range default (list dict) .zones -}}
{{- $scheme := default "dns://" .scheme -}}
{{- $usual := get (dict "dns://" 53 "tls://" 853 "https://" 443) $scheme -}}
{{- $number := int (default $usual $server.port) -}}
{{- $suffix := ternary "" (print "-" $number) (eq $number (int $usual)) -}}
{{- $protocols := list -}}
{{- if eq $scheme "dns://" -}}
{{- $protocols = append $protocols (list "UDP" "dns") -}}
{{- if ne (toString .use_tcp) "false" -}}
{{- $protocols = append $protocols (list "TCP" "dns-tcp") -}}
{{- end -}}
{{- else -}}
{{- $protocols = append $protocols (list "TCP" (ternary "dot" "doh" (eq $scheme "tls://"))) -}}
{{- end -}}
{{- range $protocols -}}
{{- $key := printf "%d/%s" $number (first .) -}}
{{- if not (hasKey $known $key) -}}
{{- $_ := set $known $key true -}}
{{- $port := dict "name" (print (last .) $suffix) "port" $number "protocol" (first .) -}}
{{- range list "servicePort" "nodePort" "hostPort" -}}
{{- if get $server . -}}{{- $_ := set $port . (int (get $server .)) -}}{{- end -}}
{{- end -}}
{{- $ports = append $ports $port -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{/* Ports of the metrics page with their names, as a JSON array of {name, port}. */}}
{{- define "cairn.metrics" -}}
{{- $ports := list -}}
{{- range $index, $port := include "cairn.portsOf" (dict "root" . "name" "prometheus" "port" 9153) | fromJsonArray -}}
{{- $ports = append $ports (dict "name" (ternary "metrics" (print "metrics-" $port) (eq $index 0)) "port" $port) -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{- define "cairn.containerPorts" -}}
{{- range include "cairn.listening" . | fromJsonArray }}
- name: {{ .name }}
  containerPort: {{ .port }}
  {{- with .hostPort }}
  hostPort: {{ . }}
  {{- end }}
  protocol: {{ .protocol }}
{{- end }}
{{- range include "cairn.metrics" . | fromJsonArray }}
- name: {{ .name }}
  containerPort: {{ .port }}
  protocol: TCP
{{- end }}
{{- if .Values.livenessProbe.enabled }}
- name: liveness-probe
  containerPort: {{ include "cairn.probePort" (dict "root" . "name" "health" "port" 8080) }}
  protocol: TCP
{{- end }}
{{- if .Values.readinessProbe.enabled }}
- name: readiness-probe
  containerPort: {{ include "cairn.probePort" (dict "root" . "name" "ready" "port" 8181) }}
  protocol: TCP
{{- end }}
{{- end -}}

{{- define "cairn.servicePorts" -}}
{{- range include "cairn.listening" . | fromJsonArray }}
- name: {{ .name }}
  port: {{ default .port .servicePort }}
  targetPort: {{ .port }}
  {{- with .nodePort }}
  nodePort: {{ . }}
  {{- end }}
  protocol: {{ .protocol }}
{{- end }}
{{- include "cairn.metricsServicePorts" . }}
{{- end -}}

{{- define "cairn.metricsServicePorts" -}}
{{- range include "cairn.metrics" . | fromJsonArray }}
- name: {{ .name }}
  port: {{ .port }}
  targetPort: {{ .port }}
  protocol: TCP
{{- end }}
{{- end -}}

{{/* prometheus.io/scrape and /port, as JSON; the port follows the Corefile. Nothing without the directive prometheus. */}}
{{- define "cairn.scrapeAnnotations" -}}
{{- $annotations := dict -}}
{{- with include "cairn.metrics" . | fromJsonArray -}}
{{- $annotations = merge (dict) $.Values.prometheus.service.annotations (dict "prometheus.io/port" (print (first .).port)) -}}
{{- end -}}
{{- toJson $annotations -}}
{{- end -}}

{{/* Port of a probe: the first that the directive listens on, the usual one where only an imported file can name it. */}}
{{- define "cairn.probePort" -}}
{{- include "cairn.portsOf" . | fromJsonArray | first | default .port -}}
{{- end -}}
