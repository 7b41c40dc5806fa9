package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCursorTest {
    private static final String QNAME = "www.example.com.";
    private static final Query QUERY = Queries.query(QNAME, RecordType.A);

    @Test
    void next_overAllSections_visitsEachRecordOnce() {
        DomainName qname = QUERY.qname();
        Response response = new ResponseBuilder(qname)
                .txt(Section.ANSWER, qname, 1, "")
                .txt(Section.ANSWER, qname, 2, "")
                .txt(Section.AUTHORITY, qname, 3, "")
                .txt(Section.ADDITIONAL, qname, 4, "")
                .build();
        RecordCursor cursor = new RecordCursor(qname, response);
        List<String> seen = new ArrayList<>();

        while (cursor.next()) {
            seen.add(cursor.section() + " " + cursor.ttlSeconds());
        }

        assertThat(seen).containsExactly("ANSWER 1", "ANSWER 2", "AUTHORITY 3", "ADDITIONAL 4");
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void next_noRecords_isFalse() {
        assertThat(new RecordCursor(QUERY.qname(), Response.bare(Rcode.REFUSED)).next())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "30,30", "0x7fffffff,2147483647", "0x80000000,0", "0xffffffff,0"})
    void ttlSeconds_onTheWire_isAtMost31Bits(String wire, int expected) throws Exception {
        Octets message = Octets.header(1, 0x8180, 1, 1, 0, 0)
                .question(QNAME, RecordType.A)
                .pointer(12)
                .u16(RecordType.A)
                .u16(DnsClass.IN)
                .u32(Long.decode(wire).intValue())
                .u16(4)
                .u32(1);
        Response response = ResponseReader.read(message.toBuffer(), 1, QUERY);

        assertThat(first(response).ttlSeconds()).isEqualTo(expected);
        assertThat(first(response.withTtl(9)).ttlSeconds()).isEqualTo(9);
        assertThat(first(response.withTtl(0)).ttlSeconds()).isZero();
    }

    @Test
    void record_compressed_isReadInFull() throws Exception {
        Octets message = Octets.header(1, 0x8180, 1, 0, 1, 0)
                .question(QNAME, RecordType.A)
                .pointer(16)
                .fixed(RecordType.SOA, 27)
                .raw(2, 'n', 's')
                .pointer(16)
                .pointer(12)
                .u32(1)
                .u32(2)
                .u32(3)
                .u32(4)
                .u32(5);

        RecordCursor cursor = first(ResponseReader.read(message.toBuffer(), 1, QUERY));

        assertThat(cursor.owner()).hasToString("example.com.");
        assertThat(cursor.type()).isEqualTo(RecordType.SOA);
        assertThat(cursor.dnsClass()).isEqualTo(DnsClass.IN);
        assertThat(cursor.section()).isEqualTo(Section.AUTHORITY);
        assertThat(cursor.rdataName(0)).hasToString("ns.example.com.");
        assertThat(cursor.rdataName(5)).isSameAs(QUERY.qname());
        assertThat(cursor.rdataLastInt()).isEqualTo(5);
        assertThat(cursor.rdata()).hasSize(16 + 17 + 20).endsWith(0, 0, 0, 5);
    }

    /** RDATA as hex, P being a pointer to the qname, N the qname in full. */
    @ParameterizedTest
    @CsvSource({
        "2,P",
        "3,P",
        "4,P",
        "5,P",
        "7,P",
        "8,P",
        "9,P",
        "12,P",
        "23,P",
        "39,P",
        "6,PP0102030405060708090a0b0c0d0e0f1011121314",
        "14,PP",
        "17,PP",
        "15,000aP",
        "18,000aP",
        "21,000aP",
        "36,000aP",
        "24,010203040506070809101112131415161718P99",
        "46,010203040506070809101112131415161718P",
        "26,000aPP",
        "30,P0102",
        "47,P0102",
        "33,000100020003P",
        "35,00010002016100026263P",
        "64,0001P",
        "65,0001P00010000",
        "16,c00c",
        "99,02c00c",
        "65280,c00cff",
        "10,''"
    })
    void rdata_ofEveryLayout_hasItsNamesInFull(int type, String rdata) throws Exception {
        String full = HexFormat.of().formatHex(QUERY.qname().toOctets());
        byte[] compressed = HexFormat.of().parseHex(rdata.replace("P", "c00c"));
        byte[] expected = HexFormat.of().parseHex(rdata.replace("P", full));
        Octets message = Octets.header(1, 0x8180, 1, 1, 0, 0)
                .question(QNAME, RecordType.A)
                .pointer(12)
                .fixed(type, compressed.length)
                .raw(compressed);

        Response response = ResponseReader.read(message.toBuffer(), 1, QUERY);

        assertThat(first(response).rdata()).containsExactly(expected);
    }

    private static RecordCursor first(Response response) {
        RecordCursor cursor = new RecordCursor(QUERY.qname(), response);
        assertThat(cursor.next()).isTrue();
        return cursor;
    }
}
