package org.cairndns.differential;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences of single directives, told on their pages. */
final class DirectiveDifferences {
    private static final String DNS64_PREFIX = "64:ff9b:";
    /** What the Corefile of the scenario says. */
    private static final int BUFSIZE_OCTETS = 700;

    private static final Set<String> FAILURES = Set.of("SERVFAIL", "REFUSED");

    private static final long NEGATIVE_TTL_SECONDS = 5;

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "acl: extended error without EDNS",
                    "plugins/acl.md",
                    "Clients that sent no OPT record get none (RFC 6891 7)",
                    DirectiveDifferences::unaskedEdns),
            new ExpectedDifference(
                    "acl: DO of its own",
                    "plugins/acl.md",
                    "CoreDNS sends them one with DO set",
                    of -> withDoOfClient(of, "Extended DNS Error")),
            new ExpectedDifference(
                    "nsid: DO of its own",
                    "plugins/nsid.md",
                    "CoreDNS sets DO in the response to a client that did not",
                    of -> withDoOfClient(of, "NSID")),
            new ExpectedDifference(
                    "nsid: in failures",
                    "plugins/nsid.md",
                    "CoreDNS leaves the identifier out of failures",
                    DirectiveDifferences::identifierInFailure),
            new ExpectedDifference(
                    "bufsize: failures",
                    "plugins/bufsize.md",
                    "A failure says the size of the client",
                    DirectiveDifferences::sizeOfClient),
            new ExpectedDifference(
                    "dns64: failure",
                    "plugins/dns64.md",
                    "A name without A records keeps its own response",
                    DirectiveDifferences::synthesisWithoutAddresses),
            new ExpectedDifference(
                    "dns64: TTL of a denial",
                    "differences.md",
                    "TTL of negative answers",
                    DirectiveDifferences::synthesisTtl),
            new ExpectedDifference(
                    "dns64: who checks signatures",
                    "plugins/dns64.md",
                    "Queries with CD and DO set are not touched",
                    DirectiveDifferences::notSynthesised),
            new ExpectedDifference(
                    "dns64: RA",
                    "plugins/dns64.md",
                    "RA is that of the A response",
                    DirectiveDifferences::recursionAvailable),
            new ExpectedDifference(
                    "header: RD of the client",
                    "plugins/header.md",
                    "RD in it is always the client's",
                    DirectiveDifferences::recursionDesired),
            new ExpectedDifference(
                    "header: refusals",
                    "plugins/header.md",
                    "Refused transfers are changed too",
                    DirectiveDifferences::changedRefusal),
            new ExpectedDifference(
                    "minimal: refusals",
                    "plugins/minimal.md",
                    "A query that no handler answers fails as usual",
                    DirectiveDifferences::minimalFailure));

    private DirectiveDifferences() {}

    private static boolean hasOption(Answer answer, String option) {
        return answer.edns().stream().flatMap(edns -> edns.options().stream()).anyMatch(text -> text.contains(option));
    }

    private static Answer unaskedEdns(Case of) {
        boolean unasked = of.question().edns() == EdnsForm.NONE && hasOption(of.expected(), "Extended DNS Error");
        return unasked ? of.expected().withEdns(Optional.empty()) : of.expected();
    }

    private static Answer withDoOfClient(Case of, String option) {
        boolean own = !of.question().edns().isDnssecOk() && hasOption(of.expected(), option);
        return own ? of.expected().withEdns(of.expected().edns().map(edns -> edns.withDnssecOk(false))) : of.expected();
    }

    private static Answer identifierInFailure(Case of) {
        boolean missing = hasOption(of.ours(), "NSID: <6")
                && !hasOption(of.expected(), "NSID: <6")
                && FAILURES.contains(of.expected().rcode());
        return missing ? of.expected().withEdns(of.ours().edns()) : of.expected();
    }

    /** CoreDNS makes an empty NOERROR of every failure and denial of the A query. */
    private static Answer synthesisWithoutAddresses(Case of) {
        boolean empty = of.asks("AAAA")
                && of.expected().rcode().equals("NOERROR")
                && of.expected().answers().stream()
                        .allMatch(record -> record.type().equals("CNAME"))
                && (of.expected().soaOwner().isEmpty() || isLessAuthoritative(of));
        return empty ? of.oursWithEdns() : of.expected();
    }

    private static boolean isLessAuthoritative(Case of) {
        return of.expected().isNoData()
                && of.ours().isNoData()
                && !of.expected().flags().contains("aa")
                && !of.expected().flags().contains("ra");
    }

    private static Answer sizeOfClient(Case of) {
        boolean lowered = of.ours().rcode().equals("SERVFAIL")
                && of.ours().edns().stream()
                        .anyMatch(edns -> edns.octets() == of.question().edns().octets())
                && of.expected().edns().stream().anyMatch(edns -> edns.octets() == BUFSIZE_OCTETS);
        return lowered
                ? of.expected()
                        .withEdns(of.expected()
                                .edns()
                                .map(edns -> new Edns(
                                        of.question().edns().octets(),
                                        edns.version(),
                                        edns.dnssecOk(),
                                        edns.options())))
                : of.expected();
    }

    /** A synthesised record lives as long as the denial of the AAAA record that it stands for (RFC 6147 5.1.7). */
    private static Answer synthesisTtl(Case of) {
        return of.expected()
                .withAnswers(of.expected().answers().stream()
                        .map(record -> record.rdata().startsWith(DNS64_PREFIX)
                                        && of.names().isInZone(of.qname())
                                ? record.withTtl(Math.min(record.ttlSeconds(), NEGATIVE_TTL_SECONDS))
                                : record)
                        .toList());
    }

    private static Answer notSynthesised(Case of) {
        boolean untouched = of.asks("AAAA")
                && of.question().has("cd")
                && of.question().edns().isDnssecOk()
                && isSynthesised(of.expected())
                && !isSynthesised(of.ours());
        return untouched ? of.oursWithEdns() : of.expected();
    }

    private static Answer recursionAvailable(Case of) {
        boolean available = isSynthesised(of.expected()) && of.ours().flags().contains("ra");
        return available ? of.expected().withFlag("ra") : of.expected();
    }

    private static boolean isSynthesised(Answer answer) {
        return answer.answers().stream().anyMatch(record -> record.rdata().startsWith(DNS64_PREFIX));
    }

    private static Answer recursionDesired(Case of) {
        boolean lost = of.question().has("rd")
                && !of.expected().flags().contains("rd")
                && of.ours().flags().contains("rd");
        return lost ? of.expected().withFlag("rd") : of.expected();
    }

    private static Answer changedRefusal(Case of) {
        boolean changed = of.expected().rcode().equals("REFUSED")
                && of.ours().rcode().equals("REFUSED")
                && of.question().qtype().endsWith("XFR")
                && of.ours().flags().contains("ra");
        return changed ? of.expected().withFlag("ra") : of.expected();
    }

    private static Answer minimalFailure(Case of) {
        boolean failed = of.question().qtype().endsWith("XFR")
                && of.expected().rcode().equals("SERVFAIL")
                && of.ours().rcode().equals("REFUSED");
        return failed ? of.expected().withRcode("REFUSED") : of.expected();
    }
}
