package org.cairndns.plugin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;

class HostsRepetitionTest {
    private static final int NEXT_TTL = 77;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void createServer() throws IOException {
        server = new FakeServer(folder);
        Files.writeString(folder.resolve("hosts"), "10.0.0.1 www.example.org\n");
    }

    /** The next handler's word shows in the TTL. */
    private Handler hosts(String options) {
        return new FakeBlock(server, ".:53 {\nhosts hosts {\n" + options + "\n}\n}", new HostsPlugin())
                .start()
                .chain(new Handler() {
                    @Override
                    public Reply handle(Query query) {
                        return new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
                    }

                    @Override
                    public Repetition repetition(Query query) {
                        return (nowNanos, tookNanos) -> NEXT_TTL;
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org., A, '', -1",
        "www.example.org., AAAA, '', -1",
        "www.example.org., TXT, '', -1",
        "www.example.org., TXT, fallthrough;fallthrough_unsupported, 77",
        "1.0.0.10.in-addr.arpa., PTR, '', -1",
        "1.0.0.10.in-addr.arpa., PTR, fallthrough;fallthrough_unsupported, -1",
        "2.0.0.10.in-addr.arpa., PTR, '', 77",
        "other.example.org., A, fallthrough, 77",
    })
    void again_unchangedFile_isTheWordOfWhoAnswers(String qname, String type, String options, int ttl) {
        Repetition repetition = hosts(options.replace(';', '\n')).repetition(Queries.of(qname, type));
        assertThat(repetition.again(0, 0)).isEqualTo(ttl);
    }

    @Test
    void again_otherClass_isTheWordOfTheNext() {
        Query query = Queries.ofClass("www.example.org.", "A", DClass.CH);
        assertThat(hosts("").repetition(query).again(0, 0)).isEqualTo(NEXT_TTL);
    }

    @ParameterizedTest
    @CsvSource({"www.example.org., A", "other.example.org., A", "1.0.0.10.in-addr.arpa., PTR"})
    void again_changedFile_isOver(String qname, String type) throws Exception {
        Handler hosts = hosts("fallthrough");
        Repetition before = hosts.repetition(Queries.of(qname, type));
        Files.writeString(folder.resolve("hosts"), "10.0.0.22 www.example.org\n");
        server.scheduler().advance(Duration.ofSeconds(5));

        assertThat(before.again(0, 0)).isEqualTo(Repetition.OVER);
        assertThat(hosts.repetition(Queries.of(qname, type)).again(0, 0)).isNotEqualTo(Repetition.OVER);
    }
}
