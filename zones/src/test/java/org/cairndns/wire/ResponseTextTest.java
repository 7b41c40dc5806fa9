package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResponseTextTest {
    private static final DomainName QNAME = DomainName.of("Web.shop.svc.cluster.local.");

    @Test
    void of_recordsOfEverySection_areZoneFileLines() {
        Response response = new ResponseBuilder(QNAME)
                .address(Section.ANSWER, QNAME, 30, new byte[] {10, 0, 0, 1})
                .srv(Section.ANSWER, DomainName.of("a b.example."), 5, 1, 53, QNAME)
                .octets(Section.AUTHORITY, DomainName.ROOT, 65280, 7, 0, new byte[] {1})
                .txt(Section.ADDITIONAL, QNAME, 0, "x")
                .build();

        ResponseText text = ResponseText.of(QNAME, response);

        assertThat(text.answer())
                .containsExactly(
                        "Web.shop.svc.cluster.local. 30 IN A 10.0.0.1",
                        "a\\ b.example. 5 IN SRV 0 1 53 Web.shop.svc.cluster.local.");
        assertThat(text.authority()).containsExactly(". 0 CLASS7 TYPE65280 \\# 1 01");
        assertThat(text.section(Section.ADDITIONAL)).containsExactly("Web.shop.svc.cluster.local. 0 IN TXT \"x\"");
        assertThat(text.section(Section.ANSWER)).isSameAs(text.answer());
        assertThat(text.section(Section.AUTHORITY)).isSameAs(text.authority());
    }

    @Test
    void of_commonTtl_isThatOfEveryLine() {
        Response response = new ResponseBuilder(QNAME)
                .address(Section.ANSWER, QNAME, 30, new byte[16])
                .build()
                .withTtl(12);

        assertThat(ResponseText.of(QNAME, response).answer())
                .containsExactly("Web.shop.svc.cluster.local. 12 IN AAAA ::");
    }

    @Test
    void of_noRecords_hasNoLines() {
        ResponseText text = ResponseText.of(QNAME, Response.bare(Rcode.SERVFAIL));

        assertThat(text.answer()).isEmpty();
        assertThat(text.authority()).isEmpty();
        assertThat(text.additional()).isEmpty();
        assertThatThrownBy(() -> text.answer().add("")).isInstanceOf(UnsupportedOperationException.class);
    }
}
