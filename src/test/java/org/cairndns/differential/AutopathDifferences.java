package org.cairndns.differential;

import java.util.List;
import java.util.Locale;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences of the autopath directive. */
final class AutopathDifferences {
    private static final String PAGE = "plugins/autopath.md";
    /** The first suffix of the client in the scenario. */
    private static final String FIRST_SUFFIX = "a.svc.cluster.local.";

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "autopath: first suffix itself",
                    PAGE,
                    "A query for the first suffix itself goes on to the next handler",
                    AutopathDifferences::suffix),
            new ExpectedDifference("autopath: other classes", "classes other than IN", AutopathDifferences::otherClass),
            new ExpectedDifference(
                    "autopath: transfers",
                    PAGE,
                    "Queries for transfers are not touched",
                    AutopathDifferences::transfer),
            new ExpectedDifference(
                    "autopath: letter case of denials",
                    PAGE,
                    "A denial has the question as it was asked",
                    AutopathDifferences::letterCase),
            new ExpectedDifference(
                    "autopath: second alias",
                    PAGE,
                    "CoreDNS puts a second alias in front when it has one already",
                    AutopathDifferences::secondAlias));

    private AutopathDifferences() {}

    private static Answer suffix(Case of) {
        boolean failed =
                of.qname().equals(FIRST_SUFFIX) && of.expected().rcode().equals("SERVFAIL");
        return failed ? of.oursWithEdns() : of.expected();
    }

    /** The first name of the path, which kubernetes leaves to the upstream in other classes than IN, may exist there. */
    private static Answer otherClass(Case of) {
        boolean other = !of.question().qclass().equals("IN")
                && of.qname().endsWith("." + FIRST_SUFFIX)
                && of.ours().flags().contains("ra");
        return other ? of.oursWithEdns() : of.expected();
    }

    private static Answer transfer(Case of) {
        boolean refused = of.question().qtype().endsWith("XFR")
                && of.qname().endsWith("." + FIRST_SUFFIX)
                && of.ours().rcode().equals("REFUSED");
        return refused ? of.oursWithEdns() : of.expected();
    }

    private static Answer letterCase(Case of) {
        boolean other = of.qname().endsWith("." + FIRST_SUFFIX)
                && of.expected().rcode().equals("NXDOMAIN")
                && !of.expected().question().equals(of.ours().question())
                && lowerCase(of.expected().question())
                        .equals(lowerCase(of.ours().question()));
        return other ? of.expected().withQuestion(of.ours().question()) : of.expected();
    }

    private static Answer secondAlias(Case of) {
        List<ResourceRecord> more = of.expected().answers().stream()
                .filter(record -> !of.ours().answers().contains(record))
                .toList();
        boolean twice = more.size() == 1
                && more.getFirst().type().equals("CNAME")
                && of.ours().answers().stream()
                        .anyMatch(record -> lowerCase(record.toString())
                                .equals(lowerCase(more.getFirst().toString())));
        return twice ? of.expected().withAnswers(of.ours().answers()) : of.expected();
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
