package org.cairndns.plugin.erratic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.autopath.AutopathPlugin;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class ErraticPluginTest {
    private final FakeServer server = new FakeServer();

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive.replace(';', '\n') + "\n}\n", new ErraticPlugin());
    }

    private Handler erratic(String directive) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        return block.chain(query -> {
            throw new AssertionError("erratic asks nobody");
        });
    }

    /** What comes of so many queries: an answer, one with TC, nothing, something later. */
    private static String outcomes(Handler handler, int count) {
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            outcomes.append(
                    switch (handler.handle(Queries.of("a.example.", "A"))) {
                        case Reply.Answered answered -> answered.response().truncated() ? 't' : 'a';
                        case Reply.Dropped dropped -> '-';
                        case Reply.Pending pending -> 'l';
                        case Reply.Failed failed -> 'f';
                        case Reply.Messages messages -> 'm';
                    });
        }
        return outcomes.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    erratic                          | -a-a-a-a
                    erratic {;drop;}                 | -a-a-a-a
                    erratic {;drop 3;}               | -aa-aa-a
                    erratic {;drop 0;}               | aaaaaaaa
                    erratic {;truncate;}             | tatatata
                    erratic {;truncate 5;}           | taaaataa
                    erratic {;delay;}                | lalalala
                    erratic {;delay 4;}              | laaalaaa
                    erratic {;delay 3 5ms;truncate 5;} | laalatla
                    erratic {;drop 2;truncate 3;}    | -a-t-a-a
                    erratic {;drop;delay 3;}         | -a-l-a-a
                    erratic {;large;}                | -a-a-a-a
                    """)
    void handle_queryAfterQuery_isTreatedByItsNumber(String directive, String outcomes) {
        assertThat(outcomes(erratic(directive), 8)).isEqualTo(outcomes);
    }

    @Test
    void handle_addressTypes_haveOneAddressOfDocumentation() {
        Handler handler = erratic("erratic {;drop 0;}");

        assertThat(answer(handler, "A")).containsExactly("a.example. 0 IN A 192.0.2.53");
        assertThat(answer(handler, "AAAA")).containsExactly("a.example. 0 IN AAAA 2001:db8:0:0:0:0:0:53");
        assertThat(Queries.render(query("A"), handler.handle(query("A")))
                        .getHeader()
                        .getFlag(Flags.AA))
                .isTrue();
    }

    private static Query query(String type) {
        return Queries.of("a.example.", type);
    }

    private static List<String> answer(Handler handler, String type) {
        return Queries.records(Queries.render(query(type), handler.handle(query(type))), Section.ANSWER);
    }

    @Test
    void handle_large_thirtyRecords() {
        assertThat(answer(erratic("erratic {;drop 0;large;}"), "A")).hasSize(30);
    }

    @Test
    void handle_otherTypes_servfail() {
        assertThat(erratic("erratic {;drop 0;}").handle(query("MX")))
                .isEqualTo(new Reply.Failed(2, "erratic answers A, AAAA and AXFR only"));
    }

    @Test
    void handle_transfer_isASmallZoneWhoseEndATruncatedOneLacks() {
        Query query = Queries.of("example.", "AXFR").withListener(Queries.TCP);
        Handler handler = erratic("erratic {;truncate 2;}");

        Message cut = Queries.render(query, handler.handle(query));
        Message whole = Queries.render(query, handler.handle(query));

        List<String> records = new ArrayList<>(List.of(
                "example. 0 IN SOA sns.dns.icann.org. noc.dns.icann.org. 2018050825 7200 3600 1209600 3600",
                "example. 0 IN NS b.example.",
                "example. 0 IN NS a.example.",
                "a.example. 0 IN AAAA 2001:bd8:0:0:0:0:0:53",
                "b.example. 0 IN AAAA 2001:500:0:0:0:0:0:54"));
        assertThat(Queries.records(cut, Section.ANSWER)).isEqualTo(records);
        records.add(records.getFirst());
        assertThat(Queries.records(whole, Section.ANSWER)).isEqualTo(records);
    }

    @Test
    void handle_delayed_answersWhenTheTimeIsOver() {
        Handler handler = erratic("erratic {;delay 1 50ms;}");
        List<Reply> replies = new ArrayList<>();

        Reply reply = handler.handle(query("A"));
        ((Reply.Pending) reply).whenDone(replies::add);
        server.scheduler().advance(Duration.ofMillis(49));
        assertThat(replies).isEmpty();

        server.scheduler().advance(Duration.ofMillis(1));
        assertThat(replies).singleElement().isInstanceOf(Reply.Answered.class);
    }

    @Test
    void handle_moreDelayedThanThereIsRoomFor_areDropped() {
        Handler handler = erratic("erratic {;delay 1 1h;}");

        String outcomes = outcomes(handler, ErraticHandler.MAX_WAITING + 1);

        assertThat(outcomes).endsWith("l-");
    }

    @Test
    void readiness_fromTheThirdToTheFifthQuery() {
        FakeBlock block = block("erratic");
        Handler handler = block.chain(query -> Reply.Dropped.INSTANCE);
        StringBuilder ready = new StringBuilder();

        for (int i = 0; i < 7; i++) {
            ready.append(block.isReady() ? 'y' : 'n');
            handler.handle(query("A"));
        }

        assertThat(ready).hasToString("nnnyynn");
    }

    @Test
    void autopath_atErratic_findsTheSearchPathThere() {
        FakeBlock block = new FakeBlock(
                server,
                ".:53 {\nautopath @erratic\nerratic {\ndrop 0\n}\n}\n",
                new AutopathPlugin(),
                new ErraticPlugin());
        Query query = Queries.of("www.a.example.org.", "A");

        Reply reply = block.chain(next -> Reply.Dropped.INSTANCE).handle(query);

        assertThat(Queries.records(Queries.render(query, reply), Section.ANSWER))
                .isNotEmpty();
        assertThat(server.metrics("coredns_autopath_success_total")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    erratic now               | 2:9 | wrong number of arguments for 'erratic', expected none
                    erratic {;dorp;}          | 3:1 | unknown property 'dorp' of 'erratic', expected one of drop, truncate, delay, large, did you mean 'drop'?
                    erratic {;drop 1 2;}      | 3:8 | wrong number of arguments for 'drop', expected 0 to 1
                    erratic {;drop -1;}       | 3:6 | 'drop', expected an integer from 0 to 2147483647, got '-1'
                    erratic {;drop x;}        | 3:6 | 'drop', expected an integer from 0 to 2147483647, got 'x'
                    erratic {;truncate 1 2;}  | 3:12 | wrong number of arguments for 'truncate'
                    erratic {;truncate 1.5;}  | 3:10 | 'truncate', expected an integer
                    erratic {;delay 1 2s 3;}  | 3:12 | wrong number of arguments for 'delay', expected 0 to 2
                    erratic {;delay -3;}      | 3:7 | 'delay', expected an integer
                    erratic {;delay 3 5;}     | 3:9 | 'delay', expected a duration of at least 0s, got '5'
                    erratic {;delay 3 -5ms;}  | 3:9 | 'delay', expected a duration of at least 0s, got '-5ms'
                    erratic {;large 1;}       | 3:7 | wrong number of arguments for 'large', expected none
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }
}
