package org.cairndns.perf.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.corefile.CorefileException;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.EmbeddedServer;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.SentResponses;
import org.cairndns.wire.Query;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The way from the octets of a query to those of the response, through every plugin of a cluster's Corefile. */
public class QueryPathBenchmark extends StepBenchmark {
    /** What is asked, in a cluster of 1,000 services. */
    public enum Question {
        CLUSTER_IP_A("{service} A"),
        CLUSTER_IP_AAAA_NODATA("{service} AAAA"),
        HEADLESS_A_4("{headless} A"),
        SEARCH_PATH_NXDOMAIN("www.example.org.team-10.svc.cluster.local A"),
        CACHED_A("www.example.org A");

        private final String template;

        Question(String template) {
            this.template = template;
        }
    }

    @Param
    public Question question = Question.CLUSTER_IP_A;

    private final ByteBuf out = Packets.empty();
    private final SentResponses sent = new SentResponses(System::nanoTime, 1, SentResponses.MAX_HEAP_OCTETS);
    private ByteBuf packet = out;
    private Query query = Packets.read(Packets.query(". A", false));
    private AutoCloseable upstream = () -> {};
    private AutoCloseable server = () -> {};
    private QueryRunner runner = RouteBenchmark.emptyRunner();

    /** Starts a server with manifests in place of an API server, and fills the cache. */
    @Setup
    public void setUp() throws IOException, CorefileException {
        Path manifests = Files.createTempDirectory("perf-manifests");
        List<SampleService> services = SampleCluster.services(1000, 4);
        write(services, manifests.resolve("cluster.yaml"));
        Upstream outside = Upstream.start();
        upstream = outside;
        EmbeddedServer started = EmbeddedServer.start("""
            .:0 {
                bind 127.0.0.1
                errors
                health 127.0.0.1:0
                ready 127.0.0.1:0
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    manifests %s
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 127.0.0.1:0
                forward . 127.0.0.1:%d
                cache 3600
                loop
                reload
                loadbalance
            }
            """.formatted(manifests, outside.port()));
        server = started;
        runner = started.queries();
        packet = Packets.query(Packets.fill(question.template, services), false);
        query = Packets.read(packet);
        awaitAnswer();
    }

    private static void write(List<SampleService> services, Path file) throws IOException {
        StringBuilder documents = new StringBuilder();
        SampleCluster.namespaces(services)
                .forEach(name -> documents
                        .append("---\n")
                        .append(ApiObjects.namespace(name))
                        .append('\n'));
        for (SampleService service : services) {
            documents.append("---\n").append(ApiObjects.service(service)).append('\n');
            documents.append("---\n").append(ApiObjects.slice(service)).append('\n');
        }
        Files.writeString(file, documents);
    }

    /** Asks until the reply is there at once, which for an outside name means: from the cache. */
    private void awaitAnswer() {
        long deadlineNanos = System.nanoTime() + 10_000_000_000L;
        while (!(runner.run(query) instanceof Reply.Answered)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException("no answer to " + query);
            }
            Thread.onSpinWait();
        }
    }

    /** Stops the server. */
    @TearDown
    public void tearDown() throws Exception {
        server.close();
        upstream.close();
    }

    @Benchmark
    public boolean answer() {
        out.clear();
        Query read = Packets.read(packet);
        return runner.write(read, runner.run(read), out);
    }

    /** The same for a query that came before, as UDP sockets do it. */
    @Benchmark
    public int repeat() {
        out.clear();
        sent.begin();
        if (!sent.repeat(packet, Packets.LISTENER, out)) {
            Query read = Packets.read(packet);
            sent.watch(runner, read);
            Reply reply = runner.run(read);
            runner.write(read, reply, out);
            sent.keep(packet, read, reply, out, 0);
        }
        return out.writerIndex();
    }

    /** The same without reading and writing. */
    @Benchmark
    public Reply handle() {
        return runner.run(query);
    }
}
