package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
    private static final String QNAME = "Www.example.com.";
    private static final int QUESTION_END = 12 + 17 + 4;

    @Test
    void read_plainQuery_hasHeaderAndQuestion() {
        Query query = accepted(Octets.header(0xfffe, 0x0110, 1, 0, 0, 0).question(QNAME, RecordType.SRV));

        assertThat(query.id()).isEqualTo(0xfffe);
        assertThat(query.flags()).isEqualTo(0x0110);
        assertThat(query.recursionDesired()).isTrue();
        assertThat(query.checkingDisabled()).isTrue();
        assertThat(query.authenticData()).isFalse();
        assertThat(query.qname()).hasToString(QNAME);
        assertThat(query.qtype()).isEqualTo(RecordType.SRV);
        assertThat(query.qclass()).isEqualTo(DnsClass.IN);
        assertThat(query.edns()).isSameAs(Edns.NONE);
        assertThat(query.sizeOctets()).isEqualTo(QUESTION_END);
        assertThat(query.client()).isSameAs(Queries.CLIENT);
        assertThat(query.listener()).isSameAs(Queries.UDP);
        assertThat(query.depth()).isZero();
    }

    @Test
    void read_highTypeAndClass_areUnsigned() {
        Query query =
                accepted(Octets.header(0, 0, 1, 0, 0, 0).name(".").u16(0xffff).u16(0xfffe));

        assertThat(query.qname()).isEqualTo(DomainName.ROOT);
        assertThat(query.qtype()).isEqualTo(0xffff);
        assertThat(query.qclass()).isEqualTo(0xfffe);
    }

    @Test
    void read_opt_becomesEdns() {
        Query query = accepted(question(0, 0, 1)
                .raw(0)
                .u16(RecordType.OPT)
                .u16(0xffff)
                .raw(7, 3, 0x80, 1)
                .u16(9)
                .raw(0, 10, 0, 1, 5, 0xff, 0xff, 0, 0));

        assertThat(query.edns().present()).isTrue();
        assertThat(query.edns().udpPayloadSize()).isEqualTo(0xffff);
        assertThat(query.edns().version()).isEqualTo(3);
        assertThat(query.edns().flags()).isEqualTo(0x8001);
        assertThat(query.edns().dnssecOk()).isTrue();
        assertThat(query.edns().options()).containsExactly(0, 10, 0, 1, 5, -1, -1, 0, 0);
    }

    @Test
    void read_otherRecordsAroundOpt_areSkipped() {
        Octets message = question(1, 1, 2)
                .pointer(12)
                .fixed(RecordType.A, 4)
                .u32(0)
                .pointer(12)
                .fixed(RecordType.SOA, 0)
                .raw(0)
                .fixed(RecordType.OPT, 1232, 0)
                .name("key.")
                .fixed(250, 255, 3)
                .raw(1, 2, 3);

        Query query = accepted(message);

        assertThat(query.edns().udpPayloadSize()).isEqualTo(1232);
        assertThat(query.edns().options()).isEmpty();
    }

    /** A client subnet of 64 bits of IPv4, of a family that nobody has, half a keep-alive, half an error; an A record of 3 octets. */
    @Test
    void read_insideOfOptionsAndRecords_isNotJudged() {
        List<Octets> odd = List.of(
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 12).raw(0, 8, 0, 8, 0, 1, 64, 0, 1, 2, 3, 4),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 8).raw(0, 8, 0, 4, 0, 9, 0, 0),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 5).raw(0, 11, 0, 1, 1),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 5).raw(0, 15, 0, 1, 1),
                question(1, 0, 0).pointer(12).fixed(RecordType.A, 3).raw(1, 2, 3));

        assertThat(odd)
                .allSatisfy(message -> assertThat(accepted(message).qname()).isEqualTo(DomainName.of(QNAME)));
    }

    @Test
    void read_optInOtherSection_isNoEdns() {
        assertThat(accepted(question(1, 0, 0).raw(0).fixed(RecordType.OPT, 1232, 0))
                        .edns()
                        .present())
                .isFalse();
    }

    @Test
    void read_octetsBehindTheMessage_areIgnored() {
        assertThat(accepted(question(0, 0, 0).raw(new byte[600])).sizeOctets()).isEqualTo(QUESTION_END + 600);
    }

    @Test
    void read_bufferWithOffset_leavesItsIndexes() {
        ByteBuf in = new Octets()
                .raw(new byte[5])
                .raw(question(0, 0, 1).raw(0).fixed(RecordType.OPT, 1232, 0).toArray())
                .toBuffer()
                .skipBytes(5);

        assertThat(((Query) QueryReader.read(in, Queries.CLIENT, Queries.UDP)).qname())
                .hasToString(QNAME);
        assertThat(in.readerIndex()).isEqualTo(5);
        assertThat(in.readableBytes()).isEqualTo(QUESTION_END + 11);
    }

    @Test
    void read_lessThanAHeaderOrAResponse_isIgnored() {
        byte[] header = Octets.header(1, 0, 1, 0, 0, 0).toArray();
        for (int length = 0; length < 12; length++) {
            assertThat(read(Arrays.copyOf(header, length))).isEqualTo(ReadResult.Ignored.INSTANCE);
        }
        assertThat(read(Octets.header(1, 0x8000, 1, 0, 0, 0).toArray())).isEqualTo(ReadResult.Ignored.INSTANCE);
        assertThat(read(Octets.header(1, 0xa800, 1, 0, 0, 0).toArray())).isEqualTo(ReadResult.Ignored.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 15})
    void read_otherOpcode_isNotImplemented(int opcode) {
        ReadResult.Rejected rejected = rejected(Octets.header(7, opcode << 11 | 0x0110, 1, 0, 0, 0)
                .question(QNAME, RecordType.SOA)
                .toArray());

        assertThat(rejected.rcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(rejected.id()).isEqualTo(7);
        assertThat(rejected.flags()).isEqualTo(opcode << 11 | 0x0110);
        assertThat(rejected.question()).isEmpty();
    }

    @Test
    void read_notify_isAQueryThatSaysSo() {
        Query notify = accepted(Octets.header(7, 0x2400, 1, 1, 0, 0)
                .question(QNAME, RecordType.SOA)
                .raw(soa(0xffff_fffe)));

        assertThat(notify.isNotify()).isTrue();
        assertThat(notify.soaSerial()).hasValue(0xffff_fffeL);
        assertThat(accepted(question(0, 0, 0)).isNotify()).isFalse();
        assertThat(accepted(question(0, 0, 0)).soaSerial()).isEmpty();
    }

    @Test
    void read_soaInTheAuthoritySection_hasTheClientsSerial() {
        assertThat(accepted(question(0, 1, 0).raw(soa(17))).soaSerial()).hasValue(17);
        assertThat(accepted(question(0, 1, 0)
                                .pointer(12)
                                .fixed(RecordType.SOA, 21)
                                .raw(new byte[21]))
                        .soaSerial())
                .isEmpty();
        assertThat(accepted(question(0, 1, 0)
                                .pointer(12)
                                .fixed(RecordType.TXT, 22)
                                .raw(new byte[22]))
                        .soaSerial())
                .isEmpty();
    }

    private static byte[] soa(int serial) {
        return new Octets()
                .pointer(12)
                .fixed(RecordType.SOA, 2 + 2 + 20)
                .pointer(12)
                .pointer(12)
                .u32(serial)
                .raw(new byte[16])
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,0", "2,0,0,0", "65535,0,0,0", "1,2,0,0", "1,0,2,0", "1,0,0,3", "1,65535,65535,65535"})
    void read_countsNoQueryHas_areFormatErrors(int questions, int answers, int authorities, int additionals) {
        ReadResult.Rejected rejected = rejected(Octets.header(7, 0x0100, questions, answers, authorities, additionals)
                .question(QNAME, RecordType.A)
                .question(QNAME, RecordType.A)
                .toArray());

        assertThat(rejected.rcode()).isEqualTo(Rcode.FORMERR);
        assertThat(rejected.question()).isEmpty();
    }

    @Test
    void read_improperQuestion_isAFormatErrorWithoutQuestion() {
        Octets tooLong = Octets.header(1, 0, 1, 0, 0, 0);
        for (int i = 0; i < 128; i++) {
            tooLong.raw(1, 'a');
        }
        List<Octets> improper = List.of(
                Octets.header(1, 0, 1, 0, 0, 0),
                Octets.header(1, 0, 1, 0, 0, 0).pointer(12).u32(0),
                Octets.header(1, 0, 1, 0, 0, 0).raw(1, 'a').pointer(12).u32(0),
                Octets.header(1, 0, 1, 0, 0, 0).raw(0x40, 'a', 0).u32(0),
                Octets.header(1, 0, 1, 0, 0, 0).raw(0x80, 'a', 0).u32(0),
                Octets.header(1, 0, 1, 0, 0, 0).raw(63, 'a', 0).u32(0),
                Octets.header(1, 0, 1, 0, 0, 0).raw(1, 'a'),
                Octets.header(1, 0, 1, 0, 0, 0).raw(3, 'a'),
                Octets.header(1, 0, 1, 0, 0, 0).raw(1, 'a', 0).u16(1).u8(0),
                tooLong.raw(0).u32(0x00010001));

        assertThat(improper).allSatisfy(message -> {
            ReadResult.Rejected rejected = rejected(message.toArray());
            assertThat(rejected.rcode()).isEqualTo(Rcode.FORMERR);
            assertThat(rejected.question()).isEmpty();
        });
    }

    @Test
    void read_longestName_isAccepted() {
        Octets message = Octets.header(1, 0, 1, 0, 0, 0);
        for (int i = 0; i < 127; i++) {
            message.raw(1, 'a');
        }

        assertThat(accepted(message.raw(0).u32(0x00010001)).qname().length()).isEqualTo(255);
    }

    @Test
    void read_improperRecords_areFormatErrorsWithQuestion() {
        byte[] question = new Octets().question(QNAME, RecordType.A).toArray();
        List<Octets> improper = List.of(
                question(0, 0, 1),
                question(1, 0, 0),
                question(0, 1, 0).raw(1, 'a'),
                question(0, 0, 1).raw(0xc0),
                question(0, 0, 1).raw(0x40, 0).fixed(1, 0),
                question(0, 0, 1).raw(0xbf, 0).fixed(1, 0),
                question(0, 0, 1).raw(0).u16(RecordType.A).u32(0),
                question(0, 0, 1).raw(0).fixed(RecordType.A, 1),
                question(0, 1, 0).raw(0).fixed(RecordType.A, 0xffff),
                question(0, 0, 1).raw(new byte[] {1, 'a'}).raw(longName()).fixed(1, 0),
                question(0, 0, 2).raw(0).fixed(RecordType.OPT, 512, 0).raw(0).fixed(RecordType.OPT, 512, 0),
                question(0, 0, 1).name("a.").fixed(RecordType.OPT, 512, 0),
                question(0, 0, 1).pointer(QUESTION_END - 5).fixed(RecordType.OPT, 512, 0),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 3).raw(0, 10, 0),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 4).raw(0, 10, 0, 1),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 9).raw(0, 10, 0, 0, 0, 11, 0xff, 0xff, 0),
                question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 5).raw(0, 10, 0, 0, 0));

        assertThat(improper).allSatisfy(message -> {
            ReadResult.Rejected rejected = rejected(message.toArray());
            assertThat(rejected.rcode()).isEqualTo(Rcode.FORMERR);
            assertThat(rejected.question()).containsExactly(question);
        });
    }

    @Test
    void read_cutAtEveryOctet_isNeverMistakenForAQuery() {
        byte[] whole = question(0, 0, 1)
                .raw(0)
                .fixed(RecordType.OPT, 1232, 5)
                .raw(0, 10, 0, 1, 9)
                .toArray();
        for (int length = 0; length < whole.length; length++) {
            ReadResult result = read(Arrays.copyOf(whole, length));
            if (length < 12) {
                assertThat(result).isEqualTo(ReadResult.Ignored.INSTANCE);
            } else {
                assertThat(result).isInstanceOf(ReadResult.Rejected.class);
                assertThat(((ReadResult.Rejected) result).question())
                        .hasSize(length < QUESTION_END ? 0 : QUESTION_END - 12);
            }
        }
        assertThat(read(whole)).isInstanceOf(Query.class);
    }

    @Test
    void read_largestTcpMessage_isBoundedWork() {
        Octets labels = Octets.header(1, 0, 1, 0, 0, 0);
        while (labels.position() < 0xfff0) {
            labels.raw(1, 'a');
        }
        Octets options = question(0, 0, 1).raw(0).fixed(RecordType.OPT, 512, 65_000);
        options.raw(new byte[65_000]);

        assertThat(rejected(labels.toArray()).rcode()).isEqualTo(Rcode.FORMERR);
        assertThat(accepted(options).edns().options()).hasSize(65_000);
    }

    /** Labels of 1 octet, 258 in all. */
    private static byte[] longName() {
        Octets name = new Octets();
        for (int i = 0; i < 129; i++) {
            name.raw(1, 'a');
        }
        return name.raw(0).toArray();
    }

    private static Octets question(int answers, int authorities, int additionals) {
        return Octets.header(1, 0x0100, 1, answers, authorities, additionals).question(QNAME, RecordType.A);
    }

    private static Query accepted(Octets message) {
        ReadResult result = read(message.toArray());
        assertThat(result).isInstanceOf(Query.class);
        return (Query) result;
    }

    private static ReadResult.Rejected rejected(byte[] message) {
        ReadResult result = read(message);
        assertThat(result).isInstanceOf(ReadResult.Rejected.class);
        return (ReadResult.Rejected) result;
    }

    private static ReadResult read(byte[] message) {
        return QueryReader.read(new Octets().raw(message).toBuffer(), Queries.CLIENT, Queries.UDP);
    }
}
