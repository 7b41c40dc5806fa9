package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HelmRelease of the example tree: its references, what it does after a failure, what Helm makes of its values. */
class FluxReleaseTest {
    private static final Path FOLDER = FluxTree.FOLDER.resolve("infrastructure/dns-helm");

    @Test
    void release_references_areInItsFolder() {
        Manifests built = built();
        Map<String, Object> from = built.list("HelmRelease", "spec.valuesFrom").getFirst();

        assertThat(built.text("HelmRelease", "spec.chartRef.kind")).isEqualTo("OCIRepository");
        assertThat(built.text("HelmRelease", "spec.chartRef.name")).isEqualTo(built.name("OCIRepository"));
        assertThat(from).containsEntry("kind", "ConfigMap").containsEntry("name", built.name("ConfigMap"));
        assertThat(built.map("ConfigMap", "data")).containsKey(String.valueOf(from.get("valuesKey")));
        assertThat(built.objects())
                .allSatisfy(object ->
                        assertThat(Yaml.at(object, "metadata.namespace")).isEqualTo("flux-system"));
        assertThat(built.text("OCIRepository", "spec.ref.digest")).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void release_afterAFailure_isNeverUninstalled() {
        Manifests built = built();
        Map<String, Object> spec = built.map("HelmRelease", "spec");

        assertThat(Yaml.at(spec, "install.strategy.name")).isEqualTo("RetryOnFailure");
        assertThat(Yaml.at(spec, "upgrade.strategy.name")).isEqualTo("RemediateOnFailure");
        assertThat(Yaml.map(spec, "upgrade.strategy")).doesNotContainKey("retryInterval");
        assertThat(Yaml.map(spec, "upgrade.remediation"))
                .containsEntry("strategy", "rollback")
                .containsEntry("remediateLastFailure", true);
        assertThat(Yaml.at(spec, "upgrade.chartNameChangeStrategy")).isEqualTo("InPlaceUpdate");
        assertThat(Yaml.at(spec, "upgrade.cleanupOnFail")).isEqualTo(false);
        assertThat(Yaml.at(spec, "test.enable")).isEqualTo(true);
        assertThat(Yaml.at(spec, "driftDetection.mode")).isEqualTo("enabled");
        assertThat(spec).doesNotContainKeys("dependsOn", "suspend");
        assertThat(built.map("HelmRelease", "metadata.annotations"))
                .containsEntry("kustomize.toolkit.fluxcd.io/prune", "disabled");
    }

    @Test
    void release_valuesAsHelmTakesThem_giveTheServerAPinnedImageThatStays(@TempDir Path work) throws Exception {
        Path values = Files.writeString(work.resolve("values.yaml"), built().text("ConfigMap", "data.values\\.yaml"));
        Manifests rendered = new Manifests(Helm.template("-f", values.toString()));

        assertThat(rendered.text("Deployment", "spec.template.spec.containers.0.image"))
                .matches("\\S+/cairn@sha256:[0-9a-f]{64}");
        assertThat(rendered.objects())
                .allSatisfy(object -> assertThat(Yaml.map(object, "metadata.annotations"))
                        .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(rendered.text("Service", "spec.clusterIP")).isEqualTo("10.152.183.10");
    }

    @Test
    void release_ignoredDrift_isThatOfTheDeployment() {
        Map<String, Object> target = Yaml.map(built().map("HelmRelease", "spec"), "driftDetection.ignore.0.target");
        Manifests rendered = new Manifests(Helm.template());

        assertThat(target).isEqualTo(Map.of("kind", "Deployment", "name", rendered.name("Deployment")));
        assertThat(List.of("releaseName", "targetNamespace", "storageNamespace"))
                .allSatisfy(
                        key -> assertThat(built().map("HelmRelease", "spec")).containsKey(key));
    }

    private static Manifests built() {
        return Manifests.rendered(FOLDER);
    }
}
