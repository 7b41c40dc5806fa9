package org.cairndns.differential;

import java.util.List;
import java.util.Set;
import org.cairndns.differential.ClusterNames.Trait;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in answers to names of ExternalName services. */
final class AliasDifferences {
    private static final Set<String> FOLLOWED = Set.of("A", "AAAA", "CNAME");

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "alias of a name that does not exist",
                    "ExternalName whose target does not exist",
                    AliasDifferences::targetDenied),
            new ExpectedDifference("circle of aliases", "circle of ExternalNames", AliasDifferences::circle),
            new ExpectedDifference(
                    "alias of a name that fails", "ExternalName whose target fails", AliasDifferences::targetFails),
            new ExpectedDifference(
                    "alias of a name without such records",
                    "ExternalName whose target has no records of the type",
                    AliasDifferences::targetWithoutData),
            new ExpectedDifference(
                    "alias asked for other types",
                    "ExternalName asked for TXT, SRV, MX, HTTPS",
                    AliasDifferences::otherTypes));

    private AliasDifferences() {}

    private static boolean applies(Case of) {
        return of.names().has(Trait.EXTERNAL_NAME, of.qname())
                && of.expected().rcode().equals("NOERROR")
                && !of.asks("CNAME");
    }

    private static boolean startsWithAlias(Case of) {
        return of.ours().answers().stream()
                .anyMatch(record -> record.type().equals("CNAME")
                        && record.owner().equals(of.question().qname()));
    }

    private static Answer targetDenied(Case of) {
        boolean denied = applies(of) && of.ours().rcode().equals("NXDOMAIN") && startsWithAlias(of);
        return denied ? of.oursWithEdns() : of.expected();
    }

    private static Answer targetFails(Case of) {
        boolean fails =
                applies(of) && of.ours().rcode().equals("SERVFAIL") && of.ours().isEmpty();
        return fails ? of.oursWithEdns() : of.expected();
    }

    private static Answer circle(Case of) {
        return of.names().has(Trait.CIRCLE, of.qname()) ? targetFails(of) : of.expected();
    }

    private static Answer targetWithoutData(Case of) {
        boolean noData = applies(of)
                && of.expected().isNoData()
                && FOLLOWED.contains(of.question().qtype())
                && of.ours().rcode().equals("NOERROR")
                && startsWithAlias(of)
                && of.ours().answers().stream().allMatch(record -> record.type().equals("CNAME"));
        return noData ? of.oursWithEdns() : of.expected();
    }

    private static Answer otherTypes(Case of) {
        boolean other = applies(of)
                && !FOLLOWED.contains(of.question().qtype())
                && of.expected().isNoData()
                && of.ours().rcode().equals("NOERROR")
                && startsWithAlias(of);
        return other ? of.oursWithEdns() : of.expected();
    }
}
