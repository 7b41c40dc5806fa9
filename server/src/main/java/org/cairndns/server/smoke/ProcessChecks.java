package org.cairndns.server.smoke;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.HostPort;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;

/** What programs and probes see of DNS: the C library's resolver, the pages of the servers. One thread. */
final class ProcessChecks {
    private static final String SHORT_NAME = "kubernetes.default";

    private final Optional<SystemResolver> resolver;
    private final List<String> pods;
    private final DnsAsker dns;
    private final WebPages pages;

    /**
     * @param resolver the C library's, if it asks the server that is tested
     * @param pods names or addresses of servers
     */
    ProcessChecks(Optional<SystemResolver> resolver, List<String> pods, DnsAsker dns, WebPages pages) {
        this.resolver = resolver;
        this.pods = List.copyOf(pods);
        this.dns = dns;
        this.pages = pages;
    }

    /** In the order in which they are asked. */
    List<SmokeCheck> all() {
        return List.of(
                new SmokeCheck(SHORT_NAME + " by getaddrinfo", this::getaddrinfo),
                new SmokeCheck("/ready and /metrics", this::ready));
    }

    private Verdict getaddrinfo() throws IOException {
        if (resolver.isEmpty()) {
            return new Verdict.Skipped("this machine's resolver asks another server");
        }
        return new Verdict.Passed(SmokeChecks.text(resolver.get().lookUp(SHORT_NAME)));
    }

    private Verdict ready() throws IOException {
        if (pods.isEmpty()) {
            return new Verdict.Skipped("--pods names no server");
        }
        List<InetAddress> servers = new ArrayList<>();
        for (String pod : pods) {
            Optional<InetAddress> literal = HostPort.parse(pod, 0).flatMap(HostPort::address);
            if (literal.isPresent()) {
                servers.add(literal.get());
                continue;
            }
            Answer first = dns.ask(DomainName.of(pod), RecordType.A, Transport.UDP);
            Answer second = dns.ask(DomainName.of(pod), RecordType.AAAA, Transport.UDP);
            if (first.addresses().isEmpty() && second.addresses().isEmpty()) {
                return new Verdict.Failed(pod + ": expected addresses of pods that are ready, got " + first);
            }
            servers.addAll(first.addresses());
            servers.addAll(second.addresses());
        }
        for (InetAddress server : servers) {
            Optional<String> fault = pages.fault(server);
            if (fault.isPresent()) {
                return new Verdict.Failed(fault.get());
            }
        }
        return new Verdict.Passed("right at " + SmokeChecks.text(servers));
    }
}
