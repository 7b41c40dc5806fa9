package org.cairndns.plugin.nsid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.cairndns.plugin.spi.HostName;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Edns;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;

class NsidPluginTest {
    private static final Query ASKING = Queries.of("web.example.", "A")
            .withEdns(new Edns(true, 1232, 0, 0, EdnsOptions.with(Edns.NO_OPTIONS, EdnsOptions.NSID, new byte[0])));
    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final FakeServer server = new FakeServer();

    @Test
    void nsid_asked_textOfTheDirective() {
        assertThat(identifier(block("nsid rack 7").chain(query -> ANSWER).handle(ASKING)))
                .isEqualTo("rack 7");
    }

    @Test
    void nsid_noText_hostName() {
        assertThat(identifier(block("nsid").chain(query -> ANSWER).handle(ASKING)))
                .isEqualTo(HostName.of(server));
    }

    @Test
    void nsid_upstreamsIdentifier_isReplaced() {
        byte[] theirs = EdnsOptions.with(Edns.NO_OPTIONS, EdnsOptions.NSID, new byte[] {'x'});
        Reply upstream = new Reply.Answered(Response.bare(Rcode.NOERROR).withEdns(theirs));

        assertThat(identifier(block("nsid us").chain(query -> upstream).handle(ASKING)))
                .isEqualTo("us");
    }

    @Test
    void nsid_failure_isSignedToo() {
        Reply reply = block("nsid us")
                .chain(query -> new Reply.Failed(Rcode.SERVFAIL, "x"))
                .handle(ASKING);

        assertThat(identifier(reply)).isEqualTo("us");
        assertThat(Queries.render(ASKING, reply).getHeader().getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void nsid_pendingReply_isSignedWhenItComes() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = block("nsid us").chain(query -> pending).handle(ASKING);

        pending.complete(ANSWER);

        assertThat(identifier(Queries.await(reply))).isEqualTo("us");
    }

    @Test
    void nsid_notAskedOrDropped_replyUnchanged() {
        Reply dropped = Reply.Dropped.INSTANCE;

        assertThat(block("nsid").chain(query -> ANSWER).handle(Queries.withEdns("web.example.", "A", 1232, false)))
                .isSameAs(ANSWER);
        assertThat(block("nsid").chain(query -> ANSWER).handle(Queries.of("web.example.", "A")))
                .isSameAs(ANSWER);
        assertThat(block("nsid").chain(query -> dropped).handle(ASKING)).isSameAs(dropped);
    }

    @Test
    void setup_wrongUse_isAProblemAtItsPlace() {
        assertThat(block("nsid a\nnsid b").problems())
                .containsExactly("Corefile:3:1: 'nsid' given twice, expected once per server block");
        assertThat(block("nsid {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'nsid' on a line of its own, got '{'");
        assertThat(block("nsid " + "x".repeat(129)).problems())
                .containsExactly("Corefile:2:1: bad value for 'nsid', expected at most 128 octets of text, got 129");
        assertThat(block("nsid " + "x".repeat(128)).problems()).isEmpty();
    }

    private static String identifier(Reply reply) {
        Message message = Queries.render(ASKING, reply);
        return message.getOPT().getOptions(EdnsOptions.NSID).stream()
                .map(NsidPluginTest::text)
                .reduce((a, b) -> a + "," + b)
                .orElse("none");
    }

    private static String text(EDNSOption option) {
        byte[] wire = option.toWire();
        return new String(wire, 4, wire.length - 4, StandardCharsets.UTF_8);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new NsidPlugin());
    }
}
