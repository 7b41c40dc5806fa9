package org.cairndns.plugin.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsPluginTest {
    private static final Query QUERY = Queries.of("WWW.Example.org.", "A");
    private static final Reply TIMEOUT = failed("read udp 10.0.0.1:53: i/o timeout");

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void handle_failure_isLoggedAsCoreDnsDoesAndPassedOn() {
        Reply reply = block("errors").chain(query -> TIMEOUT).handle(QUERY);

        assertThat(reply).isSameAs(TIMEOUT);
        assertThat(log.lines())
                .containsExactly("SEVERE plugin/errors: 2 www.example.org. A: read udp 10.0.0.1:53: i/o timeout");
    }

    @Test
    void handle_answerDropAndFailureWithoutReason_areNotLogged() {
        FakeBlock block = block("errors stdout");

        block.chain(query -> new Reply.Answered(Response.bare(Rcode.SERVFAIL))).handle(QUERY);
        block.chain(query -> Reply.Dropped.INSTANCE).handle(QUERY);
        block.chain(query -> new Reply.Failed(Rcode.REFUSED, "")).handle(QUERY);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void handle_pendingFailure_isLoggedWhenItComes() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = block("errors").chain(query -> pending).handle(QUERY);
        assertThat(log.lines()).isEmpty();

        pending.complete(TIMEOUT);

        assertThat(Queries.await(reply)).isSameAs(TIMEOUT);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void handle_lineBreakInAReason_cannotForgeALine() {
        block("errors")
                .chain(query -> failed("bad\n[INFO] all is well\t" + "x".repeat(600)))
                .handle(QUERY);

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("bad [INFO] all is well x")
                .hasSizeLessThan(560)
                .endsWith("x...");
    }

    @Test
    void consolidate_alikeErrors_oneLineAtTheEndOfThePeriod() {
        Handler handler = block("errors {\n consolidate 5m \".* i/o timeout$\" warning\n consolidate 30s ^other\n}")
                .chain(query -> TIMEOUT);
        for (int i = 0; i < 3; i++) {
            handler.handle(QUERY);
        }
        server.scheduler().advance(Duration.ofSeconds(299));
        assertThat(log.lines()).isEmpty();

        server.scheduler().advance(Duration.ofSeconds(1));

        assertThat(log.lines())
                .containsExactly("WARNING plugin/errors: 3 errors like '.* i/o timeout$' occurred in last 5m0s");
        handler.handle(QUERY);
        server.scheduler().advance(Duration.ofMinutes(5));
        assertThat(log.lines())
                .last()
                .isEqualTo("WARNING plugin/errors: 1 errors like '.* i/o timeout$' occurred in last 5m0s");
    }

    @Test
    void consolidate_severalPatterns_firstMatchCounts() {
        FakeBlock block = block("errors {\n consolidate 30s timeout info\n consolidate 30s i/o debug\n}");
        block.chain(query -> TIMEOUT).handle(QUERY);
        block.chain(query -> failed("i/o error")).handle(QUERY);
        block.chain(query -> failed("refused")).handle(QUERY);

        server.scheduler().advance(Duration.ofSeconds(30));

        assertThat(log.lines())
                .containsExactly(
                        "SEVERE plugin/errors: 2 www.example.org. A: refused",
                        "INFO plugin/errors: 1 errors like 'timeout' occurred in last 30s",
                        "FINE plugin/errors: 1 errors like 'i/o' occurred in last 30s");
    }

    @Test
    void consolidate_showFirst_firstAtTheRulesLevelThenTheSum() {
        Handler handler =
                block("errors {\n consolidate 1m timeout info show_first\n}").chain(query -> TIMEOUT);
        String first = "INFO plugin/errors: 2 www.example.org. A: read udp 10.0.0.1:53: i/o timeout";
        handler.handle(QUERY);
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(log.lines()).as("a single error needs no sum").containsExactly(first);

        handler.handle(QUERY);
        handler.handle(QUERY);
        server.scheduler().advance(Duration.ofMinutes(1));

        assertThat(log.lines())
                .containsExactly(first, first, "INFO plugin/errors: 2 errors like 'timeout' occurred in last 1m0s");
    }

    @Test
    void stop_countedErrors_areLoggedAtOnceAndLaterOnesThemselves() {
        FakeBlock block = block("errors {\n consolidate 5m timeout\n}");
        Handler handler = block.chain(query -> TIMEOUT);
        handler.handle(QUERY);

        block.stop();
        handler.handle(QUERY);

        assertThat(log.lines())
                .containsExactly(
                        "SEVERE plugin/errors: 1 errors like 'timeout' occurred in last 5m0s",
                        "SEVERE plugin/errors: 2 www.example.org. A: read udp 10.0.0.1:53: i/o timeout");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void handle_floodOfErrors_boundedNumberOfLinesAndASum() {
        FakeBlock block = block("errors");
        Handler handler = block.chain(query -> TIMEOUT);
        for (int i = 0; i < ErrorLines.MAX_LINES + 7; i++) {
            handler.handle(QUERY);
        }
        assertThat(log.lines()).hasSize(ErrorLines.MAX_LINES);

        server.scheduler().advance(ErrorLines.PERIOD);

        assertThat(log.lines())
                .hasSize(ErrorLines.MAX_LINES + 1)
                .last()
                .isEqualTo("SEVERE plugin/errors: 7 more errors in the last 10s, the latest: 2 www.example.org. A:"
                        + " read udp 10.0.0.1:53: i/o timeout");
        handler.handle(QUERY);
        assertThat(log.lines()).as("a new period").hasSize(ErrorLines.MAX_LINES + 2);
        block.stop();
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void setup_stacktrace_isASettingOfTheBlock() {
        assertThat(block("errors").settings().stackTraces()).isFalse();
        assertThat(block("errors {\n stacktrace\n}").settings().stackTraces()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    errors stderr                           | 2:8  | a FILE of 'errors' was removed from CoreDNS in 008
                    errors stdout stdout                    | 2:15 | wrong number of arguments for 'errors'
                    errors;errors                           | 3:1  | 'errors' given twice, expected once per server block
                    errors {;stacktraces;}                  | 3:1  | unknown property 'stacktraces' of 'errors'
                    errors {;stacktrace on;}                | 3:12 | wrong number of arguments for 'stacktrace'
                    errors {;consolidate 5m;}               | 3:1  | expected 2 to 4, got 1
                    errors {;consolidate 5m a error show_first b;} | 3:35 | expected 2 to 4, got 5
                    errors {;consolidate 5 a;}              | 3:13 | expected a duration of at least 0s, got '5'
                    errors {;consolidate -5m a;}            | 3:13 | expected a duration of at least 0s, got '-5m'
                    errors {;consolidate 5m (a;}            | 3:16 | expected a regular expression in RE2 syntax
                    errors {;consolidate 5m (a)\\1;}        | 3:16 | expected a regular expression in RE2 syntax
                    errors {;consolidate 5m a fatal;}       | 3:18 | expected a level (error, warning, info, debug)
                    errors {;consolidate 5m a info debug;}  | 3:23 | expected a level (error, warning, info, debug)
                    errors {;consolidate 5m a show_first info;} | 3:18 | expected a level (error, warning, info, debug)
                    errors {;consolidate 5m a show_first show_first;} | 3:18 | expected a level
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("Corefile:" + position + ": ")
                        .contains(message));
    }

    @Test
    void setup_patternOver10000Characters_isReported() {
        List<String> problems =
                block("errors {\n consolidate 5m " + "a".repeat(10_001) + "\n}").problems();

        assertThat(problems)
                .containsExactly("Corefile:3:17: bad value for 'consolidate', expected a regular expression of at most"
                        + " 10000 characters, got 10001 characters");
    }

    private static Reply failed(String reason) {
        return new Reply.Failed(Rcode.SERVFAIL, reason);
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new ErrorsPlugin());
    }
}
