package org.cairndns.plugin.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class TemplatePluginTest {
    private static final Reply NEXT = new Reply.Answered(Response.bare(Rcode.REFUSED));
    private static final Reply SERVFAIL = new Reply.Failed(Rcode.SERVFAIL, "");
    private static final String ADDRESSES = """
            template IN A example {
              match "^ip-(?P<a>10)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]dc[.]example[.]$"
              match ^(?P<a>[0-9]+)[.](?P<b>[0-9]*)[.](?P<c>[0-9]*)[.](?P<d>[0-9]*)[.]ext[.]example[.]$
              answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"
              fallthrough
            }
            """;

    private final FakeServer server = new FakeServer();

    @ParameterizedTest
    @CsvSource({
        "ip-10-95-12-8.dc.example., ip-10-95-12-8.dc.example. 60 IN A 10.95.12.8",
        "192.0.2.7.ext.example., 192.0.2.7.ext.example. 60 IN A 192.0.2.7",
        "IP-10-95-12-8.DC.Example., IP-10-95-12-8.DC.Example. 60 IN A 10.95.12.8",
    })
    void handle_nameOfAPattern_answersInTheQuestionsCase(String qname, String record) {
        Message message = render(ADDRESSES, Queries.of(qname, "A"));

        assertThat(Queries.records(message, Section.ANSWER)).containsExactly(record);
        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void handle_questionOutsideZoneTypeOrClass_goesOn() {
        String corefile = "template IN A example {\n rcode NXDOMAIN\n}\n";

        assertThat(reply(corefile, Queries.of("a.example.org.", "A"))).isSameAs(NEXT);
        assertThat(reply(corefile, Queries.of("a.example.", "AAAA"))).isSameAs(NEXT);
        assertThat(reply(corefile, Queries.ofClass("a.example.", "A", DClass.CH)))
                .isSameAs(NEXT);
        assertThat(render(corefile, Queries.of("a.example.", "ANY")).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(render(corefile, Queries.ofClass("example.", "A", DClass.ANY))
                        .getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void handle_noPatternFits_failsUnlessItFallsThrough() {
        String corefile = "template ANY ANY {\n match ^a[.]\n fallthrough example.org\n}\n";

        assertThat(reply(corefile, Queries.of("b.example.net.", "A"))).isEqualTo(SERVFAIL);
        assertThat(reply(corefile, Queries.of("b.example.org.", "A"))).isSameAs(NEXT);
    }

    @Test
    void handle_severalStanzas_firstThatFitsAnswers() {
        String corefile = """
                template IN A example.org {
                  match ^one[.]
                  answer "{{ .Name }} 1 A 192.0.2.1"
                  fallthrough
                }
                template ANY A org {
                  answer "{{ .Name }} 2 A 192.0.2.2"
                }
                """;

        assertThat(answers(corefile, "one.example.org.", "A")).containsExactly("one.example.org. 1 IN A 192.0.2.1");
        assertThat(answers(corefile, "two.example.org.", "A")).containsExactly("two.example.org. 2 IN A 192.0.2.2");
    }

    @Test
    void handle_allSections_keepTheirRecords() {
        Message message = render("""
                template IN MX example {
                  answer "{{ .Name }} 60 IN MX 10 {{ .Name }}" "{{ .Name }} MX 20 mail"
                  additional "ns0.example. IN A 203.0.113.8"
                  authority "example. 1h NS ns0.example."
                }
                """, Queries.of("a.example.", "MX"));

        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly("a.example. 60 IN MX 10 a.example.", "a.example. 3600 IN MX 20 mail.");
        assertThat(Queries.records(message, Section.AUTHORITY)).containsExactly("example. 3600 IN NS ns0.example.");
        assertThat(Queries.records(message, Section.ADDITIONAL)).containsExactly("ns0.example. 3600 IN A 203.0.113.8");
    }

    @Test
    void handle_rcodeWithSoaAndExtendedError_sendsAllOfThem() throws Exception {
        String corefile = """
                template ANY ANY invalid {
                  rcode NXDOMAIN
                  authority "invalid. 60 {{ .Class }} SOA ns.invalid. hostmaster.invalid. (1 60 60 60 60)"
                  ederror 21 "Blocked according to RFC2606"
                }
                """;
        Message message = render(corefile, Queries.withEdns("a.invalid.", "A", 1232, false));

        assertThat(message.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(Queries.records(message, Section.AUTHORITY))
                .containsExactly("invalid. 60 IN SOA ns.invalid. hostmaster.invalid. 1 60 60 60 60");
        ExtendedErrorCodeOption error =
                (ExtendedErrorCodeOption) message.getOPT().getOptions().getFirst();
        assertThat(error.getErrorCode()).isEqualTo(21);
        assertThat(error.getText()).isEqualTo("Blocked according to RFC2606");
        assertThat(render(corefile, Queries.of("a.invalid.", "A")).getOPT())
                .as("no OPT for those who sent none, RFC 6891 7")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 5", "FORMERR, 1", "NOTIMPL, 4", "YXDOMAIN, 6"})
    void handle_rcode_isThatOfTheOneResponse(String rcode, int code) {
        assertThat(render("template ANY ANY {\n rcode " + rcode + "\n}\n", Queries.of("a.", "A"))
                        .getRcode())
                .isEqualTo(code);
    }

    @Test
    void handle_servfail_isNoErrorForTheLog() {
        assertThat(reply("template ANY ANY {\n rcode SERVFAIL\n}\n", Queries.of("a.", "A")))
                .isEqualTo(SERVFAIL);
    }

    @Test
    void templates_seeTheQuestion() {
        String text =
                "{{ .Zone }} {{ .Name }} {{ .Class }} {{ .Type }} {{ .Remote }} {{ .Regex }} {{ index .Match 1 }} "
                        + "{{ .Question.Name }} {{ .Question.Qtype }} {{ .Message.Id }} {{ .Message.RecursionDesired }} "
                        + "[{{ .Meta \\\"a/b\\\" }}] {{ index .Group \\\"1\\\" }}";
        String corefile =
                "template ANY ANY org example.org {\n match \"^(.)[.]\"\n answer \". TXT \\\"" + text + "\\\"\"\n}\n";

        String expected = "example.org. w.example.org. IN TXT 10.1.2.3 ^(.)[.] w W.Example.org. 16 4711 true [] w";
        assertThat(answers(corefile, "W.Example.org.", "TXT")).containsExactly(". 3600 IN TXT \"" + expected + "\"");
        Query ipv6 = Queries.of("a.org.", "TXT", new InetSocketAddress("2001:db8::1", 9), Queries.UDP);
        assertThat(Queries.records(render(corefile, ipv6), Section.ANSWER).getFirst())
                .contains(" 2001:db8::1 ");
    }

    @Test
    void answer_thatRendersToNothing_isNoRecord() {
        String corefile = "template IN A {\n answer \"{{ if false }}x{{ end }}\" \"a. A 192.0.2.1\"\n}\n";

        assertThat(answers(corefile, "a.", "A")).containsExactly("a. 3600 IN A 192.0.2.1");
    }

    @Test
    void alias_forAddressQuestion_bringsItsTarget() {
        String corefile = "template IN ANY {\n answer \"foogle.com 60 IN CNAME target.example\" \"x. 1 TXT y\"\n}\n";
        List<Query> asked = new ArrayList<>();
        FakeBlock block = block(corefile);
        Reply.Pending pending = new Reply.Pending();
        block.resolver(query -> {
            asked.add(query);
            return pending;
        });

        Query query = Queries.of("foogle.com.", "AAAA");
        Reply reply = block.chain(any -> NEXT).handle(query);
        DomainName target = DomainName.of("target.example");
        pending.complete(new Reply.Answered(new ResponseBuilder(target)
                .address(org.cairndns.wire.Section.ANSWER, target, 5, new byte[16])
                .build()
                .withTruncated(true)));
        Message message = Queries.render(query, Queries.await(reply));

        assertThat(asked).extracting(Query::toString).containsExactly("target.example. IN AAAA");
        assertThat(asked.getFirst().depth()).isEqualTo(1);
        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly(
                        "foogle.com. 60 IN CNAME target.example.",
                        "target.example. 5 IN AAAA 0:0:0:0:0:0:0:0",
                        "x. 1 IN TXT y");
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void alias_withUnknownTargetOrForAnotherType_standsAlone() {
        String corefile = "template IN ANY {\n answer \"a. 60 IN CNAME b.\"\n}\n";
        FakeBlock block = block(corefile);
        block.resolver(query -> new Reply.Failed(Rcode.REFUSED, ""));

        for (String type : List.of("A", "CNAME", "TXT")) {
            Query query = Queries.of("a.", type);
            Message message = Queries.render(query, block.chain(any -> NEXT).handle(query));
            assertThat(Queries.records(message, Section.ANSWER)).containsExactly("a. 60 IN CNAME b.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ index .Match 2 }} | template_failures_total | index out of range: 2",
                "{{ .Name }} | rr_failures_total | expected TTL, class or type",
                "a. 60 IN A 10.0.0.256 | rr_failures_total | is no RDATA of type A",
                "a..b 60 IN A 10.0.0.1 | rr_failures_total | empty label",
                "a. 9999999999 IN A 10.0.0.1 | rr_failures_total | expected a TTL of at most 2147483647",
                "a. 60 IN NOPE 10.0.0.1 | rr_failures_total | expected TTL, class or type",
            })
    void answer_thatFails_isServfailAndCounted(String template, String metric, String reason) {
        Reply reply =
                reply("template IN A example {\n answer \"" + template + "\"\n}\n", Queries.of("b.example.", "A"));

        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason()).contains(reason).contains(template);
        });
        assertThat(server.metrics("coredns_template_" + metric))
                .containsExactly("coredns_template_" + metric + "{class=\"IN\",section=\"answer\",server=\"dns://:53\","
                        + "template=\"" + template + "\",type=\"A\",view=\"\",zone=\"example.\"} 1.0");
    }

    @Test
    void match_isCountedByZoneClassAndType() {
        FakeBlock block = block("template ANY ANY example {\n rcode NXDOMAIN\n}\n");
        for (String type : List.of("A", "A", "TXT", "TYPE65280")) {
            block.chain(any -> NEXT).handle(Queries.of("a.example.", type));
        }

        String start = "coredns_template_matches_total{class=\"IN\",server=\"dns://:53\",type=\"";
        assertThat(server.metrics("coredns_template_matches_total"))
                .containsExactlyInAnyOrder(
                        start + "A\",view=\"\",zone=\"example.\"} 2.0",
                        start + "TXT\",view=\"\",zone=\"example.\"} 1.0",
                        start + "\",view=\"\",zone=\"example.\"} 1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "template | 2:1: wrong number of arguments for 'template', expected at least 2, got 0",
                "template IN | 2:1: wrong number of arguments for 'template', expected at least 2, got 1",
                "template in A | 2:10: bad value for 'template', expected a class in upper case, such as IN or ANY, got 'in'",
                "template IN a | 2:13: bad value for 'template', expected a type in upper case, such as A or ANY, got 'a'",
                "template IN A {;match;} | 3:1: wrong number of arguments for 'match', expected at least 1, got 0",
                "template IN A {;match (;} | 3:7: bad value for 'match', expected a regular expression in RE2 syntax (missing closing )), got '('",
                "template IN A {;match (?=x);} | 3:7: bad value for 'match', expected a regular expression in RE2 syntax",
                "template IN A {;answer;} | 3:1: wrong number of arguments for 'answer', expected at least 1, got 0",
                "template IN A {;answer \"{{ .Nme }}\";} | 3:8: bad template for 'answer', line 1, column 4: field '.Nme'",
                "template IN A {;additional \"{{ lower }}\";} | 3:12: bad template for 'additional', line 1, column 4: function",
                "template IN A {;authority \"{{\";} | 3:11: bad template for 'authority', line 1, column 1: action is never",
                "template IN A {;rcode;} | 3:1: wrong number of arguments for 'rcode', expected 1, got 0",
                "template IN A {;rcode nxdomain;} | 3:7: bad value for 'rcode', expected a response code in upper case",
                "template IN A {;rcode 3;} | 3:7: bad value for 'rcode', expected a response code in upper case",
                "template IN A {;ederror;} | 3:1: wrong number of arguments for 'ederror', expected 1 to 2, got 0",
                "template IN A {;ederror x;} | 3:9: bad value for 'ederror', expected an integer from 0 to 65535, got 'x'",
                "template IN A {;ederror 65536;} | 3:9: bad value for 'ederror', expected an integer from 0 to 65535",
                "template IN A {;ederror 1 a b;} | 3:13: wrong number of arguments for 'ederror', expected 1 to 2, got 3",
                "template IN A {;var a 1;} | 3:1: 'var' of 'template' is not supported",
                "template IN A {;expr true;} | 3:1: 'expr' of 'template' is not supported",
                "template IN A {;awnser x;} | 3:1: unknown property 'awnser' of 'template', expected one of match, answer",
            })
    void setup_badValue_isAProblemThatSaysWhere(String directive, String problem) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + problem);
    }

    @Test
    void setup_patternOver10000Characters_isAProblem() {
        assertThat(block("template IN A {\n match " + "a".repeat(10_001) + "\n}\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("expected a regular expression of at most 10000 characters, got 10001 characters");
    }

    @Test
    void setup_upstream_isAcceptedWithAWarning() {
        FakeBlock block = block("template IN A {\n upstream 192.0.2.1\n}\n");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings())
                .containsExactly("Corefile:3:2: 'upstream' of 'template' is ignored by CoreDNS since 1.5.2;"
                        + " remove the line, targets of aliases are always looked up here");
    }

    @Test
    void setup_noPatternAndNoAnswer_answersEverythingWithNothing() {
        Message message = render("template ANY ANY\n", Queries.of("a.example.", "A"));

        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        assertThat(RecordType.text(message.getQuestion().getType())).isEqualTo("A");
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(server, ". {\n" + directives + "\n}\n", new TemplatePlugin());
    }

    private Reply reply(String directives, Query query) {
        FakeBlock block = block(directives);
        assertThat(block.problems()).isEmpty();
        return block.chain(any -> NEXT).handle(query);
    }

    private Message render(String directives, Query query) {
        return Queries.render(query, reply(directives, query));
    }

    private List<String> answers(String directives, String qname, String qtype) {
        return Queries.records(render(directives, Queries.of(qname, qtype)), Section.ANSWER);
    }
}
