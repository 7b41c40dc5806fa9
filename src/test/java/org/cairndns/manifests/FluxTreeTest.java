package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.rules.Project;
import org.cairndns.server.CorefileCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example tree for Flux has no wrong field and no reference to nothing, and can't take DNS away. */
class FluxTreeTest {
    @Test
    void objects_ofFluxsKinds_haveOnlyFieldsThatThereAre() {
        KindFields fields = KindFields.ofTable();
        int seen = 0;
        for (Path file : Project.files(FluxTree.FOLDER, ".yaml")) {
            for (Map<String, Object> object : Manifests.of(Project.text(file)).objects()) {
                if (String.valueOf(object.get("apiVersion")).contains("toolkit.fluxcd.io/")
                        && !file.endsWith("apps/production/dns-smoke.yaml")) {
                    assertThat(fields.knows(object)).as("%s: %s", file, object).isTrue();
                    assertThat(fields.faults(object)).as("%s", file).isEmpty();
                    seen++;
                }
            }
        }
        for (Map<String, Object> object : FluxTree.applied().values()) {
            assertThat(fields.faults(object)).as("%s", object).isEmpty();
        }
        assertThat(seen).isGreaterThan(12);
    }

    @Test
    void folders_all_areBuiltByKustomize() {
        for (Path file : Project.files(FluxTree.FOLDER, "kustomization.yaml")) {
            assertThat(Manifests.rendered(file.getParent()).objects())
                    .as("%s", file)
                    .isNotEmpty();
        }
    }

    @Test
    void kustomizations_all_nameSourcesFoldersAndOthersThatAreThere() {
        Map<String, Map<String, Object>> applied = FluxTree.applied();
        for (Map<String, Object> object : kustomizations(applied)) {
            String source = String.valueOf(Yaml.at(object, "spec.sourceRef.name"));
            if (!source.equals(FluxTree.OWN_SOURCE)) {
                assertThat(applied).containsKey(Yaml.at(object, "spec.sourceRef.kind") + " " + source);
            }
            assertThat(FluxTree.folder(object).resolve("kustomization.yaml"))
                    .as("%s", object)
                    .exists();
            for (String other : dependencies(object)) {
                assertThat(applied).containsKey("Kustomization " + other);
            }
            assertThat(Yaml.at(object, "metadata.namespace")).isEqualTo("flux-system");
        }
    }

    @Test
    void dns_first_waitsForNothingAndEverythingWaitsForIt() {
        Map<String, Map<String, Object>> applied = FluxTree.applied();
        for (Map<String, Object> object : kustomizations(applied)) {
            Set<String> before = new TreeSet<>();
            collect(object, applied, before);
            if (FluxTree.key(object).equals("Kustomization dns")) {
                assertThat(before).isEmpty();
            } else {
                assertThat(before).as("%s", object).contains("dns").doesNotContain(name(object));
            }
        }
    }

    @Test
    void dns_eitherWay_isNeverPruned() {
        for (String file : List.of("dns.yaml", "dns-helm.yaml")) {
            Map<String, Object> dns = only(file);
            Map<String, Object> spec = Yaml.map(dns, "spec");

            assertThat(name(dns)).isEqualTo("dns");
            assertThat(spec).containsEntry("prune", false).containsEntry("deletionPolicy", "Orphan");
            assertThat(spec).doesNotContainKeys("dependsOn", "force", "postBuild", "suspend");
            assertThat(Yaml.maps(dns, "spec.healthChecks")).hasSize(1);
        }
    }

    @Test
    void dns_asFluxBuildsIt_isTheOverlayWithOurCorefileAndAPinnedImage(@TempDir Path work) throws Exception {
        Map<String, Object> dns = only("dns.yaml");
        Manifests built = FluxTree.build(dns, work.toRealPath());
        Manifests overlay = Manifests.rendered(FluxTree.folder(dns));
        String corefile = built.text("ConfigMap", "data.Corefile");

        assertThat(built.objects())
                .extracting(FluxTree::key)
                .isEqualTo(overlay.objects().stream().map(FluxTree::key).toList());
        assertThat(corefile).isNotEqualTo(overlay.text("ConfigMap", "data.Corefile"));
        assertThat(CorefileCheck.ofText(corefile).starts()).isTrue();
        assertThat(built.text("Deployment", "spec.template.spec.containers.0.image"))
                .matches("\\S+/cairn@sha256:[0-9a-f]{64}");
        assertThat(built.text("Deployment", "spec.template.spec.containers.0.imagePullPolicy"))
                .isEqualTo("IfNotPresent");
        assertThat(built.text("Deployment", "spec.strategy.rollingUpdate.maxUnavailable"))
                .isEqualTo("0");
        Map<String, Object> check = Yaml.maps(dns, "spec.healthChecks").getFirst();
        assertThat(built.objects()).anySatisfy(object -> {
            assertThat(FluxTree.key(object)).isEqualTo(check.get("kind") + " " + check.get("name"));
            assertThat(Yaml.at(object, "metadata.namespace")).isEqualTo(check.get("namespace"));
        });
    }

    @Test
    void dns_objects_areMarkedForFlux(@TempDir Path work) throws Exception {
        Manifests built = FluxTree.build(only("dns.yaml"), work.toRealPath());
        for (String kind :
                List.of("Deployment", "Service", "ConfigMap", "ServiceAccount", "ClusterRole", "ClusterRoleBinding")) {
            assertThat(built.map(kind, "metadata.annotations"))
                    .containsEntry("kustomize.toolkit.fluxcd.io/prune", "disabled");
        }
        assertThat(built.map("ConfigMap", "metadata.annotations"))
                .containsEntry("kustomize.toolkit.fluxcd.io/substitute", "disabled");
    }

    @Test
    void images_all_arePinnedByDigest() {
        for (Map<String, Object> object : kustomizations(FluxTree.applied())) {
            if (Yaml.map(object, "spec").get("images") instanceof List<?> images) {
                assertThat(images)
                        .allSatisfy(image -> assertThat(Yaml.asMap(image))
                                .containsKey("digest")
                                .doesNotContainKey("newTag"));
            }
        }
    }

    @Test
    void alerts_all_nameWhatIsThere() {
        Map<String, Map<String, Object>> applied = FluxTree.applied();
        for (Map<String, Object> object : applied.values()) {
            if (FluxTree.isFlux(object, "Alert")) {
                assertThat(applied).containsKey("Provider " + Yaml.at(object, "spec.providerRef.name"));
                for (Map<String, Object> source : Yaml.maps(object, "spec.eventSources")) {
                    assertThat(applied).containsKey(source.get("kind") + " " + source.get("name"));
                }
            }
        }
    }

    @Test
    void ways_toTheServer_areListedOnce() throws Exception {
        String listed = Files.readString(FluxTree.CLUSTER.resolve("kustomization.yaml"));

        assertThat(listed.lines().filter(line -> line.matches(" +- dns(-helm)?\\.yaml")))
                .hasSize(1);
    }

    private static void collect(Map<String, Object> object, Map<String, Map<String, Object>> all, Set<String> before) {
        for (String other : dependencies(object)) {
            if (before.add(other)) {
                collect(all.get("Kustomization " + other), all, before);
            }
        }
    }

    private static List<Map<String, Object>> kustomizations(Map<String, Map<String, Object>> objects) {
        return objects.values().stream()
                .filter(object -> FluxTree.isFlux(object, "Kustomization"))
                .toList();
    }

    private static Set<String> dependencies(Map<String, Object> object) {
        Set<String> names = new HashSet<>();
        if (Yaml.map(object, "spec").containsKey("dependsOn")) {
            Yaml.maps(object, "spec.dependsOn").forEach(other -> names.add(String.valueOf(other.get("name"))));
        }
        return names;
    }

    private static String name(Map<String, Object> object) {
        return String.valueOf(Yaml.at(object, "metadata.name"));
    }

    private static Map<String, Object> only(String file) {
        return Manifests.of(Project.text(FluxTree.CLUSTER.resolve(file)))
                .objects()
                .getFirst();
    }
}
