package org.cairndns.differential;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.differential.ClusterNames.Trait;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences that come of odd ports and endpoints of services. */
final class EndpointDifferences {
    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "port without a name", "SRV of a port without a name", EndpointDifferences::unnamedPort),
            new ExpectedDifference(
                    "endpoint port without a number",
                    "endpoint ports without a number",
                    EndpointDifferences::portWithoutNumber),
            new ExpectedDifference(
                    "endpoints that are names", "endpoint slices of type FQDN", EndpointDifferences::namedEndpoints),
            new ExpectedDifference(
                    "weights of endpoints that occur twice",
                    "weight of SRV records where an endpoint is in several slices",
                    EndpointDifferences::weight),
            new ExpectedDifference(
                    "empty labels of port and protocol",
                    "`_` in place of a port's name",
                    EndpointDifferences::underscoreAlone));

    private EndpointDifferences() {}

    private static Answer unnamedPort(Case of) {
        if (!of.asks("SRV") || !of.names().has(Trait.UNNAMED_PORT, of.qname())) {
            return of.expected();
        }
        // What did not fit into CoreDNS's answer is compared over TCP.
        boolean less = of.expected().isTruncated()
                || targets(of.expected()).containsAll(targets(of.ours())) && size(of.ours()) < size(of.expected());
        return less ? of.oursWithEdns() : of.expected();
    }

    private static int size(Answer answer) {
        return answer.answers().size() + answer.additionals().size();
    }

    /** Without weights, which depend on how many there are. */
    private static Set<String> targets(Answer answer) {
        return answer.answers().stream()
                .map(record -> record.owner() + record.rdata().replaceFirst("^0 \\d+ ", ""))
                .map(target -> target.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Answer weight(Case of) {
        if (!of.asks("SRV") || hasAlias(of.expected()) || hasAlias(of.ours())) {
            return of.expected();
        }
        boolean other = targets(of.expected()).equals(targets(of.ours()))
                && weights(of.ours()).size() == 1
                && weights(of.expected()).size() == 1;
        return other ? of.expected().withAnswers(of.ours().answers()) : of.expected();
    }

    private static Set<String> weights(Answer answer) {
        return answer.answers().stream()
                .map(record -> record.rdata().split(" ")[1])
                .collect(Collectors.toSet());
    }

    private static Answer portWithoutNumber(Case of) {
        boolean less = of.names().has(Trait.PORT_WITHOUT_NUMBER, of.qname())
                && of.expected().rcode().equals("NOERROR")
                && of.qname().matches("_?[^.]+\\._?(tcp|udp|sctp)\\..*")
                && (isPartOfExpected(of) || isAnsweredByNext(of));
        return less ? of.oursWithEdns() : of.expected();
    }

    private static boolean isPartOfExpected(Case of) {
        return of.ours().answers().size() <= of.expected().answers().size()
                && Set.copyOf(of.expected().answers()).containsAll(of.ours().answers());
    }

    /** Ours has no such name, so that it falls through to an upstream. */
    private static boolean isAnsweredByNext(Case of) {
        return of.expected().flags().contains("aa") && !of.ours().flags().contains("aa");
    }

    private static Answer namedEndpoints(Case of) {
        return of.names().has(Trait.NAMED_ENDPOINTS, of.qname()) && isWithoutNames(of)
                ? of.oursWithEdns()
                : of.expected();
    }

    /** Ours has the addresses of the name but no aliases, or there is nothing but such endpoints, and no name. */
    private static boolean isWithoutNames(Case of) {
        if (!of.expected().rcode().equals("NOERROR") || hasAlias(of.ours())) {
            return false;
        }
        return hasAlias(of.expected()) || of.ours().isNameError();
    }

    private static boolean hasAlias(Answer answer) {
        return answer.answers().stream().anyMatch(record -> record.type().equals("CNAME"));
    }

    private static Answer underscoreAlone(Case of) {
        boolean denied =
                of.qname().matches("(_\\..*|[^.]*\\._\\..*)") && of.ours().isNameError();
        return denied && of.expected().rcode().equals("NOERROR") ? of.oursWithEdns() : of.expected();
    }
}
