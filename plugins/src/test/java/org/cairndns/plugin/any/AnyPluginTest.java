package org.cairndns.plugin.any;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class AnyPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.REFUSED, "next");

    @Test
    void any_typeAny_hinfoInsteadOfEverything() {
        Query query = Queries.of("Web.Example.", "ANY");

        Message message = Queries.render(query, reply(query));

        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly("Web.Example. 8482 IN HINFO \"ANY obsoleted\" \"See RFC 8482\"");
        assertThat(message.getHeader().getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getHeader().getFlag(Flags.AA)).isFalse();
    }

    @Test
    void any_rootName_isAnsweredToo() {
        Query query = Queries.of(".", "ANY");

        assertThat(Queries.records(Queries.render(query, reply(query)), Section.ANSWER))
                .containsExactly(". 8482 IN HINFO \"ANY obsoleted\" \"See RFC 8482\"");
    }

    @Test
    void any_otherTypeOrClass_goesOn() {
        assertThat(reply(Queries.of("web.example.", "HINFO"))).isSameAs(NEXT);
        assertThat(reply(Queries.ofClass("version.bind.", "ANY", DClass.CH))).isSameAs(NEXT);
    }

    @Test
    void setup_argumentOrBlock_isAProblemAtItsPlace() {
        assertThat(block("any thing").problems())
                .containsExactly("Corefile:2:5: wrong number of arguments for 'any', expected none, got 1");
        assertThat(block("any {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'any' on a line of its own, got '{'");
    }

    private static Reply reply(Query query) {
        return block("any").chain(next -> NEXT).handle(query);
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ". {\n" + directive + "\n}\n", new AnyPlugin());
    }
}
