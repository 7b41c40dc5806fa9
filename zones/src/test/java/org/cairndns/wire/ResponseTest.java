package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseTest {
    private static final DomainName QNAME = DomainName.of("a.example.");
    private static final Response RESPONSE =
            new ResponseBuilder(QNAME).txt(Section.ANSWER, QNAME, 30, "x").build();

    @Test
    void bare_failure_hasNothingButItsRcode() {
        Response bare = Response.bare(Rcode.SERVFAIL);

        assertThat(bare.rcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(bare.recordCount()).isZero();
        assertThat(bare.recordOctets()).isZero();
        assertThat(bare.authoritative()).isFalse();
        assertThat(bare.truncated()).isFalse();
        assertThat(bare.recursionAvailable()).isFalse();
        assertThat(bare.authenticData()).isFalse();
        assertThat(bare.fromUpstream()).isFalse();
        assertThat(bare.hasEdns()).isFalse();
    }

    @Test
    void with_flags_setAndClearOnlyTheirs() {
        Response all = RESPONSE.withTruncated(true).withAuthenticData(true);

        assertThat(all.authoritative()).isTrue();
        assertThat(all.truncated()).isTrue();
        assertThat(all.authenticData()).isTrue();
        assertThat(all.withAuthoritative(false).authoritative()).isFalse();
        assertThat(all.withAuthoritative(false).truncated()).isTrue();
        assertThat(all.withTruncated(false).truncated()).isFalse();
        assertThat(all.withAuthenticData(false).authenticData()).isFalse();
        assertThat(all.recordCount()).isEqualTo(1);
        assertThat(RESPONSE.truncated()).isFalse();
    }

    @Test
    void with_whatIsThereAlready_isTheSame() {
        assertThat(RESPONSE.withAuthoritative(true)).isSameAs(RESPONSE);
        assertThat(RESPONSE.withTruncated(false)).isSameAs(RESPONSE);
        assertThat(RESPONSE.withRcode(Rcode.NOERROR)).isSameAs(RESPONSE);
        assertThat(RESPONSE.withoutEdns()).isSameAs(RESPONSE);
    }

    @Test
    void withRcode_other_keepsTheRest() {
        Response other = RESPONSE.withTtl(3).withRcode(Rcode.NXDOMAIN);

        assertThat(other.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(other.count(Section.ANSWER)).isEqualTo(1);
        assertThat(ResponseText.of(QNAME, other).answer()).containsExactly("a.example. 3 IN TXT \"x\"");
    }

    @Test
    void withEdns_options_comeAndGo() {
        Response with = RESPONSE.withEdns(new byte[] {0, 3, 0, 0});

        assertThat(with.hasEdns()).isTrue();
        assertThat(with.ednsOptions()).containsExactly(0, 3, 0, 0);
        assertThat(with.withoutEdns().hasEdns()).isFalse();
        assertThat(with.withoutEdns().ednsOptions()).isEmpty();
    }

    @Test
    void withAnswerOnly_threeSections_keepsTheFirstAndTheFlags() {
        DomainName other = DomainName.of("b.example.");
        Response full = new ResponseBuilder(QNAME)
                .txt(Section.ANSWER, QNAME, 30, "x")
                .name(Section.AUTHORITY, other, RecordType.NS, 30, QNAME)
                .txt(Section.ADDITIONAL, other, 30, "y")
                .build();

        Response answer = full.withEdns(new byte[] {0, 3, 0, 0}).withAnswerOnly();

        assertThat(ResponseText.of(QNAME, answer).answer()).containsExactly("a.example. 30 IN TXT \"x\"");
        assertThat(answer.recordCount()).isEqualTo(1);
        assertThat(answer.recordOctets()).isEqualTo(RESPONSE.recordOctets());
        assertThat(answer.authoritative()).isTrue();
        assertThat(answer.hasEdns()).isFalse();
        assertThat(RESPONSE.withAnswerOnly()).isSameAs(RESPONSE);
    }
}
