package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server that forwards to another one. */
class ForwardTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void query_forForwardedName_isAnsweredByTheOtherServer(boolean tcp) throws Exception {
        try (TestServer upstream = TestServer.start("example.org {\n whoami\n}");
                TestServer server =
                        TestServer.start(". {\n prometheus 127.0.0.1:0\n cache 30\n loadbalance\n forward . 127.0.0.1:"
                                + upstream.port() + "\n}")) {
            Message response = server.ask("www.example.org", Type.A, tcp);

            assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(response.getSection(Section.ADDITIONAL)).hasSize(2);
            assertThat(server.ask("www.example.com", Type.A, tcp).getRcode()).isEqualTo(Rcode.REFUSED);
            assertThat(MetricsClient.page(server.server()))
                    .contains(
                            "coredns_proxy_request_duration_seconds_bucket{proxy_name=\"forward\",rcode=\"REFUSED\",to=\"127.0.0.1:"
                                    + upstream.port() + "\",le=\"0.00025\"}")
                    .contains("coredns_forward_max_concurrent_rejects_total 0");
        }
    }

    @Test
    void reload_whileForwarding_goesOn() throws Exception {
        try (TestServer upstream = TestServer.start(". {\n whoami\n}")) {
            Path corefile = folder.resolve("Corefile");
            Files.writeString(corefile, ". {\n forward . 127.0.0.1:" + upstream.port() + "\n}\n");
            try (TestServer server = TestServer.startFile(corefile)) {
                assertThat(server.ask("a.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
                Files.writeString(
                        corefile, ". {\n forward . 127.0.0.1:" + upstream.port() + " {\n  force_tcp\n }\n}\n");

                assertThat(server.server().reload()).isTrue();

                assertThat(server.ask("b.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
            }
        }
    }
}
