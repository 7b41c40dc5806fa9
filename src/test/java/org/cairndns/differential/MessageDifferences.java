package org.cairndns.differential;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in messages, whatever name they are about. */
final class MessageDifferences {
    private static final long NEGATIVE_TTL_SECONDS = 5;
    private static final String CLUSTER_SOA = " SERIAL 7200 1800 86400 ";

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference(
                    "options of the client come back",
                    "EDNS options of the client (cookie, NSID, padding)",
                    MessageDifferences::withoutOptions),
            new ExpectedDifference("size in BADVERS", "UDP size in BADVERS responses", MessageDifferences::withSize),
            new ExpectedDifference("negative TTL", "TTL of negative answers", MessageDifferences::withShortNegativeTtl),
            new ExpectedDifference(
                    "letter case of repeated names",
                    "letter case of a name that occurs in different cases",
                    MessageDifferences::inOurCase),
            new ExpectedDifference(
                    "size over UDP", "longest response over UDP without `bufsize`", MessageDifferences::cut));

    private MessageDifferences() {}

    private static Answer withoutOptions(Case of) {
        Answer expected = of.expected();
        return of.question().edns().hasOptions()
                ? expected.withEdns(expected.edns().map(Edns::withoutOptions))
                : expected;
    }

    private static Answer withSize(Case of) {
        Answer expected = of.expected();
        if (!expected.rcode().equals("BADVERS") || of.question().edns() != EdnsForm.VERSION1) {
            return expected;
        }
        return expected.withEdns(expected.edns().map(edns -> new Edns(1232, 0, edns.dnssecOk(), List.of())));
    }

    /** The SOA record that kubernetes makes: CoreDNS takes its TTL for the minimum too. */
    private static Answer withShortNegativeTtl(Case of) {
        Answer expected = of.expected();
        return expected.withAnswers(expected.answers().stream()
                        .map(MessageDifferences::withShortMinimum)
                        .toList())
                .withAuthorities(expected.authorities().stream()
                        .map(record -> isClusterSoa(record)
                                ? withShortMinimum(record).withTtl(Math.min(record.ttlSeconds(), NEGATIVE_TTL_SECONDS))
                                : record)
                        .toList());
    }

    private static boolean isClusterSoa(ResourceRecord record) {
        return record.type().equals("SOA") && record.rdata().contains(CLUSTER_SOA);
    }

    private static ResourceRecord withShortMinimum(ResourceRecord record) {
        if (!isClusterSoa(record)) {
            return record;
        }
        int minimumAt = record.rdata().indexOf(CLUSTER_SOA) + CLUSTER_SOA.length();
        long minimum = Long.parseLong(record.rdata().substring(minimumAt));
        return record.withRdata(record.rdata().substring(0, minimumAt) + Math.min(minimum, NEGATIVE_TTL_SECONDS));
    }

    /** Compression makes a name of an earlier one that differs in case only; the question itself always keeps its case. */
    private static Answer inOurCase(Case of) {
        Answer expected = of.expected();
        return expected.withAnswers(inOurCase(expected.answers(), of.ours().answers()))
                .withAuthorities(inOurCase(expected.authorities(), of.ours().authorities()))
                .withAdditionals(inOurCase(expected.additionals(), of.ours().additionals()));
    }

    /** What we leave out for its size: records of CoreDNS's, none of another kind in their place, and TC says so. */
    private static Answer cut(Case of) {
        Answer expected = of.expected();
        Answer ours = of.ours();
        boolean mayBeCut = !of.question().tcp() && of.question().edns().exceedsUsualSize();
        if (!mayBeCut
                || !ours.isTruncated()
                || expected.isTruncated()
                || !expected.answers().containsAll(ours.answers())
                || !expected.authorities().containsAll(ours.authorities())
                || !expected.additionals().containsAll(ours.additionals())) {
            return expected;
        }
        return expected.withFlag("tc")
                .withAnswers(ours.answers())
                .withAuthorities(ours.authorities())
                .withAdditionals(ours.additionals());
    }

    private static List<ResourceRecord> inOurCase(List<ResourceRecord> expected, List<ResourceRecord> ours) {
        Function<List<ResourceRecord>, List<String>> lowerCase = records -> records.stream()
                .map(record -> record.toString().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return lowerCase.apply(expected).equals(lowerCase.apply(ours)) ? ours : expected;
    }
}
