package org.cairndns.differential;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.differential.ClusterNames.Trait;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in answers to names of a cluster. */
final class NameDifferences {
    private static final String NODATA_AT_NAMES = "other types at `dns-version`, at reverse names with a PTR";
    private static final String EMPTY_NAMES =
            "empty non-terminals: `_tcp.SERVICE`, `dns.ZONE`, `183.152.10.in-addr.arpa`";
    private static final String NAME_SERVER = "NS at the apex where no endpoint of ours is known";

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "second address of a pod",
                    "second address of a dual-stack pod with `pods verified`",
                    NameDifferences::laterPodAddress),
            new ExpectedDifference("other types at a name", NODATA_AT_NAMES, NameDifferences::otherTypes),
            new ExpectedDifference("name above names", EMPTY_NAMES, NameDifferences::emptyNonTerminal),
            new ExpectedDifference(
                    "SOA of no name", "SOA of a name that does not exist", NameDifferences::soaOfNothing),
            new ExpectedDifference("name server of the zone", NAME_SERVER, NameDifferences::nameServer),
            new ExpectedDifference("port without a name", "SRV of a port without a name", NameDifferences::unnamedPort),
            new ExpectedDifference(
                    "endpoint port without a number",
                    "endpoint ports without a number",
                    NameDifferences::portWithoutNumber),
            new ExpectedDifference(
                    "endpoints that are names", "endpoint slices of type FQDN", NameDifferences::namedEndpoints),
            new ExpectedDifference(
                    "weights of endpoints that occur twice",
                    "weight of SRV records where an endpoint is in several slices",
                    NameDifferences::weight),
            new ExpectedDifference(
                    "empty labels of port and protocol",
                    "`_` in place of a port's name",
                    NameDifferences::underscoreAlone),
            new ExpectedDifference(
                    "labels before a reverse name",
                    "up to three labels before an IPv6 reverse name",
                    NameDifferences::beforeReverseName));

    private NameDifferences() {}

    private static Answer ours(Case of) {
        return of.ours().withEdns(of.expected().edns());
    }

    private static Answer laterPodAddress(Case of) {
        boolean found = of.names().has(Trait.LATER_POD_ADDRESS, of.qname())
                && (of.expected().isNameError() || of.asks("SOA"))
                && of.ours().rcode().equals("NOERROR");
        return found ? ours(of) : of.expected();
    }

    private static Answer otherTypes(Case of) {
        boolean version = of.qname().startsWith("dns-version.") && !of.asks("TXT");
        boolean reverse = of.qname().endsWith("arpa.") && of.names().contains(of.qname()) && !of.asks("PTR");
        return (version || reverse) && isDenied(of) ? ours(of) : of.expected();
    }

    private static Answer emptyNonTerminal(Case of) {
        return of.names().isAbove(of.qname()) && isDenied(of) ? ours(of) : of.expected();
    }

    private static boolean isDenied(Case of) {
        return of.expected().isNameError() && of.ours().isNoData();
    }

    private static Answer soaOfNothing(Case of) {
        if (!of.asks("SOA") || !of.expected().isNoData() || !of.ours().isNameError()) {
            return of.expected();
        }
        // Ours falls through like any other name that does not exist.
        boolean throughToUpstream =
                of.qname().endsWith("arpa.") && of.ours().flags().contains("ra");
        return throughToUpstream ? ours(of) : of.expected().withRcode("NXDOMAIN");
    }

    private static Answer nameServer(Case of) {
        boolean apex = of.asks("NS") && of.expected().isNoData() && of.names().contains("ns.dns." + of.qname());
        boolean server = of.qname().startsWith("ns.dns.") && of.names().contains(of.qname());
        return (apex || server) && of.ours().rcode().equals("NOERROR") ? ours(of) : of.expected();
    }

    private static Answer unnamedPort(Case of) {
        if (!of.asks("SRV") || !of.names().has(Trait.UNNAMED_PORT, of.qname())) {
            return of.expected();
        }
        // What did not fit into CoreDNS's answer is compared over TCP.
        boolean fewer = of.expected().isTruncated()
                || targets(of.expected()).containsAll(targets(of.ours()))
                        && of.ours().answers().size() < of.expected().answers().size();
        return fewer ? ours(of) : of.expected();
    }

    /** Without weights, which depend on how many there are. */
    private static Set<String> targets(Answer answer) {
        return answer.answers().stream()
                .map(record -> record.owner() + record.rdata().replaceFirst("^0 \\d+ ", ""))
                .collect(Collectors.toSet());
    }

    private static Answer weight(Case of) {
        if (!of.asks("SRV") || hasAlias(of.expected()) || hasAlias(of.ours())) {
            return of.expected();
        }
        boolean larger = targets(of.expected()).equals(targets(of.ours()))
                && weights(of.ours()).size() == 1
                && weights(of.expected()).size() == 1;
        return larger ? of.expected().withAnswers(of.ours().answers()) : of.expected();
    }

    private static Set<String> weights(Answer answer) {
        return answer.answers().stream()
                .map(record -> record.rdata().split(" ")[1])
                .collect(Collectors.toSet());
    }

    private static Answer portWithoutNumber(Case of) {
        boolean denied = of.names().has(Trait.PORT_WITHOUT_NUMBER, of.qname())
                && of.expected().rcode().equals("NOERROR")
                && of.qname().matches("_?[^.]+\\._?(tcp|udp|sctp)\\..*")
                && of.ours().isNameError();
        return denied ? ours(of) : of.expected();
    }

    private static Answer namedEndpoints(Case of) {
        return of.names().has(Trait.NAMED_ENDPOINTS, of.qname()) && isWithoutNames(of) ? ours(of) : of.expected();
    }

    /** Ours has the addresses of the name but no aliases, or nothing where CoreDNS has only those or NODATA. */
    private static boolean isWithoutNames(Case of) {
        if (!of.expected().rcode().equals("NOERROR") || hasAlias(of.ours())) {
            return false;
        }
        return hasAlias(of.expected()) || of.expected().isNoData() && of.ours().isNameError();
    }

    private static boolean hasAlias(Answer answer) {
        return answer.answers().stream().anyMatch(record -> record.type().equals("CNAME"));
    }

    private static Answer underscoreAlone(Case of) {
        boolean denied =
                of.qname().matches("(_\\..*|[^.]*\\._\\..*)") && of.ours().isNameError();
        return denied && of.expected().rcode().equals("NOERROR") ? ours(of) : of.expected();
    }

    private static Answer beforeReverseName(Case of) {
        boolean longer = of.qname().endsWith(".ip6.arpa.") && of.qname().split("\\.").length > 34;
        return longer && of.asks("PTR") && of.ours().isNameError() ? ours(of) : of.expected();
    }
}
