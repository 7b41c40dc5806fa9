package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairndns.rules.Project;
import org.cairndns.server.CheckReport;
import org.cairndns.server.CorefileCheck;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values such as users of the coredns chart have give objects that fit together, with a Corefile that starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelmExamplesTest {
    private static final Path EXAMPLES = Project.root().resolve("src/test/resources/org/cairndns/manifests/helm");

    private final Map<String, Manifests> rendered = new HashMap<>();

    static Stream<String> examples() {
        Path platforms = Helm.CHART.resolveSibling("values");
        return Stream.concat(Project.files(EXAMPLES, ".yaml").stream(), Project.files(platforms, ".yaml").stream())
                .map(Project::name);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_selectors_findThePods(String example) {
        Manifests manifests = rendered(example);
        for (Map<String, Object> deployment : manifests.all("Deployment")) {
            Map<String, Object> labels = Yaml.map(deployment, "spec.template.metadata.labels");
            assertThat(labels).containsAllEntriesOf(Yaml.map(deployment, "spec.selector.matchLabels"));
        }
        for (Map<String, Object> deployment : server(manifests)) {
            Map<String, Object> labels = Yaml.map(deployment, "spec.template.metadata.labels");
            for (Map<String, Object> service : manifests.all("Service")) {
                assertThat(labels).containsAllEntriesOf(Yaml.map(service, "spec.selector"));
            }
            for (Map<String, Object> budget : manifests.all("PodDisruptionBudget")) {
                assertThat(labels).containsAllEntriesOf(Yaml.map(budget, "spec.selector.matchLabels"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_portsAndVolumes_areThere(String example) {
        Manifests manifests = rendered(example);
        for (Map<String, Object> deployment : server(manifests)) {
            Map<String, Object> pod = Yaml.map(deployment, "spec.template.spec");
            Map<String, Object> container = Yaml.maps(pod, "containers").getFirst();
            List<Map<String, Object>> ports = Yaml.maps(container, "ports");
            assertThat(values(ports, "name")).doesNotHaveDuplicates().allMatch(name -> name.length() <= 15);
            for (Map<String, Object> service : manifests.all("Service")) {
                List<Map<String, Object>> reached = Yaml.maps(service, "spec.ports");
                assertThat(values(reached, "name")).doesNotHaveDuplicates();
                assertThat(pairs(ports, "containerPort")).containsAll(pairs(reached, "targetPort"));
            }
            for (String probe : List.of("livenessProbe", "readinessProbe")) {
                if (container.containsKey(probe)) {
                    assertThat(values(ports, "name"))
                            .contains(String.valueOf(Yaml.at(container, probe + ".httpGet.port")));
                }
            }
            assertThat(values(Yaml.maps(pod, "volumes"), "name"))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(values(Yaml.maps(container, "volumeMounts"), "name"));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_corefile_starts(String example) {
        for (Map<String, Object> map : rendered(example).all("ConfigMap")) {
            Map<String, Object> data = Yaml.map(map, "data");
            if (data.get("Corefile") instanceof String corefile) {
                CheckReport report = CorefileCheck.ofText(corefile);

                assertThat(report.startsElsewhere())
                        .as("%s%n%s", corefile, report.problems())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_fields_areThoseOfTheirTypes(String example) {
        String values = Project.root().resolve(example).toString();
        KindFields fields = KindFields.ofTable();

        assertThat(KubeObjects.of(Helm.text(List.of(), "-f", values)).all()).isNotEmpty();
        for (Map<String, Object> object : rendered(example).all("HorizontalPodAutoscaler")) {
            assertThat(fields.faults(object)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_objects_areInANamespaceOrForTheCluster(String example) {
        for (Map<String, Object> object : rendered(example).objects()) {
            boolean wide = String.valueOf(object.get("kind")).startsWith("Cluster");
            assertThat(Yaml.map(object, "metadata").containsKey("namespace"))
                    .as("%s", object)
                    .isNotEqualTo(wide);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_bindings_nameWhatIsThere(String example) {
        Manifests manifests = rendered(example);
        for (String kind : List.of("ClusterRole", "Role")) {
            for (Map<String, Object> binding : manifests.all(kind + "Binding")) {
                assertThat(binding.get("roleRef")).extracting("kind").isEqualTo(kind);
                assertThat(names(manifests.all(kind))).contains(String.valueOf(Yaml.at(binding, "roleRef.name")));
            }
        }
        Set<String> accounts = names(manifests.all("ServiceAccount"));
        accounts.add("default");
        for (Map<String, Object> deployment : manifests.all("Deployment")) {
            assertThat(accounts).contains(String.valueOf(Yaml.at(deployment, "spec.template.spec.serviceAccountName")));
        }
    }

    /** The server's Deployment, which is not always made. */
    private static List<Map<String, Object>> server(Manifests manifests) {
        return manifests.all("Deployment").stream()
                .filter(deployment -> Yaml.maps(deployment, "spec.template.spec.containers").stream()
                        .anyMatch(container -> "coredns".equals(container.get("name"))))
                .toList();
    }

    private Manifests rendered(String example) {
        return rendered.computeIfAbsent(
                example,
                name -> new Manifests(
                        Helm.template("-f", Project.root().resolve(name).toString())));
    }

    private static List<String> values(List<Map<String, Object>> items, String key) {
        return items.stream().map(item -> String.valueOf(item.get(key))).toList();
    }

    private static List<String> pairs(List<Map<String, Object>> ports, String number) {
        return ports.stream()
                .map(port -> port.get(number) + "/" + port.get("protocol"))
                .toList();
    }

    private static Set<String> names(List<Map<String, Object>> objects) {
        return objects.stream()
                .map(object -> String.valueOf(Yaml.at(object, "metadata.name")))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
