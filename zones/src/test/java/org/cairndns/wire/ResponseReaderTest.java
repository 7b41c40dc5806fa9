package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class ResponseReaderTest {
    private static final int ID = 4711;
    private static final int QR_RD_RA = 0x8180;
    private static final int TC = 0x0200;
    private static final String QNAME = "www.example.com.";
    private static final int QNAME_OCTETS = 17;
    private static final int RECORDS = 12 + QNAME_OCTETS + 4;
    private static final Query QUERY = Queries.query(QNAME, RecordType.A);

    @Test
    void read_regularAnswer_keepsFlagsRecordsAndOctets() throws Exception {
        Octets message = answer(1, 1, 0)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .raw(192, 0, 2, 1)
                .pointer(16)
                .fixed(RecordType.NS, 5)
                .raw(2, 'n', 's')
                .pointer(16);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY);

        assertThat(response.fromUpstream()).isTrue();
        assertThat(response.recursionAvailable()).isTrue();
        assertThat(response.authoritative()).isFalse();
        assertThat(response.hasEdns()).isFalse();
        assertThat(lines(response, Section.ANSWER)).containsExactly("www.example.com. 60 IN A 192.0.2.1");
        assertThat(lines(response, Section.AUTHORITY)).containsExactly("example.com. 60 IN NS ns.example.com.");
        assertThat(response.recordOctets()).isEqualTo(message.position() - RECORDS);
    }

    @Test
    void read_bufferWithOffset_leavesItsIndexes() throws Exception {
        byte[] message =
                answer(1, 0, 0).pointer(12).fixed(RecordType.A, 4).u32(1).toArray();
        var in = new Octets().u32(-1).raw(message).toBuffer().skipBytes(4);

        assertThat(ResponseReader.read(in, ID, QUERY).recordCount()).isEqualTo(1);
        assertThat(ResponseReader.isTruncated(in)).isFalse();
        assertThat(in.readerIndex()).isEqualTo(4);
        assertThat(in.readableBytes()).isEqualTo(message.length);
    }

    @Test
    void read_octetsBehindLastRecord_areDropped() throws Exception {
        Octets message =
                answer(1, 0, 0).pointer(12).fixed(RecordType.A, 4).u32(1).raw(1, 2, 3);

        assertThat(ResponseReader.read(message.toBuffer(), ID, QUERY).recordOctets())
                .isEqualTo(16);
    }

    @Test
    void read_question_mayDifferInLetterCase() throws Exception {
        Octets message = Octets.header(ID, QR_RD_RA, 1, 0, 0, 0).question("WwW.eXample.COM.", RecordType.A);

        assertThat(ResponseReader.read(message.toBuffer(), ID, QUERY).rcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @CsvSource({"4710,0x8180", "4711,0x0180", "4711,0xA180"})
    void read_otherIdNoQrOrOtherOpcode_isUnrelated(int id, String flags) {
        Octets message = Octets.header(id, Integer.decode(flags), 1, 0, 0, 0).question(QNAME, RecordType.A);

        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.UNRELATED);
    }

    @Test
    void read_otherQuestion_isWrongQuestion() {
        Octets none = Octets.header(ID, QR_RD_RA, 0, 0, 0, 0).question(QNAME, RecordType.A);
        Octets two = Octets.header(ID, QR_RD_RA, 2, 0, 0, 0).question(QNAME, RecordType.A);
        Octets otherName = Octets.header(ID, QR_RD_RA, 1, 0, 0, 0).question("vvv.example.com.", RecordType.A);
        Octets otherType = Octets.header(ID, QR_RD_RA, 1, 0, 0, 0).question(QNAME, RecordType.AAAA);
        Octets otherClass =
                Octets.header(ID, QR_RD_RA, 1, 0, 0, 0).name(QNAME).u16(1).u16(DnsClass.CH);
        Octets longer = Octets.header(ID, QR_RD_RA, 1, 0, 0, 0).question("www.example.com.net.", RecordType.A);

        assertThat(List.of(none, two, otherName, otherType, otherClass, longer))
                .allSatisfy(message ->
                        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.WRONG_QUESTION));
    }

    @Test
    void read_errorOfHeaderAlone_isTaken() throws Exception {
        Octets formerr = Octets.header(ID, QR_RD_RA | Rcode.FORMERR, 0, 0, 0, 0);
        Response response = ResponseReader.read(formerr.toBuffer(), ID, QUERY);

        assertThat(response.rcode()).isEqualTo(Rcode.FORMERR);
        assertThat(response.recordCount()).isZero();
        assertThat(reasonFor(Octets.header(ID, QR_RD_RA, 0, 0, 0, 0).toArray()))
                .isEqualTo(BadMessageException.Reason.WRONG_QUESTION);
        assertThat(reasonFor(
                        Octets.header(ID, QR_RD_RA | Rcode.FORMERR, 1, 0, 0, 0).toArray()))
                .isEqualTo(BadMessageException.Reason.WRONG_QUESTION);
    }

    @Test
    void read_cutAtEveryOctet_failsWithReason() {
        byte[] whole = answer(1, 0, 1)
                .pointer(12)
                .fixed(RecordType.CNAME, 4)
                .raw(1, 'a')
                .pointer(16)
                .raw(0)
                .fixed(RecordType.OPT, 1232, 4)
                .u32(0)
                .toArray();
        for (int length = 0; length < whole.length; length++) {
            BadMessageException.Reason reason = reasonFor(java.util.Arrays.copyOf(whole, length));
            assertThat(reason)
                    .as("cut at %d", length)
                    .isEqualTo(
                            length < 12
                                    ? BadMessageException.Reason.UNRELATED
                                    : length < RECORDS
                                            ? BadMessageException.Reason.WRONG_QUESTION
                                            : BadMessageException.Reason.MALFORMED);
        }
    }

    @Test
    void read_cutAtEveryOctetWithTc_keepsWholeRecords() throws Exception {
        byte[] whole = Octets.header(ID, QR_RD_RA | TC, 1, 3, 0, 0)
                .question(QNAME, RecordType.A)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .u32(1)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .u32(2)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .u32(3)
                .toArray();
        for (int length = RECORDS; length < whole.length; length++) {
            var in = new Octets().raw(java.util.Arrays.copyOf(whole, length)).toBuffer();
            assertThat(ResponseReader.isTruncated(in)).isTrue();
            Response response = ResponseReader.read(in, ID, QUERY);
            assertThat(response.truncated()).isTrue();
            assertThat(response.recordCount()).isEqualTo((length - RECORDS) / 16);
            assertThat(lines(response, Section.ANSWER)).hasSize((length - RECORDS) / 16);
        }
    }

    @Test
    void read_optLast_becomesEdnsAndExtendedRcode() throws Exception {
        Octets message = answer(0, 0, 1)
                .u8(0)
                .u16(RecordType.OPT)
                .u16(1232)
                .u8(1)
                .raw(0, 0x80, 0)
                .u16(5)
                .raw(0, 15, 0, 1, 7);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY);

        assertThat(response.rcode()).isEqualTo(Rcode.BADVERS);
        assertThat(response.hasEdns()).isTrue();
        assertThat(response.ednsOptions()).containsExactly(0, 15, 0, 1, 7);
        assertThat(response.recordCount()).isZero();
        assertThat(response.recordOctets()).isZero();
    }

    @Test
    void read_optBetweenOthers_isTakenOut() throws Exception {
        Octets message = answer(1, 0, 2)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .u32(1)
                .raw(0)
                .fixed(RecordType.OPT, 1232, 0)
                .pointer(12)
                .fixed(RecordType.TXT, 2)
                .raw(1, 'x');

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY);

        assertThat(response.hasEdns()).isTrue();
        assertThat(response.ednsOptions()).isEmpty();
        assertThat(lines(response, Section.ADDITIONAL)).containsExactly("www.example.com. 60 IN TXT x");
    }

    @Test
    void read_improperOpt_isMalformed() {
        Octets two = answer(0, 0, 2).raw(0).fixed(RecordType.OPT, 512, 0).raw(0).fixed(RecordType.OPT, 512, 0);
        Octets owned = answer(0, 0, 1).pointer(12).fixed(RecordType.OPT, 512, 0);
        Octets rootByPointer = answer(0, 0, 1).pointer(RECORDS - 5).fixed(RecordType.OPT, 512, 0);
        Octets inAnswer = answer(1, 0, 0).raw(0).fixed(RecordType.OPT, 512, 0);
        Octets optionOverrun =
                answer(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 5).raw(0, 10, 0, 9, 1);
        Octets optionCut = answer(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 3).raw(0, 10, 0);

        assertThat(List.of(two, owned, rootByPointer, inAnswer, optionOverrun, optionCut))
                .allSatisfy(message ->
                        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED));
    }

    @Test
    void read_compressedSrvTarget_isWrittenInFull() throws Exception {
        Query query = Queries.query("_sip._tcp.example.com.", RecordType.SRV);
        Octets message = Octets.header(ID, QR_RD_RA, 1, 1, 0, 1)
                .question("_sip._tcp.example.com.", RecordType.SRV)
                .pointer(12)
                .fixed(RecordType.SRV, 10)
                .raw(0, 1, 0, 2, 0, 3)
                .raw(1, 'a')
                .pointer(22)
                .pointer(57)
                .fixed(RecordType.A, 4)
                .raw(192, 0, 2, 9);

        Response response = ResponseReader.read(message.toBuffer(), ID, query);
        byte[] written = Queries.write(query, response, 512);

        assertThat(Queries.lines(new Message(written), Section.ANSWER))
                .containsExactly("_sip._tcp.example.com. 60 IN SRV 1 2 3 a.example.com.");
        assertThat(Queries.lines(new Message(written), Section.ADDITIONAL))
                .containsExactly("a.example.com. 60 IN A 192.0.2.9");
        assertThat(new String(written, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("\0\1\0\2\0\3\1a\7example\3com\0");
    }

    /** What CoreDNS sends to one who takes long messages; {@code dig} without EDNS behind us takes 512 octets. */
    @Test
    void read_uncompressedOver512_isCompressedForClientsThatTakeLess() throws Exception {
        Octets message = answer(25, 1, 1);
        for (int i = 0; i < 25; i++) {
            message.name("WWW.example.com.").fixed(RecordType.A, 4).raw(192, 0, 2, i);
        }
        message.name("example.com.").fixed(RecordType.NS, 16).name("ns.example.com.");
        message.raw(0).fixed(RecordType.OPT, 1232, 0);
        assertThat(message.position()).isGreaterThan(800);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY);

        assertThat(response.recordOctets()).isEqualTo(25 * 16 + 2 + 10 + 3 + 2);
        assertThat(response.hasEdns()).isTrue();
        assertThat(ResponseWriter.octets(QUERY, response, 512)).isEqualTo(RECORDS + response.recordOctets());
        assertThat(ResponseWriter.flags(QUERY, response, 512) & TC).isZero();
        assertThat(lines(response, Section.ANSWER)).hasSize(25).last().isEqualTo("www.example.com. 60 IN A 192.0.2.24");
        assertThat(lines(response, Section.AUTHORITY)).containsExactly("example.com. 60 IN NS ns.example.com.");
    }

    @Test
    void read_uncompressedUpTo512_isTakenAsItIs() throws Exception {
        Octets message = answer(14, 0, 0);
        for (int i = 0; i < 14; i++) {
            message.name(QNAME).fixed(RecordType.A, 4).raw(192, 0, 2, i);
        }
        assertThat(message.position()).isLessThanOrEqualTo(512);

        assertThat(ResponseReader.read(message.toBuffer(), ID, QUERY).recordOctets())
                .isEqualTo(message.position() - RECORDS);
    }

    @Test
    void read_pointerIntoTtl_nameOutlivesTtlChange() throws Exception {
        // The TTL of the first record reads as the name "a." plus one octet.
        Octets message = answer(2, 0, 0).pointer(12).u16(RecordType.A).u16(DnsClass.IN);
        int ttl = message.position();
        message.raw(1, 'a', 0, 9)
                .u16(4)
                .u32(1)
                .pointer(ttl)
                .fixed(RecordType.A, 4)
                .u32(2);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY).withTtl(5);

        assertThat(lines(response, Section.ANSWER))
                .containsExactly("www.example.com. 5 IN A 0.0.0.1", "a. 5 IN A 0.0.0.2");
    }

    @Test
    void read_pointerIntoAddress_nameOutlivesShuffle() throws Exception {
        Octets message = answer(2, 1, 0).pointer(12).fixed(RecordType.A, 4);
        int address = message.position();
        message.raw(1, 'a', 0, 9).pointer(12).fixed(RecordType.A, 4).u32(2);
        message.pointer(address).fixed(RecordType.TXT, 1).raw(0);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY).withShuffledAddresses();

        for (int i = 0; i < 20; i++) {
            assertThat(lines(response, Section.AUTHORITY)).containsExactly("a. 60 IN TXT \"\"");
        }
    }

    @Test
    void read_labelOutOfTheQname_isMalformed() {
        // '0' is 48: a pointer to it reads a label of 48 octets that covers the question's type and class.
        Query query = Queries.query("x0.", RecordType.A);
        Octets message = Octets.header(ID, QR_RD_RA, 1, 2, 0, 0).question("x0.", RecordType.A);
        message.pointer(12).fixed(RecordType.TXT, 61).raw(new byte[61]);
        message.pointer(14).fixed(RecordType.A, 4).u32(1);

        BadMessageException thrown = catchThrowableOfType(
                BadMessageException.class, () -> ResponseReader.read(message.toBuffer(), ID, query));

        assertThat(thrown.reason()).isEqualTo(BadMessageException.Reason.MALFORMED);
    }

    @Test
    void read_pointerIntoMiddleOfQnameLabel_isResolvedOnce() throws Exception {
        // "\\001a.example.com." inside the label "x\\001a": a name of its own, in the case of our query.
        Query query = Queries.query("x\\001A.example.com.", RecordType.A);
        Octets message = Octets.header(ID, QR_RD_RA, 1, 1, 0, 0).question("x\\001a.example.com.", RecordType.A);
        message.pointer(14).fixed(RecordType.A, 4).u32(1);

        Response response = ResponseReader.read(message.toBuffer(), ID, query);

        assertThat(Queries.lines(
                        Queries.parse(Queries.query("x\\001a.example.com.", RecordType.A), response), Section.ANSWER))
                .containsExactly("A.example.com. 60 IN A 0.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, RECORDS - 4, RECORDS - 1, RECORDS, RECORDS + 1, 0x3fff})
    void read_pointerToHeaderTypeItselfOrForward_isMalformed(int target) {
        Octets message = answer(1, 0, 0).pointer(target).fixed(RecordType.A, 4).u32(1);

        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED);
    }

    @Test
    void read_namesThatLoopOrRunOn_areMalformed() {
        int rdata = RECORDS + 12;
        Octets loop =
                answer(2, 0, 0).pointer(12).fixed(10, 4).pointer(rdata + 2).pointer(rdata);
        loop.pointer(rdata + 2).fixed(RecordType.A, 4).u32(1);
        Octets reserved =
                answer(1, 0, 0).raw(0x40, 'a', 0).fixed(RecordType.A, 4).u32(1);
        Octets reservedToo =
                answer(1, 0, 0).raw(0x80, 'a', 0).fixed(RecordType.A, 4).u32(1);
        Octets backAndThrough = answer(2, 0, 0).pointer(12).fixed(10, 2).raw(1, 'a');
        // From the label a the name runs through the next owner's own pointer.
        backAndThrough.pointer(rdata).fixed(RecordType.A, 4).u32(1);
        Octets tooLong = answer(1, 0, 0);
        for (int i = 0; i < 127; i++) {
            tooLong.raw(1, 'a');
        }
        tooLong.pointer(12).fixed(RecordType.A, 4).u32(1);

        assertThat(List.of(loop, reserved, reservedToo, backAndThrough, tooLong))
                .allSatisfy(message ->
                        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED));
    }

    @Test
    void read_longestName_isTaken() throws Exception {
        Octets message = answer(1, 0, 0);
        for (int i = 0; i < (255 - QNAME_OCTETS) / 2; i++) {
            message.raw(1, 'a');
        }
        message.pointer(12).fixed(RecordType.A, 4).u32(1);

        RecordCursor cursor = new RecordCursor(QUERY.qname(), ResponseReader.read(message.toBuffer(), ID, QUERY));

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.owner().length()).isEqualTo(255);
    }

    @Test
    void read_pointerChains_areFollowedUpToTheLongestName() throws Exception {
        assertThat(lines(ResponseReader.read(pointerChain(126).toBuffer(), ID, QUERY), Section.AUTHORITY))
                .containsExactly("www.example.com. 60 IN TXT \"\"");
        assertThat(reasonFor(pointerChain(127).toArray())).isEqualTo(BadMessageException.Reason.MALFORMED);
    }

    /** A NULL record full of pointers, each to the one before it, then a record that is owned by the last one. */
    private static Octets pointerChain(int length) {
        Octets message = answer(1, 1, 0).pointer(12).fixed(10, 2 * length);
        int target = 12;
        for (int i = 0; i < length; i++) {
            int next = message.position();
            message.pointer(target);
            target = next;
        }
        return message.pointer(target).fixed(RecordType.TXT, 1).raw(0);
    }

    @Test
    void read_manyNamesBehindLongChain_takesNoTime() {
        Octets message = answer(1, 3000, 0).pointer(12).fixed(10, 16000);
        int target = 12;
        for (int i = 0; i < 8000; i++) {
            int next = message.position();
            message.pointer(target);
            target = next;
        }
        for (int i = 0; i < 3000; i++) {
            message.pointer(target).fixed(RecordType.TXT, 1).raw(0);
        }

        long before = System.nanoTime();
        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED);
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "1,3", "1,5", "28,15", "28,17", "2,0", "2,4", "5,4", "6,2", "6,21", "6,23", "12,4", "14,1", "15,2", "15,5",
        "17,1", "33,6", "33,9", "35,4", "35,5", "46,18", "47,0", "64,2"
    })
    void read_rdataOfWrongLength_isMalformed(int type, int rdlength) {
        Octets message = answer(1, 0, 0).pointer(12).fixed(type, rdlength).raw(new byte[rdlength]);

        assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "1,4", "28,16", "2,1", "5,1", "6,22", "12,1", "14,2", "15,3", "17,2", "33,7", "35,8", "46,19", "46,30", "47,1",
        "47,9", "64,3", "65,9", "10,0", "99,0", "65280,3"
    })
    void read_rdataOfRightLength_isTakenAsItIs(int type, int rdlength) throws Exception {
        Octets message = answer(1, 0, 0).pointer(12).fixed(type, rdlength).raw(new byte[rdlength]);

        Response response = ResponseReader.read(message.toBuffer(), ID, QUERY);
        RecordCursor cursor = new RecordCursor(QUERY.qname(), response);

        if (type != 35 || rdlength == 8) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.rdata()).containsExactly(new byte[rdlength]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 8})
    void read_srvOfOtherClass_isCheckedLikeOneOfIn(int rdlength) {
        // At the message's end, where a target that is not there would be read beyond it.
        Octets message = answer(1, 0, 0).pointer(12).fixed(RecordType.SRV, DnsClass.CH, rdlength);
        message.raw(new byte[rdlength]);

        if (rdlength == 7) {
            assertThat(read(message)).isNotNull();
        } else {
            assertThat(reasonFor(message.toArray())).isEqualTo(BadMessageException.Reason.MALFORMED);
        }
    }

    @Test
    void read_chaosNs_decompressesItsName() throws Exception {
        // What BIND adds to the answer for version.bind.
        Octets message =
                answer(0, 1, 0).pointer(12).fixed(RecordType.NS, DnsClass.CH, 2).pointer(16);

        RecordCursor cursor = new RecordCursor(QUERY.qname(), read(message));

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.rdata()).containsExactly(DomainName.of("example.com.").toOctets());
        assertThat(cursor.rdataName(0)).isEqualTo(DomainName.of("example.com."));
    }

    @Test
    void read_rewrittenBeyond64Kib_isCutAndMarked() throws Exception {
        Octets message = answer(3000, 0, 0);
        Query query = Queries.query(QNAME, RecordType.A);
        StringBuilder target = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            target.append("abcdefghi.");
        }
        message.pointer(12)
                .fixed(RecordType.SRV, 6 + 201)
                .raw(new byte[6])
                .raw(DomainName.of(target.toString()).toOctets());
        int name = RECORDS + 12 + 6;
        for (int i = 1; i < 3000; i++) {
            message.pointer(12).fixed(RecordType.SRV, 8).raw(new byte[6]).pointer(name);
        }

        Response response = ResponseReader.read(message.toBuffer(), ID, query);

        assertThat(response.truncated()).isTrue();
        assertThat(response.recordOctets()).isBetween(65_000, 65_535);
        assertThat(Queries.parse(query.withListener(Queries.TCP), response).getSection(Section.ANSWER))
                .hasSize(response.recordCount());
    }

    private static Octets answer(int answers, int authorities, int additionals) {
        return Octets.header(ID, QR_RD_RA, 1, answers, authorities, additionals).question(QNAME, RecordType.A);
    }

    private static Response read(Octets message) {
        try {
            return ResponseReader.read(message.toBuffer(), ID, QUERY);
        } catch (BadMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(Response response, int section) {
        return new ArrayList<>(Queries.lines(Queries.parse(QUERY, response), section));
    }

    private static BadMessageException.Reason reasonFor(byte[] message) {
        return catchThrowableOfType(
                        BadMessageException.class,
                        () -> ResponseReader.read(new Octets().raw(message).toBuffer(), ID, QUERY))
                .reason();
    }
}
