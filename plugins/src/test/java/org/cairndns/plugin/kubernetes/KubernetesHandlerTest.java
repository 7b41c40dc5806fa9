package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;
import org.cairndns.zone.SuffixTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

class KubernetesHandlerTest {
    private static final String SHOP = ".shop.svc.cluster.local.";
    private static final Reply FROM_NEXT = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final HandmadeCluster cluster = new HandmadeCluster();
    private final List<String> passedOn = new ArrayList<>();
    private final List<String> resolved = new ArrayList<>();
    private Reply next = FROM_NEXT;
    private Reply outside = new Reply.Failed(Rcode.SERVFAIL, "no upstream");

    @Test
    void handle_service_answersWithItsAddress() {
        cluster.service("web", "10.96.1.10").synced();
        Message response = message(handler(), "WEB" + SHOP, "A");

        assertThat(answers(response)).containsExactly("WEB" + SHOP + " 5 IN A 10.96.1.10");
        assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(passedOn).isEmpty();
    }

    @Test
    void handle_serviceWithoutThatType_noDataWithSoa() {
        cluster.service("web", "10.96.1.10").synced();
        Message response = message(handler(), "web" + SHOP, "AAAA");

        assertThat(rcode(response)).isEqualTo("NOERROR");
        assertThat(answers(response)).isEmpty();
        assertThat(soaOwner(response)).isEqualTo("cluster.local.");
    }

    @Test
    void handle_unknownName_nxdomainWithSoa() {
        cluster.synced();
        Message response = message(handler(), "nope" + SHOP, "A");

        assertThat(rcode(response)).isEqualTo("NXDOMAIN");
        assertThat(soaOwner(response)).isEqualTo("cluster.local.");
    }

    @Test
    void handle_nameOutsideTheZones_goesOn() {
        assertThat(handler().handle(Queries.of("example.org.", "A"))).isSameAs(FROM_NEXT);
        assertThat(passedOn).containsExactly("example.org.");
    }

    @Test
    void handle_fallthroughForReverseZone_onlyItsNamesGoOn() {
        cluster.service("web", "10.96.1.10").synced();
        Handler handler = handler("in-addr.arpa");

        assertThat(handler.handle(Queries.of("1.1.168.192.in-addr.arpa.", "PTR")))
                .isSameAs(FROM_NEXT);
        assertThat(rcode(message(handler, "nope" + SHOP, "A"))).isEqualTo("NXDOMAIN");
        assertThat(answers(message(handler, "10.1.96.10.in-addr.arpa.", "PTR")))
                .containsExactly("10.1.96.10.in-addr.arpa. 5 IN PTR web" + SHOP);
        assertThat(passedOn).containsExactly("1.1.168.192.in-addr.arpa.");
    }

    @Test
    void handle_fallthroughForSubdomain_testsTheQnameNotTheZone() {
        Handler handler = handler("svc.cluster.local");
        cluster.synced();

        assertThat(handler.handle(Queries.of("nope" + SHOP, "A"))).isSameAs(FROM_NEXT);
        assertThat(rcode(message(handler, "nope.cluster.local.", "A"))).isEqualTo("NXDOMAIN");
    }

    @Test
    void handle_noDataWithFallthrough_staysHere() {
        cluster.service("web", "10.96.1.10").synced();

        assertThat(rcode(message(handler("."), "web" + SHOP, "MX"))).isEqualTo("NOERROR");
        assertThat(passedOn).isEmpty();
    }

    @Test
    void handle_unsynced_servfailForUnknownAndAnswerForKnownNames() {
        cluster.service("web", "10.96.1.10");

        Message unknown = message(handler(), "nope" + SHOP, "A");
        assertThat(rcode(unknown)).isEqualTo("SERVFAIL");
        assertThat(soaOwner(unknown)).isEqualTo("cluster.local.");
        assertThat(answers(message(handler(), "web" + SHOP, "A"))).hasSize(1);
    }

    @Test
    void handle_unsyncedWithFallthrough_nextMayAnswerButNotDeny() {
        next = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
        assertThat(rcode(message(handler("."), "nope" + SHOP, "A"))).isEqualTo("SERVFAIL");

        next = FROM_NEXT;
        assertThat(handler(".").handle(Queries.of("nope" + SHOP, "A"))).isSameAs(FROM_NEXT);

        cluster.synced();
        next = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
        assertThat(handler(".").handle(Queries.of("nope" + SHOP, "A"))).isSameAs(next);
    }

    @Test
    void handle_unsyncedWithPendingFallthrough_deniedLater_servfail() {
        Reply.Pending pending = new Reply.Pending();
        next = pending;
        Query query = Queries.of("nope" + SHOP, "A");

        Reply reply = handler(".").handle(query);
        pending.complete(new Reply.Answered(Response.bare(Rcode.NXDOMAIN)));

        assertThat(rcode(Queries.render(query, Queries.await(reply)))).isEqualTo("SERVFAIL");
    }

    @Test
    void handle_classChaos_goesOn() {
        cluster.service("web", "10.96.1.10").synced();

        assertThat(handler().handle(Queries.ofClass("web" + SHOP, "A", DClass.CH)))
                .isSameAs(FROM_NEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AXFR", "IXFR"})
    void handle_zoneTransfer_refusedInTheZonesOnly(String type) {
        Message refused = message(handler("."), "cluster.local.", type);
        assertThat(rcode(refused)).isEqualTo("REFUSED");
        assertThat(refused.getHeader().getFlag(Flags.AA)).isFalse();
        assertThat(rcode(message(handler("."), "nope" + SHOP, type))).isEqualTo("REFUSED");
        assertThat(passedOn).isEmpty();
        assertThat(handler().handle(Queries.of("example.org.", type))).isSameAs(FROM_NEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CNAME", "ANY"})
    void handle_aliasAskedForItself_cnameAlone(String type) {
        cluster.alias("ext", "api.example.net").synced();
        Message response = message(handler(), "ext" + SHOP, type);

        assertThat(answers(response)).containsExactly("ext" + SHOP + " 5 IN CNAME api.example.net.");
        assertThat(resolved).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA"})
    void handle_aliasInTheZone_cnameThenAddressOrNoData(String type) {
        cluster.service("web", "10.96.1.10")
                .alias("alias", "web.shop.svc.cluster.local")
                .synced();

        Message response = message(handler(), "alias" + SHOP, type);

        assertThat(rcode(response)).isEqualTo("NOERROR");
        assertThat(answers(response))
                .startsWith("alias" + SHOP + " 5 IN CNAME web" + SHOP)
                .hasSize(type.equals("A") ? 2 : 1);
        assertThat(soaOwner(response)).isEqualTo(type.equals("A") ? "" : "cluster.local.");
        assertThat(resolved).as("look-ups by way of the server").isEmpty();
    }

    @Test
    void handle_srvOfAliasToHeadless_followsWithAdditionalRecords() {
        cluster.headless("db", "db-0", "10.1.0.20")
                .alias("alias", "db.shop.svc.cluster.local")
                .synced();

        Message response = message(handler(), "alias" + SHOP, "SRV");

        assertThat(answers(response))
                .containsExactly(
                        "alias" + SHOP + " 5 IN CNAME db" + SHOP, "db" + SHOP + " 5 IN SRV 0 100 8080 db-0.db" + SHOP);
        assertThat(Queries.records(response, org.xbill.DNS.Section.ADDITIONAL))
                .containsExactly("db-0.db" + SHOP + " 5 IN A 10.1.0.20");
    }

    @Test
    void handle_aliasToMissingName_cnameWithNxdomainAndSoa() {
        cluster.alias("gone", "nope.shop.svc.cluster.local").synced();

        Message response = message(handler(), "gone" + SHOP, "A");

        assertThat(rcode(response)).isEqualTo("NXDOMAIN");
        assertThat(answers(response)).containsExactly("gone" + SHOP + " 5 IN CNAME nope" + SHOP);
        assertThat(soaOwner(response)).isEqualTo("cluster.local.");
    }

    @Test
    void handle_aliasToMissingNameThatFallsThrough_answerOfNext() {
        cluster.alias("gone", "nope.shop.svc.cluster.local").synced();
        DomainName target = DomainName.of("nope" + SHOP);
        next = new Reply.Answered(new ResponseBuilder(target)
                .address(Section.ANSWER, target, 60, new byte[] {10, 0, 0, 9})
                .build());

        Message response = message(handler("."), "gone" + SHOP, "A");

        assertThat(answers(response))
                .containsExactly("gone" + SHOP + " 5 IN CNAME nope" + SHOP, "nope" + SHOP + " 60 IN A 10.0.0.9");
    }

    @Test
    void handle_aliasWhileUnsynced_targetNotKnown_servfail() {
        cluster.alias("alias", "web.shop.svc.cluster.local");

        assertServfail("alias", "SERVFAIL");
    }

    @Test
    void handle_aliasToOutside_cnameThenUpstreamsAnswer() {
        cluster.alias("ext", "api.example.net").synced();
        DomainName target = DomainName.of("api.example.net");
        DomainName edge = DomainName.of("edge.example.net");
        outside = new Reply.Answered(new ResponseBuilder(target)
                .name(Section.ANSWER, target, RecordType.CNAME, 300, edge)
                .address(Section.ANSWER, edge, 60, new byte[] {(byte) 192, 0, 2, 1})
                .name(Section.AUTHORITY, DomainName.of("example.net"), RecordType.NS, 900, edge)
                .build()
                .withRecursionAvailable(true)
                .withTruncated(true));

        Message response = message(handler(), "ext" + SHOP, "A");

        assertThat(answers(response))
                .containsExactly(
                        "ext" + SHOP + " 5 IN CNAME api.example.net.",
                        "api.example.net. 300 IN CNAME edge.example.net.",
                        "edge.example.net. 60 IN A 192.0.2.1");
        assertThat(response.getSection(org.xbill.DNS.Section.AUTHORITY)).isEmpty();
        assertThat(response.getHeader().getFlag(Flags.RA))
                .as("RA, clear as in CoreDNS")
                .isFalse();
        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(resolved).containsExactly("api.example.net. A at depth 1");
    }

    @Test
    void handle_aliasToOutsideNameThatDoesNotExist_cnameWithNxdomainAndItsSoa() {
        cluster.alias("ext", "api.example.net").synced();
        DomainName zone = DomainName.of("example.net");
        outside = new Reply.Answered(new ResponseBuilder(DomainName.of("api.example.net"))
                .rcode(Rcode.NXDOMAIN)
                .soa(Section.AUTHORITY, zone, 120, new Soa(zone, zone, 1, 2, 3, 4, 5))
                .build());

        Message response = message(handler(), "ext" + SHOP, "A");

        assertThat(rcode(response)).isEqualTo("NXDOMAIN");
        assertThat(answers(response)).hasSize(1);
        assertThat(soaOwner(response)).isEqualTo("example.net.");
    }

    @Test
    void handle_aliasToOutsideThatFails_servfail() {
        cluster.alias("ext", "api.example.net").synced();

        assertServfail("ext", "no upstream");

        outside = new Reply.Answered(Response.bare(Rcode.REFUSED));
        assertServfail("ext", "REFUSED");

        outside = Reply.Dropped.INSTANCE;
        assertServfail("ext", "no response");
    }

    @Test
    void handle_aliasToOutsideAnsweredLater_isPending() {
        cluster.alias("ext", "api.example.net").synced();
        Reply.Pending pending = new Reply.Pending();
        outside = pending;
        DomainName target = DomainName.of("api.example.net");
        Query query = Queries.of("ext" + SHOP, "A");

        Reply reply = handler().handle(query);
        pending.complete(new Reply.Answered(new ResponseBuilder(target)
                .address(Section.ANSWER, target, 60, new byte[] {(byte) 192, 0, 2, 1})
                .build()));

        assertThat(answers(Queries.render(query, Queries.await(reply)))).hasSize(2);
    }

    @Test
    void handle_tenAliasesInARow_followed() {
        for (int i = 0; i < 10; i++) {
            cluster.alias("a" + i, "a" + (i + 1) + ".shop.svc.cluster.local");
        }
        cluster.service("a10", "10.96.1.10").synced();

        assertThat(answers(message(handler(), "a0" + SHOP, "A"))).hasSize(11);
    }

    @Test
    void handle_aliasesInACircle_servfail() {
        cluster.alias("a", "b.shop.svc.cluster.local")
                .alias("b", "a.shop.svc.cluster.local")
                .alias("self", "self.shop.svc.cluster.local")
                .synced();

        assertServfail("a", "more than 10 aliases in a row");
        assertServfail("self", "more than 10 aliases in a row");
    }

    private void assertServfail(String service, String reason) {
        assertThat(handler().handle(Queries.of(service + SHOP, "A")))
                .isInstanceOfSatisfying(Reply.Failed.class, failed -> {
                    assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
                    assertThat(failed.reason()).contains(reason);
                });
    }

    private KubernetesHandler handler(String... fallthroughZones) {
        Map<DomainName, Boolean> fallthrough =
                Stream.of(fallthroughZones).collect(Collectors.toMap(DomainName::of, zone -> true));
        return new KubernetesHandler(cluster.zone(), new SuffixTable<>(fallthrough), this::resolve, query -> {
            passedOn.add(query.qname().toString());
            return next;
        });
    }

    private Reply resolve(Query inner) {
        resolved.add(inner.qname() + " " + RecordType.text(inner.qtype()) + " at depth " + inner.depth());
        return outside;
    }

    private static Message message(Handler handler, String qname, String qtype) {
        Query query = Queries.of(qname, qtype);
        return Queries.render(query, handler.handle(query));
    }

    private static List<String> answers(Message message) {
        return Queries.records(message, org.xbill.DNS.Section.ANSWER);
    }

    private static String rcode(Message message) {
        return org.xbill.DNS.Rcode.string(message.getHeader().getRcode());
    }

    private static String soaOwner(Message message) {
        return message.getSection(org.xbill.DNS.Section.AUTHORITY).stream()
                .map(record -> record.getName().toString())
                .collect(Collectors.joining());
    }
}
