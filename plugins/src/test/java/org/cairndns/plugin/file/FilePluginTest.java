package org.cairndns.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.root.RootPlugin;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.TransferSource;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class FilePluginTest {
    private static final Reply NEXT = new Reply.Answered(Response.bare(Rcode.NOTIMP));
    private static final String ZONE = """
            $TTL 300
            @ 600 IN SOA ns hostmaster %d 2 3 4 60
            @ NS ns
            ns A 192.0.2.1
            www A 192.0.2.%d
            """;

    @TempDir
    private Path folder;

    private FakeServer server;
    private int writes;
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void createServer() {
        server = new FakeServer(folder);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** A plugin whose handler does nothing. */
    private static final class PassingPlugin implements Plugin {
        @Override
        public String name() {
            return "passing";
        }

        @Override
        public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
            context.handler(next -> next);
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        // Each version has a time of its own, however fast the test runs.
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + writes++)));
    }

    /** A block with another plugin behind. */
    private FakeBlock block(String corefile) {
        FakeBlock block = new FakeBlock(server, corefile, new RootPlugin(), new FilePlugin(), new PassingPlugin());
        assertThat(block.problems()).isEmpty();
        return block.start();
    }

    private static Handler chain(FakeBlock block) {
        return block.chain(query -> NEXT);
    }

    private static List<String> answers(Handler chain, String name, String type) {
        Query query = Queries.of(name, type);
        return Queries.records(Queries.render(query, chain.handle(query)), Section.ANSWER);
    }

    private static int rcode(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> answered.response().rcode();
            case Reply.Failed failed -> failed.rcode();
            case Reply.Messages messages -> throw new AssertionError("messages");
            case Reply.Pending pending -> throw new AssertionError("pending");
            case Reply.Dropped dropped -> throw new AssertionError("dropped");
        };
    }

    @Test
    void setup_onlyAFile_zonesOfTheBlockReadEveryMinute() throws Exception {
        write("db", ZONE.formatted(1, 10));
        FakeBlock block = block("example.org example.net {\n file db\n}");
        Handler chain = chain(block);
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.10");
        assertThat(answers(chain, "WWW.example.NET.", "A")).containsExactly("WWW.example.NET. 300 IN A 192.0.2.10");
        assertThat(chain.handle(Queries.of("www.example.com.", "A"))).isSameAs(NEXT);
        write("db", ZONE.formatted(2, 20));
        server.scheduler().advance(Duration.ofSeconds(59));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.10");
        server.scheduler().advance(Duration.ofSeconds(1));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.20");
        assertThat(answers(chain, "www.example.net.", "A")).containsExactly("www.example.net. 300 IN A 192.0.2.20");
        assertThat(log.lines())
                .contains("INFO plugin/file: Successfully reloaded zone \"example.org.\" in \"" + folder.resolve("db")
                        + "\" with 2 SOA serial");
        block.stop();
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void setup_zonesAndRoot_fileOfThatFolderForThem() throws Exception {
        write("zones/db", ZONE.formatted(1, 10));
        Handler chain = chain(block(". {\n root zones\n file db a.example 2001:db8::/32 tls://b.example:853\n}"));
        assertThat(answers(chain, "www.a.example.", "A")).hasSize(1);
        assertThat(answers(chain, "www.b.example.", "A")).hasSize(1);
        assertThat(answers(chain, "www.8.b.d.0.1.0.0.2.ip6.arpa.", "A")).hasSize(1);
        assertThat(chain.handle(Queries.of("www.c.example.", "A"))).isSameAs(NEXT);
    }

    @Test
    void setup_severalDirectives_eachZoneOfTheLastOneThatNamesIt() throws Exception {
        write("one", ZONE.formatted(1, 10));
        write("two", ZONE.formatted(1, 20));
        Handler chain = chain(block(". {\n file one a.example b.example\n file two b.example sub.a.example\n}"));
        assertThat(answers(chain, "www.a.example.", "A")).containsExactly("www.a.example. 300 IN A 192.0.2.10");
        assertThat(answers(chain, "www.b.example.", "A")).containsExactly("www.b.example. 300 IN A 192.0.2.20");
        assertThat(answers(chain, "www.sub.a.example.", "A")).containsExactly("www.sub.a.example. 300 IN A 192.0.2.20");
    }

    @Test
    void reload_zero_fileReadOnce() throws Exception {
        write("db", ZONE.formatted(1, 10));
        block("example.org {\n file db {\n reload 0\n }\n}");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void reload_sameSerial_zoneStaysAndTheLogSaysSoOnce() throws Exception {
        write("db", ZONE.formatted(7, 10));
        Handler chain = chain(block("example.org {\n file db {\n reload 10s\n }\n}"));
        write("db", ZONE.formatted(7, 20));
        server.scheduler().advance(Duration.ofSeconds(30));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.10");
        assertThat(log.lines())
                .containsExactly("INFO plugin/file: File \"" + folder.resolve("db")
                        + "\" of zone \"example.org.\" has changed, but its SOA serial is 7 as before: not reloaded");
    }

    @Test
    void reload_byMtime_readWhateverTheSerial() throws Exception {
        write("db", ZONE.formatted(7, 10));
        Handler chain = chain(block("example.org {\n file db {\n reload 10s\n reload_by_mtime\n }\n}"));
        write("db", ZONE.formatted(7, 20));
        server.scheduler().advance(Duration.ofSeconds(10));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.20");
    }

    @Test
    void reload_smallerSerial_read() throws Exception {
        write("db", ZONE.formatted(7, 10));
        Handler chain = chain(block("example.org {\n file db\n}"));
        write("db", ZONE.formatted(6, 20));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.20");
    }

    @Test
    void reload_brokenThenMissingThenGood_oldZoneMeanwhile() throws Exception {
        write("db", ZONE.formatted(1, 10));
        Handler chain = chain(block("example.org {\n file db\n}"));
        write("db", ZONE.formatted(2, 20) + "bad A 1.2.3\n");
        server.scheduler().advance(Duration.ofMinutes(3));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.10");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING plugin/file: Parsing zone \"example.org.\": " + folder.resolve("db") + ":6: ");
        Files.delete(folder.resolve("db"));
        server.scheduler().advance(Duration.ofMinutes(3));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.10");
        assertThat(log.lines()).hasSize(2).last().asString().endsWith("no such file");
        write("db", ZONE.formatted(3, 30));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(answers(chain, "www.example.org.", "A")).containsExactly("www.example.org. 300 IN A 192.0.2.30");
    }

    @Test
    void unusableFile_isAConditionUntilItIsReadOrNobodyLooks() throws Exception {
        FakeBlock block = block("example.org {\n file db\n}");
        assertThat(condition()).endsWith("} 1.0");
        FakeBlock next = block("example.org {\n file db\n}");
        block.stop();
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(condition()).as("of the block after the reload").endsWith("} 1.0");
        write("db", ZONE.formatted(1, 10));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(condition()).endsWith("} 0.0");
        write("db", "nonsense");
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(condition()).endsWith("} 1.0");
        next.stop();
        assertThat(condition()).endsWith("} 0.0");
    }

    private String condition() {
        return String.join(
                "",
                server.metrics(
                        "cairn_condition{condition=\"file_unusable\",subject=\"" + folder.resolve("db") + "\"}"));
    }

    @Test
    void reload_includedFileChanges_read() throws Exception {
        write("db", ZONE.formatted(1, 10) + "$INCLUDE more\n");
        write("more", "x TXT one\n");
        Handler chain = chain(block("example.org {\n file db {\n reload_by_mtime\n }\n}"));
        assertThat(answers(chain, "x.example.org.", "TXT")).containsExactly("x.example.org. 300 IN TXT one");
        write("more", "x TXT two\n");
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(answers(chain, "x.example.org.", "TXT")).containsExactly("x.example.org. 300 IN TXT two");
    }

    @Test
    void setup_missingFile_servfailUntilItIsThere() throws Exception {
        FakeBlock block = block("example.org {\n file db\n}");
        assertThat(block.warnings())
                .containsExactly("Corefile:2:7: zone file '" + folder.resolve("db")
                        + "' does not exist, it is looked for again");
        Handler chain = chain(block);
        assertThat(chain.handle(Queries.of("www.example.org.", "A")))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "zone example.org. not loaded yet"));
        write("db", ZONE.formatted(0, 10));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(answers(chain, "www.example.org.", "A")).hasSize(1);
    }

    @Test
    void setup_wrongValues_problemsWithPlaceAndRemedy() throws Exception {
        write("db", ZONE.formatted(1, 10));
        write("bad", "@ SOA ns hm 1 2 3 4 5\nwww A 1.2.3\n");
        write("nosoa", "www 60 A 192.0.2.1\n");
        write("nsec3", ZONE.formatted(1, 10) + "@ NSEC3PARAM 1 0 0 -\n");
        assertProblem("file", "2:2: wrong number of arguments for 'file', expected at least 1, got 0");
        assertProblem("file bad", "2:7: bad zone file: " + folder.resolve("bad") + ":2: ");
        assertProblem(
                "file nosoa", "2:7: bad zone file: " + folder.resolve("nosoa") + ": no SOA record at example.org.");
        assertProblem(
                "file nsec3",
                "2:7: bad zone file: " + folder.resolve("nsec3")
                        + ": example.org. NSEC3PARAM: zones with NSEC3 are not served, sign with NSEC");
        assertProblem("file . {\n reload 0\n}", "2:7: zone file '" + folder + "' cannot be read: ");
        assertProblem(
                "file none {\n reload 0\n}",
                "2:7: zone file '" + folder.resolve("none")
                        + "' does not exist, and 'reload 0' says not to look for it again");
        assertProblem("file db {\n reload\n}", "3:2: wrong number of arguments for 'reload', expected 1, got 0");
        assertProblem(
                "file db {\n reload soon\n}",
                "3:9: bad value for 'reload', expected a duration of at least 0s, got 'soon'");
        assertProblem(
                "file db {\n reload -1s\n}",
                "3:9: bad value for 'reload', expected a duration of at least 0s, got '-1s'");
        assertProblem(
                "file db {\n reload_by_mtime yes\n}",
                "3:18: wrong number of arguments for 'reload_by_mtime', expected none, got 1");
        assertProblem("file db {\n transfer to *\n}", "3:2: 'transfer' of 'file' was removed from CoreDNS in 1.8.0");
        assertProblem("file db {\n no_reload\n}", "3:2: 'no_reload' of 'file' was removed from CoreDNS in 1.5.0");
        assertProblem(
                "file db {\n relod 1s\n}",
                "3:2: unknown property 'relod' of 'file', expected one of reload, reload_by_mtime, fallthrough");
    }

    private void assertProblem(String directive, String expected) {
        FakeBlock block = new FakeBlock(server, "example.org {\n " + directive + "\n}", new FilePlugin());
        assertThat(block.problems()).singleElement().asString().startsWith("Corefile:" + expected);
    }

    @Test
    void setup_zones_areSourcesOfTransfersThatTellOfChanges() throws Exception {
        write("db", ZONE.formatted(1, 10));
        FakeBlock block = block(". {\n file db example.org\n file missing example.com\n}");
        List<DomainName> changed = new ArrayList<>();
        block.settings().zoneChanges().listen(changed::add);
        TransferSource source = block.settings().transferSources().getFirst();
        assertThat(source.zone(DomainName.of("www.example.org."))).isEmpty();
        assertThat(source.zone(DomainName.of("example.com.")))
                .contains(new TransferableZone.Unready("zone example.com. not loaded yet"));
        TransferableZone.Ready zone = (TransferableZone.Ready)
                source.zone(DomainName.of("EXAMPLE.org.")).orElseThrow();
        assertThat(zone.soa().type()).isEqualTo(RecordType.SOA);
        assertThat(zone.records())
                .extracting(record -> record.owner() + " " + RecordType.text(record.type()))
                .containsExactly("example.org. NS", "ns.example.org. A", "www.example.org. A");
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(changed).isEmpty();
        write("db", ZONE.formatted(2, 20));
        write("missing", ZONE.formatted(1, 10));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(changed).containsExactlyInAnyOrder(DomainName.of("example.org."), DomainName.of("example.com."));
    }

    @Test
    void setup_upstream_ignoredWithAWarning() throws Exception {
        write("db", ZONE.formatted(1, 10));
        FakeBlock block = block("example.org {\n file db {\n upstream 8.8.8.8\n }\n}");
        assertThat(block.warnings()).singleElement().asString().contains("'upstream' of 'file' is ignored");
    }

    @Test
    void setup_recordsOutsideTheZone_leftOutWithAWarning() throws Exception {
        write("db", ZONE.formatted(1, 10) + "www.example.com. A 192.0.2.1\nwww CH TXT no\n");
        block("example.org {\n file db\n}");
        assertThat(log.lines())
                .containsExactly("WARNING plugin/file: " + folder.resolve("db")
                        + ": left out what is not in zone example.org. of class IN, first www.example.com. A");
    }

    @Test
    void setup_soaOfAnotherName_takenWithAWarning() throws Exception {
        write("db", "$ORIGIN example.org.\n" + ZONE.formatted(1, 10));
        Handler chain = chain(block("example.net {\n file db\n}"));
        assertThat(rcode(chain.handle(Queries.of("www.example.net.", "A")))).isEqualTo(Rcode.NXDOMAIN);
        assertThat(log.lines())
                .contains("WARNING plugin/file: " + folder.resolve("db")
                        + ": no SOA record at example.net., that of example.org. is taken");
    }

    @ParameterizedTest
    @CsvSource({
        "fallthrough, none.example.org., A, NOTIMP",
        "fallthrough, ent.example.org., A, NOTIMP",
        "fallthrough, www.example.org., AAAA, NOERROR",
        "fallthrough, host.sub.example.org., A, NOERROR",
        "fallthrough a.example.org, none.example.org., A, NXDOMAIN",
        "fallthrough a.example.org, x.a.example.org., A, NOTIMP",
        "reload 1m, none.example.org., A, NXDOMAIN",
        "reload 1m, ent.example.org., A, NOERROR",
        "fallthrough, dangling.example.org., A, NXDOMAIN",
    })
    void handle_namesThatAreNotThere_goOnWhereSaid(String property, String name, String type, String rcode)
            throws Exception {
        write("db", ZONE.formatted(1, 10) + "x.ent A 192.0.2.2\nsub NS ns\ndangling CNAME none\n");
        FakeBlock block = block("example.org {\n file db {\n " + property + "\n }\n}");
        block.resolver(query -> new Reply.Answered(Response.bare(Rcode.NXDOMAIN)));
        assertThat(Rcode.text(rcode(chain(block).handle(Queries.of(name, type)))))
                .isEqualTo(rcode);
    }

    @Test
    void handle_fallthroughOfOneDirective_holdsForAll() throws Exception {
        write("db", ZONE.formatted(1, 10));
        Handler chain = chain(block(". {\n file db a.example {\n fallthrough\n }\n file db b.example\n}"));
        assertThat(chain.handle(Queries.of("none.b.example.", "A"))).isSameAs(NEXT);
    }

    @Test
    void handle_lastOfTheBlock_refusesNamesOutside() throws Exception {
        write("db", ZONE.formatted(1, 10));
        Handler chain = chain(new FakeBlock(server, ". {\n file db example.org\n}", new FilePlugin()));
        assertThat(rcode(chain.handle(Queries.of("www.example.com.", "A")))).isEqualTo(Rcode.REFUSED);
        assertThat(rcode(chain.handle(Queries.of("none.example.org.", "A")))).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void handle_transfersAndOtherClasses_refusedAndNext() throws Exception {
        write("db", ZONE.formatted(1, 10));
        Handler chain = chain(block("example.org {\n file db\n}"));
        assertThat(rcode(chain.handle(Queries.of("example.org.", "AXFR")))).isEqualTo(Rcode.REFUSED);
        assertThat(rcode(chain.handle(Queries.of("example.org.", "IXFR")))).isEqualTo(Rcode.REFUSED);
        assertThat(chain.handle(Queries.ofClass("www.example.org.", "A", DClass.CH)))
                .isSameAs(NEXT);
        assertThat(rcode(chain.handle(Queries.ofClass("www.example.org.", "A", DClass.ANY))))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void handle_aliasOutOfTheZone_targetAskedOfTheServer() throws Exception {
        write("db", ZONE.formatted(1, 10) + "out CNAME www.example.com.\n");
        write("com", ZONE.formatted(5, 50));
        FakeBlock block = block(". {\n file db example.org\n file com example.com\n}");
        Handler chain = chain(block);
        block.resolver(chain::handle);
        Query query = Queries.of("out.example.org.", "A");
        Message message = Queries.render(query, chain.handle(query));
        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly(
                        "out.example.org. 300 IN CNAME www.example.com.", "www.example.com. 300 IN A 192.0.2.50");
        assertThat(Queries.records(message, Section.AUTHORITY))
                .containsExactly("example.org. 300 IN NS ns.example.org.");
        Query other = Queries.of("out.example.org.", "TXT");
        assertThat(Queries.records(Queries.render(other, chain.handle(other)), Section.AUTHORITY))
                .containsExactly("example.com. 60 IN SOA ns.example.com. hostmaster.example.com. 5 2 3 4 60");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, NOERROR", "SERVFAIL, SERVFAIL", "FORMERR, NOERROR"})
    void handle_targetThatFails_aliasWithItsRcode(String failure, String rcode) throws Exception {
        write("db", ZONE.formatted(1, 10) + "out CNAME www.example.com.\n");
        FakeBlock block = block("example.org {\n file db\n}");
        int code = switch (failure) {
            case "REFUSED" -> Rcode.REFUSED;
            case "SERVFAIL" -> Rcode.SERVFAIL;
            default -> Rcode.FORMERR;
        };
        Reply.Pending later = new Reply.Pending();
        block.resolver(query -> later);
        Query query = Queries.of("out.example.org.", "A");
        Reply reply = chain(block).handle(query);
        later.complete(new Reply.Failed(code, "test"));
        Message message = Queries.render(query, Queries.await(reply));
        assertThat(Queries.records(message, Section.ANSWER))
                .containsExactly("out.example.org. 300 IN CNAME www.example.com.");
        assertThat(Rcode.text(message.getRcode())).isEqualTo(rcode);
    }
}
