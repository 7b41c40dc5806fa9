package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cluster is given for its monitoring, as it is applied: each server is scraped once, each alert leads to its page. */
class OverlaysTest {
    private static final String OVERLAY = "deploy/k8s/overlays/monitoring";
    private static final String MONITOR = "ServiceMonitor";

    @TempDir
    private Path folder;

    /** Both overlays, and what the example for Flux takes. */
    static List<String> overlays() {
        Path flux = Documents.root().resolve("deploy/k8s/flux/monitoring/dns-monitoring.yaml");
        String ofFlux = Documents.string(Documents.map(Documents.read(flux), "spec"), "path");
        return List.of(OVERLAY, OVERLAY + "-microk8s", ofFlux.replaceFirst("^\\./", ""));
    }

    private static boolean scrapes(Map<String, Object> monitor, Map<String, Object> service) {
        return Kustomized.labels(service)
                .entrySet()
                .containsAll(Documents.map(Documents.map(Kustomized.spec(monitor), "selector"), "matchLabels")
                        .entrySet());
    }

    private static Map<String, Object> clusterDns() {
        return Kustomized.of("deploy/k8s/base").ofKind("Service").getFirst();
    }

    /** The stacks that they are for scrape it by themselves, and every query would count twice. */
    @ParameterizedTest
    @MethodSource("overlays")
    void overlay_every_leavesTheClustersDnsToTheStack(String overlay) {
        Kustomized objects = Kustomized.of(overlay);

        assertThat(objects.ofKind("PrometheusRule")).hasSize(1);
        assertThat(objects.ofKind(MONITOR)).noneMatch(monitor -> scrapes(monitor, clusterDns()));
    }

    /** A path would be taken for one of Alertmanager or Grafana. */
    @ParameterizedTest
    @MethodSource("overlays")
    void alerts_every_linkToTheirPages(String overlay) {
        Kustomized objects = Kustomized.of(overlay);

        Map<String, Object> pages = Documents.read(Documents.OVERLAY.resolve("pages.yaml"));
        String address = Documents.string(Documents.map(pages, "data"), "docs");
        assertThat(address).startsWith("https://").endsWith("/docs");
        assertLinks(objects, address);
        assertThat(objects.ofKind("ConfigMap"))
                .as("what is read when they are built is not applied")
                .hasSize(1);
    }

    @Test
    void alerts_withAnAddressOfOnesOwn_linkThere() throws Exception {
        Path copy = Files.createDirectory(folder.toRealPath().resolve("copy"));
        try (Stream<Path> files = Files.list(Documents.root().resolve(OVERLAY))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        String own = "https://git.home.example/me/cairn/src/tag/v1/docs";
        Path pages = copy.resolve("pages.yaml");
        Files.writeString(pages, Files.readString(pages).replaceFirst("(?m)^  docs: .*$", "  docs: " + own));

        assertLinks(Kustomized.of(copy), own);
    }

    private static void assertLinks(Kustomized objects, String address) {
        AlertRules rules =
                new AlertRules(Kustomized.spec(objects.ofKind("PrometheusRule").getFirst()));
        assertThat(rules.rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.annotation("runbook_url")).isEqualTo(address + "/runbooks/" + rule.alert() + ".md");
        });
    }

    @Test
    void component_besideTheOverlay_scrapesTheClustersDns() throws Exception {
        Map<String, Object> service = clusterDns();

        assertThat(Kustomized.of(site("servicemonitor")).ofKind(MONITOR))
                .filteredOn(monitor -> scrapes(monitor, service))
                .singleElement()
                .satisfies(monitor -> {
                    assertThat(names(monitor, "endpoints", "port")).containsExactly("metrics");
                    assertThat(names(service, "ports", "name")).contains("metrics");
                    assertThat(Kustomized.labels(monitor))
                            .as("those that the stack looks for")
                            .isEqualTo(Kustomized.labels(rule()));
                });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void overlay_every_scrapesTheCachesOfNodes(String overlay) {
        Map<String, Object> service = Kustomized.of("deploy/k8s/overlays/node-local")
                .ofKind("Service")
                .getFirst();
        Kustomized objects = Kustomized.of(overlay);

        assertThat(objects.ofKind(MONITOR)).singleElement().satisfies(monitor -> {
            assertThat(scrapes(monitor, service)).isTrue();
            assertThat(Documents.map(Kustomized.spec(monitor), "namespaceSelector")
                            .get("matchNames"))
                    .isEqualTo(List.of(namespace(service)));
            assertThat(names(service, "ports", "name")).containsAll(names(monitor, "endpoints", "port"));
            Map<String, Object> rule = objects.ofKind("PrometheusRule").getFirst();
            assertThat(Kustomized.labels(monitor)).isEqualTo(Kustomized.labels(rule));
            assertThat(namespace(monitor)).isEqualTo(namespace(rule));
        });
    }

    private static Object namespace(Map<String, Object> object) {
        return Documents.map(object, "metadata").get("namespace");
    }

    private static Map<String, Object> rule() {
        return Kustomized.of(OVERLAY).ofKind("PrometheusRule").getFirst();
    }

    private static List<String> names(Map<String, Object> object, String list, String key) {
        return Documents.maps(Kustomized.spec(object), list).stream()
                .map(item -> Documents.string(item, key))
                .toList();
    }

    /** A folder of a user's own over the overlay. */
    private Path site(String component) throws IOException {
        Path site = Files.createDirectory(folder.toRealPath().resolve("site"));
        Path here = Documents.root().toRealPath();
        Files.writeString(site.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %s
                components:
                  - %s
                """.formatted(
                        site.relativize(here.resolve(OVERLAY)),
                        site.relativize(here.resolve("deploy/k8s/components").resolve(component))));
        return site;
    }
}
