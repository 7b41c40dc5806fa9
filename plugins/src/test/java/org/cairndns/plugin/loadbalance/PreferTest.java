package org.cairndns.plugin.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.junit.jupiter.api.Test;

/** Addresses of preferred networks come first. */
class PreferTest {
    private static final long SEED = 20261125;
    private static final DomainName WEB = DomainName.of("web.example");
    private static final String PREFER = "loadbalance {\nprefer 10.2.0.0/16 10.0.0.0/8\nprefer 2001:db8::/32\n}";

    private final Query query = Queries.of("web.example.", "A");

    @Test
    void prefer_addressesOfSeveralNetworks_inTheOrderOfTheNetworksAndRandomInEach() {
        Reply downstream = addresses("192.0.2.1", "10.1.0.1", "10.2.0.1", "192.0.2.2", "10.1.0.2", "10.2.0.2");
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            List<String> answer = answer(PREFER, i, downstream);
            assertThat(answer.subList(0, 2)).containsExactlyInAnyOrder("10.2.0.1", "10.2.0.2");
            assertThat(answer.subList(2, 4)).containsExactlyInAnyOrder("10.1.0.1", "10.1.0.2");
            assertThat(answer.subList(4, 6)).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
            seen.add(answer);
        }

        assertThat(seen).as("seed %d", SEED).hasSize(8);
    }

    @Test
    void prefer_ipv6_isAskedForTheNetworksOfItsFamily() {
        assertThat(answer(PREFER, 0, addresses("2001:db9::1", "2001:db8::1")))
                .containsExactly("2001:db8:0:0:0:0:0:1", "2001:db9:0:0:0:0:0:1");
    }

    @Test
    void prefer_otherRecords_keepTheirPlaces() {
        DomainName mail = DomainName.of("mail.example");
        ResponseBuilder builder = new ResponseBuilder(WEB).name(Section.ANSWER, WEB, RecordType.CNAME, 30, mail);
        address(builder, Section.ANSWER, mail, "192.0.2.1");
        address(builder, Section.ANSWER, mail, "10.0.0.1");
        builder.txt(Section.ANSWER, mail, 30, "last");
        builder.name(Section.AUTHORITY, WEB, RecordType.NS, 30, mail);
        address(builder, Section.ADDITIONAL, mail, "192.0.2.3");
        address(builder, Section.ADDITIONAL, mail, "10.0.0.3");
        Response response = builder.build().withAuthenticData(true).withTtl(7).withShuffledAddresses();

        var message = Queries.render(query, handle(PREFER, 0, new Reply.Answered(response)));

        assertThat(Queries.records(message, org.xbill.DNS.Section.ANSWER))
                .containsExactly(
                        "web.example. 7 IN CNAME mail.example.",
                        "mail.example. 7 IN A 10.0.0.1",
                        "mail.example. 7 IN A 192.0.2.1",
                        "mail.example. 7 IN TXT last");
        assertThat(Queries.records(message, org.xbill.DNS.Section.AUTHORITY))
                .containsExactly("web.example. 7 IN NS mail.example.");
        assertThat(Queries.records(message, org.xbill.DNS.Section.ADDITIONAL))
                .containsExactly("mail.example. 7 IN A 10.0.0.3", "mail.example. 7 IN A 192.0.2.3");
    }

    @Test
    void prefer_oneAddressFailureOrTransfer_passesUnchanged() {
        Reply one = addresses("192.0.2.1");
        Reply two = addresses("192.0.2.1", "10.0.0.1");
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "no upstream");

        assertThat(handle(PREFER, 0, one)).isSameAs(one);
        assertThat(handle(PREFER, 0, failed)).isSameAs(failed);
        assertThat(block(PREFER, 0).chain(any -> two).handle(Queries.of("web.example.", "AXFR")))
                .isSameAs(two);
    }

    @Test
    void prefer_pendingReply_isArrangedOnCompletion() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = handle(PREFER, 0, pending);

        pending.complete(addresses("192.0.2.1", "10.0.0.1"));

        assertThat(texts(Queries.await(reply))).containsExactly("10.0.0.1", "192.0.2.1");
    }

    private List<String> answer(String directive, int round, Reply downstream) {
        return texts(handle(directive, round, downstream));
    }

    private List<String> texts(Reply reply) {
        return Queries.records(Queries.render(query, reply), org.xbill.DNS.Section.ANSWER).stream()
                .map(record -> record.substring(record.lastIndexOf(' ') + 1))
                .toList();
    }

    private Reply handle(String directive, int round, Reply downstream) {
        return block(directive, round).chain(any -> downstream).handle(query);
    }

    private static FakeBlock block(String directive, int round) {
        Random random = new Random(SEED + round);
        return new FakeBlock(new FakeServer(), ".:53 {\n" + directive + "\n}\n", new LoadbalancePlugin(() -> random));
    }

    private static Reply addresses(String... texts) {
        ResponseBuilder builder = new ResponseBuilder(WEB);
        for (String text : texts) {
            address(builder, Section.ANSWER, WEB, text);
        }
        return new Reply.Answered(builder.build());
    }

    private static void address(ResponseBuilder builder, Section section, DomainName owner, String text) {
        builder.address(section, owner, 30, IpAddress.parse(text).orElseThrow().octets());
    }
}
