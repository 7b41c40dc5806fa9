{{/* A value as a word: whole numbers from YAML are floating, and 1000000 must not become 1e+06. */}}
{{- define "cairn.word" -}}
{{- if kindIs "float64" . -}}
{{- if eq (floor .) . -}}{{- . | int64 -}}{{- else -}}{{- . -}}{{- end -}}
{{- else if not (kindIs "invalid" .) -}}
{{- toString . -}}
{{- end -}}
{{- end -}}

{{/* " WORD", or nothing. */}}
{{- define "cairn.parameters" -}}
{{- $words := include "cairn.word" . -}}
{{- if $words }} {{ $words }}{{ end -}}
{{- end -}}

{{/* Keys of a server block. The port belongs to each of the zones, not only to the last one. */}}
{{- define "cairn.keys" -}}
{{- $port := include "cairn.word" .port -}}
{{- $keys := list -}}
{{- range default (list dict) .zones -}}
{{- $keys = append $keys (printf "%s%s%s" (default "" .scheme) (default "." .zone) (ternary (print ":" $port) "" (ne $port ""))) -}}
{{- end -}}
{{- join " " $keys -}}
{{- end -}}

{{- define "cairn.directive" -}}
{{- printf "    %s%s" .name (include "cairn.parameters" .parameters) -}}
{{- with .configBlock -}}
{{- printf " {\n%s\n    }" (trimSuffix "\n" . | indent 8) -}}
{{- end -}}
{{- end -}}

{{/* The Corefile: the text that was given, or extraConfig and servers. Ends with a line feed. */}}
{{- define "cairn.corefile" -}}
{{- $lines := list -}}
{{- if .Values.corefile -}}
{{- $lines = append $lines (trimSuffix "\n" .Values.corefile) -}}
{{- else -}}
{{- range $name, $line := .Values.extraConfig -}}
{{- $lines = append $lines (print $name (include "cairn.parameters" (default dict $line).parameters)) -}}
{{- end -}}
{{- range .Values.servers -}}
{{- $lines = append $lines (printf "%s {" (include "cairn.keys" .)) -}}
{{- range .plugins -}}
{{- $lines = append $lines (include "cairn.directive" .) -}}
{{- end -}}
{{- $lines = append $lines "}" -}}
{{- end -}}
{{- end -}}
{{- join "\n" $lines }}
{{ end -}}

{{/* Ports that a directive of the Corefile listens on, as a JSON array; none where it is missing. Arguments: root, name, port
(where it names none). */}}
{{- define "cairn.portsOf" -}}
{{- $line := printf "(?m)^[ \\t]*%s(?:[ \\t]+[^\\s{#]+)?[ \\t]*(?:[{#].*)?$" .name -}}
{{- $ports := list -}}
{{- range regexFindAll $line (include "cairn.corefile" .root) -1 -}}
{{- $address := regexReplaceAll "[{#].*$" . "" | splitList " " | compact | rest | first | default "" -}}
{{- $port := regexFind "[0-9]+$" $address | default (print $.port) -}}
{{- $ports = append $ports (int $port) -}}
{{- end -}}
{{- uniq $ports | toJson -}}
{{- end -}}

{{/* Whether the Corefile has a directive, or parts that only the server can read. */}}
{{- define "cairn.mayHave" -}}
{{- $words := printf "(?m)^[ \\t]*(?:%s|import)\\b" .name -}}
{{- if regexMatch $words (include "cairn.corefile" .root) -}}yes{{- end -}}
{{- end -}}

{{/* The cluster's domain: the first zone of the directive kubernetes. */}}
{{- define "cairn.domain" -}}
{{- $line := regexFind "(?m)^[ \\t]*kubernetes[ \\t]+[^\\s{]+" (include "cairn.corefile" .) -}}
{{- splitList " " $line | compact | rest | first | default "cluster.local" | trimSuffix "." -}}
{{- end -}}
