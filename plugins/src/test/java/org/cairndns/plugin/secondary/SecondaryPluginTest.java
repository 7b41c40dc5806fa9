package org.cairndns.plugin.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;

class SecondaryPluginTest {
    private static final Query WWW = Queries.of("www.example.org.", "A");

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();
    private PrimaryDouble primary;

    @BeforeEach
    void start() throws IOException {
        primary = new PrimaryDouble();
    }

    @AfterEach
    void stop() throws IOException {
        primary.close();
        log.close();
    }

    @Test
    void query_beforeAndAfterTheTransfer_failsThenIsAnswered() throws Exception {
        FakeBlock block = block(from());
        assertThat(block.chain(query -> Reply.Dropped.INSTANCE).handle(WWW))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "zone example.org. not loaded yet"));
        assertThat(block.settings().transferSources().getFirst().zone(DomainName.of("example.org.")))
                .containsInstanceOf(TransferableZone.Unready.class);

        load(block);

        assertThat(answer(block)).containsExactly("www.example.org. 30 IN A 192.0.2.1");
        assertThat(block.settings().transferSources().getFirst().zone(DomainName.of("Example.ORG.")))
                .containsInstanceOf(TransferableZone.Ready.class);
        block.closeShared();
    }

    @Test
    void fallthrough_namesThatDoNotExist_goOn() throws Exception {
        FakeBlock block = block(from() + "\nfallthrough");
        load(block);
        Query other = Queries.of("other.example.org.", "A");
        Reply next = new Reply.Failed(Rcode.SERVFAIL, "next");

        assertThat(block.chain(query -> next).handle(other)).isSameAs(next);
        block.closeShared();
    }

    @Test
    void notify_byPrimaryOthersAndForOtherZones() throws Exception {
        FakeBlock block = block(from());
        load(block);

        Reply accepted = block.notifyChain().handle(notify("Example.org.", "127.0.0.1"));
        assertThat(((Reply.Answered) accepted).response().rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(((Reply.Answered) accepted).response().authoritative()).isTrue();
        Reply refused = block.notifyChain().handle(notify("example.org.", "192.0.2.9"));
        assertThat(((Reply.Answered) refused).response().rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(block.notifyChain().handle(notify("www.example.org.", "127.0.0.1")))
                .isEqualTo(new Reply.Failed(Rcode.NOTIMP, ""));
        block.closeShared();
    }

    @Test
    void reload_samePrimaries_keepsTheZone() throws Exception {
        FakeBlock before = block(from());
        load(before);

        FakeBlock after = new FakeBlock(
                server, "example.org {\n secondary {\n" + from() + "\n}\n}\n", before, new SecondaryPlugin());
        after.start();

        assertThat(answer(after)).hasSize(1);
        assertThat(primary.asked()).containsExactly("AXFR");
        after.closeShared();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        secondary                                      | 2:1  | needs a line 'transfer from'
        secondary {;transfer;}                         | 3:1  | wrong number of arguments for 'transfer', expected at least 1
        secondary {;transfer from;}                    | 3:1  | missing value for 'transfer from'
        secondary {;transfer to 192.0.2.1;}            | 3:10 | use the directive 'transfer' instead
        secondary {;transfer form 192.0.2.1;}          | 3:10 | expected 'from' and addresses behind it, got 'form'
        secondary {;transfer from primary.example;}    | 3:15 | expected an IP address with an optional port, got 'primary.example'
        secondary {;transfer from 192.0.2.1;catalog;}  | 4:1  | 'catalog' of 'secondary' of CoreDNS is not in this version of Cairn
        secondary {;transfer from 192.0.2.1;reload 5;} | 4:1  | unknown property 'reload' of 'secondary'
        """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        FakeBlock block = new FakeBlock(
                server, "example.org {\n" + directive.replace(';', '\n') + "\n}\n", new SecondaryPlugin());

        assertThat(block.problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    @Test
    void setup_everyOption_isTaken() {
        FakeBlock block = new FakeBlock(
                server,
                "example.org {\n secondary a.example.org 10.0.0.0/8 {\n transfer from 192.0.2.1 [2001:db8::1]:54\n"
                        + "transfer from 192.0.2.2\n fallthrough example.org\n}\n}\n",
                new SecondaryPlugin());

        assertThat(block.problems()).isEmpty();
        assertThat(block.hasHandler()).isTrue();
    }

    private String from() {
        return "transfer from 127.0.0.1:" + primary.address().getPort();
    }

    private FakeBlock block(String lines) {
        return new FakeBlock(server, "example.org {\n secondary {\n" + lines + "\n}\n}\n", new SecondaryPlugin());
    }

    /** Starts the block and waits for the first transfer, which runs on a thread of its own. */
    private void load(FakeBlock block) throws Exception {
        block.start();
        server.scheduler().runDue();
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (log.lines().stream().noneMatch(line -> line.contains("Transferred: example.org. from"))) {
            assertThat(System.nanoTime()).as("time for the transfer").isLessThan(deadlineNanos);
            Thread.onSpinWait();
        }
    }

    private static java.util.List<String> answer(FakeBlock block) {
        Reply reply = Queries.await(block.chain(query -> Reply.Dropped.INSTANCE).handle(WWW));
        return Queries.records(Queries.render(WWW, reply), Section.ANSWER);
    }

    private static Query notify(String zone, String client) throws IOException {
        Message message = Message.newQuery(org.xbill.DNS.Record.newRecord(
                org.xbill.DNS.Name.fromString(zone), org.xbill.DNS.Type.SOA, org.xbill.DNS.DClass.IN));
        message.getHeader().setOpcode(Opcode.NOTIFY);
        return Queries.read(message, new InetSocketAddress(InetAddress.ofLiteral(client), 4000), Queries.UDP);
    }
}
