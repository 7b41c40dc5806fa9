package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is to be copied from docs/homepage.md is what Homepage and Kubernetes take. */
class HomepageTest {
    private static final HomepagePage PAGE = HomepagePage.read();

    private static final Pattern HREF = Pattern.compile("(?m)\\bhref: *(\\S+)$");

    /** Of the widget customapi. */
    private static final Set<String> FORMATS = Set.of(
            "text", "number", "float", "percent", "duration", "bytes", "bitrate", "size", "date", "relativeDate");

    /** Of the widget prometheusmetric, whose options differ. */
    private static final Set<String> METRIC_FORMATS =
            Set.of("text", "number", "percent", "bytes", "bbytes", "duration");

    @Test
    void statusWidget_options_areThoseOfCustomapi() {
        assertThat(Documents.map(PAGE.statusService(), "widget"))
                .containsOnlyKeys("type", "url", "refreshInterval", "mappings")
                .containsEntry("type", "customapi");
        for (Map<String, Object> mapping : PAGE.mappings()) {
            assertThat(mapping.keySet()).isSubsetOf("field", "label", "format", "suffix", "prefix", "scale", "remap");
            assertThat(mapping).containsKeys("field", "label");
            assertThat(FORMATS).contains((String) mapping.getOrDefault("format", "text"));
        }
    }

    @Test
    void statusWidget_fields_areOnThePageOfTheJson() {
        String page = Documents.text(Documents.root().resolve("docs/status-page.md"));

        for (Map<String, Object> mapping : PAGE.mappings()) {
            assertThat(page).contains("`" + mapping.get("field") + "`");
        }
    }

    @Test
    void prometheusWidget_options_areThoseOfPrometheusmetric() {
        assertThat(Documents.map(PAGE.prometheusService(), "widget"))
                .containsOnlyKeys("type", "url", "refreshInterval", "metrics")
                .containsEntry("type", "prometheusmetric");
        assertThat(PAGE.metrics()).as("Homepage asks for no more").hasSizeLessThanOrEqualTo(4);
        for (Map<String, Object> metric : PAGE.metrics()) {
            assertThat(metric).containsOnlyKeys("label", "query", "format");
            assertThat(Documents.map(metric, "format").keySet())
                    .isSubsetOf("type", "suffix", "prefix", "scale", "options");
            assertThat(METRIC_FORMATS)
                    .contains((String) Documents.map(metric, "format").get("type"));
        }
    }

    @Test
    void services_both_areFoundInTheClusterAndLookedAt() {
        for (Map<String, Object> service : List.of(PAGE.statusService(), PAGE.prometheusService())) {
            assertThat(service)
                    .containsEntry("namespace", "kube-system")
                    .containsEntry("podSelector", "k8s-app=kube-dns");
            assertThat(Documents.string(service, "siteMonitor")).endsWith(":8080/health");
        }
    }

    @Test
    void urls_lead_toTheServiceOfTheOverlay() {
        Map<String, Object> service = Documents.read(Documents.OVERLAY.resolve("status-service.yaml"));
        Map<String, Object> metadata = Documents.map(service, "metadata");
        Map<String, Object> port =
                Documents.maps(Documents.map(service, "spec"), "ports").getFirst();
        String address = "http://" + metadata.get("name") + "." + metadata.get("namespace") + ".svc.cluster.local:"
                + port.get("port");

        Set<String> urls = new TreeSet<>();
        Documents.text(Documents.root().resolve("docs/homepage.md"))
                .lines()
                .filter(line -> line.contains("cairn-status."))
                .forEach(line -> urls.add(line.replaceAll(".*(http://[^ /]*).*", "$1")));
        assertThat(urls).containsExactly(address);
        assertThat(PAGE.ingressText()).contains("name: " + metadata.get("name"), "name: " + port.get("name"));
    }

    /** A browser opens them, and stands outside of the cluster. */
    @Test
    void hrefs_all_leadToTheIngress() {
        String page = Documents.text(Documents.root().resolve("docs/homepage.md"));
        List<String> hrefs =
                HREF.matcher(page).results().map(found -> found.group(1)).toList();

        assertThat(hrefs).hasSize(2).allMatch(href -> href.startsWith("https://" + PAGE.ingressHost() + "/"));
    }

    @Test
    void annotations_every_hasAKeyThatKubernetesTakes() {
        assertThat(PAGE.annotations()).hasSizeGreaterThan(10);
        PAGE.annotations().forEach((key, value) -> {
            assertThat(key).matches("gethomepage\\.dev/[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
            assertThat(value).as(key).isInstanceOf(String.class);
        });
    }

    @Test
    void annotations_widget_showsWhatTheOtherOneShows() {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Map<String, Object> mapping : PAGE.mappings()) {
            // A list below a mapping would be too much for annotations.
            Map<String, Object> kept = new LinkedHashMap<>(mapping);
            kept.remove("remap");
            plain.add(kept);
        }

        assertThat(PAGE.annotatedMappings()).isEqualTo(plain);
        assertThat(PAGE.annotations())
                .containsEntry(
                        "gethomepage.dev/widget.url",
                        Documents.string(Documents.map(PAGE.statusService(), "widget"), "url"));
    }
}
