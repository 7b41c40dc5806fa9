package org.cairndns.containers;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.manifests.TestCluster;
import org.cairndns.perf.container.Confinement;
import org.cairndns.perf.container.ContainerFiles;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Limits;

/** Makes of the specification of a pod of {@code kube-system}, as the API has it, the container that a kubelet would start. */
final class Kubelet {
    private static final String NAMESPACED = "/api/v1/namespaces/kube-system/";
    private static final String SEARCH = "search kube-system.svc.cluster.local svc.cluster.local cluster.local\n";
    private static final long OCTETS_PER_MIB = 1 << 20;

    private final TestCluster cluster;
    private final ContainerCluster node;

    Kubelet(TestCluster cluster, ContainerCluster node) {
        this.cluster = cluster;
        this.node = node;
    }

    /**
     * The container of a pod that has one; fails for a pod with fields that are not understood here.
     *
     * @param dns the address that pods ask whose {@code dnsPolicy} is the usual one
     */
    ContainerSpec container(PodSpec pod, String dns) throws IOException {
        Set<String> unknown = PodFields.unknown(pod);
        if (!unknown.isEmpty() || pod.getContainers().size() != 1) {
            throw new IllegalArgumentException("one container, and no fields " + unknown);
        }
        Container container = pod.getContainers().getFirst();
        ContainerFiles files = node.files();
        files.resolver(resolver(pod.getDnsPolicy(), dns));
        boolean hasAccount = hasAccount(pod);
        if (hasAccount) {
            files.account(cluster.api().certificate(), TestCluster.token(pod.getServiceAccountName()));
        }
        Map<String, Path> mounts = new HashMap<>(files.usualMounts());
        Map<String, Path> folders = new HashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = volume(pod, mount.getName());
            if (volume.getConfigMap() == null) {
                folders.put(mount.getMountPath(), files.emptyFolder(volume.getName()));
            } else {
                files.configMap(volume.getName(), keys(volume.getConfigMap()));
                mounts.put(mount.getMountPath(), files.volume(volume.getName()));
            }
        }
        makePlaces(mounts);
        return new ContainerSpec(
                container.getImage(),
                container.getArgs(),
                mounts,
                folders,
                environment(container, hasAccount),
                confinement(pod.getSecurityContext(), container.getSecurityContext()),
                limits(container.getResources().getLimits()));
    }

    private String resolver(String policy, String dns) {
        return switch (policy) {
            case "Default" -> "nameserver " + node.nameserver() + "\n";
            case "ClusterFirst" -> SEARCH + "nameserver " + dns + "\noptions ndots:5\n";
            default -> throw new IllegalArgumentException("dnsPolicy " + policy);
        };
    }

    private boolean hasAccount(PodSpec pod) {
        return !Boolean.FALSE.equals(pod.getAutomountServiceAccountToken())
                && cluster.get(NAMESPACED + "serviceaccounts/" + pod.getServiceAccountName())
                        .at("/automountServiceAccountToken")
                        .asBoolean(true);
    }

    private static Volume volume(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The files of a ConfigMap's volume: all keys, or those that {@code items} name, none of which may be missing. */
    private Map<String, String> keys(ConfigMapVolumeSource volume) {
        String path = NAMESPACED + "configmaps/" + volume.getName();
        if (Boolean.TRUE.equals(volume.getOptional()) && !cluster.serves(path)) {
            return Map.of();
        }
        Map<String, String> data = Serialization.unmarshal(cluster.get(path).toString(), ConfigMap.class)
                .getData();
        List<KeyToPath> items = volume.getItems();
        return items.isEmpty()
                ? data
                : items.stream().collect(Collectors.toMap(KeyToPath::getPath, item -> data.get(item.getKey())));
    }

    /** Folders in mounts for the mounts within them, as these are read only for the container runtime too. */
    private static void makePlaces(Map<String, Path> mounts) throws IOException {
        for (String outer : mounts.keySet()) {
            for (String inner : mounts.keySet()) {
                if (inner.startsWith(outer + "/")) {
                    Files.createDirectories(mounts.get(outer).resolve(inner.substring(outer.length() + 1)));
                }
            }
        }
    }

    private Map<String, String> environment(Container container, boolean hasAccount) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBE_DNS_SERVICE_HOST", serviceAddress("kube-system/services/kube-dns"));
        environment.put("KUBERNETES_SERVICE_HOST", serviceAddress("default/services/kubernetes"));
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        if (hasAccount) {
            // Nothing here leads from the address of a service to the API.
            URI api = URI.create(cluster.api().url());
            environment.put("KUBERNETES_SERVICE_HOST", api.getHost());
            environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(api.getPort()));
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), variable.getValue());
        }
        return environment;
    }

    private String serviceAddress(String service) {
        return cluster.get("/api/v1/namespaces/" + service)
                .at("/spec/clusterIP")
                .stringValue();
    }

    private static Confinement confinement(PodSecurityContext pod, SecurityContext container) {
        Long user = pod.getRunAsUser();
        if (Boolean.TRUE.equals(pod.getRunAsNonRoot()) && (user == null || user == 0)) {
            throw new IllegalArgumentException("runAsNonRoot, but the user is " + user);
        }
        String type = pod.getSeccompProfile() == null
                ? "RuntimeDefault"
                : pod.getSeccompProfile().getType();
        if (!type.equals("RuntimeDefault")) {
            throw new IllegalArgumentException("seccomp profile " + type);
        }
        String group = pod.getRunAsGroup() == null ? "" : ":" + pod.getRunAsGroup();
        return new Confinement(
                user == null ? "" : user + group,
                Boolean.TRUE.equals(container.getReadOnlyRootFilesystem()),
                Set.copyOf(container.getCapabilities().getDrop()),
                Set.copyOf(container.getCapabilities().getAdd()),
                !Boolean.FALSE.equals(container.getAllowPrivilegeEscalation()),
                pod.getSysctls().stream().collect(Collectors.toMap(Sysctl::getName, Sysctl::getValue)));
    }

    private static Limits limits(Map<String, Quantity> limits) {
        long octets = Quantity.getAmountInBytes(limits.getOrDefault("memory", new Quantity("0")))
                .longValueExact();
        double cpus = limits.getOrDefault("cpu", new Quantity("0"))
                .getNumericalAmount()
                .doubleValue();
        if (octets % OCTETS_PER_MIB != 0) {
            throw new IllegalArgumentException("a limit of " + octets + " octets");
        }
        return new Limits((int) (octets / OCTETS_PER_MIB), cpus, -1);
    }
}
