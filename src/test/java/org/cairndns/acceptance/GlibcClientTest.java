package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.query;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;

/** Sequences of glibc's resolver (Triton, Ray, PostgreSQL, RabbitMQ on Debian) and its options. */
@ExtendWith(SeedCluster.Resolver.class)
class GlibcClientTest {
    private static final String REDIS = "redis.data.svc.cluster.local";

    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void a06_singleRequestReopen_bothAnswered() throws Exception {
        assertThat(askOnce("A")).containsExactlyInAnyOrder("10.1.0.11", "10.1.0.12");
        assertThat(askOnce("AAAA")).containsExactly("fd00:10:0:0:0:0:0:11");
    }

    /** Each query from a port of its own, which is closed after the response. */
    private static List<String> askOnce(String qtype) throws IOException {
        try (UdpClient client = new UdpClient(server.port())) {
            return answers(client.ask(REDIS, qtype));
        }
    }

    @Test
    void a07_oneOfThePairLost_sameAnswersWhenBothAreSentAgain() throws Exception {
        Message a = query(REDIS, "A");
        Message aaaa = query(REDIS, "AAAA");
        try (UdpClient client = new UdpClient(server.port())) {
            List<String> first = answers(client.ask(a));
            // The network loses this one's response: it is read and nothing is made of it.
            client.exchange(aaaa);

            // Five seconds later the same messages leave the same socket; the wait itself tells the server nothing.
            List<String> again = answers(client.ask(a));
            List<String> addresses = answers(client.ask(aaaa));

            assertThat(new TreeSet<>(again)).isEqualTo(new TreeSet<>(first));
            assertThat(addresses).containsExactly("fd00:10:0:0:0:0:0:11");
        }
    }
}
