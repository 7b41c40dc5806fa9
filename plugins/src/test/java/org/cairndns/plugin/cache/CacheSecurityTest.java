package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Edns;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What an answer must never do to those who asked something else. */
class CacheSecurityTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.1.2.3", 40001);
    private static final String SOA = "AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 60";
    private static final byte[] SUBNET_ONE = {0, 8, 0, 7, 0, 1, 24, 0, 10, 1, 1};
    private static final byte[] SUBNET_TWO = {0, 8, 0, 7, 0, 1, 24, 0, 10, 1, 2};
    private static final byte[] COOKIE = {0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8};

    private final CannedUpstream upstream = new CannedUpstream();
    private final FakeServer server = new FakeServer();
    private final Handler cache =
            new FakeBlock(server, ".:53 {\ncache\n}", new CacheStore()).start().chain(upstream);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    RFC 5452 6, additional | ADDITIONAL victim.example.com. 300 IN A 192.0.2.66
                    RFC 5452 6, authority  | AUTHORITY victim.example.com. 300 IN NS evil.example.org.
                    RFC 5452 6, answer     | ANSWER victim.example.com. 300 IN A 192.0.2.66
                    sibling by alias       | ANSWER evil.example.org. 300 IN CNAME victim.example.com.;ANSWER victim.example.com. 300 IN A 192.0.2.66
                    glue                   | AUTHORITY example.com. 300 IN NS ns.example.com.;ADDITIONAL ns.example.com. 300 IN A 192.0.2.66
                    """)
    void answer_withRecordsOfOtherNames_answersNoOtherName(String what, String lines) {
        upstream.replies(answer(Rcode.NOERROR, ("ANSWER evil.example.org. 300 IN A 10.0.0.1;" + lines).split(";")));
        cache.handle(Queries.of("evil.example.org.", "A"));
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));

        for (String name : List.of("victim.example.com.", "example.com.", "ns.example.com.", "example.org.")) {
            for (String type : List.of("A", "NS", "CNAME")) {
                assertThat(ask(Queries.of(name, type)).getRcode())
                        .as("%s %s", name, type)
                        .isEqualTo(Rcode.NXDOMAIN);
            }
        }
    }

    @Test
    void nameError_ofOneName_saysNothingOfNamesAboveBesideOrBelow() {
        upstream.replies(answer(Rcode.NXDOMAIN, SOA));
        ask(Queries.of("b.example.org.", "A"));
        upstream.replies(query -> answer(Rcode.NOERROR, "ANSWER " + query.qname() + " 300 IN A 10.0.0.1")
                .apply(query));

        for (String name : List.of("example.org.", "a.example.org.", "a.b.example.org.", "org.")) {
            assertThat(ask(Queries.of(name, "A")).getRcode()).as(name).isEqualTo(Rcode.NOERROR);
        }
        assertThat(ask(Queries.of("b.example.org.", "A")).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void answers_toRandomQueries_areThoseToTheSameQuestion() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        upstream.replies(query -> answer(
                        Rcode.NOERROR,
                        "ANSWER " + query.qname() + " 300 IN " + RecordType.text(query.qtype()) + " \"" + decides(query)
                                + "\"")
                .apply(query));
        for (int i = 0; i < 20_000; i++) {
            Query query = random(random);
            Message message = ask(query);

            assertThat(message.getSection(Section.ANSWER).getFirst().rdataToString())
                    .isEqualTo("\"" + decides(query) + "\"");
        }
        assertThat(upstream.queries.size()).isBetween(1, 10_000);
    }

    /** All that makes a question another one, as text. */
    private static String decides(Query query) {
        byte[] options = query.edns().options();
        boolean subnet = options.length > 0 && options[1] == 8;
        return query.qname().toLowerCase() + " " + query.qtype() + " "
                + query.edns().dnssecOk() + " "
                + query.checkingDisabled() + " " + query.recursionDesired() + " "
                + (subnet ? options[options.length - 1] : "none");
    }

    private static Query random(Random random) {
        String name = "n" + random.nextInt(10) + ".example.org.";
        Message message = Message.newQuery(Record.newRecord(
                Name.fromConstantString(random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT)),
                random.nextBoolean() ? Type.TXT : Type.SPF,
                DClass.IN));
        if (random.nextBoolean()) {
            message.getHeader().setFlag(Flags.CD);
        }
        byte[] options = switch (random.nextInt(4)) {
            case 0 -> SUBNET_ONE;
            case 1 -> SUBNET_TWO;
            case 2 -> COOKIE;
            default -> Edns.NO_OPTIONS;
        };
        int flags = random.nextBoolean() ? Edns.DNSSEC_OK : 0;
        return Queries.read(message, CLIENT, Queries.UDP)
                .withRecursionDesired(random.nextBoolean())
                .withEdns(new Edns(true, 1232, 0, flags, options));
    }

    @Test
    void subnets_waitForEachOther_never() {
        upstream.replies(query -> new Reply.Pending());
        cache.handle(withOptions(SUBNET_ONE));
        cache.handle(withOptions(SUBNET_TWO));
        cache.handle(withOptions(SUBNET_ONE));
        cache.handle(withOptions(COOKIE));
        cache.handle(withOptions(Edns.NO_OPTIONS));

        assertThat(upstream.queries).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0, 5", "2147483647, 3600", "300, 300"})
    void ttl_extreme_isWithinTheBounds(long ttlSeconds, int kept) {
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. " + ttlSeconds + " IN A 10.0.0.1"));

        assertThat(ask(Queries.of("a.example.org.", "A"))
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .getTTL())
                .isEqualTo(kept);
        server.scheduler().advance(Duration.ofSeconds(kept - 1));
        ask(Queries.of("a.example.org.", "A"));
        assertThat(upstream.queries).hasSize(1);
        server.scheduler().advance(Duration.ofSeconds(1));
        ask(Queries.of("a.example.org.", "A"));
        assertThat(upstream.queries).hasSize(2);
    }

    @Test
    void denial_ofUpstreamThatBlocks_tellsClientsWhy() {
        byte[] errors = EdnsOptions.joined(COOKIE, EdnsOptions.extendedError(EdnsOptions.BLOCKED));
        upstream.replies(query -> withOptions(answer(Rcode.NXDOMAIN, SOA).apply(query), errors));
        Query query = Queries.withEdns("blocked.example.org.", "A", 1232, false);

        for (int i = 0; i < 2; i++) {
            Message message = ask(query);
            assertThat(message.getOPT().getOptions()).hasSize(1);
            assertThat(message.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
                    .extracting(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                    .containsExactly(EdnsOptions.BLOCKED);
        }
        assertThat(upstream.queries).hasSize(1);
    }

    private static Reply withOptions(Reply reply, byte[] options) {
        return new Reply.Answered(((Reply.Answered) reply).response().withEdns(options));
    }

    private static Query withOptions(byte[] options) {
        return Queries.of("a.example.org.", "A").withEdns(new Edns(true, 1232, 0, 0, options));
    }

    private Message ask(Query query) {
        return Queries.render(query, cache.handle(query));
    }
}
