package org.cairndns.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Services with external addresses, and endpoints in topology zones, drawn from a seed, beside the objects of another cluster. */
final class ExternalObjects {
    private static final String NAMESPACE = "a";
    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "192.0.2.2", "198.51.100.7", "2001:db8::7", "2001:db8::8");
    private static final List<String> HOSTNAMES =
            List.of("www.example.com", "nx.example.com", "cname.example.com", "empty.example.com");
    private static final List<String> PORTS = List.of(
            "{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}",
            "{\"name\":\"dns\",\"port\":53,\"protocol\":\"UDP\"}",
            "{\"name\":\"https\",\"port\":443,\"protocol\":\"TCP\"}");
    private static final List<String> TOPOLOGY_ZONES = List.of("eu-1", "eu-2", "x.y", "EU-3");

    private final Random random;
    private final List<KubeObject> objects;

    private ExternalObjects(long seed, ClusterObjects others) {
        random = new Random(seed);
        objects = new ArrayList<>(others.all());
    }

    /** The other objects and so many services of each kind. */
    static ClusterObjects of(long seed, int services, ClusterObjects others) {
        ExternalObjects all = new ExternalObjects(seed, others);
        for (int i = 0; i < services; i++) {
            all.external("ip" + i, all.addresses("ip"), "");
            all.external("name" + i, all.some(HOSTNAMES, "hostname"), "");
            all.external("ext" + i, "", "\"externalIPs\":[\"192.0.2." + i + "\",\"2001:db8::" + i + "\"],");
            all.external("both" + i, all.addresses("ip"), "\"externalIPs\":[\"192.0.2." + i + "\"],");
            all.zonal("zonal" + i);
        }
        return new ClusterObjects(all.objects);
    }

    private String addresses(String key) {
        return some(ADDRESSES, key);
    }

    private String some(List<String> pool, String key) {
        List<String> items = new ArrayList<>();
        for (String value : pool) {
            if (random.nextInt(pool.size()) == 0 || items.isEmpty() && value.equals(pool.getLast())) {
                items.add("{\"" + key + "\":\"" + value + "\"}");
            }
        }
        return String.join(",", items);
    }

    private String ports() {
        return String.join(",", PORTS.subList(0, 1 + random.nextInt(PORTS.size())));
    }

    private void external(String name, String ingress, String spec) {
        String status = ingress.isEmpty() ? "" : ",\"status\":{\"loadBalancer\":{\"ingress\":[" + ingress + "]}}";
        add(
                "v1",
                "Service",
                name,
                "",
                "\"spec\":{\"type\":\"LoadBalancer\"," + spec + "\"ports\":[" + ports() + "]}" + status);
    }

    private void zonal(String name) {
        add(
                "v1",
                "Service",
                name,
                "",
                "\"spec\":{\"clusterIP\":\"None\",\"clusterIPs\":[\"None\"],\"ports\":[" + ports() + "]}");
        for (int slice = 0; slice < 2; slice++) {
            List<String> endpoints = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String zone = random.nextInt(4) == 0
                        ? ""
                        : ",\"zone\":\"" + TOPOLOGY_ZONES.get(random.nextInt(TOPOLOGY_ZONES.size())) + "\"";
                String hostname = random.nextBoolean() ? "" : ",\"hostname\":\"web-" + i + "\"";
                endpoints.add("{\"addresses\":[\"10.3." + slice + "." + (i + 1) + "\"],\"conditions\":{\"ready\":true}"
                        + hostname + zone + "}");
            }
            add(
                    "discovery.k8s.io/v1",
                    "EndpointSlice",
                    name + "-" + slice,
                    ",\"labels\":{\"kubernetes.io/service-name\":\"" + name + "\"}",
                    "\"addressType\":\"IPv4\",\"endpoints\":[" + String.join(",", endpoints) + "],\"ports\":["
                            + PORTS.get(0) + "]");
        }
    }

    private void add(String version, String kind, String name, String labels, String rest) {
        objects.add(KubeObject.of("{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind
                + "\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + NAMESPACE + "\"" + labels + "},"
                + rest
                + "}"));
    }
}
