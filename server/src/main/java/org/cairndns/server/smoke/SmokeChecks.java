package org.cairndns.server.smoke;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;

/** What pods need of the names of their cluster. One thread. */
final class SmokeChecks {
    private static final String API_SERVICE = SmokeTarget.API_SERVICE;

    private final SmokeTarget target;
    private final DnsAsker dns;
    private final DomainName api;

    SmokeChecks(SmokeTarget target, DnsAsker dns) {
        this.target = target;
        this.dns = dns;
        this.api = target.serviceName(API_SERVICE);
    }

    /** In the order in which they are asked. */
    List<SmokeCheck> all() {
        DomainName nobody = target.serviceName("nope.default");
        DomainName port = DomainName.of("_https._tcp." + api);
        DomainName version = DomainName.of("dns-version." + target.zone());
        DomainName service = target.serviceName(target.service());
        return List.of(
                new SmokeCheck(api + " A over UDP", () -> serviceAddress(API_SERVICE, Transport.UDP)),
                new SmokeCheck(api + " A over TCP", () -> serviceAddress(API_SERVICE, Transport.TCP)),
                new SmokeCheck(api + " AAAA", this::otherFamily),
                new SmokeCheck(port + " SRV", () -> has(port, RecordType.SRV, " " + api)),
                new SmokeCheck("PTR of " + API_SERVICE, this::reverse),
                new SmokeCheck(version + " TXT", () -> has(version, RecordType.TXT, "\"")),
                new SmokeCheck(service + " A", () -> serviceAddress(target.service(), Transport.UDP)),
                new SmokeCheck(nobody + " A", () -> denied(nobody)));
    }

    /** An address of the family that the cluster has, and the one that the kubelet knows. */
    private Verdict serviceAddress(String service, Transport transport) throws IOException {
        DomainName name = target.serviceName(service);
        Answer answer = dns.ask(name, RecordType.A, transport);
        List<InetAddress> addresses = new ArrayList<>(answer.addresses());
        Optional<InetAddress> expected = target.kubeletsAddress(service);
        boolean enough =
                !addresses.isEmpty() && expected.map(addresses::contains).orElse(true);
        if (answer.is(Rcode.NOERROR) && !enough) {
            answer = dns.ask(name, RecordType.AAAA, transport);
            addresses.addAll(answer.addresses());
        }
        if (!answer.is(Rcode.NOERROR) || addresses.isEmpty()) {
            return new Verdict.Failed("expected an address, got " + answer);
        }
        if (expected.isPresent() && !addresses.contains(expected.get())) {
            return new Verdict.Failed("expected " + expected.get().getHostAddress() + ", which the kubelet knows, got "
                    + text(addresses));
        }
        return new Verdict.Passed(text(addresses));
    }

    /** Resolvers that ask for both families take an error for either as one of the name. */
    private Verdict otherFamily() throws IOException {
        Answer answer = dns.ask(api, RecordType.AAAA, Transport.UDP);
        if (!answer.is(Rcode.NOERROR)) {
            return new Verdict.Failed("expected addresses or NOERROR without records, got " + answer);
        }
        if (!answer.addresses().isEmpty()) {
            return new Verdict.Passed(text(answer.addresses()));
        }
        return answer.soa().isPresent()
                ? new Verdict.Passed("none, by the SOA record")
                : new Verdict.Failed("expected an SOA record beside no addresses");
    }

    private Verdict has(DomainName name, int type, String part) throws IOException {
        Answer answer = dns.ask(name, type, Transport.UDP);
        String wanted = part.strip();
        return answer.is(Rcode.NOERROR) && answer.rdata().stream().anyMatch(text -> text.contains(part))
                ? new Verdict.Passed(String.join(", ", answer.rdata()))
                : new Verdict.Failed("expected " + RecordType.text(type) + " with " + wanted + ", got " + answer);
    }

    private Verdict reverse() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (int type : new int[] {RecordType.A, RecordType.AAAA}) {
            addresses.addAll(dns.ask(api, type, Transport.UDP).addresses());
        }
        if (addresses.isEmpty()) {
            return new Verdict.Failed("no address to ask for");
        }
        DomainName name = OutsideChecks.reverseName(addresses.getFirst());
        Answer answer = dns.ask(name, RecordType.PTR, Transport.UDP);
        return answer.rdata().contains(api.toString())
                ? new Verdict.Passed(name + " is " + api)
                : new Verdict.Failed("expected " + api + " at " + name + ", got " + answer);
    }

    private Verdict denied(DomainName name) throws IOException {
        Answer answer = dns.ask(name, RecordType.A, Transport.UDP);
        if (!answer.is(Rcode.NXDOMAIN)) {
            return new Verdict.Failed("expected NXDOMAIN, got " + answer);
        }
        return answer.soa()
                .<Verdict>map(soa -> new Verdict.Passed("NXDOMAIN by " + soa))
                .orElseGet(() -> new Verdict.Failed("expected an SOA record beside NXDOMAIN"));
    }

    static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
