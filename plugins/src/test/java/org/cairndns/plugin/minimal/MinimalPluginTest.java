package org.cairndns.plugin.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;

class MinimalPluginTest {
    private static final DomainName WEB = DomainName.of("web.example.");
    private static final DomainName ZONE = DomainName.of("example.");
    private static final Query QUERY = Queries.of("web.example.", "A");

    @Test
    void minimal_positive_keepsTheAnswerOnly() {
        Message message = Queries.render(QUERY, reply(extras(answer())));

        assertThat(Queries.records(message, org.xbill.DNS.Section.ANSWER))
                .containsExactly("web.example. 30 IN A 10.0.0.1");
        assertThat(message.getSection(org.xbill.DNS.Section.AUTHORITY)).isEmpty();
        assertThat(message.getSection(org.xbill.DNS.Section.ADDITIONAL)).isEmpty();
    }

    @Test
    void minimal_pendingReply_isCutWhenItComes() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = reply(pending);

        pending.complete(extras(answer()));

        assertThat(((Reply.Answered) Queries.await(reply)).response().recordCount())
                .isEqualTo(1);
    }

    @Test
    void minimal_denialErrorDelegationOrFailure_passUnchanged() {
        List<Reply> replies = List.of(
                extras(new ResponseBuilder(WEB).rcode(Rcode.NXDOMAIN)),
                extras(new ResponseBuilder(WEB)),
                extras(answer().rcode(Rcode.REFUSED)),
                new Reply.Failed(Rcode.SERVFAIL, "no upstream"),
                Reply.Dropped.INSTANCE);

        assertThat(replies).allSatisfy(reply -> assertThat(reply(reply)).isSameAs(reply));
    }

    @Test
    void minimal_nothingToLeaveOut_sameReply() {
        Reply plain = new Reply.Answered(answer().build());

        assertThat(reply(plain)).isSameAs(plain);
    }

    @Test
    void setup_argumentOrBlock_isAProblemAtItsPlace() {
        assertThat(block("minimal x").problems())
                .containsExactly("Corefile:2:9: wrong number of arguments for 'minimal', expected none, got 1");
        assertThat(block("minimal {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'minimal' on a line of its own, got '{'");
    }

    private static ResponseBuilder answer() {
        return new ResponseBuilder(WEB).address(Section.ANSWER, WEB, 30, new byte[] {10, 0, 0, 1});
    }

    private static Reply extras(ResponseBuilder builder) {
        return new Reply.Answered(builder.name(Section.AUTHORITY, ZONE, RecordType.NS, 30, WEB)
                .address(Section.ADDITIONAL, WEB, 30, new byte[] {10, 0, 0, 2})
                .build());
    }

    private static Reply reply(Reply downstream) {
        return block("minimal").chain(query -> downstream).handle(QUERY);
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ". {\n" + directive + "\n}\n", new MinimalPlugin());
    }
}
