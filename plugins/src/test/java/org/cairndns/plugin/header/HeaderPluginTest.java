package org.cairndns.plugin.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderPluginTest {
    private static final Query QUERY = Queries.of("web.example.", "A");

    @ParameterizedTest
    @CsvSource({
        "response set aa,qr aa rd",
        "response set ra,qr rd ra",
        "response clear rd,qr",
        "RESPONSE SET AA RA,qr aa rd ra",
        "response clear aa ra,qr rd",
        "response set aa;response clear aa,qr rd",
        "query clear rd,qr rd",
        "query clear rd;response set aa,qr aa rd"
    })
    void rules_ofResponses_changeWhatTheClientGets(String rules, String flags) {
        Reply reply = block(rules.replace(";", "\n"))
                .chain(query -> new Reply.Answered(Response.bare(Rcode.NOERROR)))
                .handle(QUERY);

        assertThat(Queries.render(QUERY, reply).getHeader().printFlags().strip())
                .isEqualTo(flags);
    }

    @Test
    void rules_ofQueries_changeWhatNextHandlersSee() {
        List<Query> seen = new ArrayList<>();
        Reply dropped = Reply.Dropped.INSTANCE;
        for (Query query : List.of(QUERY, QUERY.withRecursionDesired(false))) {
            block("query clear rd")
                    .chain(inner -> {
                        seen.add(inner);
                        return dropped;
                    })
                    .handle(query);
            block("Query Set RD")
                    .chain(inner -> {
                        seen.add(inner);
                        return dropped;
                    })
                    .handle(query);
        }

        assertThat(seen).extracting(Query::recursionDesired).containsExactly(false, true, false, true);
    }

    @Test
    void rules_pendingOrFailed_areAppliedToAnswersOnly() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = block("response set aa").chain(query -> pending).handle(QUERY);
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "x");

        pending.complete(new Reply.Answered(Response.bare(Rcode.NOERROR)));

        assertThat(((Reply.Answered) Queries.await(reply)).response().authoritative())
                .isTrue();
        assertThat(block("response set aa").chain(query -> failed).handle(QUERY))
                .isSameAs(failed);
    }

    @Test
    void setup_flagWithoutMeaningInAQuery_isAWarning() {
        FakeBlock block = block("query set aa rd");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings())
                .containsExactly("Corefile:3:11: 'aa' has no meaning in a query, nothing is changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                answer set aa    | 3:1: bad value for 'header', expected query, response, got 'answer'
                query            | 3:1: missing value for 'query', expected set or clear and flags
                query set        | 3:1: missing value for 'query', expected set or clear and flags
                response put aa  | 3:10: bad value for 'header', expected set, clear, got 'put'
                response set tc  | 3:14: bad value for 'header', expected aa, ra, rd, got 'tc'
                """)
    void setup_wrongRule_isAProblemAtItsPlace(String rule, String problem) {
        assertThat(block(rule).problems()).singleElement().asString().startsWith("Corefile:" + problem);
    }

    @Test
    void setup_noRuleOrArgument_isAProblem() {
        assertThat(new FakeBlock(new FakeServer(), ". {\nheader\n}\n", new HeaderPlugin()).problems())
                .containsExactly("Corefile:2:1: missing rule for 'header', expected query or response, got none");
        assertThat(new FakeBlock(new FakeServer(), ". {\nheader x {\nquery set rd\n}\n}\n", new HeaderPlugin())
                        .problems())
                .containsExactly("Corefile:2:8: bad value for 'header', expected {, got 'x'");
    }

    private static FakeBlock block(String rules) {
        return new FakeBlock(new FakeServer(), ". {\nheader {\n" + rules + "\n}\n}\n", new HeaderPlugin());
    }
}
