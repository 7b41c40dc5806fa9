package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResourceRecordTest {
    private static final DomainName OWNER = DomainName.of("a.example");
    private static final DomainName LONGER = DomainName.of("much.longer.example");

    @Test
    void target_ofSoa_isItsPrimaryServerAndTheRestStays() {
        ResourceRecord soa = record(RecordType.SOA, "ns.example. m.example. 1 2 3 4 5");

        assertThat(soa.target()).contains(DomainName.of("ns.example"));
        assertThat(Rdata.toText(RecordType.SOA, soa.withTarget(LONGER).rdata()))
                .isEqualTo("much.longer.example. m.example. 1 2 3 4 5");
    }

    @Test
    void target_ofAddress_isNone() {
        ResourceRecord address = record(RecordType.A, "10.0.0.1");

        assertThat(address.target()).isEmpty();
        assertThatThrownBy(() -> address.withTarget(LONGER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void build_likeAnother_keepsItsFlagsAndOptionsButNotItsRecords() {
        Response other = new ResponseBuilder(LONGER)
                .address(Section.ANSWER, LONGER, 5, new byte[] {10, 0, 0, 1})
                .build()
                .withAuthoritative(false)
                .withRecursionAvailable(true)
                .withEdns(new byte[] {0, 3, 0, 0})
                .withTtl(9);
        ResourceRecord alias = record(RecordType.CNAME, "b.example.");

        Response response = new ResponseBuilder(OWNER)
                .rcode(Rcode.NXDOMAIN)
                .add(alias)
                .add(record(RecordType.TXT, "t").in(Section.AUTHORITY))
                .buildLike(other);

        assertThat(response.authoritative()).isFalse();
        assertThat(response.recursionAvailable()).isTrue();
        assertThat(response.ednsOptions()).containsExactly(0, 3, 0, 0);
        assertThat(response.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ResponseText.of(OWNER, response).answer()).containsExactly("a.example. 5 IN CNAME b.example.");
        assertThat(ResponseText.of(OWNER, response).authority()).hasSize(1);
    }

    @Test
    void name_withSuffix_joinsUpTo255Octets() {
        DomainName name = DomainName.of("x.a.example");

        assertThat(name.withSuffix(2, LONGER)).isEqualTo(DomainName.of("x.much.longer.example"));
        assertThat(name.withSuffix(0, LONGER)).isSameAs(LONGER);
        DomainName long250 = DomainName.of(("x".repeat(61) + ".").repeat(4));
        assertThatThrownBy(() -> name.withSuffix(4, DomainName.prepend("aaaa", long250)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over 255 octets");
    }

    private static ResourceRecord record(int type, String rdata) {
        return new ResourceRecord(Section.ANSWER, OWNER, type, DnsClass.IN, 5, Rdata.fromText(type, rdata));
    }
}
