package org.cairndns.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A cluster drawn from a seed, with odd objects that the API takes: services without ports or selectors, ports without names, addresses in
 * several slices, names of 63 characters, endpoints that are not ready, slices of names, aliases in circles.
 */
final class RandomObjects {
    static final String LONG = "a23456789-b23456789-c23456789-d23456789-e23456789-f23456789-g2";
    private static final List<String> NAMESPACES = List.of("default", "a", "kube-system", "svc", "7up", "n" + LONG);
    private static final List<String> PORTS = List.of("http", "dns", "tcp", "metrics", "a", "x-1");
    private static final List<String> PROTOCOLS = List.of("TCP", "TCP", "UDP", "SCTP");
    private static final List<String> HOSTNAMES = List.of("web-0", "web-1", "tcp", "http", "10-1-0-5", "h" + LONG);
    private static final List<String> TARGETS = List.of(
            "www.example.com",
            "nx.example.com",
            "cname.example.com",
            "192.0.2.7",
            "s0.a.svc.cluster.local",
            "nope.a.svc.cluster.local",
            "api.example.net",
            "chain.example.com",
            "many.example.com");

    private final Random random;
    private final List<KubeObject> objects = new ArrayList<>();
    private int clusterIps = 20;

    private RandomObjects(long seed) {
        random = new Random(seed);
    }

    /** A cluster of so many services. */
    static ClusterObjects of(long seed, int services) {
        return new RandomObjects(seed).build(services);
    }

    private ClusterObjects build(int services) {
        for (String namespace : NAMESPACES) {
            add("v1", "Namespace", namespace, "", "{\"expose\":\"" + (random.nextBoolean() ? "yes" : "no") + "\"}", "");
        }
        for (int i = 0; i < services; i++) {
            service(one(NAMESPACES), random.nextInt(12) == 0 ? "s" + LONG.substring(0, 58) + i : "s" + i);
        }
        service("a", "s0");
        addService(
                "a",
                "db",
                families(
                                "10.152.183.9",
                                "[\"10.152.183.9\",\"fd00:1234::9\"]",
                                "[\"IPv4\",\"IPv6\"]",
                                "RequireDualStack")
                        + "\"ports\":[{\"name\":\"pg\",\"port\":5432,\"protocol\":\"TCP\"}]");
        crowd("a", "crowd", 80);
        circle();
        add("v1", "Pod", "client", "a", "", podOf("Running", "127.0.0.1", "[{\"ip\":\"127.0.0.1\"}]"));
        for (int i = 0; i < 10; i++) {
            pod("pod-" + i, "10.1.0." + random.nextInt(30), "fd00:10::" + random.nextInt(20));
        }
        return new ClusterObjects(objects);
    }

    private void service(String namespace, String name) {
        switch (random.nextInt(8)) {
            case 0 -> external(namespace, name, one(TARGETS));
            case 1, 2, 3 -> {
                addService(namespace, name, "\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"]," + ports(true));
                slices(namespace, name);
            }
            case 4 -> {
                addService(
                        namespace,
                        name,
                        "\"type\":\"LoadBalancer\",\"externalIPs\":[\"192.0.2." + random.nextInt(9) + "\"],"
                                + addresses() + ports(false));
                slices(namespace, name);
            }
            default -> {
                addService(namespace, name, addresses() + ports(false));
                if (random.nextInt(4) > 0) {
                    slices(namespace, name);
                }
            }
        }
    }

    private String addresses() {
        String v4 = "10.152.183." + ++clusterIps;
        String v6 = "fd00:1234::" + Integer.toHexString(clusterIps);
        return switch (random.nextInt(4)) {
            case 0 -> families(v6, "[\"" + v6 + "\"]", "[\"IPv6\"]", "SingleStack");
            case 1 -> families(v4, "[\"" + v4 + "\",\"" + v6 + "\"]", "[\"IPv4\",\"IPv6\"]", "RequireDualStack");
            default -> families(v4, "[\"" + v4 + "\"]", "[\"IPv4\"]", "SingleStack");
        };
    }

    private static String families(String first, String all, String families, String policy) {
        return "\"clusterIP\":\"" + first + "\",\"clusterIPs\":" + all + ",\"ipFamilies\":" + families
                + ",\"ipFamilyPolicy\":\"" + policy + "\",";
    }

    private String ports(boolean mayBeNone) {
        int count = random.nextInt(4);
        if (count == 0 && mayBeNone) {
            return "\"ports\":[]";
        }
        if (count <= 1) {
            String name = random.nextBoolean() ? "" : "\"name\":\"http\",";
            return "\"ports\":[{" + name + "\"port\":80,\"protocol\":\"" + one(PROTOCOLS) + "\"}]";
        }
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add("{\"name\":\"" + PORTS.get(i + random.nextInt(2) * 3) + "\",\"port\":" + (80 + i)
                    + ",\"protocol\":\"" + one(PROTOCOLS) + "\"}");
        }
        return "\"ports\":[" + String.join(",", ports.stream().distinct().toList()) + "]";
    }

    private void slices(String namespace, String service) {
        for (int i = random.nextInt(4); i > 0; i--) {
            String type = List.of("IPv4", "IPv4", "IPv6", "FQDN").get(random.nextInt(random.nextInt(6) == 0 ? 4 : 3));
            List<String> endpoints = new ArrayList<>();
            for (int j = random.nextInt(5); j > 0; j--) {
                endpoints.add(endpoint(type));
            }
            slice(namespace, service + "-" + i, service, type, endpoints, slicePorts());
        }
    }

    private String slicePorts() {
        return switch (random.nextInt(6)) {
            case 0 -> "[]";
            case 1 -> "[{\"name\":\"\",\"port\":8080,\"protocol\":\"TCP\"}]";
            case 2 -> "[{\"name\":\"http\",\"protocol\":\"TCP\"}]";
            case 3 ->
                "[{\"name\":\"http\",\"port\":8080,\"protocol\":\"TCP\"},{\"name\":\"dns\",\"port\":53,\"protocol\":\"UDP\"}]";
            default -> "[{\"name\":\"http\",\"port\":8080,\"protocol\":\"" + one(PROTOCOLS) + "\"}]";
        };
    }

    private String endpoint(String type) {
        String address = switch (type) {
            case "IPv4" -> "10.1.0." + random.nextInt(30);
            case "IPv6" -> random.nextInt(5) == 0 ? "fd00:10::" : "fd00:10::" + Integer.toHexString(random.nextInt(20));
            default -> one(List.of("host.example.com", "node-1.example.net"));
        };
        String ready = one(List.of("true", "true", "true", "false", "null"));
        String conditions = ready.equals("null")
                ? "{}"
                : "{\"ready\":" + ready + ",\"serving\":" + random.nextBoolean() + ",\"terminating\":"
                        + random.nextBoolean() + "}";
        String hostname = random.nextInt(3) == 0 ? ",\"hostname\":\"" + one(HOSTNAMES) + "\"" : "";
        String target = random.nextBoolean()
                ? ",\"targetRef\":{\"kind\":\"Pod\",\"name\":\""
                        + one(List.of("pod-1", "pod-2", "p" + LONG, "q" + LONG + "-too-long")) + "\"}"
                : "";
        return "{\"addresses\":[\"" + address + "\"],\"conditions\":" + conditions + hostname + target + "}";
    }

    /** More endpoints than a datagram holds. */
    private void crowd(String namespace, String name, int endpoints) {
        addService(
                namespace,
                name,
                "\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"],\"ports\":[{\"name\":\"http\",\"port\":80}]");
        for (int slice = 0; slice < 2; slice++) {
            List<String> some = new ArrayList<>();
            for (int i = 0; i < endpoints / 2; i++) {
                some.add("{\"addresses\":[\"10.2." + slice + "." + i + "\"],\"conditions\":{\"ready\":true}}");
            }
            slice(
                    namespace,
                    name + "-" + slice,
                    name,
                    "IPv4",
                    some,
                    "[{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}]");
        }
    }

    private void circle() {
        external("a", "self", "self.a.svc.cluster.local");
        external("a", "to-chain", "to-alias.a.svc.cluster.local");
        external("a", "to-alias", "s0.a.svc.cluster.local");
        external("a", "ring-1", "ring-2.a.svc.cluster.local");
        external("a", "ring-2", "ring-1.a.svc.cluster.local");
    }

    private void external(String namespace, String name, String target) {
        addService(namespace, name, "\"type\":\"ExternalName\",\"externalName\":\"" + target + "\"");
    }

    private void pod(String name, String first, String second) {
        String phase = one(List.of("Running", "Running", "Running", "Pending", "Succeeded"));
        String ips = random.nextInt(3) == 0 ? "[{\"ip\":\"" + second + "\"}]" : "[{\"ip\":\"" + first + "\"}]";
        String ip = random.nextInt(3) == 0 ? "[{\"ip\":\"" + first + "\"},{\"ip\":\"" + second + "\"}]" : ips;
        String podIp = ip.substring(8, ip.indexOf('"', 8));
        add("v1", "Pod", name, one(NAMESPACES), "", podOf(phase, podIp, ip));
    }

    private static String podOf(String phase, String address, String addresses) {
        return "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"example.invalid/c\"}]},\"status\":{\"phase\":\""
                + phase + "\",\"podIP\":\"" + address + "\",\"podIPs\":" + addresses + "}";
    }

    private void addService(String namespace, String name, String spec) {
        objects.removeIf(object -> object.kind().equals("Service")
                && object.name().equals(name)
                && object.namespace().equals(namespace));
        add(
                "v1",
                "Service",
                name,
                namespace,
                random.nextBoolean() ? "{\"app\":\"web\"}" : "",
                "\"spec\":{" + spec + "}");
    }

    private void slice(
            String namespace, String name, String service, String type, List<String> endpoints, String ports) {
        String shortName = name.length() > 63 ? name.substring(name.length() - 60) : name;
        add(
                "discovery.k8s.io/v1",
                "EndpointSlice",
                shortName,
                namespace,
                "{\"kubernetes.io/service-name\":\"" + service + "\",\"app\":\"web\"}",
                "\"addressType\":\"" + type + "\",\"endpoints\":[" + String.join(",", endpoints) + "],\"ports\":"
                        + ports);
    }

    private void add(String version, String kind, String name, String namespace, String labels, String rest) {
        String metadata =
                "\"name\":\"" + name + "\"" + (namespace.isEmpty() ? "" : ",\"namespace\":\"" + namespace + "\"")
                        + (labels.isEmpty() ? "" : ",\"labels\":" + labels);
        objects.add(KubeObject.of("{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"metadata\":{"
                + metadata + "}" + (rest.isEmpty() ? "" : "," + rest) + "}"));
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
