package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.cairndns.kubernetes.ReferenceCluster.Endpoint;

/** The rules for names of addresses: Kubernetes DNS 1.1.0, 2.3.3 and 2.4.3, RFC 8020 for the names above them. */
record ReferenceReverse(ReferenceCluster cluster, String zone) {
    private record Target(boolean given, String name) {}

    // Hostnames first; names as octets of labels with their length in front.
    private static final Comparator<Target> ORDER =
            Comparator.comparing((Target target) -> !target.given).thenComparing(target -> wireText(target.name));

    List<String> ask(String qname, String type, List<String> labels, List<String> nameError) {
        for (InetAddress address : cluster.addresses()) {
            String name = reverseName(address);
            if (name.equals(qname)) {
                return at(address, qname, type, nameError);
            }
        }
        return cluster.addresses().stream()
                        .anyMatch(address -> reverseName(address).endsWith("." + qname))
                ? List.of("NODATA")
                : nameError;
    }

    private List<String> at(InetAddress address, String qname, String type, List<String> nameError) {
        List<String> targets = targets(address);
        if (targets.isEmpty()) {
            return nameError;
        }
        if (!type.equals("PTR")) {
            return List.of("NODATA");
        }
        List<String> lines = new ArrayList<>(List.of("NOERROR"));
        targets.forEach(target -> lines.add(qname + " 30 PTR " + target));
        return lines;
    }

    private List<String> targets(InetAddress address) {
        TreeSet<Target> ofServices = new TreeSet<>(ORDER);
        TreeSet<Target> ofEndpoints = new TreeSet<>(ORDER);
        for (ServiceEntry service : cluster.services()) {
            if (!cluster.isVisible(service.namespace()) || service.kind() == ServiceKind.EXTERNAL_NAME) {
                continue;
            }
            String name = service.name() + "." + service.namespace() + ".svc.cluster.local.";
            if (service.clusterIps().contains(address)) {
                ofServices.add(new Target(false, name));
            }
            for (Endpoint endpoint : cluster.endpoints(service)) {
                if (endpoint.address().equals(address)) {
                    ofEndpoints.add(new Target(endpoint.given(), endpoint.name() + "." + name));
                }
            }
        }
        // One PTR record for an address of a service; one for each name of an endpoint.
        return ofServices.isEmpty()
                ? ofEndpoints.stream().map(Target::name).distinct().toList()
                : List.of(ofServices.first().name());
    }

    private static String reverseName(InetAddress address) {
        StringBuilder name = new StringBuilder();
        byte[] octets = address.getAddress();
        for (int i = octets.length - 1; i >= 0; i--) {
            int octet = octets[i] & 0xff;
            if (octets.length == 4) {
                name.append(octet).append('.');
            } else {
                name.append(Integer.toHexString(octet & 0xf)).append('.');
                name.append(Integer.toHexString(octet >> 4)).append('.');
            }
        }
        return name.append(octets.length == 4 ? "in-addr.arpa." : "ip6.arpa.").toString();
    }

    private static String wireText(String name) {
        StringBuilder text = new StringBuilder();
        for (String label : name.split("\\.")) {
            text.append((char) label.length()).append(label);
        }
        return text.toString();
    }
}
