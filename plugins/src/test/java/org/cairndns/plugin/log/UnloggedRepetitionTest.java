package org.cairndns.plugin.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnloggedRepetitionTest {
    private static final Query QUERY = Queries.of("web.example.org.", "A");

    private final FakeServer server = new FakeServer();
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static Handler answering(int rcode) {
        return new Handler() {
            @Override
            public Reply handle(Query query) {
                return new Reply.Answered(Response.bare(rcode));
            }

            @Override
            public Repetition repetition(Query query) {
                return Repetition.ALWAYS;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "log, NOERROR, false",
        "log example.com, NOERROR, true",
        "log {;class error;}, NXDOMAIN, true",
        "log {;class error;}, SERVFAIL, false",
        "log {;class denial;}, NXDOMAIN, false",
        "log {;class denial error;}, NXDOMAIN, false",
        "log {;class error;}, NOERROR, true",
        "log . {;class all;}, NOERROR, false",
    })
    void of_response_isRepeatedOnlyIfItIsNotLogged(String directive, String rcode, boolean repeated) {
        int code = switch (rcode) {
            case "NXDOMAIN" -> Rcode.NXDOMAIN;
            case "SERVFAIL" -> Rcode.SERVFAIL;
            default -> Rcode.NOERROR;
        };
        Handler log = new FakeBlock(server, ".:53 {\n" + directive.replace(';', '\n') + "\n}", new LogPlugin(clock))
                .chain(answering(code));

        Repetition repetition = log.repetition(QUERY).of(QUERY, Response.bare(code));

        assertThat(repetition.again(0, 0) != Repetition.OVER).isEqualTo(repeated);
    }
}
