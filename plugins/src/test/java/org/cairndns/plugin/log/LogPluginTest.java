package org.cairndns.plugin.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.ListedStream;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;

class LogPluginTest {
    private static final Query KUBE = Queries.of("Kube.Example.org.", "A");

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void handle_standardFormat_isCoreDnsCommonFormat() {
        Handler handler = block("log").chain(query -> {
            server.scheduler().pass(Duration.ofNanos(120_000));
            return answer(query, 1);
        });

        handler.handle(KUBE);

        // 12 octets of header, 18 of name, 4 of type and class; 16 more for one address
        assertThat(log.lines())
                .containsExactly("INFO 10.1.2.3:40001 - 4711 \"A IN kube.example.org. udp 34 false 512\""
                        + " NOERROR qr,aa,rd 50 0.00012s");
    }

    @Test
    void handle_combinedFormatAndIpv6OverTcp_allOfIt() {
        ListenerInfo tcp = new ListenerInfo(
                Transport.TCP, "dns://:53", new InetSocketAddress(InetAddress.ofLiteral("fd00::a"), 53));
        InetSocketAddress client = new InetSocketAddress(InetAddress.ofLiteral("::1"), 50_759);
        Handler handler = block("log . \"{combined} {local}\"").chain(query -> answer(query, 1));

        handler.handle(Queries.of("example.org.", "AAAA", client, tcp));

        assertThat(log.lines())
                .containsExactly("INFO [::1]:50759 - 4711 \"AAAA IN example.org. tcp 29 false 65535\""
                        + " NOERROR qr,aa,rd 45 0s \"0\" [fd00::a]");
    }

    @ParameterizedTest
    @CsvSource({
        "A, A",
        "TYPE65280, TYPE65280",
    })
    void handle_types_asMnemonics(String qtype, String expected) {
        block("log . {type}").chain(query -> answer(query, 0)).handle(Queries.of("example.org.", qtype));

        assertThat(log.lines()).containsExactly("INFO " + expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1, 0.000000001s", "999999999, 0.999999999s", "1000000000, 1s", "12050000000, 12.05s"})
    void handle_duration_hasTheDecimalsItNeeds(long nanos, String expected) {
        Handler handler = block("log . {duration}").chain(query -> {
            server.scheduler().pass(Duration.ofNanos(nanos));
            return answer(query, 1);
        });

        handler.handle(KUBE);

        assertThat(log.lines()).containsExactly("INFO " + expected);
    }

    @Test
    void handle_responseOverTheLimit_sizeAndFlagsAsSent() {
        Query edns = Queries.withEdns("kube.example.org.", "A", 600, true);
        Handler handler =
                block("log . \"{>do} {>bufsize} {size} {rsize} {>rflags}\"").chain(query -> answer(query, 100));

        handler.handle(edns);
        handler.handle(KUBE);

        // 34 octets in front of the records, 11 of OPT: (600 - 45) / 16 = 34 records; (512 - 34) / 16 = 29 records
        assertThat(log.lines())
                .containsExactly(
                        "INFO true 600 45 " + (45 + 34 * 16) + " qr,aa,tc,rd",
                        "INFO false 512 34 " + (34 + 29 * 16) + " qr,aa,tc,rd");
    }

    @Test
    void handle_failure_asTheBareResponseItBecomes() {
        block("log . \"{rcode} {>rflags} {rsize}\"")
                .chain(query -> new Reply.Failed(Rcode.REFUSED, "no"))
                .handle(KUBE);

        assertThat(log.lines()).containsExactly("INFO REFUSED qr,rd 34");
    }

    @Test
    void handle_noResponse_isAnErrorWithoutValues() {
        block("log . \"{rcode} {>rflags} {rsize}\" {\n class error\n}")
                .chain(query -> Reply.Dropped.INSTANCE)
                .handle(KUBE);

        assertThat(log.lines()).containsExactly("INFO - - 0");
    }

    @Test
    void handle_severalMessages_areLoggedAsOneWhenTheyAreTaken() {
        ListedStream sent = new ListedStream(response(KUBE, 20), response(KUBE, 1));
        Reply reply = block("log . \"{rcode} {rsize} {duration}\"")
                .chain(query -> new Reply.Messages(query.qname(), sent))
                .handle(KUBE);
        ResponseStream stream = ((Reply.Messages) reply).stream();
        while (stream.next().isPresent()) {
            server.scheduler().pass(Duration.ofMillis(100));
            assertThat(log.lines()).isEmpty();
        }

        stream.close();

        assertThat(log.lines()).containsExactly("INFO NOERROR " + (34 + 20 * 16 + 34 + 16) + " 0.2s");
        assertThat(sent.closed()).isEqualTo(1);
    }

    @Test
    void handle_pendingReply_isLoggedWhenItComes() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = block("log . {duration}").chain(query -> pending).handle(KUBE);
        server.scheduler().pass(Duration.ofMillis(250));
        assertThat(log.lines()).isEmpty();

        pending.complete(answer(KUBE, 1));

        assertThat(Queries.await(reply)).isInstanceOf(Reply.Answered.class);
        assertThat(log.lines()).containsExactly("INFO 0.25s");
    }

    @ParameterizedTest
    @CsvSource({
        "all, success denial nodata error refused",
        "success, success",
        "denial, denial nodata",
        "error, error refused",
        "success denial, success denial nodata",
        "error all, success denial nodata error refused",
    })
    void handle_classes_filterResponses(String classes, String logged) {
        FakeBlock block = block("log . {name} {\n class " + classes + "\n}");
        ask(block, "success", answer(KUBE, 1));
        ask(block, "denial", new Reply.Answered(Response.bare(Rcode.NXDOMAIN)));
        Query nodata = Queries.of("nodata.", "A");
        ask(
                block,
                "nodata",
                new Reply.Answered(new ResponseBuilder(nodata.qname())
                        .octets(Section.AUTHORITY, nodata.qname(), 6, 5, new byte[22])
                        .build()));
        ask(block, "error", new Reply.Answered(Response.bare(Rcode.SERVFAIL)));
        ask(block, "refused", new Reply.Failed(Rcode.REFUSED, "no"));

        assertThat(log.lines())
                .containsExactlyElementsOf(List.of(logged.split(" ")).stream()
                        .map(name -> "INFO " + name + ".")
                        .toList());
    }

    @Test
    void handle_severalRules_firstThatCoversTheNameHolds() {
        FakeBlock block = block("log example.org example.net. \"first {name}\" {\n class success\n class error\n}\n"
                + "log EXAMPLE.com\nlog . \"last {name}\"");
        ask(block, "www.example.org", answer(KUBE, 1));
        ask(block, "denied.example.org", new Reply.Answered(Response.bare(Rcode.NXDOMAIN)));
        ask(block, "example.net", new Reply.Failed(Rcode.SERVFAIL, "no"));
        ask(block, "elsewhere", answer(KUBE, 1));
        ask(block, "notexample.org", answer(KUBE, 1));

        assertThat(log.lines())
                .containsExactly(
                        "INFO first www.example.org.",
                        "INFO first example.net.",
                        "INFO last elsewhere.",
                        "INFO last notexample.org.");
    }

    @Test
    void handle_nameOutsideEveryRule_passesUntouched() {
        Reply reply = answer(KUBE, 1);

        assertThat(block("log example.net").chain(query -> reply).handle(KUBE)).isSameAs(reply);

        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {name}                     | kube.example.org.
                    {\\"q\\":\\"{name}\\"}     | {"q":"kube.example.org."}
                    { {name} }                 | { kube.example.org. }
                    a } b {class} {            | a } b IN {
                    {{proto}}                  | {udp}
                    {name}{name}               | kube.example.org.kube.example.org.
                    {bogus} {>id}              | {bogus} 4711
                    """)
    void handle_braces_stayUnlessTheyAreAPlaceholder(String format, String expected) {
        block("log . \"" + format + "\"").chain(query -> answer(query, 1)).handle(KUBE);

        assertThat(log.lines()).containsExactly("INFO " + expected);
    }

    @Test
    void handle_controlCharactersInAName_areEscaped() {
        block("log . {name}").chain(query -> answer(query, 0)).handle(Queries.of("a\\010[INFO]\\032b.example.", "A"));

        assertThat(log.lines()).containsExactly("INFO a\\010[info]\\ b.example.");
    }

    @Test
    void handle_otherClass_itsMnemonic() {
        block("log . {class}").chain(query -> answer(query, 0)).handle(Queries.ofClass("id.server.", "TXT", DClass.CH));

        assertThat(log.lines()).containsExactly("INFO CH");
    }

    @Test
    void setup_oddFormats_areWarnedAbout() {
        assertThat(block("log . \"{nmae} {name}\"").warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "Corefile:2:7: '{nmae}' is no placeholder and stays as it is, expected one of {type} {name}")
                .endsWith("did you mean '{name}'?");
        assertThat(block("log {common}").warnings())
                .singleElement()
                .asString()
                .startsWith("Corefile:2:5: '{common}' is read as a name");
        assertThat(block("log . \"to the file\"").warnings()).hasSize(1);
        assertThat(block("log . \"{\\\"name\\\": {name}}\"").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    log a..b                         | 2:5  | expected a domain name, got 'a..b'
                    log . x {;class;}                | 3:1  | wrong number of arguments for 'class'
                    log {;class fine;}               | 3:7  | expected one of all, success, denial, error, got 'fine'
                    log {;classes all;}              | 3:1  | unknown property 'classes' of 'log'
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    private static void ask(FakeBlock block, String qname, Reply reply) {
        block.chain(query -> reply).handle(Queries.of(qname + ".", "A"));
    }

    private static Reply answer(Query query, int addresses) {
        return new Reply.Answered(response(query, addresses));
    }

    private static Response response(Query query, int addresses) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (int i = 0; i < addresses; i++) {
            builder.address(Section.ANSWER, query.qname(), 5, new byte[] {10, 0, 0, (byte) i});
        }
        return builder.build();
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new LogPlugin(clock));
    }
}
