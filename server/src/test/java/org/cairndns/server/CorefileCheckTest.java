package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Severity;
import org.junit.jupiter.api.Test;

class CorefileCheckTest {
    private static List<String> found(String corefile, Severity severity) {
        return CorefileCheck.ofText(corefile).problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::toString)
                .toList();
    }

    @Test
    void ofText_directiveCoreDnsDropped_isRemovedWithVersionAndRemedy() {
        assertThat(found(". {\n  federation cluster.local\n}\n", Severity.REMOVED))
                .containsExactly("Corefile:2:3: directive 'federation' was removed from CoreDNS in 1.7.0; remove the"
                        + " line; for clusters in a set see 'multicluster' of 'kubernetes'");
    }

    @Test
    void ofText_directiveCairnHasNot_isUnsupportedWithRemedy() {
        assertThat(found(". {\n  route53 example.org.:Z1\n}\n", Severity.UNSUPPORTED))
                .containsExactly(
                        "Corefile:2:3: directive 'route53' of CoreDNS is not in this version of Cairn; keep the"
                                + " records in a zone file and use 'file', 'auto' or 'secondary'");
    }

    @Test
    void ofText_oldOptions_haveTheSeverityOfTheirHistory() {
        String corefile = """
                . {
                  template IN A example.org {
                    rcode NXDOMAIN
                    upstream
                  }
                  kubernetes cluster.local {
                    manifests %s
                    resyncperiod 5m
                  }
                  log stdout
                }
                """.formatted(System.getProperty("java.io.tmpdir"));

        assertThat(found(corefile, Severity.IGNORED))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:4:5: 'upstream' of 'template' is ignored"))
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:10:7: 'stdout' of 'log' is ignored"));
        assertThat(found(corefile, Severity.REMOVED))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("Corefile:8:5: 'resyncperiod' of 'kubernetes' was removed from CoreDNS in 1.7.0"));
    }

    @Test
    void ofText_clusterBlockOfOldTimes_lacksWhatIsInTheDefaultToday() {
        String corefile = """
                .:53 {
                  errors
                  health
                  kubernetes cluster.local {
                    endpoint http://127.0.0.1:1
                  }
                  forward . 192.0.2.1
                  cache 30
                }
                """;

        assertThat(found(corefile, Severity.NEWDEFAULT))
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:1:1: directive 'ready' is missing"))
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:1:1: directive 'loop' is missing"))
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:3:3: 'lameduck' of 'health' is missing"))
                .anySatisfy(line -> assertThat(line).startsWith("Corefile:7:3: 'max_concurrent' of 'forward' is"));
        assertThat(CorefileCheck.ofText(corefile).starts()).isTrue();
        assertThat(CorefileCheck.ofText(corefile).warns()).isFalse();
    }

    @Test
    void ofText_blockWithoutCluster_isNotMeasuredByTheDefault() {
        assertThat(CorefileCheck.ofText(". {\n  forward . 192.0.2.1\n}\n").problems())
                .isEmpty();
    }

    @Test
    void ofText_addressesAndPages_areNamedAsNotTried() {
        CheckReport report = CorefileCheck.ofText("""
                example.org:1053 {
                  bind 127.0.0.1
                  health 127.0.0.1:8080
                  whoami
                }
                """);

        assertThat(report.notTried())
                .containsExactly("listening on dns://127.0.0.1:1053", "listening on http://127.0.0.1:8080");
    }

    @Test
    void ofText_emptyText_standsForTheBuiltInCorefile() {
        assertThat(CorefileCheck.ofText("").starts()).isTrue();
    }

    @Test
    void ofText_zoneTwice_isRefused() {
        assertThat(found("a.org {\n  whoami\n}\na.org {\n  whoami\n}\n", Severity.ERROR))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("Corefile:4:1: zone").contains("already defined"));
    }
}
