package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Records of an answer as text, each once: in the form of {@link Answers#ask}, with a TTL of 30 seconds. */
final class ReferenceRecords {
    private final String qname;
    private final String type;
    private final Set<String> answers = new TreeSet<>();
    private final Set<String> additional = new TreeSet<>();
    private int pairs;

    ReferenceRecords(String qname, String type) {
        this.qname = qname;
        this.type = type;
    }

    /** Adds the addresses that are of the type. */
    ReferenceRecords addresses(Collection<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (typeOf(address).equals(type)) {
                answers.add(address(qname, address));
            }
        }
        return this;
    }

    /** Adds a port that an address offers. */
    void service(int port, String target, InetAddress address) {
        pairs++;
        answers.add(qname + " 30 SRV 0 WEIGHT " + port + " " + target);
        additional.add("+ " + address(target, address));
    }

    /** The answer, NODATA if there are no records. */
    List<String> answer() {
        if (answers.isEmpty()) {
            return List.of("NODATA");
        }
        List<String> lines = new ArrayList<>(List.of("NOERROR"));
        String weight = Integer.toString(Math.max(1, 100 / Math.max(1, pairs)));
        answers.forEach(line -> lines.add(line.replace("WEIGHT", weight)));
        lines.addAll(additional);
        return lines;
    }

    private static String address(String owner, InetAddress address) {
        return owner + " 30 " + typeOf(address) + " " + address.getHostAddress();
    }

    private static String typeOf(InetAddress address) {
        return address.getAddress().length == 4 ? "A" : "AAAA";
    }
}
