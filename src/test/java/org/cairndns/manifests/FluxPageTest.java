package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairndns.rules.Project;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page {@code docs/flux.md}: its commands in a cluster that has the tree, and the settings that it gives reasons for. */
class FluxPageTest {
    private static final String KUSTOMIZATIONS =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";

    @Test
    void commands_whenDnsIsDown_suspendFluxAndGoBack(@TempDir Path work) throws Exception {
        InstallPage page = InstallPage.read("docs/flux.md");
        try (TestCluster cluster = TestCluster.start("127.0.0.1", Files.createDirectories(work.resolve("api")));
                Rollouts rollouts = new Rollouts(cluster)) {
            haveTheTree(cluster, work);
            have(cluster, "stock", Folders.stock("microk8s"));
            have(cluster, "ours", Folders.K8S.resolve("overlays/microk8s"));
            Map<String, String> environment =
                    Map.of("KUBECONFIG", cluster.api().kubeconfig().toString());
            StringBuilder said = new StringBuilder();
            for (String command : page.commands("When DNS is down")) {
                Tool.Outcome outcome = Tool.run(environment, List.of("bash", "-euc", command));
                assertThat(outcome.exit()).as("%s%n%s", command, outcome.text()).isZero();
                said.append(outcome.text());
            }

            assertThat(said).contains("deployment.apps/coredns rolled back", "successfully rolled out");
            assertThat(cluster.get(KUSTOMIZATIONS + "/dns").at("/spec/suspend").asBoolean(true))
                    .isFalse();
            assertThat(rollouts).isNotNull();
        }
    }

    private static void have(TestCluster cluster, String what, Path folder) throws Exception {
        cluster.kubectl().output("apply", "-k", folder.toString());
        assertThat(cluster.kubectl()
                        .output("-n", "kube-system", "rollout", "status", "deployment/coredns", "--timeout=1m"))
                .as(what)
                .contains("successfully");
    }

    /** Everything that Flux is to follow, in an API that knows Flux's kinds by name. */
    private static void haveTheTree(TestCluster cluster, Path work) throws Exception {
        List<Map<String, Object>> objects = List.copyOf(FluxTree.applied().values());
        Map<String, Object> kinds = new LinkedHashMap<>();
        objects.forEach(object -> kinds.put(object.get("apiVersion") + " " + object.get("kind"), definition(object)));
        cluster.kubectl().output("create", "namespace", "flux-system");
        apply(cluster, work, List.copyOf(kinds.values()));
        Await.until("kinds of Flux are served", () -> serves(cluster));
        apply(cluster, work, objects);
    }

    private static boolean serves(TestCluster cluster) {
        try {
            cluster.get(KUSTOMIZATIONS);
            cluster.get("/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories");
            cluster.get("/apis/notification.toolkit.fluxcd.io/v1beta3/namespaces/flux-system/alerts");
            cluster.get("/apis/notification.toolkit.fluxcd.io/v1beta3/namespaces/flux-system/providers");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void apply(TestCluster cluster, Path work, List<?> objects) throws Exception {
        Map<String, Object> list = Map.of("apiVersion", "v1", "kind", "List", "items", new ArrayList<>(objects));
        Path file = Files.writeString(work.resolve("objects.json"), new KubernetesSerialization().asJson(list));
        cluster.kubectl().output("apply", "-f", file.toString());
    }

    /** A definition of a kind of which nothing but the name is known: its fields are those of {@link KindFields}. */
    private static Map<String, Object> definition(Map<String, Object> object) {
        Map<String, Object> open = Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
        return definition(String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")), open);
    }

    private static Map<String, Object> definition(String version, String kind, Map<String, Object> schema) {
        String[] group = version.split("/");
        String singular = kind.toLowerCase(Locale.ROOT);
        String plural = singular.replaceAll("y$", "ie") + "s";
        return Map.of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of("name", plural + "." + group[0]),
                "spec",
                Map.of(
                        "group",
                        group[0],
                        "scope",
                        "Namespaced",
                        "names",
                        Map.of("kind", kind, "plural", plural, "singular", singular, "listKind", kind + "List"),
                        "versions",
                        List.of(Map.of(
                                "name",
                                group[1],
                                "served",
                                true,
                                "storage",
                                true,
                                "schema",
                                Map.of("openAPIV3Schema", schema)))));
    }

    @Test
    void command_thatAsksForTheField_failsWithAFluxThatLacksIt(@TempDir Path work) throws Exception {
        List<String> commands = InstallPage.read("docs/flux.md").commands("");
        try (TestCluster cluster = TestCluster.start("127.0.0.1", Files.createDirectories(work.resolve("api")))) {
            Map<String, String> environment =
                    Map.of("KUBECONFIG", cluster.api().kubeconfig().toString());
            List<String> ask = List.of("bash", "-euc", String.join("\n", commands));
            Map<String, Object> flag = Map.of("type", "boolean");
            Map<String, Object> text = Map.of("type", "string");

            apply(cluster, work, List.of(releases(Map.of("force", flag))));
            Await.until("the kind is explained", () -> explains(environment, "force"));
            assertThat(Tool.run(environment, ask).exit()).isNotZero();

            apply(cluster, work, List.of(releases(Map.of("force", flag, "chartNameChangeStrategy", text))));
            Await.until("the field is known", () -> Tool.run(environment, ask).exit() == 0);
        }
    }

    private static boolean explains(Map<String, String> environment, String field) {
        String name = "helmreleases.spec.upgrade." + field;
        return Tool.run(environment, List.of("kubectl", "explain", name)).exit() == 0;
    }

    /** Releases of Helm, with these fields in {@code spec.upgrade}. */
    private static Map<String, Object> releases(Map<String, Object> fields) {
        Map<String, Object> upgrade = Map.of("type", "object", "properties", fields);
        Map<String, Object> spec = Map.of("type", "object", "properties", Map.of("upgrade", upgrade));
        Map<String, Object> release = Map.of("type", "object", "properties", Map.of("spec", spec));
        return definition("helm.toolkit.fluxcd.io/v2", "HelmRelease", release);
    }

    @Test
    void version_thatIsNeeded_isTheOneWhoseFieldsAreUsed() {
        Matcher known = Pattern.compile("kinds of Flux ([0-9.]+)")
                .matcher(Project.text(Project.root().resolve("src/test/resources/org/cairndns/manifests/kinds.txt")));
        assertThat(known.find()).isTrue();

        assertThat(Project.text(Project.root().resolve("docs/flux.md")))
                .contains("It needs Flux " + known.group(1) + " or later");
        assertThat(Project.text(FluxTree.FOLDER.resolve("infrastructure/dns-helm/release.yaml")))
                .contains("from " + known.group(1) + " on");
    }

    @Test
    void settings_withReasons_areThoseOfTheTree() {
        String page = Project.text(Project.root().resolve("docs/flux.md"));
        String tree = Project.files(FluxTree.FOLDER, ".yaml").stream()
                .map(Project::text)
                .collect(Collectors.joining("\n"));

        for (String setting : List.of(
                "prune: false",
                "deletionPolicy: Orphan",
                "healthChecks",
                "chartNameChangeStrategy: InPlaceUpdate",
                "remediateLastFailure",
                "RetryOnFailure",
                "keepOnUninstall: true",
                "driftDetection",
                "cleanupOnFail: false",
                "reconcile.fluxcd.io/watch",
                "extraArgs: [--outside, none]")) {
            assertThat(page).contains(setting);
            assertThat(tree).contains(setting);
        }
    }

    @Test
    void files_ofTheTree_areOnThePage() {
        String page = Project.text(Project.root().resolve("docs/flux.md"));
        for (Path file : Project.files(FluxTree.CLUSTER, ".yaml")) {
            String name = String.valueOf(file.getFileName());
            assertThat(page).contains(name.equals("kustomization.yaml") ? "clusters/production/" + name : name);
        }
    }
}
