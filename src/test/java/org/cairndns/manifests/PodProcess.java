package org.cairndns.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.rules.Project;

/** The files, rights and command line that a pod's specification gives its first container, for a process in a network namespace. */
final class PodProcess {
    private static final String ACCOUNT = "var/run/secrets/kubernetes.io/serviceaccount";

    private final Path work;
    private final String namespace;
    private final PodSpec pod;
    private final Path files;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * @param work a folder for its files
     * @param namespace of the network
     */
    PodProcess(Path work, String namespace, PodSpec pod) throws IOException, InterruptedException {
        this.work = Files.createTempDirectory(work, "pod-");
        this.namespace = namespace;
        this.pod = pod;
        this.files = Files.createDirectories(this.work.resolve("files"));
        if (pod.getSecurityContext().getSysctls() != null) {
            for (Sysctl sysctl : pod.getSecurityContext().getSysctls()) {
                PodNetworks.sysctl(namespace, sysctl.getName(), sysctl.getValue());
            }
        }
    }

    /** The file that says whom the pod's resolver asks. */
    PodProcess resolvConf(String text) throws IOException {
        return file("etc/resolv.conf", text);
    }

    PodProcess variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What a kubelet mounts for the pod's service account. */
    PodProcess account(TestCluster cluster) throws IOException {
        file(ACCOUNT + "/token", TestCluster.token(pod.getServiceAccountName()));
        file(ACCOUNT + "/namespace", "kube-system");
        file(ACCOUNT + "/ca.crt", Files.readString(cluster.api().certificate()));
        int port = java.net.URI.create(cluster.api().url()).getPort();
        return variable("KUBERNETES_SERVICE_PORT", Integer.toString(port));
    }

    /** Mounts what a volume of this ConfigMap shows, all keys. */
    PodProcess configMap(String name, Map<String, String> data) throws IOException {
        for (VolumeMount mount : container().getVolumeMounts()) {
            if (pod.getVolumes().stream().anyMatch(volume -> isOf(volume, mount, name))) {
                for (Map.Entry<String, String> entry : data.entrySet()) {
                    file(mount.getMountPath().substring(1) + "/" + entry.getKey(), entry.getValue());
                }
            }
        }
        return this;
    }

    private static boolean isOf(Volume volume, VolumeMount mount, String configMap) {
        return volume.getName().equals(mount.getName())
                && volume.getConfigMap() != null
                && volume.getConfigMap().getName().equals(configMap);
    }

    private PodProcess file(String name, String text) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private Container container() {
        return pod.getContainers().getFirst();
    }

    /** The output of the process. */
    Path log() {
        return work.resolve("log");
    }

    /** Starts it with the arguments of the specification. */
    ServerProcess start() throws IOException {
        return start(container().getArgs());
    }

    /** Starts it with other arguments. */
    ServerProcess start(List<String> arguments) throws IOException {
        Path root = Files.createDirectories(work.resolve("root"));
        List<String> program = List.of(
                "sh",
                Project.root()
                        .resolve("src/test/resources/org/cairndns/manifests/pod.sh")
                        .toString(),
                root.toString(),
                files.toString(),
                user(),
                rights(),
                String.join(":", emptyFolders()),
                String.join(":", shared()));
        return ServerProcess.startBy(
                PodNetworks.in(namespace, program), log(), environment, arguments.toArray(String[]::new));
    }

    private String user() {
        return Long.toString(pod.getSecurityContext().getRunAsUser());
    }

    /** What is left when all is dropped and some is added. */
    private String rights() {
        StringBuilder rights = new StringBuilder("-all");
        for (String right : container().getSecurityContext().getCapabilities().getAdd()) {
            rights.append(",+").append(right.toLowerCase(Locale.ROOT));
        }
        return rights.toString();
    }

    private List<String> emptyFolders() {
        return container().getVolumeMounts().stream()
                .filter(mount -> pod.getVolumes().stream()
                        .anyMatch(volume -> volume.getName().equals(mount.getName()) && volume.getEmptyDir() != null))
                .map(VolumeMount::getMountPath)
                .toList();
    }

    /** What stands for the image: Java, this repository, the folders of the class path. */
    private static Set<String> shared() {
        Set<String> folders = new LinkedHashSet<>(
                List.of(System.getProperty("java.home"), Project.root().toString()));
        for (String entry : ServerProcess.classPath().split(":")) {
            Path path = Path.of(entry).toAbsolutePath();
            Path folder = Files.isDirectory(path) ? path : path.getParent();
            int repository = folder.toString().indexOf("/repository/");
            String shown = repository > 0
                    ? folder.toString().substring(0, repository + "/repository".length())
                    : folder.toString();
            if (Files.exists(path)
                    && folders.stream().noneMatch(known -> Path.of(shown).startsWith(known))) {
                folders.add(shown);
            }
        }
        folders.removeIf(folder -> folder.startsWith("/usr/"));
        return folders;
    }
}
