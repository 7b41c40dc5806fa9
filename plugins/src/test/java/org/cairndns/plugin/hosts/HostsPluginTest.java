package org.cairndns.plugin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class HostsPluginTest {
    private static final Reply NEXT = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
    private static final Reply UNKNOWN = new Reply.Failed(Rcode.SERVFAIL, "");

    @TempDir
    private Path folder;

    private FakeServer server;
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void createServer() {
        server = new FakeServer(folder);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "odin, A, 127.0.0.2 127.0.0.3",
        "odin, AAAA, 0:0:0:0:0:0:0:2",
        "ODIN, A, 127.0.0.2 127.0.0.3",
        "thor, A, 127.1.1.1",
        "ullr, A, 127.1.1.2",
        "ullrhost., A, 127.1.1.2",
        "localhost, AAAA, fe80:0:0:0:0:0:0:1",
        "mapped, A, 192.0.2.1",
        "mixed.example, A, 10.0.0.1",
    })
    void handle_namesOfTheFile_answersWithTheirAddresses(String name, String type, String addresses) throws Exception {
        write("""
                # a comment
                127.0.0.2\todin
                  127.0.0.3    odin  # again
                ::2 odin
                127.0.0.2 odin
                127.1.1.1 thor
                127.1.1.2 ullr ullrhost
                fe80::1%lo0 localhost
                ::ffff:192.0.2.1 mapped
                10.0.0.1 MiXed.Example.
                123.123.123 loki
                321.321.321.321 loki
                10.0.0.9
                10.0.0.9 a..b
                """);
        FakeBlock block = block("hosts hosts").start();

        assertThat(answers(block, name, type)).containsExactly(addresses.split(" "));
        assertThat(reply(block, "loki", "A")).isEqualTo(UNKNOWN);
    }

    @Test
    void handle_answer_isAuthoritativeInTheQuestionsCaseWithTtlOfAnHour() {
        Query query = Queries.of("Www.Example.ORG.", "A");
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 www.example.org\n}").start();

        Message message = Queries.render(query, block.chain(any -> NEXT).handle(query));

        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(Queries.records(message, Section.ANSWER)).containsExactly("Www.Example.ORG. 3600 IN A 10.0.0.1");
    }

    @Test
    void handle_ttl_isThatOfEveryRecord() {
        FakeBlock block =
                block("hosts hosts {\n ttl 7\n 10.0.0.1 www.example.org\n}").start();

        assertThat(records(block, "www.example.org", "A")).containsExactly("www.example.org. 7 IN A 10.0.0.1");
        assertThat(records(block, "1.0.0.10.in-addr.arpa", "PTR"))
                .containsExactly("1.0.0.10.in-addr.arpa. 7 IN PTR www.example.org.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "TXT", "ANY", "SOA"})
    void handle_knownNameOfAnotherType_noDataWithoutSoa(String type) {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 www.example.org\n fallthrough\n}")
                .start();

        Message message = render(block, "www.example.org", type);

        assertThat(message.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        assertThat(message.getSection(Section.AUTHORITY)).isEmpty();
    }

    @Test
    void handle_unknownName_failsWithoutFallthroughAndIsNoError() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 www.example.org\n}").start();

        assertThat(reply(block, "other.example.org", "A")).isEqualTo(UNKNOWN);
        assertThat(reply(block, "other.example.org", "TXT")).isEqualTo(UNKNOWN);
    }

    @Test
    void handle_fallthroughZones_decideWhereUnknownNamesGo() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 a.example.org\n fallthrough example.org\n}")
                .start();

        assertThat(reply(block, "other.example.org", "A")).isSameAs(NEXT);
        assertThat(reply(block, "example.net", "A")).isEqualTo(UNKNOWN);
    }

    @Test
    void handle_fallthroughUnsupported_otherTypesOfKnownNamesGoOn() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 a.example.org a.example.net\n fallthrough example.org\n"
                        + " fallthrough_unsupported\n}")
                .start();

        assertThat(reply(block, "a.example.org", "MX")).isSameAs(NEXT);
        assertThat(render(block, "a.example.org", "AAAA").getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(render(block, "a.example.net", "MX").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void handle_namesOutsideTheZones_goOnAndAreNotKept() throws Exception {
        write("10.0.0.1 www.example.org www.example.net\n");
        FakeBlock block = block("hosts hosts example.org").start();

        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.1");
        assertThat(reply(block, "www.example.net", "A")).isSameAs(NEXT);
        assertThat(records(block, "1.0.0.10.in-addr.arpa", "PTR"))
                .as("reverse names need no zone")
                .containsExactly("1.0.0.10.in-addr.arpa. 3600 IN PTR www.example.org.");
    }

    @Test
    void handle_otherClass_goesOn() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 www.example.org\n}").start();

        assertThat(block.chain(query -> NEXT).handle(Queries.ofClass("www.example.org.", "A", DClass.CH)))
                .isSameAs(NEXT);
    }

    @Test
    void handle_fileAndInline_fileFirstAndEachAddressOnce() throws Exception {
        write("10.0.0.1 www.example.org\n10.0.0.2 www.example.org\n10.0.0.1 first.example.org\n");
        FakeBlock block = block("hosts hosts {\n 10.0.0.9 www.example.org inline.example.org\n"
                        + " 10.0.0.1 www.example.org last.example.org # comment\n fd00::1 www.example.org\n}")
                .start();

        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.9");
        assertThat(answers(block, "www.example.org", "AAAA")).containsExactly("fd00:0:0:0:0:0:0:1");
        assertThat(answers(block, "inline.example.org", "A")).containsExactly("10.0.0.9");
        assertThat(answers(block, "1.0.0.10.in-addr.arpa", "PTR"))
                .containsExactly("www.example.org.", "first.example.org.", "last.example.org.");
    }

    @Test
    void handle_sameAddressesInAnotherOrder_keepTheirOrder() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 a\n 10.0.0.2 a\n 10.0.0.2 b\n 10.0.0.1 b\n}")
                .start();

        assertThat(answers(block, "a", "A")).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(answers(block, "b", "A")).containsExactly("10.0.0.2", "10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "x.example.org, A, 10.0.0.1",
        "exact.example.org, A, 10.0.0.2",
        "exact.example.org, AAAA, fd00:0:0:0:0:0:0:1",
        "inline.example.org, A, 10.0.0.1 10.0.0.3",
        "*.example.org, A, 10.0.0.1",
    })
    void handle_wildcards_standForOneLabelUnlessThereIsAnExactName(String name, String type, String addresses)
            throws Exception {
        write("10.0.0.1 *.example.org\nfd00::1 *.example.org\n10.0.0.2 exact.example.org\n");
        FakeBlock block =
                block("hosts hosts {\n 10.0.0.3 inline.example.org\n}").start();

        assertThat(answers(block, name, type)).containsExactly(addresses.split(" "));
        assertThat(reply(block, "a.b.example.org", "A")).isEqualTo(UNKNOWN);
        assertThat(reply(block, "example.org", "A")).isEqualTo(UNKNOWN);
        assertThat(reply(block, "1.0.0.10.in-addr.arpa", "PTR"))
                .as("no reverse")
                .isSameAs(NEXT);
        assertThat(render(block, "x.example.org", "TXT").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void handle_reverseNames_ofBothFamiliesAndWhatIsUnknownGoesOn() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 a.example.org\n fd00::1 a.example.org b.example.org\n}")
                .start();
        String ipv6 = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa";

        assertThat(answers(block, "1.0.0.10.IN-ADDR.arpa", "PTR")).containsExactly("a.example.org.");
        assertThat(answers(block, ipv6, "PTR")).containsExactly("a.example.org.", "b.example.org.");
        assertThat(reply(block, "2.0.0.10.in-addr.arpa", "PTR")).isSameAs(NEXT);
        assertThat(reply(block, "0.0.10.in-addr.arpa", "PTR")).isSameAs(NEXT);
        assertThat(reply(block, "a.example.org", "PTR")).isSameAs(NEXT);
    }

    @Test
    void handle_ipv4MappedReverseName_theIpv4AddressesNames() {
        FakeBlock block = block("hosts hosts {\n 10.0.0.1 a.example.org\n}").start();
        String mapped = "1.0.0.0.0.0.a.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa";

        assertThat(records(block, mapped, "PTR")).containsExactly(mapped + ". 3600 IN PTR a.example.org.");
    }

    @Test
    void handle_noReverse_reverseNamesGoOn() {
        FakeBlock block =
                block("hosts hosts {\n 10.0.0.1 a.example.org\n no_reverse\n}").start();

        assertThat(reply(block, "1.0.0.10.in-addr.arpa", "PTR")).isSameAs(NEXT);
        assertThat(server.metrics("coredns_hosts_entries"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
    }

    @Test
    void handle_manyNamesOfOneAddress_responseOfOneMessage() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("0.0.0.0 ads").append(i).append(".example.net\n");
        }
        write(lines.toString());
        FakeBlock block = block("hosts hosts").start();

        assertThat(answers(block, "ads19999.example.net", "A")).containsExactly("0.0.0.0");
        Reply.Answered reply = (Reply.Answered) reply(block, "0.0.0.0.in-addr.arpa", "PTR");
        assertThat(reply.response().truncated()).isTrue();
        assertThat(reply.response().recordOctets()).isLessThan(65_536);
    }

    @Test
    void reload_changedFile_isReadAfterTheInterval() throws Exception {
        write("10.0.0.1 www.example.org\n", 1_000);
        FakeBlock block = block("hosts hosts").start();
        write("10.0.0.2 www.example.org\n", 2_000);
        server.scheduler().advance(Duration.ofMillis(4_999));
        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.1");

        server.scheduler().advance(Duration.ofMillis(1));

        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.2");
        assertThat(server.metrics("coredns_hosts"))
                .containsExactlyInAnyOrder(
                        "coredns_hosts_entries{hostsfile=\"" + folder.resolve("hosts") + "\"} 2.0",
                        "coredns_hosts_reload_timestamp_seconds 2000.0");
        block.stop();
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void reload_sameTimeAndSize_isNotReadAgain() throws Exception {
        write("10.0.0.1 www.example.org\n", 1_000);
        FakeBlock block = block("hosts hosts {\n reload 1s\n}").start();
        write("10.0.0.2 www.example.org\n", 1_000);
        server.scheduler().advance(Duration.ofSeconds(3));
        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.1");

        write("10.0.0.22 www.example.org\n", 1_000);
        server.scheduler().advance(Duration.ofSeconds(1));

        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.22");
    }

    @Test
    void reload_zero_neverLooksAgain() throws Exception {
        write("10.0.0.1 www.example.org\n");
        block("hosts hosts {\n reload 0\n}").start();

        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void start_missingFile_isAWarningAndInlineNamesAnswer() throws Exception {
        FakeBlock block =
                block("hosts hosts {\n 10.0.0.1 inline.example.org\n}").start();
        Path file = folder.resolve("hosts");
        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings())
                .containsExactly("Corefile:2:7: hosts file '" + file + "' does not exist, it is looked for again");
        assertThat(log.lines()).containsExactly("WARNING plugin/hosts: File does not exist: " + file);
        assertThat(answers(block, "inline.example.org", "A")).containsExactly("10.0.0.1");
        assertThat(server.metrics("coredns_hosts_entries"))
                .singleElement()
                .asString()
                .endsWith(" 2.0");

        write("10.0.0.2 www.example.org\n");
        server.scheduler().advance(Duration.ofSeconds(10));
        assertThat(answers(block, "www.example.org", "A")).containsExactly("10.0.0.2");

        Files.delete(file);
        server.scheduler().advance(Duration.ofSeconds(30));
        assertThat(answers(block, "www.example.org", "A"))
                .as("the last good one")
                .containsExactly("10.0.0.2");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARNING"))
                .as("once per trouble")
                .hasSize(2);
    }

    @Test
    void missingFile_isAConditionUntilItIsReadOrNobodyLooks() throws Exception {
        FakeBlock block = block("hosts hosts").start();
        assertThat(condition()).endsWith("} 1.0");
        FakeBlock next = block("hosts hosts").start();
        block.stop();
        assertThat(condition()).as("of the block after the reload").endsWith("} 1.0");
        write("10.0.0.1 www.example.org\n");
        server.scheduler().advance(Duration.ofSeconds(5));
        assertThat(condition()).endsWith("} 0.0");
        Files.delete(folder.resolve("hosts"));
        server.scheduler().advance(Duration.ofSeconds(5));
        assertThat(condition()).endsWith("} 1.0");
        next.stop();
        assertThat(condition()).endsWith("} 0.0");
    }

    private String condition() {
        return String.join(
                "",
                server.metrics(
                        "cairn_condition{condition=\"file_unusable\",subject=\"" + folder.resolve("hosts") + "\"}"));
    }

    @Test
    void start_folderInPlaceOfAFile_isAWarning() throws Exception {
        Files.createDirectory(folder.resolve("hosts"));
        FakeBlock block =
                block("hosts hosts {\n 10.0.0.1 inline.example.org\n}").start();

        assertThat(block.warnings()).singleElement().asString().contains("is a directory");
        assertThat(log.lines()).singleElement().asString().contains("is no regular file");
        assertThat(answers(block, "inline.example.org", "A")).containsExactly("10.0.0.1");
    }

    @Test
    void start_octetsThatAreNoAscii_areKeptAsTheyAre() throws Exception {
        Files.write(folder.resolve("hosts"), "10.0.0.1 b\u00fccher\n".getBytes(StandardCharsets.ISO_8859_1));
        FakeBlock block = block("hosts hosts").start();

        assertThat(answers(block, "b\\252cher", "A")).containsExactly("10.0.0.1");
    }

    @Test
    void setup_inlineNonsense_isWarnedAbout() {
        FakeBlock block = block("hosts hosts example.org {\n 10.0.0.300 www.example.org\n 10.0.0.1 www.example.net\n"
                + " ttll 60\n 10.0.0.1 www.example.org\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings()).hasSize(4).last().asString().endsWith("got 'ttll 60', did you mean 'ttl'?");
        assertThat(block.warnings().subList(1, 4))
                .extracting(warning -> warning.split(" ")[0])
                .containsExactly("Corefile:3:2:", "Corefile:4:2:", "Corefile:5:2:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hosts;hosts                            | 3:1 | 'hosts' given twice
                    hosts {;ttl;}                          | 3:1 | wrong number of arguments for 'ttl'
                    hosts {;ttl 0;}                        | 3:5 | expected an integer from 1 to 65535, got '0'
                    hosts {;ttl 65536;}                    | 3:5 | expected an integer from 1 to 65535, got '65536'
                    hosts {;ttl 1m;}                       | 3:5 | expected an integer from 1 to 65535, got '1m'
                    hosts {;reload;}                       | 3:1 | wrong number of arguments for 'reload'
                    hosts {;reload 5;}                     | 3:8 | expected a duration of at least 0s, got '5'
                    hosts {;reload -5s;}                   | 3:8 | expected a duration of at least 0s, got '-5s'
                    hosts {;no_reverse all;}               | 3:12 | wrong number of arguments for 'no_reverse'
                    hosts {;fallthrough_unsupported;}      | 2:1 | 'fallthrough_unsupported' needs 'fallthrough'
                    hosts {;fallthrough;fallthrough_unsupported A;} | 4:25 | wrong number of arguments
                    hosts {;fallthrough;10.0.0.1 late;}    | 4:1 | unknown property '10.0.0.1' of 'hosts'
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    @Test
    void setup_noFile_isEtcHosts() {
        FakeBlock block = block("hosts {\n 10.0.0.1 www.example.org\n}");

        assertThat(block.warnings()).isEmpty();
        block.start();
        assertThat(server.metrics("coredns_hosts_entries"))
                .singleElement()
                .asString()
                .startsWith("coredns_hosts_entries{hostsfile=\"/etc/hosts\"}");
    }

    private void write(String text) throws IOException {
        write(text, 1_000);
    }

    private void write(String text, long modifiedSeconds) throws IOException {
        Path file = folder.resolve("hosts");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modifiedSeconds)));
    }

    private static Query query(String name, String type) {
        return Queries.of(name.endsWith(".") ? name : name + ".", type);
    }

    private static Reply reply(FakeBlock block, String name, String type) {
        return block.chain(any -> NEXT).handle(query(name, type));
    }

    private static Message render(FakeBlock block, String name, String type) {
        return Queries.render(query(name, type), reply(block, name, type));
    }

    private static List<String> records(FakeBlock block, String name, String type) {
        return Queries.records(render(block, name, type), Section.ANSWER);
    }

    private static List<String> answers(FakeBlock block, String name, String type) {
        return render(block, name, type).getSection(Section.ANSWER).stream()
                .map(org.xbill.DNS.Record::rdataToString)
                .toList();
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new HostsPlugin());
    }
}
