package org.cairndns.plugin.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class LocalPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.REFUSED, "next");
    private static final String SOA = " 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800";

    private final FakeServer server = new FakeServer();

    @ParameterizedTest
    @CsvSource({
        "LocalHost.,A,A 127.0.0.1",
        "localhost.,AAAA,AAAA 0:0:0:0:0:0:0:1",
        "localhost.,NS,NS localhost.",
        "localhost.,SOA,SOA localhost. root.localhost. 1 0 0 0 604800",
        "a.b.localhost.,A,A 127.0.0.1",
        "localhost.cluster.local.,AAAA,AAAA 0:0:0:0:0:0:0:1",
        "127.in-addr.arpa.,NS,NS localhost.",
        "255.in-addr.arpa.,SOA,SOA localhost. root.localhost. 1 0 0 0 604800",
        "1.0.0.127.in-addr.arpa.,PTR,PTR localhost."
    })
    void local_nameWithData_isAnswered(String name, String type, String data) {
        Message message = ask("local", name, type);

        assertThat(Queries.records(message, Section.ANSWER)).containsExactly(name + " 604800 IN " + data);
        assertThat(message.getHeader().getFlag(Flags.AA)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost.,MX,localhost.,0",
        "a.localhost.,MX,a.localhost.,0",
        "0.in-addr.arpa.,A,0.in-addr.arpa.,0",
        "1.0.0.127.in-addr.arpa.,A,127.in-addr.arpa.,0",
        "0.0.127.in-addr.arpa.,PTR,127.in-addr.arpa.,0",
        "2.0.0.127.in-addr.arpa.,PTR,127.in-addr.arpa.,3",
        "1.0.in-addr.arpa.,PTR,0.in-addr.arpa.,3"
    })
    void local_nameWithoutData_isDeniedWithSoa(String name, String type, String owner, int rcode) {
        Message message = ask("local", name, type);

        assertThat(message.getHeader().getRcode()).isEqualTo(rcode);
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        assertThat(Queries.records(message, Section.AUTHORITY)).containsExactly(owner + SOA);
    }

    @Test
    void local_otherNameOrClass_goesOn() {
        List<Query> queries = new ArrayList<>();
        for (String name :
                List.of(".", "xlocalhost.", "localhostx.example.", "a.localhost.example.", "in-addr.arpa.")) {
            queries.add(Queries.of(name, "A"));
        }
        queries.add(Queries.ofClass("localhost.", "A", DClass.CH));

        assertThat(queries)
                .allSatisfy(query -> assertThat(reply("local", query)).isSameAs(NEXT));
    }

    @Test
    void localhostPrefix_off_leavesNamesOfOtherZones() {
        String off = "local {\n localhost_prefix off\n}";

        assertThat(reply(off, Queries.of("localhost.cluster.local.", "A"))).isSameAs(NEXT);
        assertThat(ask(off, "a.localhost.", "A").getSection(Section.ANSWER)).hasSize(1);
        assertThat(ask("local {\n localhost_prefix on\n}", "localhost.a.", "A").getSection(Section.ANSWER))
                .hasSize(1);
    }

    @Test
    void metrics_namesBelowLocalhostAndPrefixes_areCounted() {
        for (String name : List.of("localhost.", "a.localhost.", "localhost.a.", "127.in-addr.arpa.")) {
            ask("local", name, "A");
        }

        assertThat(server.metrics("coredns_local_")).containsExactly("coredns_local_localhost_requests_total 2.0");
    }

    @Test
    void setup_wrongValues_areProblemsAtTheirPlace() {
        assertThat(block("local x").problems())
                .containsExactly("Corefile:2:7: wrong number of arguments for 'local', expected none, got 1");
        assertThat(block("local {\nlocalhost_prefix maybe\n}").problems())
                .containsExactly(
                        "Corefile:3:18: bad value for 'localhost_prefix', expected one of on, off, got 'maybe'");
        assertThat(block("local {\nlocalhost_prefix\n}").problems())
                .containsExactly("Corefile:3:1: wrong number of arguments for 'localhost_prefix', expected 1, got 0");
        assertThat(block("local {\nprefix on\n}").problems())
                .containsExactly(
                        "Corefile:3:1: unknown property 'prefix' of 'local', expected one of localhost_prefix");
    }

    private Message ask(String directive, String name, String type) {
        Query query = Queries.of(name, type);
        return Queries.render(query, reply(directive, query));
    }

    private Reply reply(String directive, Query query) {
        return block(directive).chain(next -> NEXT).handle(query);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new LocalPlugin());
    }
}
