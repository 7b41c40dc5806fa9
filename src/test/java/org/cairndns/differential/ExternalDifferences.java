package org.cairndns.differential;

import java.util.List;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences of the k8s_external directive. */
final class ExternalDifferences {
    private static final String PAGE = "plugins/k8s_external.md";
    private static final String ZONES = "(.*\\.)?ext\\.example\\.(net|edu)\\.";

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "k8s_external: alias for every type",
                    "`k8s_external`: a load balancer that has a hostname",
                    ExternalDifferences::alias),
            new ExpectedDifference(
                    "k8s_external: addresses of hostnames",
                    PAGE,
                    "The addresses of SRV targets that are hostnames of load balancers are not looked up",
                    ExternalDifferences::withoutAddressesOfHostnames),
            new ExpectedDifference(
                    "k8s_external: transfers", PAGE, "AXFR is refused", ExternalDifferences::refusedTransfer),
            new ExpectedDifference(
                    "k8s_external: this server", PAGE, "or its own where it is none", ExternalDifferences::server),
            new ExpectedDifference(
                    "zonal: names above",
                    "`_zone.SERVICE`, `pin._zone.SERVICE` with `zonal`",
                    ExternalDifferences::aboveTopologyZones));

    private ExternalDifferences() {}

    private static boolean isInZone(Case of) {
        return of.qname().matches(ZONES);
    }

    private static boolean isAlias(ResourceRecord record, Case of) {
        return record.type().equals("CNAME") && record.owner().equalsIgnoreCase(of.qname());
    }

    /** Ours is one alias; CoreDNS's denies, or has several, one of them ours, or addresses besides. */
    private static Answer alias(Case of) {
        List<ResourceRecord> aliases = of.ours().answers().stream()
                .filter(record -> isAlias(record, of))
                .toList();
        boolean follows = isInZone(of)
                && aliases.size() == 1
                && of.expected().rcode().equals("NOERROR")
                && (of.expected().isNoData() || of.expected().answers().containsAll(aliases));
        return follows ? of.oursWithEdns() : of.expected();
    }

    private static Answer withoutAddressesOfHostnames(Case of) {
        if (!isInZone(of) || !of.asks("SRV")) {
            return of.expected();
        }
        return of.expected()
                .withAdditionals(of.expected().additionals().stream()
                        .filter(record -> record.owner().matches(ZONES))
                        .toList());
    }

    private static Answer refusedTransfer(Case of) {
        boolean refused = (isInZone(of) || of.qname().endsWith("arpa."))
                && of.question().qtype().endsWith("XFR")
                && of.ours().rcode().equals("REFUSED");
        return refused ? of.oursWithEdns() : of.expected();
    }

    /** CoreDNS takes an address of the host that is not a loopback one, if there is one. */
    private static Answer server(Case of) {
        boolean own = isInZone(of)
                && of.ours().rcode().equals("NOERROR")
                && (of.qname().startsWith("ns1.") && of.expected().isNoData() || of.asks("NS"));
        return own ? of.oursWithEdns() : of.expected();
    }

    private static Answer aboveTopologyZones(Case of) {
        boolean above = of.qname().matches("((pin|prefer)\\.)?_zone\\.[^.]+\\.[^.]+\\.svc\\.cluster\\.local\\.")
                && of.expected().isNameError()
                && of.ours().isNoData();
        return above ? of.oursWithEdns() : of.expected();
    }
}
