package org.cairndns.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.plugin.spi.HostName;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Section;

class ChaosPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.REFUSED, "next");

    private final FakeServer server = new FakeServer();

    @Test
    void chaos_noArguments_versionOfThisServerAndNoAuthors() {
        assertThat(texts("chaos", "Version.Bind.")).containsExactly("Version.Bind. 0 CH TXT Cairn-development");
        assertThat(texts("chaos", "version.server.")).hasSize(1);
        assertThat(texts("chaos", "authors.bind.")).isEmpty();
    }

    @Test
    void chaos_hostName_isThatOfTheMachine() {
        String expected = " 0 CH TXT " + HostName.of(server);

        assertThat(texts("chaos", "hostname.bind.")).containsExactly("hostname.bind." + expected);
        assertThat(texts("chaos", "id.server.")).containsExactly("id.server." + expected);
    }

    @Test
    void chaos_authors_onceEachInAnyOrder() {
        String directive = "chaos v1 Ann \"Bob B\" Ann";
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            List<String> authors = texts(directive, "authors.bind.");
            assertThat(authors).containsExactlyInAnyOrder("authors.bind. 0 CH TXT Ann", "authors.bind. 0 CH TXT Bob B");
            firsts.add(authors.getFirst());
        }

        assertThat(firsts).hasSize(2);
        assertThat(texts(directive, "version.bind.")).containsExactly("version.bind. 0 CH TXT v1");
    }

    @Test
    void chaos_longVersion_isCutTo255Octets() {
        assertThat(texts("chaos " + "v".repeat(300), "version.bind."))
                .containsExactly("version.bind. 0 CH TXT " + "v".repeat(255));
    }

    @Test
    void chaos_otherNameTypeOrClass_goesOn() {
        assertThat(reply("chaos", Queries.ofClass("uptime.bind.", "TXT", DClass.CH)))
                .isSameAs(NEXT);
        assertThat(reply("chaos", Queries.ofClass("version.bind.", "A", DClass.CH)))
                .isSameAs(NEXT);
        assertThat(reply("chaos", Queries.of("version.bind.", "TXT"))).isSameAs(NEXT);
    }

    @Test
    void setup_block_isAProblem() {
        assertThat(block("chaos {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'chaos' on a line of its own, got '{'");
    }

    private List<String> texts(String directive, String name) {
        Query query = Queries.ofClass(name, "TXT", DClass.CH);
        // dnsjava prints quotes only where there are blanks.
        return Queries.records(Queries.render(query, reply(directive, query)), Section.ANSWER).stream()
                .map(record -> record.replace("\"", ""))
                .toList();
    }

    private Reply reply(String directive, Query query) {
        return block(directive).chain(next -> NEXT).handle(query);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new ChaosPlugin());
    }
}
