package org.example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Section;

class HelloPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.REFUSED, "next");

    private final FakeServer server = new FakeServer();

    private FakeBlock block(String directive) {
        return new FakeBlock(server, "example.org {\n" + directive + "\n}\n", new HelloPlugin());
    }

    private Reply ask(String directive, String qname, String qtype) {
        return block(directive).chain(query -> NEXT).handle(Queries.of(qname, qtype));
    }

    private List<String> answer(String directive) {
        Query query = Queries.of("Hello.example.org.", "TXT");
        Reply reply = block(directive).chain(next -> NEXT).handle(query);
        return Queries.records(Queries.render(query, reply), Section.ANSWER);
    }

    @Test
    void hello_defaults_greetsTheClient() {
        assertEquals(List.of("Hello.example.org. 60 IN TXT \"Hello, 10.1.2.3\""), answer("hello"));
    }

    @Test
    void hello_textAndTtl_areUsed() {
        assertEquals(
                List.of("Hello.example.org. 5 IN TXT \"Good morning, 10.1.2.3\""),
                answer("hello \"Good morning\" {\n ttl 5\n}"));
    }

    @Test
    void hello_otherNameOrType_goesOn() {
        assertSame(NEXT, ask("hello", "www.example.org.", "TXT"));
        assertSame(NEXT, ask("hello", "hello.example.org.", "A"));
    }

    @Test
    void hello_answers_areCounted() {
        answer("hello");
        answer("hello");

        assertEquals(List.of("hello_greetings_total 2.0"), server.metrics("hello_greetings"));
    }

    @Test
    void setup_badValues_areReportedAtTheirPlaces() {
        assertEquals(
                List.of(
                        "Corefile:2:9: wrong number of arguments for 'hello', expected 0 to 1, got 2",
                        "Corefile:4:2: unknown property 'tll' of 'hello', expected one of ttl, did you mean 'ttl'?",
                        "Corefile:3:6: bad value for 'ttl', expected an integer from 0 to 86400, got '-1'"),
                block("hello a b {\n ttl -1\n tll 5\n}").problems());
    }
}
