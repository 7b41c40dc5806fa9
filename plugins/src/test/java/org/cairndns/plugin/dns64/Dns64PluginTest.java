package org.cairndns.plugin.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
import org.cairndns.wire.Soa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class Dns64PluginTest {
    private static final InetSocketAddress IPV6_CLIENT = new InetSocketAddress("fd00::7", 40001);
    private static final DomainName WEB = DomainName.of("web.example.");
    private static final DomainName HOST = DomainName.of("host.example.");

    private final FakeServer server = new FakeServer();
    private final List<Query> inner = new ArrayList<>();

    @Test
    void handle_nameWithoutIpv6Addresses_translatesItsIpv4Addresses() {
        Message message = render(ask("dns64", denial(30), addresses(60)));

        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly("web.example. 30 IN AAAA 64:ff9b:0:0:0:0:c000:221");
        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(message.getHeader().getFlag(Flags.RA)).isTrue();
        assertThat(inner).singleElement().satisfies(query -> {
            assertThat(query.qname()).isEqualTo(WEB);
            assertThat(query.qtype()).isEqualTo(RecordType.A);
            assertThat(query.depth()).isEqualTo(1);
        });
        assertThat(server.metrics("dns64"))
                .containsExactly("coredns_dns64_requests_translated_total{server=\"dns://:53\"} 1.0");
    }

    @ParameterizedTest
    @CsvSource({"30, 60, 30", "90, 60, 60", "-1, 60, 60", "-1, 3600, 600"})
    void handle_ttl_isAtMostThatOfTheDenial(int soaTtl, int addressTtl, int expected) {
        Message message = render(ask("dns64", soaTtl < 0 ? empty() : denial(soaTtl), addresses(addressTtl)));

        assertThat(message.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(expected);
    }

    @Test
    void handle_alias_staysInFrontOfItsTranslatedAddress() {
        Reply alias = answered(new ResponseBuilder(WEB)
                .name(org.cairndns.wire.Section.ANSWER, WEB, RecordType.CNAME, 300, HOST)
                .address(org.cairndns.wire.Section.ANSWER, HOST, 20, new byte[] {10, 0, 0, 1}));

        assertThat(Queries.records(render(ask("dns64", denial(30), alias)), Section.ANSWER))
                .containsExactly(
                        "web.example. 300 IN CNAME host.example.", "host.example. 20 IN AAAA 64:ff9b:0:0:0:0:a00:1");
    }

    @Test
    void handle_otherSections_areThoseOfTheAddresses() {
        Reply reply = answered(new ResponseBuilder(WEB)
                .address(org.cairndns.wire.Section.ANSWER, WEB, 20, new byte[] {10, 0, 0, 1})
                .name(org.cairndns.wire.Section.AUTHORITY, WEB, RecordType.NS, 20, HOST)
                .address(org.cairndns.wire.Section.ADDITIONAL, HOST, 20, new byte[] {10, 0, 0, 2}));

        Message message = render(ask("dns64", denial(30), reply));

        assertThat(Queries.records(message, Section.AUTHORITY)).containsExactly("web.example. 20 IN NS host.example.");
        assertThat(Queries.records(message, Section.ADDITIONAL)).containsExactly("host.example. 20 IN A 10.0.0.2");
    }

    @Test
    void handle_nameWithIpv6Addresses_keepsThem() {
        Reply own = ipv6();

        assertThat(ask("dns64", own, addresses(60))).isSameAs(own);
        assertThat(inner).isEmpty();
    }

    @Test
    void translateAll_nameWithIpv6Addresses_replacesThem() {
        assertThat(Queries.records(render(ask("dns64 {\ntranslate_all\n}", ipv6(), addresses(60))), Section.ANSWER))
                .containsExactly("web.example. 60 IN AAAA 64:ff9b:0:0:0:0:c000:221");
    }

    @Test
    void translateAll_nameWithoutIpv4Addresses_keepsItsOwn() {
        Reply own = ipv6();

        assertThat(ask("dns64 {\ntranslate_all\n}", own, denial(30))).isSameAs(own);
    }

    @Test
    void handle_nameThatDoesNotExist_keepsItsDenial() {
        Reply own = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));

        assertThat(ask("dns64", own, addresses(60))).isSameAs(own);
        assertThat(inner).isEmpty();
    }

    @Test
    void handle_failedLookup_isFollowedByOneForIpv4() {
        for (Reply own : List.of(
                new Reply.Answered(Response.bare(Rcode.SERVFAIL)), new Reply.Failed(Rcode.SERVFAIL, "no response"))) {
            assertThat(Queries.records(render(ask("dns64", own, addresses(60))), Section.ANSWER))
                    .containsExactly("web.example. 60 IN AAAA 64:ff9b:0:0:0:0:c000:221");
            assertThat(ask("dns64", own, new Reply.Failed(Rcode.SERVFAIL, "no response")))
                    .isSameAs(own);
        }
    }

    @Test
    void handle_nameWithoutAnyAddress_keepsItsDenialAndIsNotCounted() {
        Reply own = denial(30);

        assertThat(ask("dns64", own, denial(30))).isSameAs(own);
        assertThat(server.metrics("dns64_requests_translated_total{")).isEmpty();
    }

    @Test
    void handle_truncatedReplies_stayTruncated() {
        Reply cut = new Reply.Answered(Response.bare(Rcode.NOERROR).withTruncated(true));

        assertThat(ask("dns64", cut, addresses(60))).isSameAs(cut);
        assertThat(render(ask("dns64", denial(30), cut)).getHeader().getFlag(Flags.TC))
                .isTrue();
    }

    @Test
    void handle_droppedReply_staysDropped() {
        assertThat(ask("dns64", Reply.Dropped.INSTANCE, addresses(60))).isSameAs(Reply.Dropped.INSTANCE);
    }

    @Test
    void handle_pendingReplies_areTranslatedWhenTheyCome() {
        Reply.Pending own = new Reply.Pending();
        Reply.Pending ipv4 = new Reply.Pending();
        Reply reply = ask("dns64", own, ipv4);

        assertThat(inner).isEmpty();
        own.complete(denial(30));
        assertThat(inner).hasSize(1);
        ipv4.complete(addresses(60));

        assertThat(render(Queries.await(reply)).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void allowIpv4_clientOverIpv4_isTranslatedOnlyWithIt() {
        Query query = Queries.of("web.example.", "AAAA");
        Reply own = denial(30);

        assertThat(ask("dns64", query, own, q -> addresses(60))).isSameAs(own);
        assertThat(ask("dns64 {\nallow_ipv4\n}", query, own, q -> addresses(60)))
                .isNotSameAs(own);
    }

    @Test
    void handle_otherTypes_areNotTouched() {
        Query query = Queries.of("web.example.", "A", IPV6_CLIENT, Queries.UDP);
        Reply own = denial(30);

        assertThat(ask("dns64", query, own, q -> addresses(60))).isSameAs(own);
    }

    @Test
    void handle_clientThatValidatesItself_isNotTouched() throws Exception {
        Message message = Message.newQuery(Record.newRecord(Name.fromString("web.example."), Type.AAAA, DClass.IN));
        message.getHeader().setFlag(Flags.CD);
        message.addRecord(new OPTRecord(1232, 0, 0, 0x8000), Section.ADDITIONAL);
        Reply own = denial(30);

        Query query = Queries.read(message, IPV6_CLIENT, Queries.UDP);

        assertThat(ask("dns64", query, own, q -> addresses(60))).isSameAs(own);
    }

    @Test
    void handle_loadBalancedAddresses_comeInAnyOrder() {
        Reply.Answered two = (Reply.Answered) answered(new ResponseBuilder(WEB)
                .address(org.cairndns.wire.Section.ANSWER, WEB, 20, new byte[] {10, 0, 0, 1})
                .address(org.cairndns.wire.Section.ANSWER, WEB, 20, new byte[] {10, 0, 0, 2}));

        Reply reply = ask("dns64", denial(30), new Reply.Answered(two.response().withShuffledAddresses()));

        assertThat(((Reply.Answered) reply).response().shufflesAddresses()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "dns64 2001:db8::/32, 2001:db8:c000:221:0:0:0:0",
        "'dns64 {\nprefix 2001:db8:64::/96\n}', 2001:db8:64:0:0:0:c000:221",
        "'dns64 2001:db8::/32 {\nprefix 2001:db8:64::/96\n}', 2001:db8:64:0:0:0:c000:221",
    })
    void prefix_argumentOrProperty_isWhereAddressesLie(String directive, String expected) {
        assertThat(Queries.records(render(ask(directive, denial(30), addresses(20))), Section.ANSWER))
                .containsExactly("web.example. 20 IN AAAA " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns64 64:ff9b::/97 | 2:7: bad value for 'dns64', expected an IPv6 network with a prefix length of 32 to 96",
                "dns64 64:ff9b::/33 | 2:7: bad value for 'dns64', expected an IPv6 network",
                "dns64 10.0.0.0/8 | 2:7: bad value for 'dns64', expected an IPv6 network",
                "dns64 64:ff9b:: | 2:7: bad value for 'dns64', expected a network",
                "dns64 a b | 2:9: wrong number of arguments for 'dns64', expected 0 to 1, got 2",
                "'dns64 {\nprefix\n}' | 3:1: wrong number of arguments for 'prefix', expected 1, got 0",
                "'dns64 {\nprefix 64:ff9b::/24\n}' | 3:8: bad value for 'prefix', expected an IPv6 network",
                "'dns64 {\ntranslate_all yes\n}' | 3:15: wrong number of arguments for 'translate_all'",
                "'dns64 {\nallow_ipv4 yes\n}' | 3:12: wrong number of arguments for 'allow_ipv4'",
                "'dns64 {\nallow_ipv6\n}' | 3:1: unknown property 'allow_ipv6' of 'dns64'",
                "'dns64\ndns64' | 3:1: 'dns64' given twice",
            })
    void setup_wrongValue_isAProblemAtItsPlace(String directive, String problem) {
        assertThat(block(directive).problems()).singleElement().asString().startsWith("Corefile:" + problem);
    }

    private Reply ask(String directive, Reply own, Reply ipv4) {
        return ask(directive, Queries.of("web.example.", "AAAA", IPV6_CLIENT, Queries.UDP), own, query -> ipv4);
    }

    private Reply ask(String directive, Query query, Reply own, Function<Query, Reply> resolver) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        block.resolver(asked -> {
            inner.add(asked);
            return resolver.apply(asked);
        });
        return block.chain(asked -> own).handle(query);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new Dns64Plugin());
    }

    private static Message render(Reply reply) {
        return Queries.render(Queries.of("web.example.", "AAAA", IPV6_CLIENT, Queries.UDP), reply);
    }

    private static Reply denial(int ttlSeconds) {
        Soa soa = new Soa(HOST, HOST, 1, 1, 1, 1, ttlSeconds);
        return answered(new ResponseBuilder(WEB).soa(org.cairndns.wire.Section.AUTHORITY, WEB, ttlSeconds, soa));
    }

    private static Reply empty() {
        return new Reply.Answered(Response.bare(Rcode.NOERROR));
    }

    private static Reply addresses(int ttlSeconds) {
        Response response = new ResponseBuilder(WEB)
                .address(org.cairndns.wire.Section.ANSWER, WEB, ttlSeconds, new byte[] {(byte) 192, 0, 2, 33})
                .build();
        return new Reply.Answered(response.withRecursionAvailable(true));
    }

    private static Reply ipv6() {
        byte[] address = new byte[16];
        address[0] = 0x20;
        return answered(new ResponseBuilder(WEB).address(org.cairndns.wire.Section.ANSWER, WEB, 60, address));
    }

    private static Reply answered(ResponseBuilder builder) {
        return new Reply.Answered(builder.build());
    }
}
