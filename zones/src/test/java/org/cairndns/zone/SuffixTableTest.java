package org.cairndns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;

class SuffixTableTest {
    private static SuffixTable<String> table(String... names) {
        Map<DomainName, String> entries = new HashMap<>();
        for (String name : names) {
            entries.put(DomainName.of(name), name);
        }
        return new SuffixTable<>(entries);
    }

    @Test
    void find_severalSuffixes_longestWins() {
        SuffixTable<String> table = table("local", "cluster.local", "a.cluster.local");

        assertThat(table.find(DomainName.of("x.A.Cluster.local"), "-")).isEqualTo("a.cluster.local");
        assertThat(table.find(DomainName.of("CLUSTER.local"), "-")).isEqualTo("cluster.local");
        assertThat(table.find(DomainName.of("b.cluster.local"), "-")).isEqualTo("cluster.local");
        assertThat(table.find(DomainName.of("other.local"), "-")).isEqualTo("local");
    }

    @Test
    void find_noSuffix_fallback() {
        SuffixTable<String> table = table("cluster.local");

        assertThat(table.find(DomainName.of("mycluster.local"), "-")).isEqualTo("-");
        assertThat(table.find(DomainName.of("local"), "-")).isEqualTo("-");
        assertThat(table.find(DomainName.ROOT, "-")).isEqualTo("-");
    }

    @Test
    void find_labelBoundaryLookalike_fallback() {
        // The octets of the label "x\001b" end in those of the name "b".
        assertThat(table("b").find(DomainName.of("x\\001b."), "-")).isEqualTo("-");
    }

    @Test
    void find_rootInTable_matchesEverything() {
        assertThat(table(".", "arpa").find(DomainName.of("example.com"), "-")).isEqualTo(".");
    }
}
