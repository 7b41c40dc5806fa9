package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answerTypes;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.isOwnNameError;

import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;

/** Clients that the server knows by their address, or does not. */
@ExtendWith(SeedCluster.Resolver.class)
class PodClientTest {
    /** Address of the pod {@code client} in the namespace {@code test-1}. */
    private static final String POD = "127.0.0.9";

    /** An address that no pod has, as that of a node, where pods on the host's network ask from. */
    private static final String NODE = "127.0.0.5";

    /** First of the names that a search makes of {@code svc-1-a.test-1}. */
    private static final String SEARCHED = "svc-1-a.test-1.test-1.svc.cluster.local.";

    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        upstream = new UpstreamDouble();
        server = TestServer.start(cluster.corefile(upstream, "pods verified", "autopath @kubernetes"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void a32_firstNameOfASearchFromAPod_aliasAndAddressInOneReply() throws Exception {
        try (UdpClient client = new UdpClient(server.port(), POD)) {
            Message response = client.ask(SEARCHED, "A");

            assertThat(answerTypes(response)).containsExactly("CNAME", "A");
            assertThat(answers(response)).containsExactly("svc-1-a.test-1.svc.cluster.local.", "10.152.183.70");
        }
    }

    @Test
    void a33_nodeAddress_answeredLikeAnyOther() throws Exception {
        try (UdpClient client = new UdpClient(server.port(), NODE)) {
            assertThat(answers(client.ask("svc-1-a.test-1.svc.cluster.local", "A")))
                    .containsExactly("10.152.183.70");
            assertThat(isOwnNameError(client.ask(SEARCHED, "A")))
                    .as("no search path is known")
                    .isTrue();
        }
    }
}
