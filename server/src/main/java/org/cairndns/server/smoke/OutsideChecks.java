package org.cairndns.server.smoke;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;

/** What pods need of names outside of their cluster. One thread. */
final class OutsideChecks {
    private static final String NO_NAME = "no name outside of the cluster is asked for";

    private final Optional<DomainName> name;
    private final DnsAsker dns;

    /**
     * @param name one that only upstreams know; empty for a cluster without a way out
     */
    OutsideChecks(Optional<DomainName> name, DnsAsker dns) {
        this.name = name;
        this.dns = dns;
    }

    /** In the order in which they are asked. */
    List<SmokeCheck> all() {
        String shown = name.map(DomainName::toString).orElse("a name outside");
        return List.of(new SmokeCheck(shown + " A", this::address), new SmokeCheck("PTR of " + shown, this::reverse));
    }

    private Verdict address() throws IOException {
        if (name.isEmpty()) {
            return new Verdict.Skipped(NO_NAME);
        }
        Answer answer = dns.ask(name.get(), RecordType.A, Transport.UDP);
        return answer.is(Rcode.NOERROR) && !answer.addresses().isEmpty()
                ? new Verdict.Passed(SmokeChecks.text(answer.addresses()))
                : new Verdict.Failed("expected an address, got " + answer);
    }

    /** Whatever upstreams say of the address, as long as it is they who say it. */
    private Verdict reverse() throws IOException {
        if (name.isEmpty()) {
            return new Verdict.Skipped(NO_NAME);
        }
        List<InetAddress> addresses =
                dns.ask(name.get(), RecordType.A, Transport.UDP).addresses();
        if (addresses.isEmpty()) {
            return new Verdict.Failed("no address to ask for");
        }
        DomainName reverse = reverseName(addresses.getFirst());
        Answer answer = dns.ask(reverse, RecordType.PTR, Transport.UDP);
        if (!answer.is(Rcode.NOERROR) && !answer.is(Rcode.NXDOMAIN)) {
            return new Verdict.Failed("expected an answer of upstreams for " + reverse + ", got " + answer);
        }
        // The SOA records of a cluster's zones name this server.
        Optional<String> denial = answer.soa().filter(soa -> soa.contains(" SOA ns.dns."));
        return denial.<Verdict>map(soa -> new Verdict.Failed("the cluster denies it in place of upstreams (" + soa
                        + "): the directive kubernetes needs 'fallthrough in-addr.arpa ip6.arpa'"))
                .orElseGet(() -> new Verdict.Passed(reverse + ": " + answer));
    }

    /** The name at which the PTR records of an address stand. */
    static DomainName reverseName(InetAddress address) {
        return ReverseName.of(IpAddress.of(address));
    }
}
