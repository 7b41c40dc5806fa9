package org.cairndns.kubernetes.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.kubernetes.ClusterObjects;
import org.cairndns.kubernetes.PackedEndpoints;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/** Writer of objects as {@link Items}, for one snapshot and one thread; what the output throws comes out unchecked. */
final class SnapshotEncoder implements ClusterObjects {
    private static final int IPV4_OCTETS = 4;

    private final OctetWriter out;

    /** Lists of ports, of which there are few, by their numbers. */
    private final Map<List<PortEntry>, Integer> portLists = new HashMap<>();

    /** Topology zones by their numbers. */
    private final Map<String, Integer> zones = new HashMap<>();

    private String namespace = "";

    SnapshotEncoder(OctetWriter out) {
        this.out = out;
    }

    /** Something that writes. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Ends the body. */
    void end() throws IOException {
        out.octet(Items.END);
        out.flush();
    }

    @Override
    public void putNamespace(String name) {
        write(() -> namespace(Items.NAMESPACE, name));
    }

    @Override
    public void put(ServiceEntry service) {
        write(() -> service(Items.SERVICE, service));
    }

    @Override
    public void putImport(ServiceEntry imported) {
        write(() -> service(Items.IMPORT, imported));
    }

    @Override
    public void put(SliceEntry slice) {
        write(() -> slice(slice));
    }

    @Override
    public void put(PodEntry pod) {
        write(() -> pod(pod));
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void namespace(int item, String name) throws IOException {
        out.octet(item);
        text(name);
        namespace = name;
    }

    private void begin(int item, String of, String name) throws IOException {
        if (!of.equals(namespace)) {
            namespace(Items.ELSEWHERE, of);
        }
        out.octet(item);
        text(name);
    }

    private void service(int item, ServiceEntry service) throws IOException {
        begin(item, service.namespace(), service.name());
        out.octet(service.kind().ordinal());
        addresses(service.clusterIps());
        text(service.externalName());
        ports(service.ports());
        out.number(service.externalTargets().size());
        for (String target : service.externalTargets()) {
            text(target);
        }
    }

    private void slice(SliceEntry slice) throws IOException {
        begin(Items.SLICE, slice.namespace(), slice.name());
        PackedEndpoints endpoints = PackedEndpoints.of(slice.endpoints());
        PackedEndpoints.Labels hostnames = endpoints.hostnameLabels();
        PackedEndpoints.Labels podNames = endpoints.podNameLabels();
        boolean same = Arrays.equals(hostnames.octets(), podNames.octets())
                && hostnames.prefixOctets() == podNames.prefixOctets();
        out.octet((hostnames.octets().length == 0 ? 0 : Items.HOSTNAMES)
                | (same ? Items.SAME_NAMES : podNames.octets().length == 0 ? 0 : Items.POD_NAMES)
                | (endpoints.zones().length == 0 ? 0 : Items.ZONES)
                | (slice.importName().isEmpty() ? 0 : Items.IMPORTED));
        text(slice.serviceName());
        if (!slice.importName().isEmpty()) {
            text(slice.importName());
            text(slice.clusterId());
        }
        ports(slice.ports());
        bits(endpoints);
        labels(hostnames);
        labels(same ? PackedEndpoints.Labels.NONE : podNames);
        for (String zone : endpoints.zones()) {
            zone(zone);
        }
    }

    private void bits(PackedEndpoints endpoints) throws IOException {
        int[] ipv4 = endpoints.ipv4();
        long[] ipv6 = endpoints.ipv6();
        ByteBuffer octets = ByteBuffer.allocate(ipv4.length * Integer.BYTES + ipv6.length * Long.BYTES);
        octets.asIntBuffer().put(ipv4);
        octets.position(ipv4.length * Integer.BYTES).asLongBuffer().put(ipv6);
        out.number(ipv4.length);
        out.number(ipv6.length / 2);
        out.octets(octets.array(), 0);
    }

    private void labels(PackedEndpoints.Labels labels) throws IOException {
        if (labels.octets().length > 0) {
            out.number(labels.prefixOctets());
            out.number(labels.octets().length);
            out.octets(labels.octets(), 0);
        }
    }

    /** A number for a zone that there was, or 0 and the zone. */
    private void zone(String zone) throws IOException {
        Integer known = zones.putIfAbsent(zone, zones.size() + 1);
        if (known != null) {
            out.number(known);
        } else {
            out.number(0);
            text(zone);
        }
    }

    private void pod(PodEntry pod) throws IOException {
        begin(Items.POD, pod.namespace(), pod.name());
        addresses(pod.addresses());
        out.number(pod.labels().size());
        for (Map.Entry<String, String> label : pod.labels().entrySet()) {
            text(label.getKey());
            text(label.getValue());
        }
    }

    /** A number for a list that there was, or 0 and the list. */
    private void ports(List<PortEntry> ports) throws IOException {
        Integer known = portLists.putIfAbsent(ports, portLists.size() + 1);
        if (known != null) {
            out.number(known);
            return;
        }
        out.number(0);
        out.number(ports.size());
        for (PortEntry port : ports) {
            out.number(port.port());
            text(port.protocol());
            text(port.name());
        }
    }

    /** All at once, in their order: twice the number, one more where all are of IPv4; else the size of each in front of it. */
    private void addresses(List<InetAddress> addresses) throws IOException {
        boolean ipv4 = addresses.stream().allMatch(address -> address.getAddress().length == IPV4_OCTETS);
        out.number(2 * addresses.size() + (ipv4 ? 1 : 0));
        for (InetAddress address : addresses) {
            byte[] octets = address.getAddress();
            if (!ipv4) {
                out.octet(octets.length);
            }
            out.octets(octets, 0);
        }
    }

    /** A text in what a reader takes: what no name of the API's has becomes a question mark. */
    private void text(String text) throws IOException {
        StringBuilder clean = new StringBuilder(text);
        clean.setLength(Math.min(text.length(), OctetReader.MAX_TEXT_OCTETS));
        for (int i = 0; i < clean.length(); i++) {
            if (clean.charAt(i) <= ' ' || clean.charAt(i) >= 0x7f) {
                clean.setCharAt(i, '?');
            }
        }
        out.text(clean.toString());
    }
}
