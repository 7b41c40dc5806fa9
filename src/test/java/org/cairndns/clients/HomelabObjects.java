package org.cairndns.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of the homelab in a folder of manifests, with more that tests write while the server watches.
 *
 * <p>A file of a test replaces the object of the same name in {@code deploy/homelab}: the last of two counts, in the order
 * of paths. Files appear as a whole.
 */
final class HomelabObjects {
    private final Path folder;

    private HomelabObjects(Path folder) {
        this.folder = folder;
    }

    /** Copies the homelab into this folder. */
    static HomelabObjects in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("tests"));
        Files.copy(project().resolve("deploy/homelab/cluster.yaml"), folder.resolve("cluster.yaml"));
        return new HomelabObjects(folder);
    }

    /** The top folder of the project. */
    static Path project() {
        return Path.of(System.getProperty("cairn.root", "."));
    }

    Path folder() {
        return folder;
    }

    /** A service with this cluster IP, {@code None} for a headless one, and ports such as {@code http:80}. */
    void service(String namespace, String name, String clusterIp, String... ports) throws IOException {
        write(namespace, name, "service", """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec:
                  clusterIP: %s
                  clusterIPs: [%s]
                  ports:
                %s""".formatted(name, namespace, clusterIp, clusterIp, ports(ports)));
    }

    /** The endpoints of a service from now on, in one slice, with ports such as {@code http:80}. */
    void endpoints(String namespace, String service, List<Endpoint> endpoints, String... ports) throws IOException {
        write(namespace, service, "slice", """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s-a, namespace: %s, labels: {kubernetes.io/service-name: %s}}
                addressType: IPv4
                endpoints:%s
                ports:
                %s""".formatted(service, namespace, service, list(endpoints), ports(ports)));
    }

    /** A service that is another name for a name. */
    void externalName(String namespace, String name, String target) throws IOException {
        write(namespace, name, "service", """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {type: ExternalName, externalName: %s}
                """.formatted(name, namespace, target));
    }

    /** Takes away the service and the endpoints that a test wrote; what the homelab has under that name is back. */
    void delete(String namespace, String name) throws IOException {
        Files.deleteIfExists(file(namespace, name, "service"));
        Files.deleteIfExists(file(namespace, name, "slice"));
    }

    private static String list(List<Endpoint> endpoints) {
        return endpoints.isEmpty()
                ? " []"
                : "\n"
                        + endpoints.stream()
                                .map(Endpoint::yaml)
                                .collect(Collectors.joining())
                                .stripTrailing();
    }

    private static String ports(String... ports) {
        return Stream.of(ports)
                .map(port -> port.split(":"))
                .map(port -> "  - {name: %s, port: %s, protocol: TCP}\n".formatted(port[0], port[1]))
                .collect(Collectors.joining());
    }

    private Path file(String namespace, String name, String kind) {
        return folder.resolve("tests").resolve(namespace + "." + name + "." + kind + ".yaml");
    }

    private void write(String namespace, String name, String kind, String text) throws IOException {
        Path hidden = folder.resolve("tests").resolve("." + namespace + "." + name + "." + kind);
        Files.writeString(hidden, text);
        Files.move(hidden, file(namespace, name, kind), StandardCopyOption.ATOMIC_MOVE);
    }
}
