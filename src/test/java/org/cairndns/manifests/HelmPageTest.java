package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command of {@code docs/helm.md} does what the page says, and the page names every value of our own. */
class HelmPageTest {
    @TempDir
    static Path work;

    private static TestCluster cluster;
    private static Rollouts rollouts;
    private static InstallPage page;

    /** Where the commands run, a {@link TopFolder}. */
    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        page = InstallPage.read("docs/helm.md");
        Helm.program();
        cluster = TestCluster.start("127.0.0.1", Files.createDirectories(work.resolve("api")));
        rollouts = new Rollouts(cluster);
    }

    @AfterAll
    static void stop() {
        if (rollouts != null) {
            rollouts.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void makeFolder() throws Exception {
        TopFolder.fill(folder, "deploy");
        Files.createSymbolicLink(folder.resolve("helm"), Helm.program());
    }

    @AfterEach
    void clear() throws Exception {
        run("helm -n kube-system uninstall coredns");
        cluster.clear();
        TopFolder.unlink(folder);
    }

    /** What a command says; those of {@code helm test} are left out, for nothing runs there. */
    private Tool.Outcome run(String command) {
        if (command.contains(" test ")) {
            System.out.println("HelmPageTest: no pods run in this cluster; not run: " + command);
            return new Tool.Outcome(0, "");
        }
        Map<String, String> environment = Map.of(
                "KUBECONFIG", cluster.api().kubeconfig().toString(),
                "HOME", folder.toString(),
                "PATH", folder + ":" + System.getenv("PATH"));
        return Tool.run(environment, List.of("bash", "-euo", "pipefail", "-c", "cd " + folder + "; " + command));
    }

    private String runSection(String section) {
        StringBuilder said = new StringBuilder();
        for (String command : page.commands(section)) {
            Tool.Outcome outcome = run(command);
            assertThat(outcome.exit()).as("%s%n%s", command, outcome.text()).isZero();
            said.append(outcome.text());
        }
        return said.toString();
    }

    private String image() throws Exception {
        return cluster.kubectl()
                .output(
                        "-n",
                        "kube-system",
                        "get",
                        "deployment/coredns",
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0].image}");
    }

    @Test
    void commands_overAPlatformsOwnDns_goThereAndBack() throws Exception {
        cluster.kubectl().output("apply", "-k", Folders.stock("kubeadm").toString());
        cluster.kubectl().output("-n", "kube-system", "rollout", "status", "deployment/coredns", "--timeout=1m");
        String before = image();

        assertThat(runSection("Over a platform's own DNS")).contains("STATUS: deployed", "successfully rolled out");
        assertThat(image()).isEqualTo("cairn:0.1.0");
        runSection("Over a platform's own DNS/Back");
        assertThat(image()).isEqualTo(before);
    }

    @Test
    void commands_fromTheCorednsChart_goThereAndBack() throws Exception {
        Path chart = CorednsChart.write(folder);
        run("helm -n kube-system install coredns " + chart + " --set replicaCount=2");
        String before = image();

        runSection("From the coredns chart");
        assertThat(image()).isEqualTo("cairn:0.1.0");
        runSection("From the coredns chart/Back");
        assertThat(image()).isEqualTo(before);
    }

    @Test
    void commands_ofTheCorefile_sayWhatTheServerSays() throws Exception {
        for (String values : page.yaml("The Corefile")) {
            Files.writeString(folder.resolve("values.yaml"), values);

            assertThat(runSection("The Corefile")).contains("would be taken");
        }
    }

    @Test
    void corefile_ofBothForms_isTheSame() throws Exception {
        List<String> corefiles =
                page.yaml("The Corefile").stream().map(this::corefile).toList();

        assertThat(corefiles).hasSize(2);
        assertThat(corefiles.getFirst()).isEqualTo(corefiles.getLast());
    }

    private String corefile(String values) {
        try {
            Path file = Files.writeString(folder.resolve("values.yaml"), values);
            return new Manifests(Helm.template("-f", file.toString())).text("ConfigMap", "data.Corefile");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void values_ofOurOwn_areOnThePage() {
        JsonNode schema = JsonMapper.shared().readTree(Project.text(Helm.CHART.resolve("values.schema.json")));
        TreeSet<String> own = new TreeSet<>(schema.at("/properties").propertyNames());
        Manifests.of(Project.text(Project.root()
                        .resolve("src/test/resources/org/cairndns/manifests/helm/coredns-chart-defaults.yaml")))
                .objects()
                .getFirst()
                .keySet()
                .forEach(own::remove);
        // Of that chart too, though not set by default, or not read at all.
        own.removeAll(List.of("resources", "automountServiceAccountToken", "nameOverride", "fullnameOverride"));

        String text = Project.text(Project.root().resolve("docs/helm.md"));
        assertThat(own).isNotEmpty().allSatisfy(value -> assertThat(text).contains("`" + value));
    }
}
