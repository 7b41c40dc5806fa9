package org.cairndns.differential;

import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;

/**
 * Every name that a cluster's objects could have by any reading of the specification, whether it is served or not.
 *
 * <p>Lower case, absolute. A name that has one of these below it may be an empty non-terminal.
 */
final class ClusterNames {
    /** Something about the object of a name. */
    enum Trait {
        EXTERNAL_NAME,
        /** A service with a port without a name. */
        UNNAMED_PORT,
        /** A service with an endpoint port without a number. */
        PORT_WITHOUT_NUMBER,
        /** A service with endpoints that are host names. */
        NAMED_ENDPOINTS,
        /** An address of a pod that is not its first. */
        LATER_POD_ADDRESS,
        /** A name of an address that is not written in its shortest form. */
        LONG_ADDRESS,
        /** An ExternalName service that leads back to itself within the cluster. */
        CIRCLE
    }

    private final Set<String> names = new TreeSet<>();
    private final Set<String> plainNames = new HashSet<>();
    private final Set<String> ancestors = new HashSet<>();
    private final Map<Trait, Set<String>> traits = new EnumMap<>(Trait.class);
    private final ClusterObjects objects;
    private final List<String> zones;

    ClusterNames(ClusterObjects objects, List<String> zones) {
        this.objects = objects;
        this.zones = List.copyOf(zones);
        for (String zone : zones) {
            names.add(zone);
            names.add("dns-version." + zone);
            names.add("ns.dns." + zone);
            objects.namespaces().forEach(namespace -> addNamespace(namespace, zone));
        }
        for (KubeObject service : objects.of("Service")) {
            zones.forEach(zone -> addService(service, zone));
        }
        for (KubeObject slice : objects.of("EndpointSlice")) {
            zones.forEach(zone -> addSlice(slice, zone));
        }
        for (KubeObject pod : objects.of("Pod")) {
            zones.forEach(zone -> addPod(pod, zone));
        }
        for (String name : names) {
            plainNames.add(plain(name));
            for (String parent = parent(name); !parent.isEmpty(); parent = parent(parent)) {
                ancestors.add(plain(parent));
            }
        }
    }

    private void addNamespace(String namespace, String zone) {
        names.add(namespace + ".svc." + zone);
        names.add(namespace + ".pod." + zone);
        ancestors.add(namespace + ".svc." + zone);
        ancestors.add(namespace + ".pod." + zone);
    }

    private void addService(KubeObject service, String zone) {
        String name = serviceName(service.name(), service.namespace(), zone);
        names.add(name);
        if (service.text("/spec/type").equals("ExternalName")) {
            mark(Trait.EXTERNAL_NAME, name);
            markCircle(service, zone);
        }
        service.list("/spec/ports").forEach(port -> addPort(port, name));
        service.texts("/spec/clusterIPs").forEach(this::addReverse);
        service.texts("/spec/externalIPs").forEach(this::addReverse);
        service.list("/status/loadBalancer/ingress").forEach(ingress -> addReverse(ingress.text("/ip")));
    }

    private void addPort(KubeObject port, String service) {
        String protocol = port.text("/protocol");
        String suffix = "_" + (protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT)) + "." + service;
        names.add(suffix);
        if (port.text("/name").isEmpty()) {
            mark(Trait.UNNAMED_PORT, service);
        }
        if (!port.text("/name").isEmpty()) {
            names.add("_" + port.text("/name").toLowerCase(Locale.ROOT) + "." + suffix);
        }
    }

    private void addSlice(KubeObject slice, String zone) {
        String owner = slice.label("kubernetes.io/service-name");
        String imported = slice.label("multicluster.kubernetes.io/service-name");
        String cluster = slice.label("multicluster.kubernetes.io/source-cluster");
        if (!owner.isEmpty()) {
            addEndpoints(slice, serviceName(owner, slice.namespace(), zone), "");
        }
        if (!imported.isEmpty()) {
            addEndpoints(slice, serviceName(imported, slice.namespace(), zone), cluster.isEmpty() ? "" : cluster + ".");
        }
    }

    private void addEndpoints(KubeObject slice, String service, String cluster) {
        names.add(service);
        for (KubeObject port : slice.list("/ports")) {
            addPort(port, service);
            if (port.text("/port").isEmpty()) {
                mark(Trait.PORT_WITHOUT_NUMBER, service);
                mark(Trait.PORT_WITHOUT_NUMBER, externalName(service));
            }
        }
        if (slice.text("/addressType").equals("FQDN")) {
            mark(Trait.NAMED_ENDPOINTS, service);
        }
        for (KubeObject endpoint : slice.list("/endpoints")) {
            for (String address : endpoint.texts("/addresses")) {
                addReverse(address);
                addEndpoint(dashed(address), cluster + service);
            }
            addEndpoint(endpoint.text("/hostname"), cluster + service);
            addEndpoint(endpoint.text("/targetRef/name"), cluster + service);
        }
    }

    /** Name that a scenario of {@code k8s_external} gives to a service. */
    private static String externalName(String service) {
        return service.substring(0, service.indexOf(".svc.") + 1) + ExternalScenarios.ZONE;
    }

    private void addEndpoint(String label, String parent) {
        if (!label.isEmpty() && label.length() < 64) {
            names.add(label + "." + parent);
        }
    }

    private void addPod(KubeObject pod, String zone) {
        for (KubeObject address : pod.list("/status/podIPs")) {
            String name = dashed(address.text("/ip")) + "." + pod.namespace() + ".pod." + zone;
            names.add(name);
            if (address.text("/ip").endsWith("::0")) {
                mark(Trait.LONG_ADDRESS, name.replaceFirst("--0\\.", "--."));
            }
            if (!address.text("/ip").equals(pod.text("/status/podIP"))) {
                mark(Trait.LATER_POD_ADDRESS, name);
            }
            addReverse(address.text("/ip"));
        }
    }

    private void addReverse(String address) {
        if (!address.matches("[0-9.]+|[0-9a-f.]*:[0-9a-f:.]*")) {
            return;
        }
        String name = ReverseName.of(IpAddress.of(InetAddress.ofLiteral(address)))
                .toString()
                .toLowerCase(Locale.ROOT);
        names.add(name);
        if (address.endsWith("::0")) {
            mark(Trait.LONG_ADDRESS, name);
        }
    }

    private void markCircle(KubeObject start, String zone) {
        Set<String> seen = new HashSet<>();
        String target = serviceName(start.name(), start.namespace(), zone);
        while (seen.add(target)) {
            String name = target;
            target = objects.of("Service").stream()
                    .filter(service -> name.equals(serviceName(service.name(), service.namespace(), zone)))
                    .map(service -> service.text("/spec/externalName") + ".")
                    .findFirst()
                    .orElse(".");
        }
        if (!target.equals(".")) {
            mark(Trait.CIRCLE, serviceName(start.name(), start.namespace(), zone));
        }
    }

    private static String serviceName(String name, String namespace, String zone) {
        return name + "." + namespace + ".svc." + zone;
    }

    /** An address as the label of an endpoint or pod. */
    static String dashed(String address) {
        String label = address.replace(address.contains(":") ? ':' : '.', '-');
        label = label.startsWith("-") ? "0" + label : label;
        return label.endsWith("-") ? label + "0" : label;
    }

    /** The name without its first label; nothing for the root. */
    static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 || dot == name.length() - 1 ? "" : name.substring(dot + 1);
    }

    /** Whether a zone of the cluster is at the name or above it. */
    boolean isInZone(String lowerCaseName) {
        return zones.stream().anyMatch(zone -> lowerCaseName.equals(zone) || lowerCaseName.endsWith("." + zone));
    }

    /** Whether the namespace lacks the label by which some Corefiles choose namespaces. */
    boolean isWithoutLabel(String namespace) {
        return objects.of("Namespace").stream()
                .noneMatch(object -> object.name().equals(namespace)
                        && object.label("expose").equals("yes"));
    }

    /** Whether the endpoint's service does not exist, or lacks the label by which some Corefiles choose services. */
    boolean isOfOtherService(String endpointName) {
        String[] labels = endpointName.split("\\.");
        return labels.length > 3
                && objects.of("Service").stream()
                        .noneMatch(service -> service.name().equals(labels[1])
                                && service.namespace().equals(labels[2])
                                && service.label("app").equals("web"));
    }

    /** All names. */
    Collection<String> all() {
        return names;
    }

    /** Whether names of objects are below this one; underscores do not count, as in CoreDNS. */
    boolean isAbove(String lowerCaseName) {
        return ancestors.contains(plain(lowerCaseName));
    }

    /** Whether objects may have this name; underscores do not count. */
    boolean contains(String lowerCaseName) {
        return plainNames.contains(plain(lowerCaseName));
    }

    /** Whether the name is of an object with this trait, or below one. */
    boolean has(Trait trait, String lowerCaseName) {
        Set<String> marked = traits.getOrDefault(trait, Set.of());
        for (String at = lowerCaseName; !at.isEmpty(); at = parent(at)) {
            if (marked.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private void mark(Trait trait, String name) {
        traits.computeIfAbsent(trait, key -> new HashSet<>()).add(name);
    }

    private static String plain(String name) {
        return name.replaceAll("(^|\\.)_", "$1");
    }
}
