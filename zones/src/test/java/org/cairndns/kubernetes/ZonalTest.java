package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names for the endpoints of one topology zone, as in CoreDNS plugin/kubernetes with zonal. */
class ZonalTest {
    private static final String OBJECTS = """
            namespace data
            headless data/db pg:5432/tcp
            slice data/db-1 db pg:5432/tcp @10.1.0.1=db-0==eu-1 @10.1.0.2=db-1==eu-2 @10.1.0.3=db-2 @10.1.0.4=db-3==x.y
            headless data/empty pg:5432/tcp
            service data/web 10.96.0.1 http:80/tcp
            slice data/web-1 web http:80/tcp @10.1.0.9===eu-1
            external data/alias www.example.org
            """;

    private final TestCluster cluster =
            new TestCluster(new KeptFields(false, true, false, KeptFields.PodLabels.NONE), ProgrammingListener.NONE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            eu-1.pin._zone.db        | A    | 10.1.0.1
            EU-2.Pin._Zone.db        | A    | 10.1.0.2
            x.y.pin._zone.db         | A    | 10.1.0.4
            eu-1.pin._zone.db        | AAAA | NODATA
            eu-1.pin._zone.db        | TXT  | NODATA
            nowhere.pin._zone.db     | A    | NODATA
            y.pin._zone.db           | A    | NODATA
            eu-1.prefer._zone.db     | A    | 10.1.0.1
            eu-1.prefer._zone.db     | AAAA | NODATA
            nowhere.prefer._zone.db  | A    | 10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4
            eu-1.near._zone.db       | A    | NXDOMAIN
            eu-1.pin.zone.db         | A    | NXDOMAIN
            pin._zone.db             | A    | NODATA
            _zone.db                 | A    | NODATA
            near._zone.db            | A    | NXDOMAIN
            eu-1.pin._zone.empty     | A    | NODATA
            eu-1.prefer._zone.empty  | A    | NODATA
            eu-1.pin._zone.web       | A    | NXDOMAIN
            _zone.web                | A    | NXDOMAIN
            eu-1.pin._zone.alias     | A    | NXDOMAIN
            eu-1.pin._zone.nope      | A    | NXDOMAIN
            db                       | A    | 10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4
            """)
    void name_givesTheEndpointsOfItsZone(String name, String type, String expected) {
        ClusterText.list(OBJECTS, cluster.changes());

        assertThat(ask(true, name, type)).isEqualTo(expected);
    }

    @Test
    void srv_namesTheEndpoints() {
        ClusterText.list(OBJECTS, cluster.changes());

        assertThat(Answers.ask(zone(true), "eu-1.pin._zone.db.data.svc.cluster.local.", "SRV"))
                .containsExactly(
                        "NOERROR",
                        "eu-1.pin._zone.db.data.svc.cluster.local. 30 SRV 0 100 5432 db-0.db.data.svc.cluster.local.",
                        "+ db-0.db.data.svc.cluster.local. 30 A 10.1.0.1");
    }

    @Test
    void name_withoutTheOption_doesNotExist() {
        ClusterText.list(OBJECTS, cluster.changes());

        assertThat(ask(false, "eu-1.pin._zone.db", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask(false, "_zone.db", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void endpoint_thatMovesToAnotherZone_isSeen() {
        ClusterText.list(OBJECTS, cluster.changes());

        ClusterText.apply("slice data/db-1 db pg:5432/tcp @10.1.0.1=db-0==eu-2", cluster.changes());

        assertThat(ask(true, "eu-1.pin._zone.db", "A")).isEqualTo("NODATA");
        assertThat(ask(true, "eu-2.pin._zone.db", "A")).isEqualTo("10.1.0.1");
    }

    private String ask(boolean zonal, String name, String type) {
        String qname = name + ".data.svc.cluster.local.";
        String answer = String.join(" ", Answers.ask(zone(zonal), qname, type));
        return answer.replace("NOERROR ", "").replace(qname + " 30 A ", "");
    }

    private ClusterZone zone(boolean zonal) {
        return cluster.zone(
                TestCluster.options(PodMode.DISABLED, Set.of(), false, false).withZonal(zonal));
    }
}
