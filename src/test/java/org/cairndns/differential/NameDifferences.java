package org.cairndns.differential;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.cairndns.differential.ClusterNames.Trait;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in which names of a cluster exist. */
final class NameDifferences {
    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "second address of a pod",
                    "second address of a dual-stack pod with `pods verified`",
                    NameDifferences::laterPodAddress),
            new ExpectedDifference(
                    "other types at a name",
                    "other types at `dns-version`, at reverse names with a PTR",
                    NameDifferences::otherTypes),
            new ExpectedDifference(
                    "name above names",
                    "empty non-terminals: `_tcp.SERVICE`, `dns.ZONE`, `183.152.10.in-addr.arpa`",
                    NameDifferences::emptyNonTerminal),
            new ExpectedDifference(
                    "SOA of no name", "SOA of a name that does not exist", NameDifferences::soaOfNothing),
            new ExpectedDifference(
                    "name server of the zone",
                    "NS at the apex where no endpoint of ours is known",
                    NameDifferences::nameServer),
            new ExpectedDifference(
                    "names of addresses in a long form",
                    "names of IPv6 addresses that an object has in a long form, such as `fd00:10::0`",
                    NameDifferences::longForm),
            new ExpectedDifference(
                    "one address in two forms",
                    "endpoints of a service with one IPv6 address in two forms, such as `fd00:10::` and `fd00:10::0`",
                    NameDifferences::twoForms),
            new ExpectedDifference(
                    "reverse names of hidden namespaces",
                    "hidden namespaces with `namespace_labels`: reverse names",
                    NameDifferences::hiddenNamespace),
            new ExpectedDifference(
                    "reverse names of endpoints without a service",
                    "reverse names of endpoints whose service is not served",
                    NameDifferences::withoutService),
            new ExpectedDifference(
                    "labels before a reverse name",
                    "up to three labels before an IPv6 reverse name",
                    NameDifferences::beforeReverseName));

    private static final int IPV6_LABELS = 34;

    private NameDifferences() {}

    private static boolean isReverse(Case of) {
        return of.qname().endsWith("arpa.");
    }

    private static boolean isDenied(Case of) {
        return of.expected().isNameError() && of.ours().isNoData();
    }

    private static Answer laterPodAddress(Case of) {
        boolean found = of.names().has(Trait.LATER_POD_ADDRESS, of.qname())
                && (of.expected().isNameError() || of.asks("SOA"))
                && of.ours().rcode().equals("NOERROR");
        return found ? of.oursWithEdns() : of.expected();
    }

    private static Answer otherTypes(Case of) {
        boolean version = of.qname().startsWith("dns-version.") && !of.asks("TXT");
        boolean reverse = isReverse(of) && of.names().contains(of.qname()) && !of.asks("PTR");
        return (version || reverse) && isDenied(of) ? of.oursWithEdns() : of.expected();
    }

    private static Answer emptyNonTerminal(Case of) {
        return of.names().isAbove(of.qname()) && isDenied(of) ? of.oursWithEdns() : of.expected();
    }

    private static Answer soaOfNothing(Case of) {
        if (!of.asks("SOA") || !of.expected().isNoData()) {
            return of.expected();
        }
        // Ours falls through like any other name that does not exist.
        boolean fromUpstream = of.ours().flags().contains("ra")
                && !of.ours().soaOwner().equalsIgnoreCase(of.expected().soaOwner());
        if (fromUpstream) {
            return of.oursWithEdns();
        }
        return of.ours().isNameError() ? of.expected().withRcode("NXDOMAIN") : of.expected();
    }

    private static Answer nameServer(Case of) {
        boolean apex = of.asks("NS") && of.expected().isNoData() && of.names().contains("ns.dns." + of.qname());
        boolean server = of.qname().startsWith("ns.dns.") && of.names().contains(of.qname());
        return (apex || server) && of.ours().rcode().equals("NOERROR") ? of.oursWithEdns() : of.expected();
    }

    private static Answer hiddenNamespace(Case of) {
        return lessThan(of, record -> {
            String target = record.rdata();
            int services = target.indexOf(".svc.");
            return services > 0
                    && of.names().isWithoutLabel(target.substring(target.lastIndexOf('.', services - 1) + 1, services));
        });
    }

    /** Slices are there, their service is not, or not among those that the Corefile chooses. */
    private static Answer withoutService(Case of) {
        return lessThan(of, record -> of.names().isOfOtherService(record.rdata()));
    }

    /** Ours has all PTR records but some for which there is a reason; what is left, or how it is denied, is ours. */
    private static Answer lessThan(Case of, Predicate<ResourceRecord> reason) {
        List<ResourceRecord> own = of.ours().answers();
        List<ResourceRecord> missing = of.expected().answers().stream()
                .filter(record -> !own.contains(record))
                .toList();
        boolean fewer = of.asks("PTR")
                && !missing.isEmpty()
                && own.size() + missing.size() == of.expected().answers().size()
                && missing.stream().allMatch(reason);
        if (!fewer) {
            return of.expected();
        }
        return own.isEmpty() ? of.oursWithEdns() : of.expected().withAnswers(own);
    }

    /** CoreDNS compares addresses as text. */
    private static Answer longForm(Case of) {
        boolean pod = !isReverse(of)
                && of.names().has(Trait.LONG_ADDRESS, of.qname())
                && of.expected().isNameError()
                && of.ours().rcode().equals("NOERROR");
        if (pod) {
            return of.oursWithEdns();
        }
        boolean more = isReverse(of)
                && of.names().has(Trait.LONG_ADDRESS, of.qname())
                && of.asks("PTR")
                && !of.ours().isEmpty();
        if (!more) {
            return of.expected();
        }
        Set<ResourceRecord> both = new TreeSet<>(of.expected().answers());
        both.addAll(of.ours().answers());
        return of.expected().isNameError() ? of.oursWithEdns() : of.expected().withAnswers(List.copyOf(both));
    }

    private static Answer twoForms(Case of) {
        if (!of.asks("AAAA") || !of.names().isInZone(of.qname())) {
            return of.expected();
        }
        Set<ResourceRecord> once = new TreeSet<>(of.expected().answers());
        return once.size() < of.expected().answers().size()
                ? of.expected().withAnswers(List.copyOf(once))
                : of.expected();
    }

    private static Answer beforeReverseName(Case of) {
        boolean longer = of.qname().endsWith(".ip6.arpa.") && of.qname().split("\\.").length > IPV6_LABELS;
        return longer && of.asks("PTR") && of.ours().isNameError() ? of.oursWithEdns() : of.expected();
    }
}
