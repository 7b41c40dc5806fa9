package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Several server blocks for one zone on one address. */
class ViewTest {
    private static final String BLOCK = """
            %s:0 {
                bind 127.0.0.1
                %s
                template IN A {
                    answer "{{ .Name }} 5 A %s"
                }
                log . "view {/view/name} {name}"
                prometheus 127.0.0.1:0
            }
            """;

    private static final String TWO = "metadata\nview %s {\nexpr incidr(client_ip(), '%s')\n}";

    @Test
    void blocks_ofOneZone_answerByTheAddressOfTheClient() throws Exception {
        String corefile = block("example.", TWO.formatted("second", "127.0.0.2/32"), "192.0.2.2")
                + block("example.", TWO.formatted("third", "127.0.0.3/32"), "192.0.2.3")
                + block("example.", "", "192.0.2.1");
        try (TestServer server = TestServer.start(corefile)) {
            assertThat(ask(server, "127.0.0.1", "www.example.")).isEqualTo("192.0.2.1");
            assertThat(ask(server, "127.0.0.2", "www.example.")).isEqualTo("192.0.2.2");
            assertThat(ask(server, "127.0.0.3", "www.example.")).isEqualTo("192.0.2.3");

            String labels = "server=\"dns://127.0.0.1:0\",";
            assertThat(MetricsClient.page(server.server()))
                    .contains(requests("second"), requests("third"), requests(""))
                    .contains("coredns_plugin_enabled{name=\"view\"," + labels + "view=\"second\",zone=\"example.\"} 1")
                    .contains("coredns_template_matches_total{class=\"IN\"," + labels
                            + "type=\"A\",view=\"third\",zone=\"example.\"} 1");
        }
    }

    @Test
    void query_thatNoViewTakes_goesToTheParentZone() throws Exception {
        String corefile = block("sub.example.", "view a {\nexpr type() == 'MX'\n}", "192.0.2.9")
                + block("example.", "view b {\nexpr name() startsWith 'www.'\n}", "192.0.2.1")
                + block(".", "view c {\nexpr name() startsWith 'ftp.'\n}", "192.0.2.5");
        try (TestServer server = TestServer.start(corefile)) {
            assertThat(ask(server, "127.0.0.1", "www.sub.example.")).isEqualTo("192.0.2.1");
            assertThat(ask(server, "127.0.0.1", "ftp.sub.example.")).isEqualTo("192.0.2.5");
            assertThat(ask(server, "127.0.0.1", "mail.sub.example.")).isEqualTo("REFUSED");
        }
    }

    @Test
    void start_zoneTwiceWithoutView_isAProblem() {
        String corefile = block("example.", "view a {\nexpr true\n}", "192.0.2.1")
                + block("example.", "", "192.0.2.2")
                + block("example.", "", "192.0.2.3");

        assertThatThrownBy(() -> TestServer.start(corefile).close())
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining("is already defined");
    }

    private static String requests(String view) {
        return "coredns_dns_requests_total{family=\"1\",proto=\"udp\",server=\"dns://127.0.0.1:0\",type=\"A\",view=\""
                + view + "\",zone=\"example.\"} 1";
    }

    private static String block(String zone, String directives, String address) {
        return BLOCK.formatted(zone, directives, address);
    }

    private static String ask(TestServer server, String client, String qname) throws Exception {
        SimpleResolver resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(server.port());
        resolver.setLocalAddress(new InetSocketAddress(InetAddress.ofLiteral(client), 0));
        resolver.setTimeout(Duration.ofSeconds(5));
        Message response = resolver.send(Message.newQuery(Record.newRecord(Name.fromString(qname), Type.A, 1)));
        return response.getRcode() == Rcode.NOERROR
                ? response.getSection(Section.ANSWER).getFirst().rdataToString()
                : Rcode.string(response.getRcode());
    }
}
