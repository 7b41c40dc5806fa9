package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;

/** Random questions about a {@link RandomCluster}: names that exist, names beside them, in any letter case. */
final class RandomQuestions {
    private static final List<String> TYPES = List.of(
            "A", "A", "A", "A", "AAAA", "AAAA", "AAAA", "AAAA", "SRV", "SRV", "SRV", "SRV", "PTR", "TXT", "HTTPS");

    private final Random random;
    private final RandomCluster pools;
    private final ReferenceCluster cluster;

    /**
     * Questions.
     *
     * @param pools names that may exist
     * @param cluster names that do exist
     */
    RandomQuestions(Random random, RandomCluster pools, ReferenceCluster cluster) {
        this.random = random;
        this.pools = pools;
        this.cluster = cluster;
    }

    String type(String name) {
        boolean reverse = name.toLowerCase().contains("arpa");
        return reverse && random.nextBoolean() ? "PTR" : one(TYPES);
    }

    String name() {
        String name = switch (random.nextInt(8)) {
            case 0, 1 -> reverse();
            case 2, 3 -> anyForward();
            default -> {
                List<ServiceEntry> served = cluster.services().stream()
                        .filter(service -> cluster.isVisible(service.namespace()))
                        .filter(service -> service.kind() != ServiceKind.EXTERNAL_NAME || random.nextInt(3) == 0)
                        .toList();
                yield served.isEmpty() ? anyForward() : ofService(one(served));
            }
        };
        return switch (random.nextInt(4)) {
            case 0 -> mixedCase(name);
            default -> name;
        };
    }

    // A name that exists as long as the service is served.
    private String ofService(ServiceEntry service) {
        String name = service.name() + "." + service.namespace() + ".svc.cluster.local.";
        List<ReferenceCluster.Endpoint> endpoints = cluster.endpoints(service);
        List<PortEntry> ports = new ArrayList<>(service.ports());
        endpoints.forEach(endpoint -> ports.addAll(endpoint.ports()));
        int below = random.nextInt(4);
        if (below == 1 && !endpoints.isEmpty()) {
            return one(endpoints).name() + "." + name;
        }
        if (below >= 2 && !ports.isEmpty()) {
            PortEntry port = one(ports);
            String protocol = underscore() + port.protocol() + "." + name;
            return below == 2 || port.name().isEmpty() ? protocol : underscore() + port.name() + "." + protocol;
        }
        return name;
    }

    private String anyForward() {
        String top = switch (random.nextInt(30)) {
            case 0 -> "dns";
            case 1 -> "dns-version";
            case 2 -> "nope";
            case 3, 4, 5 -> "pod";
            default -> "svc";
        };
        String name = top + ".cluster.local.";
        int few = random.nextInt(5);
        for (int labels = random.nextInt(6) == 0 ? few : 2 + few / 2; labels > 0; labels--) {
            name = label(name) + "." + name;
        }
        return random.nextInt(50) == 0 ? name.replace("cluster", "clustre") : name;
    }

    // A label that has a chance to exist in front of the name, or any.
    private String label(String name) {
        int depth = name.split("\\.").length - 2;
        if (random.nextInt(15) == 0) {
            depth = 1 + random.nextInt(4);
        }
        return switch (depth) {
            case 1 -> random.nextInt(20) == 0 ? "ns" : one(pools.namespaces());
            case 2 -> name.startsWith("pod", name.indexOf('.') + 1) ? dashed() : one(pools.services());
            case 3 ->
                switch (random.nextInt(3)) {
                    case 0 -> underscore() + one(RandomCluster.PROTOCOLS);
                    case 1 -> dashed();
                    default -> nonEmpty(random.nextBoolean() ? RandomCluster.HOSTNAMES : RandomCluster.PODS);
                };
            case 4 -> underscore() + nonEmpty(RandomCluster.PORTS);
            default -> one(List.of("_", "*", "x", "web"));
        };
    }

    private String underscore() {
        return random.nextInt(4) == 0 ? "" : "_";
    }

    private String dashed() {
        InetAddress address = one(pools.addresses());
        return switch (random.nextInt(12)) {
            case 0 -> "10-0-0-256";
            case 1 -> "10-0-0-01";
            case 2 -> address.getHostAddress().replace(':', '-').replace('.', '-');
            case 3 -> "x-" + ReferenceCluster.dashed(address);
            default -> ReferenceCluster.dashed(address);
        };
    }

    private String reverse() {
        String name = ReverseName.of(IpAddress.of(one(pools.addresses()))).toString();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                String shorter = name;
                for (int cut = 1 + random.nextInt(name.length() > 40 ? 34 : 6); cut > 0; cut--) {
                    shorter = shorter.substring(shorter.indexOf('.') + 1);
                    shorter = shorter.isEmpty() ? name : shorter;
                }
                yield shorter.endsWith("arpa.") && shorter.length() > 5 ? shorter : name;
            }
            case 3 -> one(List.of("x", "0", "1", "01", "256", "f", "ff", "_")) + "." + name;
            case 4 -> one(List.of("x", "0", "1", "01", "256", "f")) + name.substring(name.indexOf('.'));
            default -> name;
        };
    }

    private String mixedCase(String name) {
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            text.setCharAt(i, random.nextBoolean() ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
        }
        return text.toString();
    }

    private String nonEmpty(List<String> pool) {
        String text = one(pool);
        return text.isEmpty() ? "x" : text;
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
