package org.cairndns.plugin.autopath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class AutopathPluginTest {
    private static final String ASKED = "www.example.com.default.svc.cluster.local.";
    private static final Reply UNKNOWN = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));

    @TempDir
    private Path folder;

    private FakeServer server;
    private final List<String> seen = new ArrayList<>();
    private final Map<String, Reply> known = new TreeMap<>();

    @BeforeEach
    void writeResolvConf() throws IOException {
        server = new FakeServer(folder);
        Files.writeString(folder.resolve("resolv.conf"), """
                # of a pod
                nameserver 10.0.0.10
                search default.svc.cluster.local SVC.cluster.local cluster.local.
                options ndots:5
                """);
    }

    @Test
    void handle_nameThatExistsWithoutSuffix_isAnsweredBehindAnAlias() {
        known.put("www.example.com.", address("www.example.com.", 60));
        Query query = Queries.of(ASKED, "A");

        Message message = Queries.render(query, ask("autopath resolv.conf", query));

        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly(ASKED + " 60 IN CNAME www.example.com.", "www.example.com. 60 IN A 192.0.2.80");
        assertThat(message.getQuestion().getName()).hasToString(ASKED);
        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(message.getHeader().getFlag(Flags.RA)).isTrue();
        assertThat(seen)
                .containsExactly(
                        ASKED,
                        "www.example.com.svc.cluster.local.",
                        "www.example.com.cluster.local.",
                        "www.example.com.");
        assertThat(successes()).containsExactly("coredns_autopath_success_total{server=\"dns://:53\"} 1.0");
    }

    @Test
    void handle_nameThatExistsAsAsked_keepsItsReply() {
        Reply own = address(ASKED, 30);
        known.put(ASKED, own);

        assertThat(ask("autopath resolv.conf", Queries.of(ASKED, "A"))).isSameAs(own);
        assertThat(seen).containsExactly(ASKED);
        assertThat(successes()).hasSize(1);
    }

    @Test
    void handle_nameWithoutRecordsOfTheType_endsTheWalkWithoutAnAlias() {
        known.put("www.example.com.cluster.local.", new Reply.Answered(Response.bare(Rcode.NOERROR)));
        Query query = Queries.of(ASKED, "AAAA");

        Message message = Queries.render(query, ask("autopath resolv.conf", query));

        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        assertThat(seen).hasSize(3);
    }

    @Test
    void handle_noNameExists_firstReplyAndNoSuccess() {
        Reply first = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
        known.put(ASKED, first);

        assertThat(ask("autopath resolv.conf", Queries.of(ASKED, "A"))).isSameAs(first);
        assertThat(seen).hasSize(4);
        assertThat(successes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "default.svc.cluster.local.",
        "www.other.svc.cluster.local.",
        "www.svc.cluster.local.",
        "notdefault.svc.cluster.local.",
        "www.example.com.",
    })
    void handle_nameNotBelowTheFirstSuffix_isNotTouched(String name) {
        assertThat(ask("autopath resolv.conf", Queries.of(name, "A"))).isSameAs(UNKNOWN);
        assertThat(seen).containsExactly(name);
    }

    @Test
    void handle_lettersInAnyCase_areFound() {
        known.put("web.example.com.", address("web.example.com.", 60));
        Query query = Queries.of("WeB.example.com.DEFAULT.svc.cluster.local.", "A");

        assertThat(Queries.render(query, ask("autopath resolv.conf", query)).getSection(Section.ANSWER))
                .hasSize(2);
    }

    @Test
    void zones_namesOutside_areNotTouched() {
        ask("autopath example.org resolv.conf", Queries.of(ASKED, "A"));
        assertThat(seen).hasSize(1);

        ask("autopath example.org cluster.local resolv.conf", Queries.of(ASKED, "A"));
        assertThat(seen).hasSize(5);
    }

    @Test
    void handle_failure_endsTheWalkIfItHasAReason() {
        Reply failure = new Reply.Failed(Rcode.SERVFAIL, "no upstream");
        known.put("www.example.com.svc.cluster.local.", failure);
        assertThat(ask("autopath resolv.conf", Queries.of(ASKED, "A"))).isSameAs(failure);

        seen.clear();
        known.put("www.example.com.svc.cluster.local.", new Reply.Failed(Rcode.SERVFAIL, ""));
        assertThat(ask("autopath resolv.conf", Queries.of(ASKED, "A"))).isSameAs(UNKNOWN);
        assertThat(seen).hasSize(4);
        assertThat(successes()).isEmpty();
    }

    @Test
    void handle_droppedReply_staysDropped() {
        known.put(ASKED, Reply.Dropped.INSTANCE);

        assertThat(ask("autopath resolv.conf", Queries.of(ASKED, "A"))).isSameAs(Reply.Dropped.INSTANCE);
    }

    @Test
    void handle_pendingReplies_areWalkedAsTheyCome() {
        Reply.Pending first = new Reply.Pending();
        Reply.Pending last = new Reply.Pending();
        known.put(ASKED, first);
        known.put("www.example.com.", last);
        Query query = Queries.of(ASKED, "A");

        Reply reply = ask("autopath resolv.conf", query);
        assertThat(seen).hasSize(1);
        first.complete(UNKNOWN);
        assertThat(seen).hasSize(4);
        last.complete(address("www.example.com.", 60));

        assertThat(Queries.render(query, Queries.await(reply)).getSection(Section.ANSWER))
                .hasSize(2);
    }

    @Test
    void handle_longSuffix_isPassedBy() throws IOException {
        String label = "a".repeat(63);
        Files.writeString(
                folder.resolve("resolv.conf"), "search cluster.local " + String.join(".", label, label, label) + "\n");

        ask("autopath resolv.conf", Queries.of(label + ".cluster.local.", "A"));

        assertThat(seen).containsExactly(label + ".cluster.local.", label + ".");
    }

    @Test
    void provider_offeredPath_isThatOfTheClient() {
        known.put("www.example.com.", address("www.example.com.", 60));
        Query query = Queries.of(ASKED, "A");
        FakeBlock block = block("autopath @kubernetes\nkubernetes");
        block.settings().searchPaths().put("kubernetes", asked -> List.of(DomainName.of("default.svc.cluster.local")));

        Reply reply = block.start().chain(this::next).handle(query);

        assertThat(Queries.render(query, reply).getSection(Section.ANSWER)).hasSize(2);
        assertThat(seen).containsExactly(ASKED, "www.example.com.");
    }

    @Test
    void provider_thatOffersNothing_isWarnedAboutAndHasNoEffect() {
        FakeBlock block = block("autopath @kubernetes\nkubernetes");
        try (LogCapture log = new LogCapture()) {
            block.start();
            assertThat(log.lines()).singleElement().asString().contains("it needs 'pods verified'");
        }

        block.chain(this::next).handle(Queries.of(ASKED, "A"));

        assertThat(seen).containsExactly(ASKED);
        assertThat(block.warnings()).isEmpty();
    }

    @Test
    void setup_providerThatIsNotThere_isWarnedAbout() {
        assertThat(block("autopath @kubernetes").warnings())
                .containsExactly(
                        "Corefile:2:10: 'autopath' has no effect without 'kubernetes' in the same server block");
    }

    @Test
    void setup_fileWithoutSearch_isWarnedAboutAndHasNoEffect() throws IOException {
        Files.writeString(folder.resolve("resolv.conf"), "nameserver 10.0.0.10\n");

        assertThat(block("autopath resolv.conf").warnings())
                .containsExactly(
                        "Corefile:2:10: 'autopath' has no effect, file 'resolv.conf' has no line 'search NAME...'");
        ask("autopath resolv.conf", Queries.of(ASKED, "A"));
        assertThat(seen).containsExactly(ASKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autopath | 2:1: wrong number of arguments for 'autopath', expected at least 1, got 0",
                "autopath nowhere | 2:10: bad value for 'autopath', expected a file such as /etc/resolv.conf or @kubernetes, got 'nowhere'",
                "autopath @etcd | 2:10: bad value for 'autopath', expected a file, @kubernetes or @erratic, got '@etcd'",
                "'autopath resolv.conf {\nfast\n}' | 2:1: unexpected block",
                "'autopath resolv.conf\nautopath resolv.conf' | 3:1: 'autopath' given twice",
            })
    void setup_wrongValue_isAProblemAtItsPlace(String directive, String problem) {
        assertThat(block(directive).problems()).singleElement().asString().startsWith("Corefile:" + problem);
    }

    private Reply ask(String directive, Query query) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        return block.chain(this::next).handle(query);
    }

    private Reply next(Query query) {
        String name = query.qname().toString();
        seen.add(name);
        return known.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), UNKNOWN);
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(server, ".:53 {\n" + directives + "\n}\n", new AutopathPlugin());
    }

    private List<String> successes() {
        return server.metrics("autopath_success_total{");
    }

    private static Reply address(String name, int ttlSeconds) {
        DomainName owner = DomainName.of(name);
        Response response = new ResponseBuilder(owner)
                .address(org.cairndns.wire.Section.ANSWER, owner, ttlSeconds, new byte[] {(byte) 192, 0, 2, 80})
                .build();
        return new Reply.Answered(response.withRecursionAvailable(true));
    }
}
