package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.rules.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests give the server is what it takes: Corefiles, and memory for the options of its JVM. */
class ServerFitsTest {
    private static final long MIB = 1 << 20;

    /** What the JVM needs besides its heap, buffers and compiled code: classes, threads, its own. */
    private static final long REST_MIB = 30;

    @TempDir
    Path work;

    @Test
    void corefiles_ofEveryConfigMap_wouldBeTaken() throws Exception {
        List<String> files = new ArrayList<>();
        for (String folder : Folders.all()) {
            addCorefiles(KubeObjects.rendered(Folders.K8S.resolve(folder)), folder.replace('/', '-'), files);
        }
        for (String component : List.of("snapshot", "deploy-sh", "networkpolicy", "large-cluster")) {
            addCorefiles(KubeObjects.rendered(Folders.joined(work, "base", component)), component, files);
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(9);

        // As a kubelet gives it to pods in the namespace of the Service.
        Map<String, String> environment = Map.of("KUBE_DNS_SERVICE_HOST", "10.96.0.10");
        List<String> arguments = new ArrayList<>(List.of("check", "--elsewhere"));
        arguments.addAll(files);
        Path log = work.resolve("log");
        try (ServerProcess check = ServerProcess.start(log, environment, arguments.toArray(String[]::new))) {
            assertThat(check.await()).as(Files.readString(log)).isZero();
        }
        assertThat(Files.readString(log))
                .contains(files.stream().map(file -> file + ": would be taken").toList())
                .doesNotContain("error:");
    }

    private void addCorefiles(KubeObjects objects, String name, List<String> files) throws IOException {
        for (ConfigMap map : objects.of(ConfigMap.class)) {
            String corefile = map.getData().get("Corefile");
            if (corefile != null) {
                files.add(Files.writeString(work.resolve(name + ".Corefile"), corefile)
                        .toString());
            }
        }
    }

    @Test
    void memory_ofTheBase_holdsWhatTheOptionsOfTheImageAllow() throws Exception {
        String options = Files.readString(Project.root().resolve("server/jvm.options"));

        assertThat(boundsMib(options, "") + REST_MIB)
                .isLessThanOrEqualTo(limitMib(KubeObjects.rendered(Folders.K8S.resolve("base"))));
    }

    @Test
    void memory_ofALargeCluster_holdsWhatItsOptionsAllow() throws Exception {
        KubeObjects objects = KubeObjects.rendered(Folders.joined(work, "overlays/kubeadm", "large-cluster"));
        String options = Files.readString(Project.root().resolve("server/jvm.options"));
        EnvVar more = container(objects).getEnv().getFirst();

        // The JVM reads these after all others; CAIRN_JAVA_OPTIONS is read by the script ./cairn, which the image has
        // not.
        assertThat(more.getName()).isEqualTo("_JAVA_OPTIONS");
        assertThat(boundsMib(options, more.getValue()) + REST_MIB)
                .isBetween(limitMib(objects) * 3 / 4, limitMib(objects));
    }

    private static Container container(KubeObjects objects) {
        return objects.only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    private static long limitMib(KubeObjects objects) {
        Quantity limit = container(objects).getResources().getLimits().get("memory");
        return limit.getNumericalAmount().longValueExact() / MIB;
    }

    /** Heap, buffers and compiled code by the last word on each. */
    private static long boundsMib(String options, String later) {
        long sum = 0;
        for (String option : List.of("-Xmx", "-XX:MaxDirectMemorySize=", "-XX:ReservedCodeCacheSize=")) {
            Matcher found =
                    Pattern.compile(Pattern.quote(option) + "(\\d+)m\\b").matcher(options + "\n" + later);
            long last = 0;
            while (found.find()) {
                last = Long.parseLong(found.group(1));
            }
            assertThat(last).as(option).isPositive();
            sum += last;
        }
        return sum;
    }
}
