package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * A pod's {@code dig +search}, over UDP and over TCP: completions by the search list first for a name of fewer than five dots.
 *
 * @param port of the server
 * @param from address of the client over UDP
 * @param search the search list of its resolv.conf
 */
record SearchingClient(int port, String from, List<String> search) {
    private static final int NDOTS = 5;

    /** A pod of a namespace; host domains come behind the cluster's. */
    static SearchingClient of(int port, String namespace, String... hostDomains) {
        List<String> search =
                new ArrayList<>(List.of(namespace + ".svc.cluster.local", "svc.cluster.local", "cluster.local"));
        search.addAll(List.of(hostDomains));
        return new SearchingClient(port, "127.0.0.1", search);
    }

    SearchingClient from(String address) {
        return new SearchingClient(port, address, search);
    }

    /** RDATA of the first answer that the search finds, the same over both transports but for the order. */
    List<String> find(String name, String qtype) throws IOException {
        try (UdpClient udp = new UdpClient(port, from);
                TcpClient tcp = new TcpClient(port)) {
            List<String> overUdp = find(name, qtype, udp::ask);
            assertThat(find(name, qtype, tcp::ask)).as("over TCP").containsExactlyInAnyOrderElementsOf(overUdp);
            return overUdp;
        }
    }

    private interface Ask {
        Message ask(String qname, String qtype) throws IOException;
    }

    private List<String> find(String name, String qtype, Ask ask) throws IOException {
        for (String candidate : candidates(name)) {
            Message response = ask.ask(candidate, qtype);
            if (response.getRcode() == Rcode.NOERROR) {
                assertThat(Messages.answers(response)).as(candidate).isNotEmpty();
                return Messages.answers(response);
            }
            assertThat(Messages.rcode(response)).as(candidate).isEqualTo("NXDOMAIN");
        }
        return List.of();
    }

    private List<String> candidates(String name) {
        List<String> completed = new ArrayList<>();
        for (String domain : search) {
            completed.add(domain.equals(".") ? name + "." : name + "." + domain + ".");
        }
        long dots = name.chars().filter(c -> c == '.').count();
        completed.add(dots >= NDOTS ? 0 : completed.size(), name + ".");
        return completed;
    }
}
