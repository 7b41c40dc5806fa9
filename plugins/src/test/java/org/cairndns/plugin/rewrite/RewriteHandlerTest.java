package org.cairndns.plugin.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.ResponseReader;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

class RewriteHandlerTest {
    private static final int ANSWER = org.xbill.DNS.Section.ANSWER;
    private static final int AUTHORITY = org.xbill.DNS.Section.AUTHORITY;

    private final List<Query> sent = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "name a.example b.example, A.example., b.example.",
        "name a.example b.example, x.a.example., x.a.example.",
        "name prefix a. b., a.example., b.example.",
        "name prefix a b, ax.example., ax.example.",
        "name suffix .a.example .b.org, www.a.example., www.b.org.",
        "name suffix a.example b.org, wwwa.example., wwwb.org.",
        "name substring .a. .b., x.a.a.example., x.b.a.example.",
        "name substring aa. b., aa.aa.example., b.b.example.",
        "name regex (.*)-(us-west-1)\\.example\\.org {1}.service.{2}.consul, ftp-us-west-1.example.org.,"
                + " ftp.service.us-west-1.consul.",
        "name regex ^(a)?x b{1}.example, x.org., b.example.",
    })
    void name_ofAQuery_isWhatTheKindMakesOfIt(String rule, String asked, String expected) {
        ask(rule, Queries.of(asked, "A"), empty());

        assertThat(sent.getFirst().qname().toString()).isEqualTo(expected);
    }

    @Test
    void name_exact_ownersAndTargetsBecomeTheOldNameAgain() {
        Query query = Queries.of("Old.example.", "A");
        Message message = render(query, ask("name old.example new.cluster", query, downstream -> {
            DomainName qname = downstream.qname();
            DomainName below = DomainName.of("x.new.cluster");
            return new ResponseBuilder(qname)
                    .name(Section.ANSWER, qname, RecordType.CNAME, 5, below)
                    .address(Section.ANSWER, below, 5, new byte[] {10, 0, 0, 1})
                    .name(Section.AUTHORITY, DomainName.of("cluster"), RecordType.NS, 5, DomainName.of("ns.cluster"))
                    .build();
        }));

        assertThat(message.getQuestion().getName()).hasToString("Old.example.");
        assertThat(Queries.records(message, ANSWER))
                .containsExactly("Old.example. 5 IN CNAME x.Old.example.", "x.Old.example. 5 IN A 10.0.0.1");
        assertThat(Queries.records(message, AUTHORITY)).containsExactly("cluster. 5 IN NS ns.cluster.");
        assertThat(message.getHeader().getFlag(org.xbill.DNS.Flags.AA)).isTrue();
    }

    @Test
    void name_withoutAnswerRewriting_recordsStayReadableForTheOldQuestion() {
        Query query = Queries.of("short.example.", "A");
        Message message = render(
                query,
                ask("name suffix short.example a.much.longer.name.org", query, downstream -> address(downstream, 5)));

        assertThat(message.getQuestion().getName()).hasToString("short.example.");
        assertThat(Queries.records(message, ANSWER)).containsExactly("a.much.longer.name.org. 5 IN A 10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "name suffix .a.example .b.org answer auto, x.a.example., x.a.example.",
        "name prefix a. bb. answer auto, a.example., a.example.",
        "name substring .a. .b. answer auto, x.a.example., x.a.example.",
        "name regex (.*)\\.a\\.example {1}.b.org answer auto, x.a.example., x.a.example.",
        "name regex (.*)\\.a\\.example {1}.b.org answer name (.*)\\.b\\.org {1}.c.example, x.a.example.,"
                + " x.c.example.",
        "name regex (.*)\\.a\\.example {1}.b.org, x.a.example., x.b.org.",
    })
    void answer_ownerNames_areMappedAsTheRuleSays(String rule, String asked, String owner) {
        Query query = Queries.of(asked, "A");

        Message message = render(query, ask(rule, query, downstream -> address(downstream, 5)));

        assertThat(Queries.records(message, ANSWER)).containsExactly(owner + " 5 IN A 10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CNAME|t.consul.|t.rocks.",
                "NS|t.consul.|t.rocks.",
                "PTR|t.consul.|t.rocks.",
                "DNAME|t.consul.|t.rocks.",
                "MX|10 t.consul.|10 t.rocks.",
                "SRV|1 2 3 t.consul.|1 2 3 t.rocks.",
                "NAPTR|1 2 \"a\" \"bc\" \"\" t.consul.|1 2 \"a\" \"bc\" \"\" t.rocks.",
                "SOA|t.consul. m.consul. 1 2 3 4 5|t.rocks. m.consul. 1 2 3 4 5",
                "TXT|t.consul.|t.consul.",
            })
    void answerValue_everyTypeWithATarget_isMapped(String type, String before, String after) {
        Query query = Queries.of("a.example.", type);
        int code = RecordType.parse(type).orElseThrow();
        Message message = render(
                query,
                ask(
                        "name suffix .example .example answer value (.*)\\.consul {1}.rocks",
                        query,
                        downstream -> new ResponseBuilder(downstream.qname())
                                .octets(Section.ANSWER, downstream.qname(), code, 5, Rdata.fromText(code, before))
                                .build()));

        assertThat(Queries.records(message, ANSWER)).containsExactly("a.example. 5 IN " + type + " " + after);
    }

    @Test
    void answer_severalRules_applyLastToFirst() {
        Query query = Queries.of("a.example.", "A");
        Message message = render(
                query,
                ask(
                        "continue name a.example b.example\nrewrite stop name b.example c.example\nrewrite name c.example d.example",
                        query,
                        downstream -> address(downstream, 5)));

        assertThat(sent.getFirst().qname()).hasToString("c.example.");
        assertThat(Queries.records(message, ANSWER)).containsExactly("a.example. 5 IN A 10.0.0.1");
    }

    @Test
    void name_compressedResponseOfAnUpstream_isMadeAnewWithItsFlags() {
        Query query = Queries.of("mail.example.", "MX");
        Message message = render(
                query,
                ask(
                        "name mail.example long.name.inside.example.org",
                        query,
                        downstream -> upstream(
                                downstream,
                                List.of(
                                        "long.name.inside.example.org. 5 IN MX 10 a.long.name.inside.example.org.",
                                        "long.name.inside.example.org. 5 IN MX 20 inside.example.org.",
                                        "long.name.inside.example.org. 5 IN RRSIG MX 8 2 5 20300101000000 20200101000000 1 example.org. AAAA"))));

        assertThat(Queries.records(message, ANSWER).subList(0, 2))
                .containsExactly(
                        "mail.example. 5 IN MX 10 a.mail.example.", "mail.example. 5 IN MX 20 inside.example.org.");
        assertThat(message.getSection(ANSWER).get(2).rdataToString()).contains(" 1 example.org. ");
        assertThat(message.getHeader().getFlag(org.xbill.DNS.Flags.RA)).isTrue();
        assertThat(message.getHeader().getFlag(org.xbill.DNS.Flags.AA)).isFalse();
    }

    /** A response as an upstream writes it, compressed. */
    private static Response upstream(Query query, List<String> records) {
        try {
            Name qname = Name.fromString(query.qname().toString());
            Message message = Message.newQuery(Record.newRecord(qname, query.qtype(), query.qclass()));
            message.getHeader().setID(7);
            message.getHeader().setFlag(org.xbill.DNS.Flags.QR);
            message.getHeader().setFlag(org.xbill.DNS.Flags.RA);
            for (String record : records) {
                String[] words = record.split(" ", 5);
                int type = org.xbill.DNS.Type.value(words[3]);
                message.addRecord(
                        Record.fromString(qname, type, query.qclass(), Long.parseLong(words[1]), words[4], Name.root),
                        ANSWER);
            }
            return ResponseReader.read(Unpooled.wrappedBuffer(message.toWire()), 7, query);
        } catch (IOException | BadMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rules_noneMatches_sameQueryAndReply() {
        Query query = Queries.of("other.example.", "A");
        Reply reply = new Reply.Answered(Response.bare(Rcode.NOERROR));

        Reply result = block("name a.example b.example\nrewrite ttl a.example 5")
                .chain(downstream -> {
                    sent.add(downstream);
                    return reply;
                })
                .handle(query);

        assertThat(result).isSameAs(reply);
        assertThat(sent).containsExactly(query);
    }

    @Test
    void name_thatIsNoneAfterwards_isAFailure() {
        Reply reply = ask("name prefix a. " + "b".repeat(64) + ".", Queries.of("a.example.", "A"), empty());

        assertThat(sent).isEmpty();
        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason())
                    .startsWith("invalid name after rewrite: ")
                    .contains("label over 63 octets");
        });
    }

    @Test
    void answer_nameTooLongOnTheWayBack_isAFailure() {
        String label = "x".repeat(62) + ".";
        Query query = Queries.of(label.repeat(3) + "example.", "A");
        Reply reply = ask("name regex .* b.org answer auto", query, downstream -> {
            DomainName below = DomainName.of(label + "b.org.");
            return new ResponseBuilder(downstream.qname())
                    .address(Section.ANSWER, below, 5, new byte[] {10, 0, 0, 1})
                    .build();
        });

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("over 255 octets"));
    }

    @Test
    void typeAndClass_areChangedInTheQueryOnly() {
        Query query = Queries.ofClass("a.example.", "ANY", DnsClass.CH);
        Message message = render(
                query,
                ask("continue type ANY HINFO\nrewrite class CH IN", query, downstream -> address(downstream, 5)));

        assertThat(sent.getFirst()).hasToString("a.example. IN HINFO");
        assertThat(message.getQuestion()).hasToString("a.example.\t\t0\tCH\tANY");
        assertThat(Queries.records(message, ANSWER)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "15, 30, 15",
        "30-300, 5, 30",
        "30-300, 500, 300",
        "30-300, 77, 77",
        "-30, 40, 30",
        "30-, 20, 30",
        "30-, 99, 99"
    })
    void ttl_ofRecords_liesWithinTheBounds(String bounds, int before, int after) {
        Query query = Queries.of("a.example.", "A");

        Message message =
                render(query, ask("ttl a.example " + bounds, query, downstream -> address(downstream, before)));

        assertThat(Queries.records(message, ANSWER)).containsExactly("a.example. " + after + " IN A 10.0.0.1");
    }

    @Test
    void ttl_oneForAllRecords_isChangedToo() {
        Query query = Queries.of("a.example.", "A");

        Message message = render(
                query,
                ask(
                        "ttl suffix example 15",
                        query,
                        downstream -> address(downstream, 5).withTtl(60)));

        assertThat(Queries.records(message, ANSWER)).containsExactly("a.example. 15 IN A 10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"rcode a.example NXDOMAIN NOERROR, 0", "rcode b.example NXDOMAIN NOERROR, 3", "rcode a.example 2 0, 3"})
    void rcode_ofAResponse_isReplacedIfItIsTheOldOne(String rule, int expected) {
        Query query = Queries.of("a.example.", "A");

        Reply reply = ask(rule, query, downstream -> Response.bare(Rcode.NXDOMAIN));

        assertThat(render(query, reply).getRcode()).isEqualTo(expected);
    }

    @Test
    void rcode_ofAFailure_isReplacedAndTheReasonKept() {
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "no upstream");
        FakeBlock block = block("rcode regex (.*) SERVFAIL NOERROR");

        assertThat(block.chain(query -> failed).handle(Queries.of("a.example.", "A")))
                .isEqualTo(new Reply.Failed(Rcode.NOERROR, "no upstream"));
    }

    @Test
    void handle_pendingReply_isChangedWhenItIsThere() {
        Query query = Queries.of("a.example.", "A");
        Reply.Pending pending = new Reply.Pending();
        List<Query> asked = new ArrayList<>();
        Reply reply = block("name a.example b.example")
                .chain(downstream -> {
                    asked.add(downstream);
                    return pending;
                })
                .handle(query);

        pending.complete(new Reply.Answered(address(asked.getFirst(), 5)));

        assertThat(Queries.records(render(query, Queries.await(reply)), ANSWER))
                .containsExactly("a.example. 5 IN A 10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "cname old.example new.example",
        "cname suffix old.example. new.example.",
        "cname prefix old new",
        "cname substring old new",
        "cname regex old\\.(.*) new.{1}",
    })
    void cname_targetThatMatches_leadsToTheNewTargetsAnswer(String rule) {
        Query query = Queries.of("www.example.", "A");
        Message message = render(query, askAlias(rule, query, Rcode.NOERROR));

        assertThat(Queries.records(message, ANSWER))
                .containsExactly("www.example. 5 IN CNAME new.example.", "new.example. 5 IN A 10.0.0.1");
    }

    @Test
    void cname_otherTarget_staysAsItIs() {
        Query query = Queries.of("www.example.", "A");
        Message message = render(query, askAlias("cname else.example new.example", query, Rcode.NOERROR));

        assertThat(Queries.records(message, ANSWER))
                .containsExactly("www.example. 5 IN CNAME old.example.", "old.example. 5 IN A 10.9.9.9");
    }

    @Test
    void cname_newTargetFailsOrDoesNotExist_isSaidToTheClient() {
        Query query = Queries.of("www.example.", "A");
        String rule = "cname old.example new.example";

        assertThat(askAlias(rule, query, Rcode.SERVFAIL))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "no answer for new.example., new target of an alias"));
        Message denied = render(query, askAlias(rule, query, Rcode.NXDOMAIN));
        assertThat(denied.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(Queries.records(denied, ANSWER)).containsExactly("www.example. 5 IN CNAME new.example.");
    }

    @ParameterizedTest
    @CsvSource({
        "edns0 local set 0xffee abcd, '', ffee000461626364",
        "edns0 local set 0xffee 0x6162, ffee00017a, ffee00026162",
        "edns0 local append 0xffee x, ffee00017a, ffee00017a",
        "edns0 local append 0xffee x, 00030000, 00030000ffee000178",
        "edns0 local replace 0xffee x, '', ''",
        "edns0 local replace 0xffee x, 00030000ffee00027a7a, 00030000ffee000178",
        "edns0 local unset 0xffee, 00030000ffee00027a7a, 00030000",
        "edns0 local set 1 {qname}, '', 0001000a612e6578616d706c652e",
        "edns0 local set 1 {qtype}, '', 00010002001c",
        "edns0 local set 1 {client_ip}, '', 000100040a010203",
        "edns0 local set 1 {client_port}, '', 000100029c41",
        "edns0 local set 1 {server_ip}, '', 000100047f000001",
        "edns0 local set 1 {server_port}, '', 000100020035",
        "edns0 local set 1 {protocol}, '', 00010003756470",
        "edns0 nsid set, '', 00030000",
        "edns0 nsid unset, 00030000, ''",
        "edns0 subnet set 20 56, '', 0008000700011400" + "0a0100",
        "edns0 subnet set 24 56, 0008000500010800" + "63, 0008000700011800" + "0a0102",
        "edns0 subnet unset, 0008000500010800" + "63, ''",
    })
    void edns0_optionOfTheQuery_isChangedAsTheActionSays(String rule, String before, String after) {
        ask(rule, withOptions(before), empty());

        assertThat(HexFormat.of().formatHex(sent.getFirst().edns().options())).isEqualTo(after);
    }

    @Test
    void edns0_queryWithoutEdns_getsAnOptRecord() {
        ask("edns0 nsid set", Queries.of("a.example.", "A"), empty());

        assertThat(sent.getFirst().edns().present()).isTrue();
        assertThat(sent.getFirst().edns().udpPayloadSize()).isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource({
        "edns0 local set 0xffee x revert, '', ''",
        "edns0 local set 0xffee x revert, ffee00017a, ffee00017a",
        "edns0 local set 0xffee x, '', ffee000178",
    })
    void edns0_revert_responseShowsTheOptionAsTheClientSentIt(String rule, String before, String inResponse) {
        Reply reply = ask(
                rule,
                withOptions(before),
                downstream ->
                        Response.bare(Rcode.NOERROR).withEdns(downstream.edns().options()));

        Response response = ((Reply.Answered) reply).response();
        assertThat(HexFormat.of().formatHex(response.ednsOptions())).isEqualTo(inResponse);
    }

    private static Query withOptions(String hex) {
        byte[] options = HexFormat.of().parseHex(hex);
        return Queries.withEdns("a.example.", "AAAA", 1232, false).withEdns(new Edns(true, 1232, 0, 0, options));
    }

    private Reply askAlias(String rule, Query query, int rcode) {
        FakeBlock block = block(rule);
        block.resolver(inner -> {
            assertThat(inner.depth()).isEqualTo(1);
            assertThat(inner).hasToString("new.example. IN A");
            return new Reply.Answered(rcode == Rcode.NOERROR ? address(inner, 5) : Response.bare(rcode));
        });
        DomainName old = DomainName.of("old.example");
        Response response = new ResponseBuilder(query.qname())
                .name(Section.ANSWER, query.qname(), RecordType.CNAME, 5, old)
                .address(Section.ANSWER, old, 5, new byte[] {10, 9, 9, 9})
                .build();
        return block.chain(any -> new Reply.Answered(response)).handle(query);
    }

    private Reply ask(String rule, Query query, Function<Query, Response> downstream) {
        return block(rule)
                .chain(changed -> {
                    sent.add(changed);
                    return new Reply.Answered(downstream.apply(changed));
                })
                .handle(query);
    }

    private static Function<Query, Response> empty() {
        return query -> Response.bare(Rcode.NOERROR);
    }

    private static Response address(Query query, int ttlSeconds) {
        return new ResponseBuilder(query.qname())
                .address(Section.ANSWER, query.qname(), ttlSeconds, new byte[] {10, 0, 0, 1})
                .build();
    }

    private static Message render(Query query, Reply reply) {
        return Queries.render(query, reply);
    }

    private static FakeBlock block(String rules) {
        FakeBlock block = new FakeBlock(new FakeServer(), ".:53 {\nrewrite " + rules + "\n}\n", new RewritePlugin());
        assertThat(block.problems()).isEmpty();
        return block;
    }
}
