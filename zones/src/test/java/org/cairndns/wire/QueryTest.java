package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    private static final Query QUERY = Queries.query("web.example.com.", RecordType.AAAA);

    @Test
    void of_ownQuery_asksForRecursionInClassIn() {
        assertThat(QUERY.recursionDesired()).isTrue();
        assertThat(QUERY.authenticData()).isFalse();
        assertThat(QUERY.checkingDisabled()).isFalse();
        assertThat(QUERY.qclass()).isEqualTo(DnsClass.IN);
        assertThat(QUERY.edns().present()).isFalse();
        assertThat(QUERY.sizeOctets()).isEqualTo(12 + 17 + 4);
        assertThat(QUERY.depth()).isZero();
        assertThat(QUERY).hasToString("web.example.com. IN AAAA");
    }

    @Test
    void inner_otherName_isOneLevelDeeperForTheSameClient() {
        Query inner = QUERY.withEdns(new Edns(true, 1232, 0, Edns.DNSSEC_OK, Edns.NO_OPTIONS))
                .inner(DomainName.of("target.example.com."), RecordType.A);

        assertThat(inner.depth()).isEqualTo(1);
        assertThat(inner.inner(QUERY.qname(), RecordType.A).depth()).isEqualTo(2);
        assertThat(inner.qname()).hasToString("target.example.com.");
        assertThat(inner.qtype()).isEqualTo(RecordType.A);
        assertThat(inner.edns().dnssecOk()).isTrue();
        assertThat(inner.client()).isEqualTo(Queries.CLIENT);
        assertThat(inner.listener()).isEqualTo(Queries.UDP);
    }

    @Test
    void withAuthenticData_query_changesNothingElse() {
        Query with = QUERY.withAuthenticData();

        assertThat(with.authenticData()).isTrue();
        assertThat(with.flags()).isEqualTo(0x0120);
        assertThat(with.withAuthenticData()).isSameAs(with);
        assertThat(with.qname()).isSameAs(QUERY.qname());
    }

    @Test
    void withRecursionDesired_query_changesThatBitOnly() {
        Query without = QUERY.withAuthenticData().withRecursionDesired(false);

        assertThat(without.flags()).isEqualTo(0x0020);
        assertThat(without.withRecursionDesired(true).flags()).isEqualTo(0x0120);
    }

    @ParameterizedTest
    @CsvSource({"0,512", "511,512", "512,512", "1232,1232", "65507,65507", "65508,65507", "65535,65507"})
    void maxResponseOctets_overUdp_isWhatTheClientTakesAndADatagramHolds(int advertised, int expected) {
        assertThat(Queries.query("a.", 1, advertised).maxResponseOctets()).isEqualTo(expected);
    }

    @Test
    void maxResponseOctets_withoutEdnsOrOverTcp_isTheTransports() {
        assertThat(QUERY.maxResponseOctets()).isEqualTo(512);
        assertThat(Query.of(QUERY.qname(), 1, Queries.CLIENT, Queries.TCP).maxResponseOctets())
                .isEqualTo(65_535);
    }
}
