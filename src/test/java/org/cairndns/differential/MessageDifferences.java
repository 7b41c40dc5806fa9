package org.cairndns.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.differential.ExpectedDifference.Case;

/** Differences in messages, whatever name they are about. */
final class MessageDifferences {
    private static final long NEGATIVE_TTL_SECONDS = 5;
    private static final String CLUSTER_SOA = " SERIAL 7200 1800 86400 ";

    private static final Comparator<ResourceRecord> WITHOUT_CASE =
            Comparator.comparing(record -> record.withTtl(0).toString().toLowerCase(Locale.ROOT));

    static final List<ExpectedDifference> ALL = List.of(
            new ExpectedDifference("other classes", "classes other than IN", MessageDifferences::otherClass),
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
                ? expected.withEdns(expected.edns()
                        .map(edns -> edns.withoutOptionsOf(of.question().edns())))
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
        // Zones of k8s_external have ns1 for their server, and the TTL of the Corefile in both.
        return record.type().equals("SOA")
                && record.rdata().toLowerCase(Locale.ROOT).startsWith("ns.dns.")
                && record.rdata().contains(CLUSTER_SOA);
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
        boolean isCut = !of.question().tcp()
                && of.question().edns().exceedsUsualSize()
                && ours.isTruncated()
                && !expected.isTruncated()
                && keys(expected.answers()).containsAll(keys(ours.answers()))
                && keys(expected.authorities()).containsAll(keys(ours.authorities()))
                && keys(expected.additionals()).containsAll(keys(ours.additionals()));
        return isCut ? expected.withFlag("tc") : expected;
    }

    /** Records without letter case and TTL. */
    private static Set<String> keys(List<ResourceRecord> records) {
        return records.stream()
                .map(record -> record.withTtl(0).toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static List<ResourceRecord> inOurCase(List<ResourceRecord> expected, List<ResourceRecord> ours) {
        if (expected.size() != ours.size()) {
            return expected;
        }
        List<ResourceRecord> left = expected.stream().sorted(WITHOUT_CASE).toList();
        List<ResourceRecord> right = ours.stream().sorted(WITHOUT_CASE).toList();
        List<ResourceRecord> changed = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            if (WITHOUT_CASE.compare(left.get(i), right.get(i)) != 0) {
                return expected;
            }
            changed.add(right.get(i).withTtl(left.get(i).ttlSeconds()));
        }
        return changed.stream().sorted().toList();
    }

    /** Many plugins of CoreDNS take every class for IN; ours leave other classes to whoever comes next, here the upstream. */
    private static Answer otherClass(Case of) {
        boolean fromUpstream = !of.question().qclass().equals("IN")
                && of.ours().flags().contains("ra")
                && (!of.expected().flags().contains("ra")
                        || !of.expected().soaOwner().equals(of.ours().soaOwner()));
        return fromUpstream ? of.oursWithEdns() : of.expected();
    }
}
