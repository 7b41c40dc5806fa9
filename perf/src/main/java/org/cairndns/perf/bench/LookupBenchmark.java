package org.cairndns.perf.bench;

import java.util.List;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.wire.Query;
import org.cairndns.zone.LookupResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Lookups in the zone of a cluster with 1,000 services and 4,000 endpoints. */
public class LookupBenchmark extends StepBenchmark {
    /** What is asked; the services are those of {@link SampleCluster}. */
    public enum Question {
        CLUSTER_IP_A("{service} A"),
        CLUSTER_IP_AAAA_NODATA("{service} AAAA"),
        CLUSTER_IP_SRV("_http._tcp.{service} SRV"),
        HEADLESS_A_4("{headless} A"),
        HEADLESS_SRV_4("_http._tcp.{headless} SRV"),
        SEARCH_PATH_NXDOMAIN("www.example.org.team-1.svc.cluster.local A"),
        PTR("{reverse}.in-addr.arpa PTR");

        private final String template;

        Question(String template) {
            this.template = template;
        }
    }

    @Param
    public Question question = Question.CLUSTER_IP_A;

    private ClusterZone zone = SampleZone.of(List.of());
    private Query query = Packets.read(Packets.query(". A", false));

    /** Fills the zone. */
    @Setup
    public void setUp() {
        List<SampleService> services = SampleCluster.services(1000, 4);
        zone = SampleZone.of(services);
        query = Packets.read(Packets.query(Packets.fill(question.template, services), false));
    }

    @Benchmark
    public LookupResult lookup() {
        return zone.lookup(query);
    }
}
