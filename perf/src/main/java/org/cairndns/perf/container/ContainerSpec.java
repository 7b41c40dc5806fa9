package org.cairndns.perf.container;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What of a pod's manifest its container depends on.
 *
 * @param image present in the engine
 * @param arguments of the program of the image
 * @param mounts folders and files of this machine by where the container finds them, read only
 * @param folders the same of folders that it may write to
 * @param environment variables beside those of the image
 */
public record ContainerSpec(
        String image,
        List<String> arguments,
        Map<String, Path> mounts,
        Map<String, Path> folders,
        Map<String, String> environment,
        Confinement confinement,
        Limits limits) {
    public ContainerSpec {
        arguments = List.copyOf(arguments);
        mounts = Map.copyOf(mounts);
        folders = Map.copyOf(folders);
        environment = Map.copyOf(environment);
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
                Map.of(),
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        api.getAddress().getHostAddress(),
                        "KUBERNETES_SERVICE_PORT",
                        Integer.toString(api.getPort())),
                Confinement.STOCK,
                limits);
    }

    /** The same with other limits. */
    public ContainerSpec with(Limits others) {
        return new ContainerSpec(image, arguments, mounts, folders, environment, confinement, others);
    }

    /** The same with other settings of its network. */
    public ContainerSpec with(Map<String, String> otherSysctls) {
        return new ContainerSpec(
                image, arguments, mounts, folders, environment, confinement.with(otherSysctls), limits);
    }

    /** The same of another image. */
    public ContainerSpec with(String otherImage) {
        return new ContainerSpec(otherImage, arguments, mounts, folders, environment, confinement, limits);
    }

    /** The same with other arguments. */
    public ContainerSpec with(List<String> otherArguments) {
        return new ContainerSpec(image, otherArguments, mounts, folders, environment, confinement, limits);
    }
}
