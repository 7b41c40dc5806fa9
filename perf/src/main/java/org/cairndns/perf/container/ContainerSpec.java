package org.cairndns.perf.container;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What of a pod's manifest its container depends on. All the rest is that of the stock manifests: no capability but
 * {@code NET_BIND_SERVICE}, no more privileges than at the start, a root file system that is only read.
 *
 * @param image present in the engine
 * @param arguments of the program of the image
 * @param mounts folders and files of this machine by where the container finds them, read only
 * @param environment variables beside those of the image
 * @param sysctls settings of the container's network
 */
public record ContainerSpec(
        String image,
        List<String> arguments,
        Map<String, Path> mounts,
        Map<String, String> environment,
        Map<String, String> sysctls,
        Limits limits) {
    public ContainerSpec {
        arguments = List.copyOf(arguments);
        mounts = Map.copyOf(mounts);
        environment = Map.copyOf(environment);
        sysctls = Map.copyOf(sysctls);
    }

    /**
     * A server of an image, started as the stock manifests do it.
     *
     * @param files its Corefile and its account
     * @param api where the API is to it
     */
    public static ContainerSpec server(String image, ContainerFiles files, InetSocketAddress api, Limits limits) {
        return new ContainerSpec(
                image,
                List.of("-conf", "/etc/coredns/Corefile"),
                files.mounts(),
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        api.getAddress().getHostAddress(),
                        "KUBERNETES_SERVICE_PORT",
                        Integer.toString(api.getPort())),
                Map.of(),
                limits);
    }

    /** The same with other limits. */
    public ContainerSpec with(Limits others) {
        return new ContainerSpec(image, arguments, mounts, environment, sysctls, others);
    }

    /** The same with other settings of its network. */
    public ContainerSpec with(Map<String, String> otherSysctls) {
        return new ContainerSpec(image, arguments, mounts, environment, otherSysctls, limits);
    }

    /** The same of another image. */
    public ContainerSpec with(String otherImage) {
        return new ContainerSpec(otherImage, arguments, mounts, environment, sysctls, limits);
    }
}
