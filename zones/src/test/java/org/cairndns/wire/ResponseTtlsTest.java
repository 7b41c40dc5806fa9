package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseTtlsTest {
    private static final DomainName NAME = DomainName.of("a.example.org");
    private static final byte[] ADDRESS = {10, 0, 0, 1};

    @Test
    void minSeconds_severalRecords_isTheSmallest() {
        Response response = new ResponseBuilder(NAME)
                .name(Section.ANSWER, NAME, RecordType.CNAME, 300, DomainName.of("b.example.net"))
                .address(Section.ANSWER, DomainName.of("b.example.net"), 60, ADDRESS)
                .build();

        assertThat(ResponseTtls.minSeconds(response)).isEqualTo(60);
        assertThat(ResponseTtls.all(response, 60)).isFalse();
    }

    @Test
    void minSeconds_noRecords_isNone() {
        assertThat(ResponseTtls.minSeconds(Response.bare(Rcode.SERVFAIL))).isEqualTo(-1);
        assertThat(ResponseTtls.all(Response.bare(Rcode.SERVFAIL), 5)).isTrue();
    }

    @Test
    void minSeconds_topBitSet_countsAsZero() {
        Response response = new ResponseBuilder(NAME)
                .address(Section.ANSWER, NAME, 0x8000_0001, ADDRESS)
                .build();

        assertThat(ResponseTtls.minSeconds(response)).isZero();
    }

    @Test
    void all_commonTtl_isThatOfTheRecords() {
        Response response = new ResponseBuilder(NAME)
                .address(Section.ANSWER, NAME, 300, ADDRESS)
                .address(Section.ANSWER, NAME, 30, ADDRESS)
                .build();

        assertThat(ResponseTtls.all(response.withTtl(5), 5)).isTrue();
        assertThat(ResponseTtls.minSeconds(response.withTtl(5))).isEqualTo(5);
    }
}
