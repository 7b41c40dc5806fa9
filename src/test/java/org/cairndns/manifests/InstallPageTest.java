package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command of {@code docs/install.md} does what the page says, against an API server that had CoreDNS before. */
class InstallPageTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/kube-system/deployments/";
    private static final String CHECK = "First: will your Corefile do?";

    /** Five commands there, five back, beside those that look at the Corefile and what removes an earlier result. */
    private static final int COMMANDS = 5;

    private static final String EARLIER_RESULT = "kubectl -n kube-system delete job cairn-smoke --ignore-not-found";

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
        page = InstallPage.read();
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
    void makeFolder() throws IOException {
        TopFolder.fill(folder, "deploy");
        Files.createDirectories(folder.resolve("rancher/k3s/server/manifests"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        TopFolder.program(bin.resolve("sudo"), "exec \"$@\"");
    }

    @AfterEach
    void clear() throws IOException {
        cluster.clear();
        TopFolder.unlink(folder);
    }

    /** Runs the commands of a section one after the other; what they wrote. */
    private String run(String section) throws IOException, InterruptedException {
        StringBuilder output = new StringBuilder();
        for (String command : page.commands(section)) {
            if (command.contains("smoke") && !cluster.servesJobs()) {
                System.out.println("InstallPageTest: this API server has no Jobs; not run: " + command);
                continue;
            }
            output.append(run(List.of(
                    "bash",
                    "-euc",
                    command.replace(
                            "/var/lib/rancher", folder.resolve("rancher").toString()))));
        }
        return output.toString();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", cluster.api().kubeconfig().toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ":\n" + output).isZero();
        return output;
    }

    /** As the platform makes it: MicroK8s by kubectl, which notes what it applied; the others without that note. */
    private void haveStock(String platform) throws Exception {
        List<String> apply =
                new ArrayList<>(List.of("apply", "-k", Folders.stock(platform).toString()));
        if (!platform.equals("microk8s")) {
            apply.addAll(List.of("--server-side", "--force-conflicts", "--field-manager=" + platform));
        }
        cluster.kubectl().output(apply.toArray(String[]::new));
        cluster.kubectl().output("-n", "kube-system", "rollout", "status", "deployment/coredns", "--timeout=1m");
    }

    private static String image(String deployment) {
        return cluster.get(DEPLOYMENTS + deployment)
                .at("/spec/template/spec/containers/0/image")
                .stringValue();
    }

    private static String corefile() {
        return cluster.get("/api/v1/namespaces/kube-system/configmaps/coredns")
                .at("/data/Corefile")
                .stringValue();
    }

    @ParameterizedTest
    @CsvSource({"MicroK8s, microk8s", "kubeadm, kubeadm", "k3s, k3s"})
    void commands_ofAPlatform_goThereAndBack(String section, String platform) throws Exception {
        assertThat(page.commands(section))
                .filteredOn(command -> !command.equals(EARLIER_RESULT))
                .hasSizeLessThanOrEqualTo(COMMANDS);
        assertThat(page.commands(section + "/Back")).hasSizeLessThanOrEqualTo(COMMANDS);
        haveStock(platform);
        // As someone has it who has changed his Corefile.
        String own = corefile().replace("loadbalance", "loadbalance round_robin");
        cluster.api()
                .patch(
                        "/api/v1/namespaces/kube-system/configmaps/coredns",
                        "{\"data\":{\"Corefile\":\"" + own.replace("\n", "\\n") + "\"}}");

        if (platform.equals("microk8s")) {
            assertThat(run(CHECK)).contains("Corefile.before: would be taken");
        } else {
            Files.writeString(folder.resolve("Corefile.before"), corefile());
        }
        assertThat(run(section)).contains("successfully rolled out");
        assertThat(image("coredns")).startsWith("cairn:");
        assertThat(corefile()).isNotEqualTo(own);
        Path skip = folder.resolve("rancher/k3s/server/manifests/coredns.yaml.skip");
        assertThat(Files.exists(skip)).isEqualTo(platform.equals("k3s"));

        assertThat(run(section + "/Back")).contains("deployment.apps/coredns rolled back");
        assertThat(image("coredns")).startsWith("coredns/");
        assertThat(corefile()).isEqualTo(own);
        assertThat(Files.exists(skip)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"microk8s", "kubeadm", "k3s"})
    void commands_ofTheImageAlone_goThereAndBack(String platform) throws Exception {
        String section = "Any platform: the image alone";
        haveStock(platform);
        String before = image("coredns");

        run(section);
        assertThat(image("coredns")).startsWith("cairn:");
        run(section + "/Back");
        assertThat(image("coredns")).isEqualTo(before);
    }

    @Test
    void commands_ofTheCanary_makeItAndRemoveIt() throws Exception {
        haveStock("kubeadm");
        List<String> commands = new ArrayList<>(page.commands("A canary first"));
        assertThat(commands.getLast()).contains("delete");

        String output = run("A canary first");

        assertThat(output).containsPattern("\n10\\.\\d+\\.\\d+\\.\\d+\n");
        assertThat(output.lines().filter(line -> line.contains("cairn-canary patched")))
                .hasSize(2);
        assertThat(output).contains("deployment.apps \"cairn-canary\" deleted");
        assertThat(image("coredns")).startsWith("coredns/");
    }

    @Test
    void commands_ofTheNodeCache_makeIt() throws Exception {
        assertThat(run("A cache on each node")).contains("daemon set \"node-local-dns\" successfully rolled out");
    }

    @Test
    void command_whenDnsIsDown_bringsTheOneBeforeBack() throws Exception {
        haveStock("kubeadm");
        run("kubeadm");

        run("When DNS is down");

        assertThat(image("coredns")).startsWith("coredns/");
    }

    /** A folder of one's own beside those of the repository. */
    private Path makeSite(String name) throws IOException {
        Files.delete(folder.resolve("deploy"));
        Path site = Files.createDirectories(folder.resolve("deploy/k8s/" + name));
        for (String part : List.of("base", "components", "overlays")) {
            Files.createSymbolicLink(folder.resolve("deploy/k8s/" + part), Folders.K8S.resolve(part));
        }
        return site;
    }

    @Test
    void folder_ofTheAutoscaler_namesItsImage() throws Exception {
        String section = "Replicas by the size of the cluster";
        Files.writeString(
                makeSite("autoscaler").resolve("kustomization.yaml"),
                page.yaml(section).getFirst());

        assertThat(run(section)).contains("deployment \"dns-autoscaler\" successfully rolled out");

        assertThat(image("dns-autoscaler"))
                .isEqualTo("registry.example.com/mirror/cluster-proportional-autoscaler:v1.9.0");
    }

    /** Its image is a placeholder. */
    @Test
    void commands_ofAllPages_neverApplyTheAutoscalerAsItIs() {
        assertThat(Project.files(Project.root().resolve("docs"), ".md"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Project.text(file)).doesNotContain("-k deploy/k8s/overlays/autoscale"));
    }

    @Test
    void folder_ofOnesOwn_setsImageAndCorefileAndAdds() throws Exception {
        Path site = makeSite("site");
        String own = ".:53 {\n    whoami\n}\n";
        Files.writeString(site.resolve("Corefile"), own);
        String whole = page.yaml("Your own folder").getFirst()
                + page.yaml(CHECK).getFirst()
                + String.join("", page.yaml("Additions"));
        Files.writeString(site.resolve("kustomization.yaml"), whole);

        String rendered = Kubectl.render(site);

        assertThat(rendered)
                .contains("image: registry.example.com/cairn:0.1.0", "kind: NetworkPolicy", "memory: 512Mi")
                .contains("path: /var/lib/cairn\n", "app.kubernetes.io/name: alloy");
        cluster.kubectl().output("apply", "--server-side", "--validate=strict", "-k", site.toString());
        assertThat(corefile()).isEqualTo(own);
        Files.writeString(
                site.resolve("kustomization.yaml"),
                page.yaml("CoreDNS from its own manifest").getFirst());
        assertThat(Kubectl.render(site)).contains("app.kubernetes.io/name: coredns");
    }

    /** A section with commands that no test knows is one whose commands nobody runs. */
    @Test
    void sections_withCommands_areAllRun() {
        assertThat(page.sections())
                .containsExactlyInAnyOrder(
                        CHECK,
                        "MicroK8s",
                        "MicroK8s/Back",
                        "kubeadm",
                        "kubeadm/Back",
                        "k3s",
                        "k3s/Back",
                        "Any platform: the image alone",
                        "Any platform: the image alone/Back",
                        "A canary first",
                        "A cache on each node",
                        "Replicas by the size of the cluster",
                        "When DNS is down");
    }
}
