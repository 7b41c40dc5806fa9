package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerChainTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    record of the type             | A     | a.x. A 10.0.0.1                             | true
                    another letter case            | A     | A.X. A 10.0.0.1                             | true
                    record of another type         | A     | a.x. TXT hi                                 | false
                    record at another name         | A     | b.x. A 10.0.0.1                             | false
                    alias and target               | A     | a.x. CNAME b.x.;b.x. A 10.0.0.1             | true
                    alias and target out of order  | A     | b.x. A 10.0.0.1;a.x. CNAME b.x.             | true
                    two aliases                    | A     | a.x. CNAME b.x.;b.x. CNAME c.x.;c.x. A 10.0.0.1 | true
                    alias without target           | A     | a.x. CNAME b.x.                             | false
                    alias and record beside it     | A     | a.x. CNAME b.x.;a.x. A 10.0.0.1             | false
                    same alias twice               | A     | a.x. CNAME b.x.;a.x. CNAME B.x.;b.x. A 10.0.0.1 | true
                    two targets                    | A     | a.x. CNAME b.x.;a.x. CNAME c.x.;b.x. A 10.0.0.1 | false
                    loop                           | A     | a.x. CNAME b.x.;b.x. CNAME a.x.             | false
                    alias asked for                | CNAME | a.x. CNAME b.x.                             | true
                    ambiguous alias asked for      | CNAME | a.x. CNAME b.x.;a.x. CNAME c.x.             | false
                    no alias                       | CNAME | a.x. A 10.0.0.1                             | false
                    anything asked for             | ANY   | a.x. TXT hi                                 | true
                    anything elsewhere             | ANY   | b.x. TXT hi                                 | false
                    """)
    void answers_chain_leadsToTheType(String what, String qtype, String records, boolean expected) {
        Query query = Queries.of("a.x.", qtype);
        String[] lines = records.split(";");
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "ANSWER " + lines[i].replaceFirst(" ", " 60 IN ");
        }
        Reply reply = answer(0, lines).apply(query);

        assertThat(AnswerChain.answers(query, ((Reply.Answered) reply).response()))
                .isEqualTo(expected);
    }

    @Test
    void answers_errorOrNothing_isNone() {
        Query query = Queries.of("a.x.", "A");

        assertThat(AnswerChain.answers(query, Response.bare(0))).isFalse();
        assertThat(AnswerChain.answers(query, Response.bare(3))).isFalse();
    }

    @Test
    void answers_overlongChain_isNone() {
        String[] lines = new String[34];
        for (int i = 0; i < lines.length - 1; i++) {
            lines[i] = "ANSWER n" + i + ".x. 60 IN CNAME n" + (i + 1) + ".x.";
        }
        lines[lines.length - 1] = "ANSWER n33.x. 60 IN A 10.0.0.1";
        Query query = Queries.of("n0.x.", "A");

        assertThat(AnswerChain.answers(query, ((Reply.Answered) answer(0, lines).apply(query)).response()))
                .isFalse();
    }
}
