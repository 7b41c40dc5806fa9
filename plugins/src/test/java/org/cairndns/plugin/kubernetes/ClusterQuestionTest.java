package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterQuestionTest {
    private static final DomainName ZONE = DomainName.of("cluster.local.");

    /** Parts in the order port-name, protocol, endpoint, cluster, service, namespace, kind. */
    @ParameterizedTest
    @CsvSource({
        "cluster.local., ||||||",
        "svc.cluster.local., ||||||",
        "POD.cluster.local., ||||||",
        "default.svc.cluster.local., |||||default|svc",
        "Web.Default.Svc.Cluster.Local., ||||web|default|svc",
        "1-2-3-4.default.pod.cluster.local., ||||1-2-3-4|default|pod",
        "db-0.db.data.svc.cluster.local., ||db-0||db|data|svc",
        "_db-0.db.data.svc.cluster.local., ||_db-0||db|data|svc",
        "_http._tcp.web.default.svc.cluster.local., http|tcp|||web|default|svc",
        "http.tcp.web.default.svc.cluster.local., http|tcp|||web|default|svc",
    })
    void name_ofTheCluster_isTakenApart(String name, String expected) {
        assertThat(parts(ClusterQuestion.of(DomainName.of(name), ZONE, false, false)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "db-0.west.db.data.svc.cluster.local., ||db-0|west|db|data|svc",
        "_http._tcp.web.default.svc.cluster.local., http|tcp|||web|default|svc",
        "http._tcp.web.default.svc.cluster.local., http|tcp|||web|default|svc",
    })
    void name_ofAMulticlusterZone_mayHaveACluster(String name, String expected) {
        assertThat(parts(ClusterQuestion.of(DomainName.of(name), ZONE, true, false)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"foo.cluster.local.", "a.foo.cluster.local.", "a.b.c.web.default.svc.cluster.local."})
    void name_ofNoKnownForm_isAnErrorWithoutParts(String name) {
        ClusterQuestion question = ClusterQuestion.of(DomainName.of(name), ZONE, false, false);

        assertThat(question.error()).contains("invalid query name");
        assertThat(question.text(ClusterQuestion.Part.KIND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-1.pin._zone.db.data.svc.cluster.local., eu-1",
        "A.b.Prefer._Zone.db.data.svc.cluster.local., a.b",
    })
    void name_ofATopologyZone_isTakenApartIfThereAreSuch(String name, String zone) {
        ClusterQuestion zonal = ClusterQuestion.of(DomainName.of(name), ZONE, false, true);

        assertThat(zonal.text(ClusterQuestion.Part.ZONE)).contains(zone);
        assertThat(zonal.text(ClusterQuestion.Part.SERVICE)).contains("db");
        assertThat(ClusterQuestion.of(DomainName.of(name), ZONE, false, false).error())
                .isPresent();
        assertThat(ClusterQuestion.of(DomainName.of(name), ZONE, true, true).error())
                .isPresent();
    }

    private static String parts(ClusterQuestion question) {
        assertThat(question.error()).isEmpty();
        return Arrays.stream(ClusterQuestion.Part.values())
                .filter(part -> part != ClusterQuestion.Part.ZONE)
                .map(part -> question.text(part).orElseThrow())
                .collect(Collectors.joining("|"));
    }
}
