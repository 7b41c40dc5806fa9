package org.cairndns.kubernetes.snapshot;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.cairndns.kubernetes.ClusterObjects;
import org.cairndns.kubernetes.PackedEndpoints;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;

/** Reader of {@link Items} that trusts nothing of them; for one snapshot. */
final class SnapshotDecoder {
    /** What an object takes in an index at most, besides its texts and what it has many of. */
    private static final int NAMESPACE_HEAP_OCTETS = 400;

    private static final int SERVICE_HEAP_OCTETS = 160;
    private static final int SLICE_HEAP_OCTETS = 300;
    private static final int POD_HEAP_OCTETS = 100;

    /** What an address takes that an endpoint has. */
    private static final int IPV4_ENDPOINT_HEAP_OCTETS = 30;

    private static final int IPV6_ENDPOINT_HEAP_OCTETS = 40;

    /** What any other address, a port or a label takes besides its texts, if only while it is read. */
    private static final int ELEMENT_HEAP_OCTETS = 60;

    /** An address of IPv6 has its octets in an object of its own. */
    private static final int IPV6_ELEMENT_HEAP_OCTETS = 140;

    /** What a text takes besides its octets. */
    private static final int TEXT_HEAP_OCTETS = 48;

    /** A list of ports that is known takes nothing but the time to compare it. */
    private static final int PORT_AGAIN_OCTETS = 8;

    private static final int IPV4_OCTETS = 4;
    private static final int IPV6_OCTETS = 16;

    private final OctetReader in;
    private final ClusterObjects target;
    private final List<List<PortEntry>> portLists = new ArrayList<>();
    private final List<String> zones = new ArrayList<>();
    private String namespace = "";
    private long heapOctetsLeft;

    SnapshotDecoder(OctetReader in, ClusterObjects target, long maxHeapOctets) {
        this.in = in;
        this.target = target;
        this.heapOctetsLeft = maxHeapOctets;
    }

    /** Puts all objects up to the end of the body. */
    void run() throws IOException, SnapshotException {
        int item = in.octet();
        while (item != Items.END) {
            read(item);
            item = in.octet();
        }
        if (!in.isAtEnd()) {
            throw new SnapshotException("it goes on behind its end");
        }
    }

    private void read(int item) throws IOException, SnapshotException {
        switch (item) {
            case Items.NAMESPACE -> {
                namespace = namespace();
                target.putNamespace(namespace);
            }
            case Items.ELSEWHERE -> namespace = namespace();
            case Items.SERVICE -> target.put(service());
            case Items.IMPORT -> target.putImport(service());
            case Items.SLICE -> target.put(slice());
            case Items.POD -> target.put(pod());
            default -> throw new SnapshotException("it has an item of the unknown kind " + item);
        }
    }

    private String namespace() throws IOException, SnapshotException {
        weigh(NAMESPACE_HEAP_OCTETS);
        return name();
    }

    private ServiceEntry service() throws IOException, SnapshotException {
        String name = objectName(SERVICE_HEAP_OCTETS);
        int kind = in.octet();
        if (kind >= ServiceKind.values().length) {
            throw new SnapshotException("it has a service of the unknown kind " + kind);
        }
        List<InetAddress> addresses = addresses();
        String externalName = text();
        List<PortEntry> ports = ports();
        List<String> targets = new ArrayList<>();
        for (int count = in.number(); count > 0; count--) {
            weigh(ELEMENT_HEAP_OCTETS);
            targets.add(text());
        }
        return new ServiceEntry(namespace, name, ServiceKind.values()[kind], addresses, externalName, ports, targets);
    }

    private SliceEntry slice() throws IOException, SnapshotException {
        String name = objectName(SLICE_HEAP_OCTETS);
        int bits = in.octet();
        String serviceName = text();
        boolean imported = (bits & Items.IMPORTED) != 0;
        String importName = imported ? text() : "";
        String clusterId = imported ? text() : "";
        List<PortEntry> ports = ports();
        PackedEndpoints endpoints;
        try {
            endpoints = endpoints(bits);
        } catch (IllegalArgumentException e) {
            throw new SnapshotException("it has endpoints that make no sense");
        }
        return new SliceEntry(
                namespace, name, serviceName, importName, clusterId, ports, endpoints, OptionalLong.empty());
    }

    private PackedEndpoints endpoints(int bits) throws IOException, SnapshotException {
        int ipv4Count = in.number();
        int ipv6Count = in.number();
        weigh((long) IPV4_ENDPOINT_HEAP_OCTETS * ipv4Count + (long) IPV6_ENDPOINT_HEAP_OCTETS * ipv6Count);
        int[] ipv4 = new int[ipv4Count];
        in.ints(ipv4);
        long[] ipv6 = new long[2 * ipv6Count];
        in.longs(ipv6);
        PackedEndpoints.Labels hostnames = labels(bits & Items.HOSTNAMES);
        PackedEndpoints.Labels podNames = (bits & Items.SAME_NAMES) != 0 ? hostnames : labels(bits & Items.POD_NAMES);
        String[] zones = new String[(bits & Items.ZONES) == 0 ? 0 : ipv4Count + ipv6Count];
        for (int i = 0; i < zones.length; i++) {
            zones[i] = zone();
        }
        return PackedEndpoints.ofColumns(ipv4, ipv6, hostnames, podNames, zones);
    }

    private PackedEndpoints.Labels labels(int present) throws IOException, SnapshotException {
        if (present == 0) {
            return PackedEndpoints.Labels.NONE;
        }
        int prefixOctets = in.number();
        int octets = in.number();
        weigh(octets);
        return new PackedEndpoints.Labels(prefixOctets, in.octets(octets));
    }

    private String zone() throws IOException, SnapshotException {
        int known = in.number();
        if (known > zones.size()) {
            throw new SnapshotException("it names a zone that it does not have");
        }
        if (known > 0) {
            return zones.get(known - 1);
        }
        zones.add(text());
        return zones.getLast();
    }

    private PodEntry pod() throws IOException, SnapshotException {
        String name = objectName(POD_HEAP_OCTETS);
        List<InetAddress> addresses = addresses();
        Map<String, String> labels = new HashMap<>();
        for (int count = in.number(); count > 0; count--) {
            weigh(ELEMENT_HEAP_OCTETS);
            labels.put(text(), text());
        }
        return new PodEntry(namespace, name, addresses, labels);
    }

    private List<PortEntry> ports() throws IOException, SnapshotException {
        int known = in.number();
        if (known > portLists.size()) {
            throw new SnapshotException("it names ports that it does not have");
        }
        if (known > 0) {
            List<PortEntry> again = portLists.get(known - 1);
            weigh((long) again.size() * PORT_AGAIN_OCTETS);
            return again;
        }
        List<PortEntry> ports = new ArrayList<>();
        for (int count = in.number(); count > 0; count--) {
            weigh(ELEMENT_HEAP_OCTETS);
            int port = in.number();
            if (port > 0xffff) {
                throw new SnapshotException("it has a port with the number " + port);
            }
            String protocol = text();
            ports.add(new PortEntry(text(), protocol, port));
        }
        portLists.add(List.copyOf(ports));
        return portLists.getLast();
    }

    private List<InetAddress> addresses() throws IOException, SnapshotException {
        int number = in.number();
        boolean ipv4 = (number & 1) != 0;
        List<InetAddress> addresses = new ArrayList<>();
        for (int count = number >>> 1; count > 0; count--) {
            int octets = ipv4 ? IPV4_OCTETS : in.octet();
            weigh(octets == IPV4_OCTETS ? ELEMENT_HEAP_OCTETS : IPV6_ELEMENT_HEAP_OCTETS);
            if (octets != IPV4_OCTETS && octets != IPV6_OCTETS) {
                throw new SnapshotException("it has an address of " + octets + " octets");
            }
            addresses.add(InetAddress.getByAddress(in.octets(octets)));
        }
        return addresses;
    }

    private String objectName(int heapOctets) throws IOException, SnapshotException {
        weigh(heapOctets);
        if (namespace.isEmpty()) {
            throw new SnapshotException("it has an object without a namespace");
        }
        return name();
    }

    private String name() throws IOException, SnapshotException {
        String name = text();
        if (name.isEmpty()) {
            throw new SnapshotException("it has an object without a name");
        }
        return name;
    }

    /** A text, each time at its full length: it may be written in less octets than it has. */
    private String text() throws IOException, SnapshotException {
        String text = in.text();
        weigh(TEXT_HEAP_OCTETS + text.length());
        return text;
    }

    private void weigh(long heapOctets) throws SnapshotException {
        heapOctetsLeft -= heapOctets;
        if (heapOctetsLeft < 0) {
            throw new SnapshotException("its objects are more than there is room for in memory");
        }
    }
}
