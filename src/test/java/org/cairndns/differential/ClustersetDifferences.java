package org.cairndns.differential;

import java.util.List;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in zones of a clusterset, and at reverse names of imported endpoints. */
final class ClustersetDifferences {
    private static final String ZONE = "clusterset.local.";
    private static final String ROW =
            "multicluster: version, cluster ids with a dot, imports without ports, endpoints of imports with an address, reverse names of imported endpoints";

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference("version of the clusterset", ROW, ClustersetDifferences::version),
            new ExpectedDifference("one cluster of a clusterset IP", ROW, ClustersetDifferences::clusterOfAddress),
            new ExpectedDifference("cluster id with a dot, import without ports", ROW, ClustersetDifferences::found),
            new ExpectedDifference("reverse name of an imported endpoint", ROW, ClustersetDifferences::silent));

    private ClustersetDifferences() {}

    private static Answer version(Case of) {
        return of.qname().equals("dns-version." + ZONE)
                ? of.expected()
                        .withAnswers(of.expected().answers().stream()
                                .map(record -> record.withRdata(record.rdata().replace("1.1.0", "1.0.0")))
                                .toList())
                : of.expected();
    }

    private static boolean isBelowServices(Case of) {
        return of.qname().endsWith(".svc." + ZONE);
    }

    private static Answer clusterOfAddress(Case of) {
        boolean denied = isBelowServices(of)
                && of.expected().rcode().equals("NOERROR")
                && of.qname().split("\\.").length == 7
                && !of.qname().contains("_")
                && of.ours().isNameError();
        return denied ? of.oursWithEdns() : of.expected();
    }

    private static Answer found(Case of) {
        boolean found = isBelowServices(of)
                && of.names().contains(of.qname())
                && of.expected().isNameError()
                && of.ours().rcode().equals("NOERROR");
        return found ? of.oursWithEdns() : of.expected();
    }

    private static Answer silent(Case of) {
        boolean silent =
                of.qname().endsWith("arpa.") && of.asks("PTR") && of.expected().equals(Answer.SILENCE);
        return silent && of.ours().isNameError() ? of.ours() : of.expected();
    }
}
