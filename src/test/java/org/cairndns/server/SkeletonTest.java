package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cairndns.corefile.CorefileException;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class SkeletonTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoami_overBothTransports_answersWithClientsAddress(boolean tcp) throws Exception {
        try (TestServer server = TestServer.start(". {\n whoami\n}")) {
            Message response = server.ask("any.example", org.xbill.DNS.Type.A, tcp);

            assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(response.getSection(Section.ADDITIONAL).getFirst().rdataToString())
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void query_forZoneOutsideEveryBlock_isRefused() throws Exception {
        try (TestServer server = TestServer.start("example.org {\n whoami\n}")) {
            assertThat(server.ask("example.com", "A").getRcode()).isEqualTo(Rcode.REFUSED);
            assertThat(server.ask("www.EXAMPLE.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void start_corefileWithMistakes_reportsAllOfThem() {
        assertThatThrownBy(() -> TestServer.start(". {\n whoam\n dnssec\n}\n"))
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining("Corefile:2:2: unknown directive 'whoam', did you mean 'whoami'?")
                .hasMessageContaining("Corefile:3:2: directive 'dnssec' of CoreDNS is not in this version");
    }
}
